"""办件 and 出件: the lists of cases, and slips on paper."""

from __future__ import annotations

from workstation.domain.case import Case, CaseStatus
from workstation.domain.clerk import Deed
from workstation.domain.slip import SlipKind
from workstation.services.print_slip import NEEDS
from workstation.services.seat import Seat
from workstation.services.views import CaseView, PrintView

LIST_LENGTH = 200


class Worklist(Seat):
    """What can be done with cases that are there already."""

    def cases(self) -> tuple[CaseView, ...]:
        """See DeskApi."""
        return self._list(())

    def results(self) -> tuple[CaseView, ...]:
        """See DeskApi."""
        return self._list((CaseStatus.DECIDED, CaseStatus.DELIVERED))

    def case(self, case: str) -> CaseView:
        """See DeskApi."""
        self._gate.may(Deed.LOOKED_UP)
        with self._gate.open_unit() as unit:
            found = unit.cases.get(case)
        return self._case_view(found)

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
