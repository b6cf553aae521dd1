"""What the ui shows of the tables of working days, and what a supervisor asks to be changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class CalendarOwner(StrEnum):
    """Whose table the desk computes by."""

    HALL = "hall"
    STATION = "station"
    NATIONAL = "national"  # it came along with the program


@dataclass(frozen=True, slots=True)
class CalendarVersion:
    """One table that is or was in use; cases of its time are still computed by it."""

    version: str
    owner: CalendarOwner
    until: date
    by: str
    reason: str
    at: datetime
    confirmed_by: str = ""  # the second person of a station's own table


@dataclass(frozen=True, slots=True)
class CalendarView:
    """The table in use. `off` are the days that nobody works on though the week says so, `work` the other way round."""

    version: str
    owner: CalendarOwner
    source: str
    since: date
    until: date
    off: frozenset[date]
    work: frozenset[date]
    may_change: bool  # the person may, and the hall has none of its own
    versions: tuple[CalendarVersion, ...] = ()

    def works(self, day: date) -> bool:
        """Say whether a day within the table is a working day."""
        return day in self.work or (day.weekday() < 5 and day not in self.off)


@dataclass(frozen=True, slots=True)
class CalendarWish:
    """Days to set anew (True: works), how far the table reaches, who decided it, and why it is changed here."""

    days: Mapping[date, bool]
    until: date
    source: str
    reason: str
