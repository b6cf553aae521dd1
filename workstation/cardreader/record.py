"""A record of a social security card: tag, length, value (cards.md 1.4)."""

from __future__ import annotations

from workstation.cardreader.unreadable import Unreadable


def parse_record(raw: bytes, tag: int) -> bytes:
    """Return the value. Only filling may follow it. Raises Unreadable for another tag or a lying length."""
    if len(raw) < 2 or raw[0] != tag:
        raise Unreadable(f"record {tag:02X}")
    end = 2 + raw[1]
    if end > len(raw) or raw[end:].strip(b"\x00\xff"):
        raise Unreadable(f"record {tag:02X} length")
    return raw[2:end]
