"""A table of working days: which days count, who said so, and the last day it answers for."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Protocol

from deadlines.festivals import days_off

ONE_DAY = timedelta(days=1)
_WEEKEND = 5  # date.weekday() of a Saturday


class CalendarEnded(Exception):
    """A day was asked for that the table does not know: a date is never guessed."""

    def __init__(self, day: date) -> None:
        super().__init__(day.isoformat())
        self.day = day


class TableMistake(StrEnum):
    """What is wrong with a changed table."""

    SHORTER = "shorter"  # it ends before the one it was made from
    OUTSIDE = "outside"  # a named day that the table does not reach
    HOLIDAY_WORKS = "holiday_works"  # a holiday by law of an added year is a working day


class WrongTable(Exception):
    """A table that nobody may compute by; `day` is the day that shows it."""

    def __init__(self, mistake: TableMistake, day: date) -> None:
        super().__init__(f"{mistake.value} {day.isoformat()}")
        self.mistake, self.day = mistake, day


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """Monday to Friday work but for `off`, weekends do not but for `work`, from `since` to `until`, both counted. No day of
    `off` is on a weekend and none of `work` on a weekday.

    `version` names just this content; `source` is who decided it, in his own words (domain.md 3.5 CalendarDay).
    """

    version: str
    source: str
    since: date
    until: date
    off: frozenset[date]
    work: frozenset[date]

    def is_workday(self, day: date) -> bool:
        """Look the day up. Raises CalendarEnded outside the table."""
        if not self.since <= day <= self.until:
            raise CalendarEnded(day)
        return day in self.work or (day.weekday() < _WEEKEND and day not in self.off)

    def between(self, after: date, last: date) -> int:
        """Count the working days of (after, last]. Raises CalendarEnded where one of them is outside the table."""
        if last <= after:
            return 0
        first = after + ONE_DAY
        if first < self.since:
            raise CalendarEnded(first)
        if last > self.until:
            raise CalendarEnded(max(first, self.until + ONE_DAY))
        # By the weeks and what differs from them: a list asks for hundreds of stretches at once.
        weeks, rest = divmod((last - after).days, 7)
        days = 5 * weeks + sum((last - timedelta(days=n)).weekday() < _WEEKEND for n in range(rest))
        return (
            days
            - sum(after < day <= last for day in self.off)
            + sum(after < day <= last for day in self.work)
        )

    def next_workday(self, day: date) -> date:
        """Return the day itself, or the first working day after it. Raises CalendarEnded."""
        while not self.is_workday(day):
            day += ONE_DAY
        return day


class Written(Protocol):
    """A table as somebody wrote it down (wire/calendar.py is one such)."""

    @property
    def version(self) -> str: ...  # noqa: D102
    @property
    def source(self) -> str: ...  # noqa: D102
    @property
    def since(self) -> date: ...  # noqa: D102
    @property
    def until(self) -> date: ...  # noqa: D102
    @property
    def off(self) -> Iterable[date]: ...  # noqa: D102
    @property
    def work(self) -> Iterable[date]: ...  # noqa: D102


def read(written: Written) -> WorkingDays:
    """Return the table to compute by; what only says what the week says already is left out."""
    days = (
        frozenset(day for day in written.off if day.weekday() < _WEEKEND),
        frozenset(day for day in written.work if day.weekday() >= _WEEKEND),
    )
    return WorkingDays(written.version, written.source, written.since, written.until, *days)


def named(table: WorkingDays, owner: str, number: int) -> WorkingDays:
    """Return the table under the name of its content: whose it is, the how-manieth, the beginning of its SHA-256."""
    days = (" ".join(each.isoformat() for each in sorted(group)) for group in (table.off, table.work))
    text = "\n".join((table.since.isoformat(), table.until.isoformat(), *days))
    return replace(table, version=f"{owner}-{number}-{hashlib.sha256(text.encode()).hexdigest()[:8]}")


def changed(table: WorkingDays, source: str, until: date, days: Mapping[date, bool]) -> WorkingDays:
    """Return the table with days set anew (True: works) and its end moved out, checked; it has still to be named.

    Raises WrongTable(SHORTER | OUTSIDE | HOLIDAY_WORKS).
    """
    if until < table.until:
        raise WrongTable(TableMistake.SHORTER, until)
    for day in sorted(days):
        if not table.since <= day <= until:
            raise WrongTable(TableMistake.OUTSIDE, day)
    off, work = set(table.off), set(table.work)
    for day, works in days.items():
        off.discard(day)
        work.discard(day)
        # Only what differs from the week itself is written down: one table has one way to be written.
        if works and day.weekday() >= _WEEKEND:
            work.add(day)
        elif not works and day.weekday() < _WEEKEND:
            off.add(day)
    made = replace(table, version="", source=source, until=until, off=frozenset(off), work=frozenset(work))
    _hold_holidays(made, table.until)
    return made


def with_more(table: WorkingDays, file: Mapping[str, object]) -> WorkingDays:
    """Return the table longer by what a file says: `source`, `until`, and lists `off` and `work` of ISO days.

    Only days after the table's end are taken: before it the table knows better. Raises WrongTable, KeyError, ValueError.
    """
    more: dict[date, bool] = {}
    for name, works in (("off", False), ("work", True)):
        said = file[name]
        if not isinstance(said, list):
            raise ValueError(name)
        more |= {date.fromisoformat(str(day)): works for day in said}
    later = {day: works for day, works in more.items() if day > table.until}
    return changed(table, str(file["source"]), date.fromisoformat(str(file["until"])), later)


def _hold_holidays(table: WorkingDays, known_until: date) -> None:
    """A table that has a day off by law as a working day was not finished. Raises WrongTable(HOLIDAY_WORKS)."""
    for year in range(known_until.year, table.until.year + 1):
        for holiday in days_off(year):
            if known_until < holiday <= table.until and table.is_workday(holiday):
                raise WrongTable(TableMistake.HOLIDAY_WORKS, holiday)
