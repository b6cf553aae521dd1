"""The time at the counter: dates on paper and in numbers are Beijing's, whatever the machine thinks."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

COUNTER_ZONE = timezone(timedelta(hours=8))  # no daylight saving since 1991


def today_at(now: datetime) -> date:
    """Return the date at the counter."""
    return now.astimezone(COUNTER_ZONE).date()
