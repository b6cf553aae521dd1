"""Dates to promise: day 1 is the working day after the start, by a table of working days."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from catalogue.model import Limit
from workstation.domain.failures import Failure, Refused

IsWorkday = Callable[[date], bool]  # raises Refused(CALENDAR_ENDED) beyond its table


def due_on(start: date, limit: Limit, is_workday: IsWorkday) -> date:
    """Return the last day of the limit (domain.md 1.1: day 1 is the day after the start).

    Raises Refused(CALENDAR_ENDED) beyond the table, ValueError for a unit this counter does not promise in.
    """
    if limit.unit == "day":
        return start + timedelta(days=limit.n)
    if limit.unit != "workday":
        raise ValueError(limit.unit)
    day, left = start, limit.n
    while left:
        day += timedelta(days=1)
        if is_workday(day):
            left -= 1
    return day


def chinese_workday(day: date) -> bool:
    """Look the day up in chinesecalendar, whose table ends with 2026.

    Raises Refused(CALENDAR_ENDED) for a day the table does not know: a promise is never guessed.
    """
    import chinese_calendar  # noqa: PLC0415 - loads 30 ms of tables, wanted only when a date is promised

    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        raise Refused(Failure.CALENDAR_ENDED, day=day.isoformat()) from None
