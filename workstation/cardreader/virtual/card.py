"""The card itself: answers command APDUs over its files as a T=0 card does (61xx, 6Cxx), no more than it needs."""

from __future__ import annotations

from workstation.cardreader.virtual.card_file import Application, CardData, Record
from workstation.cardreader.virtual.operator import NAME as OPERATOR
from workstation.cardreader.virtual.operator import OperatorApplet
from workstation.cardreader.virtual.psam import NAME as PSAM
from workstation.cardreader.virtual.psam import Psam
from workstation.cardreader.virtual.security import Security

_OK = b"\x90\x00"
_WRONG_LENGTH = b"\x67\x00"
_SECURITY_NOT_MET = b"\x69\x82"
_NO_CURRENT_FILE = b"\x69\x86"
_NO_FILE = b"\x6a\x82"
_NO_RECORD = b"\x6a\x83"
_WRONG_PARAMETERS = b"\x6a\x86"
_UNKNOWN_COMMAND = b"\x6d\x00"
_UNKNOWN_CLASS = b"\x6e\x00"
_IDENTIFICATION_CODE = 0x01  # tag in EF05; its first three bytes are the issuing region


class VirtualCard:
    """One card in a reader: what is selected, and the bytes that wait for GET RESPONSE."""

    def __init__(self, data: CardData) -> None:
        self._data = data
        self._security = Security(data)
        self._psam: Psam | None = None
        self._operator: OperatorApplet | None = None
        self._aid: bytes | None = None
        self._folder: int | None = None
        self._file: int | None = None
        self._waiting = b""

    def reset(self) -> None:
        """Forget every selection and all that was shown, as power off and reset do."""
        self._aid = self._folder = self._file = None
        self._psam = None
        self._operator = None
        self._waiting = b""
        self._security.reset()

    def become(self, data: CardData) -> None:
        """Go on as another card without losing the selection (the fault `turn_at`)."""
        self._data = data

    def answer(self, command: bytes) -> bytes:
        """Return the response APDU to any bytes."""
        if len(command) < 5:
            return _WRONG_LENGTH
        cla, ins, p1, p2, p3 = command[:5]
        data = command[5 : 5 + p3]
        waiting, self._waiting = self._waiting, b""
        if ins == 0xC0 and cla == 0x00:
            return self._give(waiting, p3) if waiting else _NO_CURRENT_FILE
        if self._psam is not None and cla != 0x00:
            return self._announce(self._psam.answer(cla, ins, p1, p2, data))
        if cla != 0x00:
            return _UNKNOWN_CLASS
        return self._obey(ins, p1, p2, p3, data)

    def _obey(self, ins: int, p1: int, p2: int, p3: int, data: bytes) -> bytes:  # noqa: PLR0911 - one line a command
        match ins:
            case 0xA4:
                return self._select(p1, data)
            case 0xB2:
                return self._read_record(p1, p2, p3)
            case 0x84:
                return self._security.challenge(p3)
            case 0xCA if self._operator is not None:
                return self._give(self._operator.key, p3, exact=True)
            case 0x88 if self._operator is not None:
                return self._announce(self._operator.authenticate(data))
            case 0x88:
                return self._announce(self._security.internal(data, self._region))
            case 0x82:
                return self._security.external(p2, data, self._region)
            case 0x20:
                return self._security.verify(data)
            case _:
                return _UNKNOWN_COMMAND

    @property
    def _root(self) -> Application | None:
        return None if self._aid is None else self._data.applications.get(self._aid)

    @property
    def _application(self) -> Application | None:
        root = self._root
        if root is None or self._folder is None:
            return root
        return root.folders.get(self._folder)

    @property
    def _region(self) -> str:
        """The issuing region, which goes into every key of the card."""
        records = self._root.files.get(0xEF05, ()) if self._root else ()
        code = next((record.value for record in records if record.tag == _IDENTIFICATION_CODE), bytes(3))
        return code[:3].hex()

    def _select(self, p1: int, name: bytes) -> bytes:
        if p1 == 0x04:
            return self._select_name(name)
        # Field code sends several values of P1 for files (cards.md 1.2): the card takes them all.
        fid = int.from_bytes(name, "big")
        if self._root is not None and fid in self._root.folders:
            self._folder, self._file = fid, None
            self._security.leave()
            return self._announce(self._root.folders[fid].fci)
        if self._application is None or fid not in self._application.files:
            return _NO_FILE
        self._file = fid
        return _OK

    def _select_name(self, name: bytes) -> bytes:
        if self._data.refuses is not None:
            return self._data.refuses
        if name == PSAM and self._data.psam is not None:
            self._psam = Psam(self._data.psam)
            return _OK
        if name == OPERATOR and self._data.operator is not None:
            self._operator = OperatorApplet(self._data.operator)
            return _OK
        if name not in self._data.applications:
            return _NO_FILE
        self._aid, self._folder, self._file = name, None, None
        self._security.leave()
        return self._announce(self._data.applications[name].fci)

    def _read_record(self, p1: int, p2: int, length: int) -> bytes:
        if self._data.faults.endless:
            return bytes((int(self._data.faults.endless, 16), 0x20))
        short_id = p2 >> 3
        if short_id:
            self._file = 0xEF00 + short_id
        application = self._application
        records = application.files.get(self._file or 0) if application else None
        if application is None or records is None:
            return _NO_CURRENT_FILE
        if not self._security.opens(application.access.get(self._file or 0, frozenset())):
            return _SECURITY_NOT_MET
        if p2 & 0b111 == 0b000:  # the first record whose identifier is P1
            found = [self._raw(r) for r in records if r.tag == p1]
        elif p2 & 0b111 == 0b100:  # record number P1
            found = [self._raw(r) for r in records[p1 - 1 : p1]] if p1 else []
        elif p2 & 0b111 == 0b101:  # from record number P1 to the last
            found = [_join(records[p1 - 1 :])] if 0 < p1 <= len(records) else []
        else:
            return _WRONG_PARAMETERS
        return self._give(found[0], length, exact=True) if found else _NO_RECORD

    def _raw(self, record: Record) -> bytes:
        lie = self._data.faults.lie_about_lengths
        return record.raw[:1] + bytes(((len(record.value) + lie) & 0xFF,)) + record.value

    def _announce(self, content: bytes) -> bytes:
        """Let data wait for GET RESPONSE, as T=0 must after a command with data; a status word goes at once."""
        if len(content) <= 2:
            return content or _OK
        self._waiting = content
        return bytes((0x61, len(content)))

    def _give(self, content: bytes, length: int, *, exact: bool = False) -> bytes:
        wanted = length or 256
        if wanted > len(content) or (exact and wanted != len(content)):
            return bytes((0x6C, len(content) & 0xFF))
        return content[:wanted] + _OK


def _join(records: tuple[Record, ...]) -> bytes:
    return b"".join(record.raw for record in records)
