"""The work lists as data: which cases stand in each, by which indexed columns, in which order. The one place that names
them: the store asks by these, the pages show these, the words stand in ui/words/work_lists.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from wire.lifecycle import OPEN
from wire.messages import MaterialHow, SubCaseState
from workstation.domain.case import ENDED_EARLY, Case, CaseStatus
from workstation.domain.failures import Failure, Refused


class ListKind(StrEnum):
    """A work list."""

    ALL = "all"
    DUE_TODAY = "due_today"  # promised for today and not over
    OVERDUE = "overdue"
    OPEN = "open"  # not over, whatever it waits for
    TO_ACCEPT = "to_accept"  # received: the five days run (domain.md 0.3)
    TO_CORRECT = "to_correct"  # told what is missing, and waiting for it
    TO_SIGN = "to_sign"  # proposed, waiting for a second person
    TO_REPLACE = "to_replace"  # the citizen holds a 临时收件, and the hall has given the number
    CHECKS = "checks"  # a department owes an answer
    RESULTS = "results"  # decided, whether fetched or not
    RESULTS_WAITING = "results_waiting"  # decided, not fetched yet


class Order(StrEnum):
    """What a list may be sorted by: columns with an index, and no other."""

    RECEIVED = "received_at"
    RECEIPT = "receipt_no"
    DUE = "due_on"
    ANSWER = "answer_by"
    ENDED = "ended_at"


class Due(StrEnum):
    """Where the day by which something is owed lies."""

    TODAY = "today"
    BEFORE = "before"


class Mark(StrEnum):
    """What else makes a case stand in a list; each is a column or a table of its own in the store."""

    TO_REPLACE = "to_replace"
    ANSWER_OWED = "answer_owed"
    PROPOSED = "proposed"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class WorkList:
    """What makes a case stand in a list, and its order; `orders` are those it may be sorted by, its own first."""

    status: tuple[CaseStatus, ...] = ()  # empty: whatever its state
    due: Due | None = None
    mark: Mark | None = None
    orders: tuple[Order, ...] = (Order.RECEIVED, Order.RECEIPT)
    descending: bool = True


_DUE_FIRST = (Order.DUE, Order.RECEIVED, Order.RECEIPT)
LISTS: Mapping[ListKind, WorkList] = {
    ListKind.ALL: WorkList(),
    ListKind.DUE_TODAY: WorkList(due=Due.TODAY, orders=_DUE_FIRST, descending=False),
    ListKind.OVERDUE: WorkList(due=Due.BEFORE, orders=_DUE_FIRST, descending=False),
    ListKind.OPEN: WorkList(status=tuple(sorted(OPEN)), descending=False),
    ListKind.TO_ACCEPT: WorkList(
        status=(CaseStatus.RECEIVED, CaseStatus.CORRECTION_RECEIVED), descending=False
    ),
    ListKind.TO_CORRECT: WorkList(
        status=(CaseStatus.CORRECTION_REQUIRED,),
        orders=(Order.RECEIVED, Order.DUE, Order.RECEIPT),
        descending=False,
    ),
    ListKind.TO_SIGN: WorkList(mark=Mark.PROPOSED),
    ListKind.TO_REPLACE: WorkList(mark=Mark.TO_REPLACE, descending=False),
    ListKind.CHECKS: WorkList(
        mark=Mark.ANSWER_OWED, orders=(Order.ANSWER, Order.RECEIVED, Order.RECEIPT), descending=False
    ),
    ListKind.RESULTS: WorkList(
        status=(
            CaseStatus.DECIDED,
            CaseStatus.READY_FOR_PICKUP,
            CaseStatus.DELIVERED,
            CaseStatus.ARCHIVED,
        ),
        mark=Mark.ENDED,
        orders=(Order.ENDED,),
    ),
    ListKind.RESULTS_WAITING: WorkList(
        status=(CaseStatus.DECIDED, CaseStatus.READY_FOR_PICKUP), descending=False
    ),
}
# Over for the desk: nothing of such a case is due any more.
_OVER = ENDED_EARLY | {
    CaseStatus.DECIDED,
    CaseStatus.READY_FOR_PICKUP,
    CaseStatus.DELIVERED,
    CaseStatus.ARCHIVED,
    CaseStatus.RETURNED,
    CaseStatus.WITHDRAWN,
}


@dataclass(frozen=True, slots=True)
class ListWanted:
    """A list, made narrower by a clerk's own conditions, in an order. None of it names a citizen.

    `days` counts back from today, today being 1; 0 is however long ago.
    """

    kind: ListKind = ListKind.ALL
    clerk: str = ""  # login of who received it
    status: CaseStatus | None = None
    days: int = 0
    order: Order | None = None  # None: the list's own
    descending: bool | None = None

    @property
    def by(self) -> Order:
        """Return what it is sorted by; an order that the list does not offer is the list's own."""
        offered = LISTS[self.kind].orders
        return self.order if self.order in offered and self.order is not None else offered[0]

    @property
    def backwards(self) -> bool:
        """Say whether the largest comes first."""
        return LISTS[self.kind].descending if self.descending is None else self.descending

    def since(self, today: date) -> date | None:
        """Return the first day of receipt that counts; None for all."""
        return today - timedelta(days=self.days - 1) if self.days else None

    def sorted_by(self, order: Order | None, *, descending: bool | None) -> ListWanted:
        """Return the same list in another order."""
        return replace(self, order=order, descending=descending)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row stands in a list: what it is sorted by, and the case's place in the store, which breaks ties."""

    key: str
    place: int


