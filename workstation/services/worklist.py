"""办件 and 出件: the work lists, the search, slips on paper."""

from __future__ import annotations

from collections.abc import Sequence

from workstation.domain.case import Case, CaseStatus
from workstation.domain.clerk import Deed
from workstation.domain.counter_time import today_at
from workstation.domain.failures import Failure, Refused
from workstation.domain.finding import FindBy, Found, Wanted, wanted
from workstation.domain.slip import SlipKind
from workstation.domain.work_lists import (
    MOST_FILTERS,
    ListKind,
    ListWanted,
    SavedFilter,
    Start,
    hold_filter,
)
from workstation.services.list_views import ListCounts, ListHead, ListPage
from workstation.services.ports import Unit
from workstation.services.print_slip import NEEDS
from workstation.services.seat import Seat
from workstation.services.views import CaseView, FoundView, PrintView

RESULTS = (CaseStatus.DECIDED, CaseStatus.READY_FOR_PICKUP, CaseStatus.DELIVERED)
LIST_LENGTH = 200
FOUND_LENGTH = 30  # shown: who sees more types another character
FOUND_AT_ONCE = 12  # opened before the answer: the rows of a list in a window of 1366 x 768
FINDABLE_AT_ONCE = 20
PAGE_ROWS = 100  # of a list, at most, in one answer


class Worklist(Seat):
    """What can be done with cases that are there already."""

    def cases(self) -> tuple[CaseView, ...]:
        """See DeskApi."""
        return self._list(())

    def results(self) -> tuple[CaseView, ...]:
        """See DeskApi."""
        return self._list(RESULTS)

    # -- work lists ----------------------------------------------------------------------------------------
    def list_head(self, wanted: ListWanted, known: ListHead | None = None) -> ListHead:
        """See DeskApi."""
        self._gate.may(Deed.LOOKED_UP)
        today = today_at(self._now())
        with self._gate.open_unit() as unit:
            moment = unit.lists.moment()
            if known is not None and (known.moment, known.today) == (moment, today):
                return known
            return ListHead(moment, today, unit.lists.count(wanted, today))

    def list_page(self, wanted: ListWanted, start: Start, limit: int) -> ListPage:
        """See DeskApi."""
        self._gate.may(Deed.LOOKED_UP)
        with self._gate.open_unit() as unit:
            places = unit.lists.places(wanted, today_at(self._now()), start, min(limit, PAGE_ROWS))
            found = unit.cases.at([each.place for each in places])
        first, last = (places[0], places[-1]) if places else (None, None)
        return ListPage(self._case_views(found), first, last)

    def list_row(self, wanted: ListWanted, case: str) -> int | None:
        """See DeskApi."""
        self._gate.may(Deed.LOOKED_UP)
        with self._gate.open_unit() as unit:
            return unit.lists.before(wanted, today_at(self._now()), case)

    def list_counts(self, kinds: Sequence[ListKind], known: ListCounts | None = None) -> ListCounts:
        """See DeskApi."""
        self._gate.may(Deed.LOOKED_UP)
        today = today_at(self._now())
        with self._gate.open_unit() as unit:
            moment, parked = unit.lists.moment(), unit.outbox.state().parked
            same = known is not None and (known.moment, known.today, known.parked) == (moment, today, parked)
            if known is not None and same and not known.unlisted:
                return known
            counts = {kind: unit.lists.count(ListWanted(kind), today) for kind in kinds}
            return ListCounts(moment, today, counts, parked, unit.cases.make_listable(0))

    def filters(self) -> tuple[SavedFilter, ...]:
        """See DeskApi."""
        clerk = self._gate.may(Deed.LOOKED_UP)
        with self._gate.open_unit() as unit:
            return unit.lists.filters(clerk.login)

    def keep_filter(self, saved: SavedFilter) -> tuple[SavedFilter, ...]:
        """See DeskApi."""
        clerk = self._gate.may(Deed.LOOKED_UP)
        held = hold_filter(saved)
        with self._gate.open_unit() as unit:
            known = {each.name for each in unit.lists.filters(clerk.login)}
            if held.name not in known and len(known) >= MOST_FILTERS:
                raise Refused(Failure.FILTERS_FULL, most=str(MOST_FILTERS))
            unit.lists.keep_filter(clerk.login, held)
            unit.commit()
            return unit.lists.filters(clerk.login)

    def drop_filter(self, name: str) -> tuple[SavedFilter, ...]:
        """See DeskApi."""
        clerk = self._gate.may(Deed.LOOKED_UP)
        with self._gate.open_unit() as unit:
            unit.lists.drop_filter(clerk.login, name)
            unit.commit()
            return unit.lists.filters(clerk.login)

    def case(self, case: str) -> CaseView:
        """See DeskApi."""
        self._gate.may(Deed.LOOKED_UP)
        with self._gate.open_unit() as unit:
            found = unit.cases.get(case)
        return self._case_view(found)

    def find_cases(self, typed: str) -> FoundView:
        """See DeskApi."""
        clerk = self._gate.may(Deed.LOOKED_UP)
        looked_for = wanted(typed)
        if looked_for is None:
            return FoundView(None, (), more=False, left=0)
        with self._gate.open_unit() as unit:
            # What was filed since the last look is found too; a long way back is gone beside the counter.
            going_on = unit.cases.make_findable(FINDABLE_AT_ONCE)
            left = unit.cases.hidden() if going_on else 0
            found = _found(unit, looked_for)
            rest = found.places[: FOUND_LENGTH - len(found.cases)]
            note = f"search {looked_for.by.value} {len(found.cases) + len(rest)}"
            unit.audit.note(at=self._now(), actor=clerk.login, deed=Deed.LOOKED_UP, note=note)
            unit.commit()
        more = len(found.places) > len(rest)
        return FoundView(looked_for.by, self._case_views(found.cases), more=more, left=left, rest=rest)

    def found_rest(self, typed: str, places: Sequence[int]) -> tuple[CaseView, ...]:
        """See DeskApi."""
        self._gate.may(Deed.LOOKED_UP)
        looked_for = wanted(typed)
        if looked_for is None:
            return ()
        with self._gate.open_unit() as unit:
            found = unit.cases.fitting(places[:FOUND_LENGTH], looked_for)
        return self._case_views(found)

    def print_slip(self, case: str, kind: SlipKind) -> PrintView:
        """See DeskApi."""
        self._gate.may(NEEDS[kind])
        with self._gate.open_unit() as unit:
            found = unit.cases.get(case)
            self._hold_wrong_card(found.applicant.id_no)
            printed = self._print(found, kind, unit)
            unit.commit()
        self._wake()
        return self._to_press(printed, case)

    def _list(self, status: tuple[CaseStatus, ...]) -> tuple[CaseView, ...]:
        self._gate.may(Deed.LOOKED_UP)
        with self._gate.open_unit() as unit:
            found: tuple[Case, ...] = unit.cases.latest(LIST_LENGTH, status)
        return self._case_views(found)


def _found(unit: Unit, looked_for: Wanted) -> Found:
    """A sheet stands in the ledger under its whole serial; everything else is in the index."""
    if looked_for.by is FindBy.SLIP:
        case = unit.cases.by_slip(looked_for.text)
        return Found((case,) if case is not None else (), ())
    return unit.cases.find(looked_for, FOUND_LENGTH + 1, FOUND_AT_ONCE)
