"""What a virtual card asks for before it opens a file: its keys, its random numbers, the holder's PIN."""

from __future__ import annotations

import hmac
import secrets

from wire.card_keys import card_key, cryptogram
from workstation.cardreader.virtual.card_file import CardData, Key

OK = b"\x90\x00"
_WRONG_LENGTH = b"\x67\x00"
_BLOCKED = b"\x69\x83"
_NO_CHALLENGE = b"\x69\x85"
_NO_KEY = b"\x6a\x88"
_HISTORICAL = 13
_BLOCK = 8


class Security:
    """State of one card. Wrong tries outlive a reset, everything else is forgotten by it."""

    def __init__(self, data: CardData) -> None:
        self._data = data
        self._key_tries = {id_: key.tries for id_, key in data.keys.items()}
        self._pin_tries = data.pin.tries if data.pin else 0
        self._challenge = b""
        self._opened: set[str] = set()

    def reset(self) -> None:
        """Power off: no challenge, no key shown, no PIN shown."""
        self._challenge = b""
        self._opened.clear()

    def leave(self) -> None:
        """Another application was selected: keys have to be shown again, the PIN holds to power off (cards.md 1.3)."""
        self._challenge = b""
        self._opened &= {"pin"}

    def opens(self, needed: frozenset[str]) -> bool:
        """Say whether something that was shown opens a file."""
        return not needed or not self._opened.isdisjoint(needed)

    def challenge(self, length: int) -> bytes:
        """GET CHALLENGE."""
        if length not in (4, 8, 16):
            return _WRONG_LENGTH
        self._challenge = secrets.token_bytes(length)
        return self._challenge + OK

    def internal(self, data: bytes, region: str) -> bytes:
        """INTERNAL AUTHENTICATE: the cryptogram without its status word, or a status word alone."""
        key = self._data.keys.get(0)
        if key is None:
            return _NO_KEY
        if len(data) != 2 * _BLOCK:
            return _WRONG_LENGTH
        return cryptogram(key.cipher, self._derived(key, region), data[:_BLOCK], data[_BLOCK:])

    def external(self, id_: int, data: bytes, region: str) -> bytes:
        """EXTERNAL AUTHENTICATE: the session key is made of the last challenge, which is used up by it."""
        key = self._data.keys.get(id_)
        if key is None:
            return _NO_KEY
        if self._key_tries[id_] == 0:
            return _BLOCKED
        factor, self._challenge = self._challenge, b""
        if len(factor) != _BLOCK:
            return _NO_CHALLENGE
        if len(data) != 2 * _BLOCK:
            return _WRONG_LENGTH
        wanted = cryptogram(key.cipher, self._derived(key, region), factor, data[_BLOCK:])
        if hmac.compare_digest(wanted, data[:_BLOCK]):
            self._key_tries[id_] = key.tries
            self._opened.add(f"key:{id_:02X}")
            return OK
        self._key_tries[id_] -= 1
        return bytes((0x63, 0xC0 + self._key_tries[id_]))

    def verify(self, data: bytes) -> bytes:
        """VERIFY; without data it tells the tries left and costs none."""
        pin = self._data.pin
        if pin is None:
            return OK
        if not data:
            return OK if "pin" in self._opened else bytes((0x63, 0xC0 + self._pin_tries))
        if self._pin_tries == 0:
            return _BLOCKED
        if data.hex().upper().rstrip("F") == pin.digits:
            self._pin_tries = pin.tries
            self._opened.add("pin")
            return OK
        self._pin_tries -= 1
        return bytes((0x63, 0xC0 + self._pin_tries))

    def _derived(self, key: Key, region: str) -> bytes:
        return card_key(key.cipher, key.root, region, self._data.atr[-_HISTORICAL:])
