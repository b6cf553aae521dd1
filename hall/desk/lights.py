"""How near a task is to the day that was promised, as far as the hall knows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from hall.database import HALL_ZONE
from hall.tasks import Task


class Colour(StrEnum):
    """domain.md 1.1: yellow is a day left or less, red is overdue."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"
    STOPPED = "stopped"  # a special procedure runs: its time is not counted
    UNKNOWN = "unknown"  # nothing was promised


@dataclass(frozen=True, slots=True)
class Light:
    """`days` are natural days of Beijing to the promised one, below zero after it; `age` those since it came."""

    colour: Colour
    days: int
    age: int | None


def light_of(task: Task, at: datetime) -> Light:
    """Say how a task stands. The promised day does not move here while a clock stands still: whoever computes deadlines
    moves it."""
    today = at.astimezone(HALL_ZONE).date()
    age = (today - task.dispatched_at.astimezone(HALL_ZONE).date()).days if task.dispatched_at else None
    days = _days(task.promised_on, today)
    if task.running is not None:
        return Light(Colour.STOPPED, days, age)
    if task.promised_on is None:
        return Light(Colour.UNKNOWN, days, age)
    colour = Colour.RED if days < 0 else Colour.YELLOW if days <= 1 else Colour.GREEN
    return Light(colour, days, age)


def _days(promised: date | None, today: date) -> int:
    return (promised - today).days if promised else 0
