"""Tables of working days as the ui sees them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from deadlines.national import national_days
from workstation.services.calendar_views import CalendarOwner, CalendarVersion, CalendarView, CalendarWish


def a_calendar(owner: CalendarOwner = CalendarOwner.NATIONAL) -> CalendarView:
    """The table that came along, or one of the hall's with a version before it."""
    days = national_days()
    versions = (
        CalendarVersion(
            "hall-2-2b8e1c04",
            owner,
            date(2026, 12, 31),
            "张主任",
            "台风停工",
            datetime(2026, 11, 2, 1, tzinfo=UTC),
        ),
        CalendarVersion(
            "hall-1-90fe5a11",
            owner,
            date(2026, 12, 31),
            "张主任",
            "首次下发",
            datetime(2026, 1, 4, 2, tzinfo=UTC),
        ),
    )
    national = owner is CalendarOwner.NATIONAL
    return CalendarView(
        days.version if national else versions[0].version,
        owner,
        days.source,
        days.since,
        days.until,
        days.off,
        days.work,
        may_change=owner is not CalendarOwner.HALL,
        versions=() if national else versions,
    )


def changed_view(view: CalendarView, wish: CalendarWish, second: str = "") -> CalendarView:
    """What the desk shows after a change; nothing is checked here."""
    off = {day for day in view.off if wish.days.get(day) is not True}
    off |= {day for day, works in wish.days.items() if not works and day.weekday() < 5}
    work = {day for day in view.work if wish.days.get(day) is not False}
    work |= {day for day, works in wish.days.items() if works and day.weekday() >= 5}
    at = datetime(2026, 11, 26, 1, tzinfo=UTC)
    made = CalendarVersion(
        "440104-1-0a1b2c3d", CalendarOwner.STATION, wish.until, "supervisor", wish.reason, at, second
    )
    return replace(
        view,
        version=made.version,
        owner=CalendarOwner.STATION,
        source=wish.source,
        until=wish.until,
        off=frozenset(off),
        work=frozenset(work),
        versions=(made, *view.versions),
    )
