"""One talk at the counter, from the card to the receipt: the draft that is sealed after every field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from wire.agency import Agency
from wire.messages import MaterialHow, NoticeGiven
from workstation.domain.answers import Answer
from workstation.domain.identity import Identity
from workstation.domain.slip import Print
from workstation.domain.verification import Check, Dispute


@dataclass(frozen=True, slots=True)
class Scan:
    """A file taken for a paper: its hash, media type and size in bytes; the bytes are sealed in the store."""

    sha256: str
    media_type: str
    size: int


@dataclass(frozen=True, slots=True)
class Paper:
    """What happened to one material. Card and verification replacements are derived, never set by hand.

    `seen_by` and `seen_at` name who saw the original, or the signature under a promise. `sheet` is the serial of the
    printed promise, `until` the last day on which what stands open may come.
    """

    how: MaterialHow
    scans: tuple[Scan, ...] = ()
    seen_by: str = ""
    seen_at: datetime | None = None
    sheet: str = ""
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Visit:
    """Everything said so far. `case` is the id the case will have, so that look-ups name it from the start."""

    case: str
    clerk: str  # login
    opened_at: datetime
    identity: Identity | None = None
    bundle: str | None = None
    items: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()  # optional members of the bundle that were left out by hand
    catalogue: str = ""
    answers: Mapping[str, Answer] = field(default_factory=dict)
    checks: tuple[Check, ...] = ()
    papers: Mapping[str, Paper] = field(default_factory=dict)
    receipt_no: str | None = None  # set once received: the visit then only waits for acceptance
    notice: NoticeGiven | None = None  # without it no register is asked
    disputes: tuple[Dispute, ...] = ()
    prints: tuple[Print, ...] = ()  # sheets of before the receipt: the ledger takes them with the case
    person: str = ""  # the clerk as the hall knows them: a login may pass to somebody else
    agency: Agency | None = None  # 代办: the person who is here acts for somebody who is not

    def is_of(self, login: str, person: str) -> bool:
        """Say whether a draft is this person's own; one from before persons had ids goes by its login."""
        return self.clerk == login and self.person in {"", person}
