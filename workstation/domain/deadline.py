"""Dates to promise: day 1 is the working day after the start, by a table of working days."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """A table a supervisor adds for days the built-in one does not know: weekends plus named exceptions.

    `source` says who decided it; the table answers for days up to and including `until` only.
    """

    source: str
    until: date
    off: frozenset[date]  # holidays on weekdays
    work: frozenset[date]  # make-up days on weekends

    def is_workday(self, day: date) -> bool:
        """Look the day up. Raises Refused(CALENDAR_ENDED) after `until`."""
        if day > self.until:
            raise Refused(Failure.CALENDAR_ENDED, day=day.isoformat())
        return day in self.work or (day.weekday() < 5 and day not in self.off)


def first_known(first: IsWorkday, then: IsWorkday) -> IsWorkday:
    """Ask `first`, and `then` only for days on which `first` has ended."""

    def is_workday(day: date) -> bool:
        try:
            return first(day)
        except Refused as refusal:
            if refusal.failure is not Failure.CALENDAR_ENDED:
                raise
            return then(day)

    return is_workday
