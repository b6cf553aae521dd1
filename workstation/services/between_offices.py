"""转报 and 物料流转 at the desk: hand a case on to the office that accepts it, take over what came in."""

from __future__ import annotations

from workstation.domain.clerk import Deed
from workstation.domain.failures import Failure, Refused
from workstation.services.forward_case import Takeover, forward_case, goes_to, take_over
from workstation.services.views import CaseView
from workstation.services.worklist import Worklist


class BetweenOffices(Worklist):
    """The verbs of a case that two offices share."""

    def forward(self, case: str) -> CaseView:
        """See DeskApi."""
        clerk = self._gate.may(Deed.FORWARDED)
        here = self._gate.enrolment
        at = self._now()
        with self._gate.open_unit() as unit:
            found = unit.cases.get(case)
            catalogue = self._rooms.catalogues.of(found.catalogue)
            if found.forwarding is None or not found.forwarding.is_from(here.station):
                to = goes_to(found, catalogue, here.station)
                if to is None:
                    raise Refused(Failure.OFFICE_UNKNOWN)
                self._hold_wrong_card(found.applicant.id_no)
                found = forward_case(
                    found,
                    to,
                    here=(here.station, here.station_name),
                    sheet="",
                    catalogue=catalogue,
                    clerk=clerk,
                    at=at,
                    unit=unit,
                )
                unit.commit()
        self._wake()
        self._case_changed(case)
        return self._case_view(found)

    def take_papers(self, case: str, found: Takeover) -> CaseView:
        """See DeskApi."""
        clerk = self._gate.may(Deed.PAPERS_TAKEN)
        with self._gate.open_unit() as unit:
            held, done = take_over(
                unit.cases.get(case),
                found,
                station=self._gate.enrolment.station,
                clerk=clerk,
                at=self._now(),
                unit=unit,
            )
            if done:
                unit.commit()
        self._wake()
        return self._case_view(held)

    def _case_changed(self, case: str) -> None:
        """A visit that is under way must not go on with what it was before."""
