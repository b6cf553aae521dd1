"""How near something is to the day it is due: one rule for the counter, the lists and the reviewers' page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from deadlines.course import Course, Due, Why, day_of
from deadlines.working_days import CalendarEnded, WorkingDays


class Colour(StrEnum):
    """domain.md 1.1: yellow is a working day left or less, or a fifth of the limit; red is overdue."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"
    STOPPED = "stopped"  # a special procedure or a correction: its time is not counted
    UNKNOWN = "unknown"  # nothing was promised


@dataclass(frozen=True, slots=True)
class Light:
    """`days` are working days to the last one, 0 on it, below zero after it; `natural` says that the table had ended and
    natural days stand there instead."""

    colour: Colour
    days: int = 0
    natural: bool = False
    why: Why | None = None


UNLIT = Light(Colour.UNKNOWN)


def light_of(due: Due | None, course: Course | None, table: WorkingDays, now: datetime) -> Light:
    """Say how something that is still owed stands. Without its course nobody knows of pauses, nor how much a fifth is."""
    stopped = course.stopped(now) if course is not None else None
    if due is None:
        return Light(Colour.STOPPED, why=stopped) if stopped else UNLIT
    days, natural = _left(day_of(now), due.on, table)
    if stopped:
        return Light(Colour.STOPPED, days, natural, stopped)
    if due.is_over(now):
        return Light(Colour.RED, days, natural)
    last_day = due.at is None and days <= 1  # a limit of hours has no day to be near the end of
    if last_day or (course is not None and _last_fifth(due, course, table, now)):
        return Light(Colour.YELLOW, days, natural)
    return Light(Colour.GREEN, days, natural)


def _left(today: date, last: date, table: WorkingDays) -> tuple[int, bool]:
    """Working days of (today, last], negative when it has passed: those of (last, today], at least one."""
    try:
        if today <= last:
            return table.between(today, last), False
        return -max(1, table.between(last, today)), False
    except CalendarEnded:
        return (last - today).days, True


def _last_fifth(due: Due, course: Course, table: WorkingDays, now: datetime) -> bool:
    """Say whether a fifth of the limit is left or less, in the limit's own unit."""
    if due.at is not None:
        left = (due.at - now) // timedelta(minutes=1)
    elif course.limit.unit == "workday":
        left, natural = _left(day_of(now), due.on, table)
        if natural:
            return False
    else:
        left = (due.on - day_of(now)).days
    return 5 * left <= course.whole()
