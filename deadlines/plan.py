"""The clocks of a joint case: each item its own, and one that waits for others starts when theirs are done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time

from catalogue.model import Limit
from deadlines.course import ZONE, Course, Due, Extension, Pause
from deadlines.working_days import CalendarEnded, WorkingDays

NO_LIMIT = Limit(-1, "workday")


@dataclass(frozen=True, slots=True)
class Part:
    """One item of a case: both its limits, what it waits for, what stopped or prolonged it, when it was decided."""

    key: str
    promised: Limit
    legal: Limit = NO_LIMIT
    after: tuple[str, ...] = ()
    pauses: tuple[Pause, ...] = ()
    extensions: tuple[Extension, ...] = ()
    decided: datetime | None = None


@dataclass(frozen=True, slots=True)
class Dates:
    """What is owed for one item. `legal` is None without such a limit, and where `legal_beyond` the table's end is nearer."""

    course: Course  # of the promise
    promised: Due | None
    legal: Due | None
    legal_beyond: bool = False


def plan(
    start: datetime, parts: tuple[Part, ...], table: WorkingDays, as_of: datetime
) -> Mapping[str, Dates]:
    """Compute every item's dates. One that waits starts with the last decision it waits for, or while that is open with the
    end of its promised day.

    Raises CalendarEnded for a promise beyond the table, ValueError for parts that wait in a circle or for nobody. A
    legal limit beyond the table is told as such: what was promised is nearer.
    """
    made: dict[str, Dates] = {}
    ends: dict[str, datetime] = {}
    left = list(parts)
    while left:
        ready = [part for part in left if all(key in ends for key in part.after)]
        if not ready:
            raise ValueError("items wait for each other: " + ", ".join(part.key for part in left))
        for part in ready:
            begins = max((ends[key] for key in part.after), default=start)
            dates = _dates(part, begins, table, as_of)
            made[part.key] = dates
            ends[part.key] = part.decided or _end(dates.promised, begins)
            left.remove(part)
    return made


def _dates(part: Part, begins: datetime, table: WorkingDays, as_of: datetime) -> Dates:
    course = Course(begins, part.promised, part.pauses, part.extensions)
    legal = Course(begins, part.legal, part.pauses, part.extensions)
    promised = course.due(table, as_of)
    try:
        return Dates(course, promised, legal.due(table, as_of))
    except CalendarEnded:
        return Dates(course, promised, None, legal_beyond=True)


def _end(due: Due | None, begins: datetime) -> datetime:
    if due is None:
        return begins
    return due.at or datetime.combine(due.on, time(23, 59, 59), ZONE)
