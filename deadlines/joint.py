"""The limit of a case that several departments handle together: one clock beside those of its items (行政许可法 art. 42)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from deadlines.course import Course, Due
from deadlines.plan import Part
from deadlines.rules import JOINT
from deadlines.working_days import CalendarEnded, WorkingDays


@dataclass(frozen=True, slots=True)
class Joint:
    """45 working days from the acceptance. `due` is None when the table ends too soon: then `missing` is its first day that
    the table does not know."""

    course: Course
    due: Due | None = None
    missing: date | None = None


def joint(start: datetime, parts: Collection[Part], table: WorkingDays, as_of: datetime) -> Joint:
    """Compute the joint limit of a case's items; the caller knows that more than one department has them.

    While a special procedure runs for any of them the whole stands still (art. 45: its time is not counted in the limits of
    this section), and two that overlap stand still once. It is as much longer as the item that was granted most (art. 42).
    """
    pauses = tuple(pause for part in parts for pause in part.pauses)
    longest = max((part.extensions for part in parts), key=lambda each: sum(e.by.n for e in each), default=())
    course = Course(start, JOINT, pauses, longest)
    try:
        return Joint(course, course.due(table, as_of))
    except CalendarEnded as ended:
        return Joint(course, missing=ended.day)
