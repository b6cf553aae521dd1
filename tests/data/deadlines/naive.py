"""A second counter that knows nothing of the room of deadlines: it points at days of the written list, one by one."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime, timedelta

from tests.data.deadlines.table import Row, Stop, working_days


def last_day(row: Row) -> str:
    """The day that the table should have, ended.<day> for a day that the list does not have."""
    n, unit = row.limit
    if n < 0:
        return "none"
    if unit in ("hour", "minute"):
        return _by_the_clock(row)
    day = row.start.date()
    if unit == "month":
        n, unit = (_same_day_later(day, n) - day).days, "day"
    for amount, kind in ((n, unit), (row.extension, "workday")):
        day, missing = _walk(day, amount, kind, row)
        if missing:
            return f"ended {missing}"
    return day.isoformat()


def _walk(day: date, amount: int, unit: str, row: Row) -> tuple[date, str]:
    listed = set(working_days())
    known = min(listed).replace(day=1), max(listed)  # New Year's Day is none of them
    while amount > 0:
        day += timedelta(days=1)
        if any(_stands(stop, day, row.as_of) for stop in row.stops):
            continue
        if unit == "workday":
            if not known[0] <= day <= known[1]:
                return day, day.isoformat()
            if day not in listed:
                continue
        amount -= 1
    return day, ""


def _stands(stop: Stop, day: date, as_of: datetime) -> bool:
    ends = [moment.date() for moment in (stop.end, as_of) if moment is not None]
    if stop.until is not None:
        ends.append(stop.until)
    return stop.start.date() < day <= min(ends)


def _same_day_later(day: date, months: int) -> date:
    year, month = day.year, day.month
    for _ in range(months):
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _by_the_clock(row: Row) -> str:
    """Minute by minute."""
    n, unit = row.limit
    left, at = n * (60 if unit == "hour" else 1), row.start
    while left:
        at += timedelta(minutes=1)
        if not any(stop.start < at <= (stop.end or row.as_of) for stop in row.stops):
            left -= 1
    if not row.extension:
        return f"{at:%Y-%m-%dT%H:%M}"
    return _walk(at.date(), row.extension, "workday", row)[0].isoformat()
