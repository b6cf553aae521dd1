"""A virtual PSAM: delivers session keys and enciphers with them (cards.md 2.3). It has no files."""

from __future__ import annotations

from collections.abc import Mapping

from wire.card_keys import CardCipher, encipher, session_key, session_text
from workstation.cardreader.virtual.card_file import Key

NAME = bytes.fromhex("D15600000590")
_OK = b"\x90\x00"
_WRONG_LENGTH = b"\x67\x00"
_NOT_READY = b"\x69\x85"
_WRONG_DATA = b"\x6a\x80"
_UNKNOWN_COMMAND = b"\x6d\x00"
_NO_KEY = b"\x6a\x88"
_USAGE = 0x67  # three levels to go: this PSAM holds roots of the country


class Psam:
    """The applet of a PSAM, once it is selected."""

    def __init__(self, keys: Mapping[int, Key]) -> None:
        self._keys = keys
        self._cipher: CardCipher | None = None
        self._session = b""

    def answer(self, cla: int, ins: int, p1: int, p2: int, data: bytes) -> bytes:
        """Return data or a status word; data come without one."""
        if (cla, ins) == (0xBF, 0xDE):
            return self._deliver(p1, p2, data)
        if (cla, ins) == (0x80, 0xFA):
            return self._encipher(data)
        return _UNKNOWN_COMMAND

    def _deliver(self, usage: int, id_: int, data: bytes) -> bytes:
        key = self._keys.get(id_)
        if key is None or usage != _USAGE:
            return _NO_KEY
        factor = 8 if key.cipher is CardCipher.TRIPLE_DES else 16
        if len(data) != 3 * 8 + factor:
            return _WRONG_DATA
        # Card, city, province as they come; the root goes down the other way round.
        levels = (data[16:24], data[8:16], data[:8])
        self._cipher, self._session = key.cipher, session_key(key.cipher, key.root, levels, data[24:32])
        return _OK

    def _encipher(self, data: bytes) -> bytes:
        if self._cipher is None:
            return _NOT_READY
        if len(data) != len(session_text(self._cipher, bytes(8))):
            return _WRONG_LENGTH
        return encipher(self._cipher, self._session, data)
