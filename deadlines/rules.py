"""The limits that the law sets for every case, whatever its item says (行政许可法; days are working days, art. 82)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from catalogue.model import Limit
from deadlines.course import Course, Extension, Pause, day_of
from deadlines.working_days import ONE_DAY, WorkingDays

NOTICE = Limit(
    5, "workday"
)  # art. 32: to say at once what is missing; after that a receipt counts as acceptance
DECISION = Limit(20, "workday")  # art. 42, where neither law nor item says otherwise
JOINT = Limit(45, "workday")  # art. 42: several departments together
DELIVERY = Limit(10, "workday")  # art. 44: the licence after the decision
LONGEST_EXTENSION = 10  # working days, art. 42, with the head's approval and the reason told
LONGEST_JOINT_EXTENSION = 15  # working days, art. 42, with approval of the government's head


class TooLong(Exception):
    """An extension beyond what the law allows; `most` working days are left."""

    def __init__(self, most: int) -> None:
        super().__init__(str(most))
        self.most = most


@dataclass(frozen=True, slots=True)
class Deemed:
    """When silence becomes acceptance (art. 32 (4)): the last day for a notice, and the day it then counts from."""

    last_day: date
    accepted_on: date

    def has_come(self, today: date) -> bool:
        """Say whether the application counts as accepted."""
        return today > self.last_day


def deemed(received: datetime, table: WorkingDays, waits: tuple[Pause, ...] = ()) -> Deemed:
    """Return when a receipt without notice counts as acceptance: after five working days, from the day of the receipt.

    `waits` are corrections that were asked for in time: meanwhile nobody is silent. Raises CalendarEnded.
    """
    last = Course(received, NOTICE, waits).due(table, received if not waits else _latest(received, waits))
    if last is None:
        raise AssertionError("the notice has a limit")
    return Deemed(last.on, day_of(received))


def delivery_due(decided: datetime, table: WorkingDays) -> date:
    """Return the last day to hand the licence over. Raises CalendarEnded."""
    due = Course(decided, DELIVERY).due(table, decided)
    if due is None:
        raise AssertionError("delivery has a limit")
    return due.on


def extended(days: int, before: tuple[Extension, ...], *, joint: bool) -> Extension:
    """Make one more extension. Raises TooLong when all of them together pass what the law allows, ValueError below a day."""
    if days < 1:
        raise ValueError("an extension has at least a day")
    most = LONGEST_JOINT_EXTENSION if joint else LONGEST_EXTENSION
    left = most - sum(each.by.n for each in before)
    if days > left:
        raise TooLong(left)
    return Extension(Limit(days, "workday"))


def wait_until(asked_on: date, limit: Limit) -> date:
    """Return the last day of a correction wait: natural days (domain.md 1.1), so it needs no table and has an end on any day.

    Raises ValueError for a limit in another unit.
    """
    if limit.unit != "day":
        raise ValueError(limit.unit)
    return asked_on + limit.n * ONE_DAY


def _latest(received: datetime, waits: tuple[Pause, ...]) -> datetime:
    return max(received, *(each.ends or each.start for each in waits))
