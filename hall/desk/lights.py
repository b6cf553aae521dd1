"""How near a task is to the day it is owed: the hall's own dates, judged by the rule that the counter has too."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from deadlines import lights as rule
from deadlines.course import Due
from deadlines.lights import Colour
from hall.calendar import current
from hall.database import HALL_ZONE
from hall.dates import dates_of
from hall.tasks import Task


@dataclass(frozen=True, slots=True)
class Light:
    """`days` are working days to the last one, below zero after it (natural ones where `natural` says so: the table had
    ended); `age` those since the task came. `due` is None without a promise, `legal` without a limit by law."""

    colour: Colour
    days: int
    age: int | None
    natural: bool = False
    due: Due | None = None
    legal: Due | None = None


def lights_of(db: Connection, tasks: Iterable[Task], at: datetime) -> dict[int, Light]:
    """Say how each task stands, by its number."""
    return {task.id: light_of(db, task, at) for task in tasks}


def light_of(db: Connection, task: Task, at: datetime) -> Light:
    """Say how one task stands. A case of before the hall computed has what its station promised."""
    found, table = dates_of(db, task.case, at)
    dates = found.get(task.item)
    age = _age(task, at)
    if dates is None:
        due = Due(task.promised_on) if task.promised_on is not None else None
        lit = rule.light_of(due, None, current(db), at)
        colour = Colour.STOPPED if task.running is not None else lit.colour
        return Light(colour, lit.days, age, lit.natural, due)
    lit = rule.light_of(dates.promised, dates.course, table, at)
    return Light(lit.colour, lit.days, age, lit.natural, dates.promised, dates.legal)


def _age(task: Task, at: datetime) -> int | None:
    if task.dispatched_at is None:
        return None
    return (at.astimezone(HALL_ZONE).date() - task.dispatched_at.astimezone(HALL_ZONE).date()).days
