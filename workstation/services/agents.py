"""代办 at the counter: whoever is here for somebody who is not shows a power of attorney."""

from __future__ import annotations

from workstation.domain.clerk import Deed
from workstation.services import take_agency as taking
from workstation.services.take_agency import AgencyTold
from workstation.services.verifying import Verifying
from workstation.services.views import VisitView


class Agents(Verifying):
    """The verbs of agents."""

    def take_agency(self, told: AgencyTold) -> VisitView:
        """See DeskApi."""
        clerk = self._gate.may(Deed.AGENCY_TAKEN)
        visit, _ = self._open_form()
        taken = taking.take_agency(visit, told, self._catalogue_of(visit), clerk, self._now())
        return self._keep(taken, Deed.AGENCY_TAKEN, told.sheet)

    def drop_agency(self) -> VisitView:
        """See DeskApi."""
        self._gate.may(Deed.AGENCY_TAKEN)
        visit, _ = self._open_form()
        if visit.agency is None:
            return self._show()
        return self._keep(taking.drop_agency(visit), Deed.AGENCY_TAKEN, "taken back")
