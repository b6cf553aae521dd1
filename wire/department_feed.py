"""What a department is told of its work, in order: ids and codes, never a person; the task itself is asked for by number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class TaskNews(StrEnum):
    """What happened to the work of a department."""

    TASK_DISPATCHED = "task_dispatched"  # it may be taken and decided
    TASK_TAKEN = "task_taken"  # a reviewer has begun
    TASK_DECIDED = "task_decided"  # here, by the department's own system, or by the hall, which returned it
    PAPERS_CHANGED = "papers_changed"  # what was owed came, or did not
    PROCEDURE_BEGUN = "procedure_begun"  # the clock stands still
    PROCEDURE_ENDED = "procedure_ended"
    DISPUTE_RAISED = "dispute_raised"
    DISPUTE_ANSWERED = "dispute_answered"
    CASE_CLOSED = (
        "case_closed"  # refused or voided by two persons: nothing of it waits for the department any more
    )
    CASE_REOPENED = "case_reopened"
    EXTENDED = "extended"  # the limits are longer by so many working days


@dataclass(frozen=True, slots=True)
class DepartmentEvent:
    """One thing that happened. `id` is the same at every delivery: whoever has seen it leaves it.

    `task` is the number under which the department's API knows the sub-case, 0 for what concerns no single one;
    `details` are ids and codes of the kind (docs/wire.md, Departments).
    """

    id: str  # UUIDv7
    department: str
    kind: TaskNews
    at: datetime
    case: str
    item: str = ""
    task: int = 0
    details: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DepartmentPage:
    """A page of a department's feed. Asking with `cursor` says that everything before it was taken."""

    epoch: str
    items: tuple[DepartmentEvent, ...]
    cursor: str
    more: bool


@dataclass(frozen=True, slots=True)
class TakeTask:
    """A department's own system says who has begun with a task; `by` is a login or name there."""

    by: str