@dataclass(frozen=True, slots=True)
class Start:
    """Where a page begins: `skip` rows behind a row that is known, None for before the first.

    `backward` counts from the end: the page ends `skip` rows before `after`, None for behind the last.
    """

    after: Place | None = None
    skip: int = 0
    backward: bool = False


MOST_FILTERS = 20  # of one clerk
LONGEST_NAME = 16
_MOST_DIGITS = 4  # in a row: more could be a number of a person or a case


@dataclass(frozen=True, slots=True)
class SavedFilter:
    """Conditions that a clerk uses again. `mine` means whoever is signed in, so that no login stands in it."""

    name: str
    kind: ListKind
    mine: bool = False
    status: CaseStatus | None = None
    days: int = 0

    def wanted(self, login: str) -> ListWanted:
        """Return the list that it means for a clerk."""
        return ListWanted(self.kind, login if self.mine else "", self.status, self.days)


def hold_filter(saved: SavedFilter) -> SavedFilter:
    """Let a filter pass whose name is short and holds no number. Raises Refused(FILTER_NAME)."""
    name = " ".join(saved.name.split())
    digits = "".join("1" if c.isdigit() else " " for c in name).split()
    if not 1 <= len(name) <= LONGEST_NAME or any(len(run) > _MOST_DIGITS for run in digits):
        raise Refused(Failure.FILTER_NAME, longest=str(LONGEST_NAME))
    return replace(saved, name=name)


# -- what the store writes beside a case: days and marks, never a person --------------------------------------
def _stands(case: Case) -> bool:
    """Say whether a special procedure of any item runs: the joint limit stands still with it."""
    return any(each.ended_at is None for sub in case.sub_cases for each in sub.procedures)


def due_on(case: Case) -> date | None:
    """Return the first day by which something of a case is owed; None when nothing is, or when it is over.

    A correction, while it is waited for (domain.md 1.1: no other clock runs then); a word on a receipt, before silence accepts
    it (0.3); a promised decision whose clock does not stand still; what several departments owe together by law; the top-up of
    a tolerated paper (1.2).
    """
    if case.status in _OVER:
        return None
    asked = case.correction
    if asked is not None and asked.answered_at is None:
        return asked.until
    days = [
        sub.promised_on
        for sub in case.sub_cases
        if sub.promised_on is not None
        and sub.state is not SubCaseState.DECIDED
        and all(each.ended_at is not None for each in sub.procedures)
    ]
    if case.status is CaseStatus.RECEIVED and case.notice_by is not None and asked is None:
        days.append(case.notice_by)
    if case.dates is not None and case.dates.joint_on is not None and not _stands(case):
        days.append(case.dates.joint_on)
    if case.tolerances:
        open_ = {m.material for m in case.materials if m.how is MaterialHow.TOLERATED}
        days += [each.until for each in case.tolerances if each.material in open_]
    return min(days, default=None)


def answer_by(case: Case) -> date | None:
    """Return the day by which a department owes the first of its answers; None when none is owed."""
    if not case.pending or case.status in _OVER:
        return None
    return min(each.until for each in case.pending)


def to_replace(case: Case) -> bool:
    """Say whether the citizen holds a provisional slip for a case that has its number by now."""
    return case.provisional and case.project_no is not None and case.status not in ENDED_EARLY
