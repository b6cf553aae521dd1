"""The card itself: answers command APDUs over its files as a T=0 card does (61xx, 6Cxx), no more than it needs."""

from __future__ import annotations

from workstation.cardreader.virtual.card_file import Application, CardData, Record

_OK = b"\x90\x00"
_WRONG_LENGTH = b"\x67\x00"
_NO_CURRENT_FILE = b"\x69\x86"
_NO_FILE = b"\x6a\x82"
_NO_RECORD = b"\x6a\x83"
_WRONG_PARAMETERS = b"\x6a\x86"
_UNKNOWN_COMMAND = b"\x6d\x00"
_UNKNOWN_CLASS = b"\x6e\x00"


class VirtualCard:
    """One card in a reader: what is selected, and the bytes that wait for GET RESPONSE."""

    def __init__(self, data: CardData) -> None:
        self._data = data
        self._aid: bytes | None = None
        self._file: int | None = None
        self._waiting = b""

    def reset(self) -> None:
        """Forget every selection, as power off and reset do."""
        self._aid = self._file = None
        self._waiting = b""

    def become(self, data: CardData) -> None:
        """Go on as another card without losing the selection (the fault `turn_at`)."""
        self._data = data

    def answer(self, command: bytes) -> bytes:
        """Return the response APDU to any bytes."""
        if len(command) < 5:
            return _WRONG_LENGTH
        cla, ins, p1, p2, p3 = command[:5]
        waiting, self._waiting = self._waiting, b""
        if cla != 0x00:
            return _UNKNOWN_CLASS
        match ins:
            case 0xA4:
                return self._select(p1, command[5 : 5 + p3])
            case 0xB2:
                return self._read_record(p1, p2, p3)
            case 0xC0:
                return self._give(waiting, p3) if waiting else _NO_CURRENT_FILE
            case _:
                return _UNKNOWN_COMMAND

    @property
    def _application(self) -> Application | None:
        return None if self._aid is None else self._data.applications.get(self._aid)

    def _select(self, p1: int, name: bytes) -> bytes:
        if p1 == 0x04:
            if name not in self._data.applications:
                return _NO_FILE
            self._aid, self._file = name, None
            self._waiting = self._data.applications[name].fci
            return bytes((0x61, len(self._waiting)))
        # Field code sends several values of P1 for files (cards.md 1.2): the card takes them all.
        fid = int.from_bytes(name, "big")
        if self._application is None or fid not in self._application.files:
            return _NO_FILE
        self._file = fid
        return _OK

    def _read_record(self, p1: int, p2: int, length: int) -> bytes:
        short_id = p2 >> 3
        if short_id:
            self._file = 0xEF00 + short_id
        records = self._application.files.get(self._file or 0) if self._application else None
        if records is None:
            return _NO_CURRENT_FILE
        if p2 & 0b111 == 0b000:  # the first record whose identifier is P1
            found = [r.raw for r in records if r.tag == p1]
        elif p2 & 0b111 == 0b100:  # record number P1
            found = [r.raw for r in records[p1 - 1 : p1]] if p1 else []
        elif p2 & 0b111 == 0b101:  # from record number P1 to the last
            found = [_join(records[p1 - 1 :])] if 0 < p1 <= len(records) else []
        else:
            return _WRONG_PARAMETERS
        return self._give(found[0], length, exact=True) if found else _NO_RECORD

    def _give(self, content: bytes, length: int, *, exact: bool = False) -> bytes:
        wanted = length or 256
        if wanted > len(content) or (exact and wanted != len(content)):
            return bytes((0x6C, len(content) & 0xFF))
        return content[:wanted] + _OK


def _join(records: tuple[Record, ...]) -> bytes:
    return b"".join(record.raw for record in records)
