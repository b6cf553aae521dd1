"""The course of a clock: from its start, with pauses that do not count, to the day it is due."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from enum import StrEnum

from catalogue.model import Limit
from deadlines.working_days import ONE_DAY, WorkingDays

ZONE = timezone(timedelta(hours=8))  # Beijing, no daylight saving since 1991
_CLOCK = {"hour": timedelta(hours=1), "minute": timedelta(minutes=1)}


def day_of(moment: datetime) -> date:
    """Return the day in Beijing."""
    return moment.astimezone(ZONE).date()


class Why(StrEnum):
    """Why a segment does not count."""

    PROCEDURE = "procedure"  # 特别程序 B: hearing, test, appraisal (行政许可法 art. 45)
    CORRECTION = "correction"  # 补正: the applicant has the papers


@dataclass(frozen=True, slots=True)
class Suspension:
    """特别程序: not counted from `start` to `end`; without an end it runs on."""

    start: datetime
    end: datetime | None = None

    @property
    def why(self) -> Why:
        """Name the reason."""
        return Why.PROCEDURE

    @property
    def ends(self) -> datetime | None:
        """Return when the clock runs again, None while nobody has said so."""
        return self.end


@dataclass(frozen=True, slots=True)
class Wait:
    """补正: not counted from `start` until the papers are there, and not beyond the end of the day `until`."""

    start: datetime
    end: datetime | None
    until: date

    @property
    def why(self) -> Why:
        """Name the reason."""
        return Why.CORRECTION

    @property
    def ends(self) -> datetime | None:
        """Return when the clock runs again: it does by itself when the time to bring papers is over."""
        last = datetime.combine(self.until, time(23, 59, 59), ZONE)
        return last if self.end is None else min(self.end, last)


Pause = Suspension | Wait


@dataclass(frozen=True, slots=True)
class Extension:
    """延长审批: days added to the limit after it has run (特别程序 A; 行政许可法 art. 42)."""

    by: Limit


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of the course. Days belong to it from the one after `start` to that of `end`; `why` is None while it runs."""

    start: datetime
    end: datetime
    why: Why | None = None

    @property
    def running(self) -> bool:
        """Say whether its time counts."""
        return self.why is None


@dataclass(frozen=True, slots=True)
class Due:
    """The last day, and the moment where the limit is one of hours or minutes."""

    on: date
    at: datetime | None = None

    def is_over(self, now: datetime) -> bool:
        """Say whether the limit has passed."""
        return now > self.at if self.at is not None else day_of(now) > self.on


@dataclass(frozen=True, slots=True)
class Course:
    """One clock: a start, a limit, what stopped it and what made it longer.

    Every stretch of days is half open, (start, end]: day 1 is the day after the start (domain.md 1.1), the day a
    suspension begins still counts and the day it ends does not (docs/decisions/024). Hours and minutes run by the clock
    (民法典 art. 201), months end on the day of the same number or the last one (art. 202).
    """

    start: datetime
    limit: Limit
    pauses: tuple[Pause, ...] = ()
    extensions: tuple[Extension, ...] = ()

    def segments(self, as_of: datetime) -> tuple[Segment, ...]:
        """Return what ran and what stood from the start to `as_of`, in order, without gap or overlap."""
        made: list[Segment] = []
        at = self.start
        for pause in sorted(self.pauses, key=lambda each: each.start):
            begins = min(max(pause.start, at), as_of)
            ends = min(pause.ends or as_of, as_of)
            if ends <= begins:
                continue
            if begins > at:
                made.append(Segment(at, begins))
            made.append(Segment(begins, ends, pause.why))
            at = ends
        if as_of > at:
            made.append(Segment(at, as_of))
        return tuple(made)

    def stopped(self, as_of: datetime) -> Why | None:
        """Say why the clock stands at this moment, None while it runs."""
        for pause in self.pauses:
            if pause.start <= as_of and (pause.ends is None or as_of < pause.ends):
                return pause.why
        return None

    def used(self, table: WorkingDays, as_of: datetime) -> int:
        """Return the used time in the unit of the limit (months in days): the sum of the running segments.

        Raises CalendarEnded.
        """
        return sum(self.measure(each, table) for each in self.segments(as_of) if each.running)

    def measure(self, segment: Segment, table: WorkingDays) -> int:
        """Measure a stretch in the unit of the limit; hours and minutes both in minutes. Raises CalendarEnded."""
        if self.limit.unit in _CLOCK:
            return (segment.end - segment.start) // timedelta(minutes=1)
        first, last = day_of(segment.start), day_of(segment.end)
        return table.between(first, last) if self.limit.unit == "workday" else (last - first).days

    def due(self, table: WorkingDays, as_of: datetime) -> Due | None:
        """Return the last day by what is known at `as_of`: a pause that nobody has ended counts until then.

        None without a limit (domain.md 1.1: -1). Raises CalendarEnded where the table of working days is too short.
        """
        if self.limit.n < 0:
            return None
        if self.limit.unit in _CLOCK:
            due = self._by_the_clock(as_of)
        else:
            due = Due(_nth(day_of(self.start), self._need(), self._counts(self.limit.unit, table, as_of)))
        for extension in self.extensions:
            counts = self._counts(extension.by.unit, table, as_of)
            due = Due(_nth(due.on, extension.by.n, counts))
        return due

    def whole(self) -> int:
        """Return the limit with its extensions as `measure` counts: days, or minutes for hours and minutes."""
        if self.limit.unit in _CLOCK:
            return self.limit.n * _CLOCK[self.limit.unit] // timedelta(minutes=1)
        return self._need() + sum(each.by.n for each in self.extensions)

    def _need(self) -> int:
        if self.limit.unit == "month":
            first = day_of(self.start)
            return (_months_after(first, self.limit.n) - first).days
        return self.limit.n

    def _counts(self, unit: str, table: WorkingDays, as_of: datetime) -> Callable[[date], bool]:
        stood = [
            (day_of(each.start), day_of(each.end))
            for each in self.segments(max(self.start, as_of))
            if each.why
        ]

        def counts(day: date) -> bool:
            if any(first < day <= last for first, last in stood):
                return False
            return unit != "workday" or table.is_workday(day)

        return counts

    def _by_the_clock(self, as_of: datetime) -> Due:
        left = self.limit.n * _CLOCK[self.limit.unit]
        at = self.start
        for each in self.segments(max(self.start, as_of)):
            if not each.running:
                at = each.end
                continue
            if each.start + left <= each.end:
                break
            left -= each.end - each.start
            at = each.end
        due = at + left
        return Due(day_of(due), due)


def _nth(day: date, n: int, counts: Callable[[date], bool]) -> date:
    while n:
        day += ONE_DAY
        n -= counts(day)
    return day


def _months_after(day: date, n: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + n, 12)
    first_of_next = date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    return min(date(year, month + 1, 1) + timedelta(days=day.day - 1), first_of_next - ONE_DAY)
