"""The board of the hall: how much work stands at each counter. Numbers and times, no person and no case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One window of one station. `queue` are received and not accepted; `oldest` is when the first of them came."""

    station: str
    station_name: str
    window: str
    open: int  # received or accepted, and not over
    due_today: int  # promised for today and undecided
    overdue: int
    queue: int
    oldest: datetime | None
    level: str = ""  # of the station: province, city, district, street, community


@dataclass(frozen=True, slots=True)
class OwnerRow:
    """What one department has to decide. `queue` are sent to it and not taken; `oldest` is when the first of them came.

    One whose clock stands still is open and neither due nor overdue.
    """

    department: str
    name: str
    name_en: str
    open: int  # items, not cases
    due_today: int
    overdue: int
    queue: int
    oldest: datetime | None


@dataclass(frozen=True, slots=True)
class HallBoard:
    """The whole hall at a time, for one who asked; signed like a VerificationReply, so that no old one passes for news."""

    station: str  # who was told
    asked_by: str
    at: datetime
    today: date  # at the counters
    rows: tuple[BoardRow, ...]
    signature: str = ""
    algorithm: str = ""
    owners: tuple[OwnerRow, ...] = ()
