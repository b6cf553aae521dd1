"""Frames of the SAM module: preamble, length, content, check (cards.md 3.1). Any bytes give frames or are skipped."""

from __future__ import annotations

from functools import reduce
from operator import xor

PREAMBLE = bytes.fromhex("AAAAAA9669")
# Text, photo and three fingerprints take 2,321 bytes; a length above that is a lie.
LONGEST = 2400
_SHORTEST = 4  # three status bytes and the check


def command(code: int, parameter: int) -> bytes:
    """Return the frame of a command to the module."""
    body = bytes((0x00, 0x03, code, parameter))
    return PREAMBLE + body + bytes((_check(body),))


class Frames:
    """Takes bytes as they come and gives whole frames with a right check; noise and torn frames are skipped.

    It never holds more than one longest frame and what came last.
    """

    def __init__(self) -> None:
        self._unread = b""

    def feed(self, came: bytes) -> list[bytes]:
        """Return the contents (status and data, without check) of the frames that are whole now."""
        self._unread += came
        found: list[bytes] = []
        while (content := self._next()) is not None:
            if content:
                found.append(content)
        return found

    def _next(self) -> bytes | None:
        """Return a content, b"" for something that was skipped, None when more bytes are needed."""
        begins = self._unread.find(PREAMBLE)
        if begins < 0:
            # The tail may be the beginning of a preamble.
            self._unread = self._unread[-(len(PREAMBLE) - 1) :]
            return None
        self._unread = self._unread[begins:]
        body = self._unread[len(PREAMBLE) :]
        if len(body) < 2:
            return None
        length = int.from_bytes(body[:2], "big")
        if not _SHORTEST <= length <= LONGEST:
            return self._skip()
        if len(body) < 2 + length:
            return None
        checked, check = body[: 1 + length], body[1 + length]
        if _check(checked) != check:
            return self._skip()
        self._unread = body[2 + length :]
        return checked[2:]

    def _skip(self) -> bytes:
        """Go on behind this preamble: a good frame may stand inside what seemed one."""
        self._unread = self._unread[1:]
        return b""


def _check(body: bytes) -> int:
    return reduce(xor, body, 0)
