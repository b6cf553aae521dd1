"""办件 and 出件: the lists of cases, and slips on paper."""

from __future__ import annotations

from workstation.domain.case import Case, CaseStatus
from workstation.domain.clerk import Deed
from workstation.domain.finding import wanted
from workstation.domain.slip import SlipKind
from workstation.services.print_slip import NEEDS
from workstation.services.seat import Seat
from workstation.services.views import CaseView, FoundView, PrintView

LIST_LENGTH = 200
FOUND_LENGTH = 30  # opened and shown at once: who sees more types another character
FINDABLE_AT_ONCE = 20


class Worklist(Seat):
    """What can be done with cases that are there already."""

    def cases(self) -> tuple[CaseView, ...]:
        """See DeskApi."""
        return self._list(())

    def results(self) -> tuple[CaseView, ...]:
        """See DeskApi."""
        return self._list((CaseStatus.DECIDED, CaseStatus.READY_FOR_PICKUP, CaseStatus.DELIVERED))

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
            unit.cases.make_findable(FINDABLE_AT_ONCE)
            left = unit.cases.hidden()
            found = unit.cases.find(looked_for, FOUND_LENGTH + 1)
            shown = found[:FOUND_LENGTH]
            note = f"search {looked_for.by.value} {len(shown)}"
            unit.audit.note(at=self._now(), actor=clerk.login, deed=Deed.LOOKED_UP, note=note)
            unit.commit()
        return FoundView(looked_for.by, self._case_views(shown), more=len(found) > len(shown), left=left)

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
