"""Work lists in memory: over the fake store's cases, and over the scripted views of the fake desk."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from tests.fakes.newborn import NOW
from tests.fakes.shelves import Shelves
from workstation.domain.approval import ProposalState
from workstation.domain.case import Case
from workstation.domain.counter_time import today_at
from workstation.domain.failures import Failure, Refused
from workstation.domain.work_lists import (
    LISTS,
    Due,
    ListKind,
    ListWanted,
    Mark,
    Order,
    Place,
    SavedFilter,
    Start,
    answer_by,
    due_on,
    hold_filter,
    to_replace,
)
from workstation.services.list_views import ListCounts, ListHead, ListPage
from workstation.services.views import CaseView


def page_of(places: list[Place], start: Start, limit: int, down: bool) -> list[Place]:
    """What the store's index does: sort, step behind a place, skip, take."""
    ordered = sorted(places, key=lambda each: (each.key, each.place), reverse=down is not start.backward)
    if start.after is not None:
        at = (start.after.key, start.after.place)
        smaller = down is not start.backward
        ordered = [p for p in ordered if ((p.key, p.place) < at if smaller else (p.key, p.place) > at)]
    found = ordered[start.skip : start.skip + limit]
    return found[::-1] if start.backward else found


class FakeLists:
    """See services.ports.Lists."""

    def __init__(self, work: Shelves) -> None:
        self._work = work

    def _stands(self, case: Case, wanted: ListWanted, today: date) -> bool:
        at, due = LISTS[wanted.kind], due_on(case)
        proposed = {p.case for p in self._work.proposals.values() if p.state is ProposalState.OPEN}
        marks: dict[Mark, Callable[[], bool]] = {
            Mark.TO_REPLACE: lambda: to_replace(case),
            Mark.ANSWER_OWED: lambda: answer_by(case) is not None,
            Mark.PROPOSED: lambda: case.id in proposed,
            Mark.ENDED: lambda: case.ended_at is not None,
        }
        since = wanted.since(today)
        return (
            (not at.status or case.status in at.status)
            and (at.due is not Due.TODAY or due == today)
            and (at.due is not Due.BEFORE or (due is not None and due < today))
            and (at.mark is None or marks[at.mark]())
            and wanted.clerk in ("", case.clerk)
            and wanted.status in (None, case.status)
            and (since is None or today_at(case.received_at) >= since)
        )

    def _places(self, wanted: ListWanted, today: date) -> list[Place]:
        keys: dict[Order, Callable[[Case], str]] = {
            Order.RECEIVED: lambda case: case.received_at.isoformat(),
            Order.RECEIPT: lambda case: case.receipt_no,
            Order.DUE: lambda case: str(due_on(case) or ""),
            Order.ANSWER: lambda case: str(answer_by(case) or ""),
            Order.ENDED: lambda case: str(case.ended_at or ""),
        }
        return [
            Place(keys[wanted.by](case), at)
            for at, case in enumerate(self._work.cases.values(), 1)
            if self._stands(case, wanted, today)
        ]

    def places(self, wanted: ListWanted, today: date, start: Start, limit: int) -> tuple[Place, ...]:
        return tuple(page_of(self._places(wanted, today), start, limit, wanted.backwards))

    def received(self, since: date, until: date, after: Place | None, limit: int) -> tuple[Place, ...]:
        places = [
            Place(case.received_at.isoformat(), at)
            for at, case in enumerate(self._work.cases.values(), 1)
            if since <= today_at(case.received_at) <= until
        ]
        return tuple(page_of(places, Start(after), limit, down=False))

    def count(self, wanted: ListWanted, today: date) -> int:
        return len(self._places(wanted, today))

    def before(self, wanted: ListWanted, today: date, case: str) -> int | None:
        ids = list(self._work.cases)
        whole = page_of(self._places(wanted, today), Start(), len(ids), wanted.backwards)
        return next((row for row, p in enumerate(whole) if ids[p.place - 1] == case), None)

    def moment(self) -> int:
        return len(self._work.audit)

    def filters(self, login: str) -> tuple[SavedFilter, ...]:
        own = {name: saved for (who, name), saved in self._work.filters.items() if who == login}
        return tuple(own[name] for name in sorted(own))

    def keep_filter(self, login: str, saved: SavedFilter) -> None:
        self._work.filters[login, saved.name] = saved

    def drop_filter(self, login: str, name: str) -> None:
        self._work.filters.pop((login, name), None)


class DeskLists:
    """The list verbs of the fake desk, over its scripted views, in the order in which they stand."""

    case_views: list[CaseView]
    calls: list[tuple[str, ...]]
    refuse: dict[str, Refused]
    parked = 0

    def _listed(self, wanted: ListWanted) -> list[CaseView]:
        at, today = LISTS[wanted.kind], NOW.date()
        views = [
            view
            for view in self.case_views
            if (not at.status or view.status in at.status)
            and (at.due is not Due.TODAY or view.due_on == today)
            and (at.due is not Due.BEFORE or (view.due_on is not None and view.due_on < today))
            and (at.mark is not Mark.TO_REPLACE or view.to_replace)
            and (at.mark is not Mark.ANSWER_OWED or view.waiting)
            and at.mark is not Mark.PROPOSED
            and wanted.status in (None, view.status)
            and (not wanted.clerk or view.received_by == wanted.clerk)
        ]
        if wanted.order is not None:
            views.sort(key=lambda view: view.receipt_no, reverse=wanted.backwards)
        return views

    def list_head(self, wanted: ListWanted, known: ListHead | None = None) -> ListHead:
        self.calls.append(("list_head", wanted.kind.value))
        if "list_head" in self.refuse:
            raise self.refuse["list_head"]
        moment = hash(tuple(self.case_views))
        if known is not None and known.moment == moment:
            return known
        return ListHead(moment, NOW.date(), len(self._listed(wanted)))

    def list_page(self, wanted: ListWanted, start: Start, limit: int) -> ListPage:
        self.calls.append(("list_page", wanted.kind.value))
        if "list_page" in self.refuse:
            raise self.refuse["list_page"]
        views = self._listed(wanted)
        places = [Place(f"{at:09d}", at) for at in range(len(views))]
        found = page_of(places, start, limit, down=False)
        first, last = (found[0], found[-1]) if found else (None, None)
        return ListPage(tuple(views[p.place] for p in found), first, last)

    def list_row(self, wanted: ListWanted, case: str) -> int | None:
        return next((row for row, view in enumerate(self._listed(wanted)) if view.case == case), None)

    def list_counts(self, kinds: Sequence[ListKind], known: ListCounts | None = None) -> ListCounts:
        counts = {kind: len(self._listed(ListWanted(kind))) for kind in kinds}
        made = ListCounts(0, NOW.date(), counts, self.parked, 0)
        return known if known == made and known is not None else made

    @property
    def _filters(self) -> dict[str, SavedFilter]:
        kept: dict[str, SavedFilter] = self.__dict__.setdefault("kept_filters", {})
        return kept

    def filters(self) -> tuple[SavedFilter, ...]:
        return tuple(self._filters[name] for name in sorted(self._filters))

    def keep_filter(self, saved: SavedFilter) -> tuple[SavedFilter, ...]:
        held = hold_filter(saved)
        if len(self._filters) > 20:
            raise Refused(Failure.FILTERS_FULL, most="20")
        self._filters[held.name] = held
        return self.filters()

    def drop_filter(self, name: str) -> tuple[SavedFilter, ...]:
        self._filters.pop(name, None)
        return self.filters()
