"""What hall and supervisors say about bad reviews (差评): orders with a day, what was done about each, and sums.

谁办理谁负责: verify, fix or explain, call back who gave a name, ask again (domain.md 8). An order names no grade.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from wire.evaluation import Grade, Stage, Tag

MOST_WORDS = 500


class ReviewStep(StrEnum):
    """What is done about a bad review, in this order as a rule."""

    VERIFIED = "verified"
    FIXED = "fixed"
    EXPLAINED = "explained"
    CALLED_BACK = "called_back"  # 回访, of whoever left the number of the case
    REGRADED = "regraded"  # what the citizen says of the handling, when asked again
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class ReviewDone:
    """One step that was taken; nobody takes it back."""

    step: ReviewStep
    text: str
    by: str  # login
    at: datetime


@dataclass(frozen=True, slots=True)
class ReviewOrder:
    """A bad review that somebody else than the rated clerk sees to by a day (the last one).

    `assignee` is a login, "" while the station has nobody. `case` and `receipt_no` stand only where the citizen wants to be
    called back. `open_steps` are those that must come before it may be closed.
    """

    id: str
    stage: Stage
    clerk: str  # who was rated
    window: str
    given_at: datetime
    tags: tuple[Tag, ...]
    ink: str
    case: str
    receipt_no: str
    assignee: str
    due: date
    overdue: bool
    done: tuple[ReviewDone, ...]
    open_steps: tuple[ReviewStep, ...]
    closed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class EvaluationSums:
    """How a station was rated since a day: how many visits said what. `grades` is by code of GB/T 39046 and empty while too
    few have spoken (`told` is False then): three answers are no sum but three people."""

    since: date
    asked: int
    answered: int
    grades: Mapping[str, int]
    told: bool
    least: int  # from how many answers on they are told


@dataclass(frozen=True, slots=True)
class Reviews:
    """What a supervisor sees: the orders of the station that are not about themself, open ones first, and the sums."""

    items: tuple[ReviewOrder, ...]
    sums: EvaluationSums


@dataclass(frozen=True, slots=True)
class ReviewAct:
    """A step that a supervisor takes; `grade` only with REGRADED."""

    order: str
    step: ReviewStep
    text: str
    supervisor: str  # login, under the station's signature
    grade: Grade | None = None
