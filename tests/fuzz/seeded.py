"""Negative controls: record parsers as they are often written, planted into the real read in place of ours."""

from __future__ import annotations

from collections.abc import Callable

from workstation.cardreader import files

Parser = Callable[[bytes, int], bytes]
_REPLACED = "parse_record"
_kept: list[bytes] = []


def trusting(raw: bytes, tag: int) -> bytes:
    """Believes the length that a record tells."""
    del tag
    value = raw[2:]
    value[raw[1] - 1]
    return value[: raw[1]]


def greedy(raw: bytes, tag: int) -> bytes:
    """Makes a buffer of the length that a record tells, and keeps it."""
    del tag
    _kept.append(b"\xff" * (int.from_bytes(raw[1:2], "big") << 14))
    return raw[2:]


def endless(raw: bytes, tag: int) -> bytes:
    """Waits for as many bytes as a record tells."""
    del tag
    while len(raw) < int.from_bytes(raw[1:2], "big"):
        pass
    return raw[2:]


BUGS: dict[str, Parser] = {"trusting": trusting, "greedy": greedy, "endless": endless}


def plant(name: str) -> None:
    """Put a bug into the way that every record of a read goes, for the rest of this process."""
    setattr(files, _REPLACED, BUGS[name])
