"""The clocks of a joint case: each item its own, and one that waits for others starts when theirs are done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

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
    """What is owed for one item.

    `promised` and `legal` are None without such a limit, and where the table of working days ends too soon: then `missing`
    or `legal_missing` is the first day that it does not know. Without `course` nobody knows when the clock begins, because
    what it waits for is itself beyond the table.
    """

    course: Course | None  # of the promise
    promised: Due | None = None
    legal: Due | None = None
    missing: date | None = None
    legal_missing: date | None = None


def plan(
    start: datetime, parts: tuple[Part, ...], table: WorkingDays, as_of: datetime
) -> Mapping[str, Dates]:
    """Compute every item's dates. One that waits starts with the last decision it waits for, or while that is open with the
    end of its promised day.

    Raises ValueError for parts that wait in a circle or for what is not there.
    """
    made: dict[str, Dates] = {}
    ends: dict[str, datetime | date] = {}  # a date: the day that is missing
    left = list(parts)
    while left:
        ready = [part for part in left if all(key in ends for key in part.after)]
        if not ready:
            raise ValueError("items wait for each other: " + ", ".join(part.key for part in left))
        for part in ready:
            dates = _after(part, [ends[key] for key in part.after], start, table, as_of)
            made[part.key] = dates
            ends[part.key] = part.decided or dates.missing or _end(dates)
            left.remove(part)
    return made


def _after(
    part: Part, before: list[datetime | date], start: datetime, table: WorkingDays, as_of: datetime
) -> Dates:
    moments = [each for each in before if isinstance(each, datetime)]
    if len(moments) < len(before):
        missing = next(each for each in before if not isinstance(each, datetime))
        return Dates(None, missing=missing, legal_missing=missing)
    begins = max((start, *moments))  # what was withdrawn before the acceptance begins nothing earlier
    course = Course(begins, part.promised, part.pauses, part.extensions)
    legal = Course(begins, part.legal, part.pauses, part.extensions)
    promised, missing_day = _due(course, table, as_of)
    by_law, legal_missing = _due(legal, table, as_of)
    return Dates(course, promised, by_law, missing_day, legal_missing)


def _due(course: Course, table: WorkingDays, as_of: datetime) -> tuple[Due | None, date | None]:
    try:
        return course.due(table, as_of), None
    except CalendarEnded as ended:
        return None, ended.day


def _end(dates: Dates) -> datetime:
    if dates.course is None:
        raise AssertionError("an item without a beginning misses a day")
    if dates.promised is None:
        return dates.course.start
    return dates.promised.at or datetime.combine(dates.promised.on, time(23, 59, 59), ZONE)
