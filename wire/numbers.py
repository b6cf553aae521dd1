"""A block of receipt numbers: the lane that one device of a station counts in, so that no other ever makes the same number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

# Digits and capitals without I and O, which look like 1 and 0.
ALPHABET = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ"
LANES = tuple(first + second for first in ALPHABET[10:] for second in ALPHABET)


@dataclass(frozen=True, slots=True)
class BlockWanted:
    """A device asks for a lane. `want` is an id that it keeps until it has one: asking again takes no second lane."""

    want: str  # UUIDv7


@dataclass(frozen=True, slots=True)
class NumberBlock:
    """One lane of a station for one incarnation of one device; signed like a VerificationReply.

    `lane` is the first two of the four characters that count within a receipt number (domain.md 3.4). It begins with a
    letter, so that it meets no number of before there were lanes.
    """

    station: str
    device: str
    incarnation: int
    lane: str
    want: str
    issued_at: datetime
    signature: str
    algorithm: str = ""
