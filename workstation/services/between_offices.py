"""转报 and 物料流转 at the desk: hand a case on to the office that accepts it, take over what came in, send people there."""

from __future__ import annotations

from workstation.domain.clerk import Deed
from workstation.domain.failures import Failure, Refused
from workstation.domain.slip import SlipKind
from workstation.services.forward_case import Takeover, forward_case, goes_to, take_over
from workstation.services.office_papers import proxy_sheet, transfer_sheet
from workstation.services.offices import own_office
from workstation.services.print_document import Document
from workstation.services.views import CaseView, PrintView
from workstation.services.worklist import Worklist


class BetweenOffices(Worklist):
    """The verbs of a case that two offices share."""

    def forward(self, case: str) -> tuple[CaseView, PrintView | None]:
        """See DeskApi."""
        clerk = self._gate.may(Deed.FORWARDED)
        here = self._gate.enrolment
        at = self._now()
        with self._gate.open_unit() as unit:
            found = unit.cases.get(case)
            if found.forwarding is not None and found.forwarding.is_from(here.station):
                return self._case_view(found), None
            catalogue = self._rooms.catalogues.of(found.catalogue)
            to = goes_to(found, catalogue, here.station)
            if to is None:
                raise Refused(Failure.OFFICE_UNKNOWN)
            self._hold_wrong_card(found.applicant.id_no)
            variables = transfer_sheet(
                found, catalogue, here_name=here.station_name, to=to, clerk=clerk, at=at
            )
            # The sheet first: it travels with the papers, and the step names it.
            printed = self._print_document(Document(SlipKind.TRANSFER, variables), found, unit)
            found = forward_case(
                unit.cases.get(case),
                to,
                here=(here.station, here.station_name),
                sheet=printed.slip.serial,
                catalogue=catalogue,
                clerk=clerk,
                at=at,
                unit=unit,
            )
            unit.commit()
        self._wake()
        self._case_changed(case)
        return self._case_view(found), self._to_press(printed, case)

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

    def print_proxy(self, case: str) -> PrintView:
        """See DeskApi."""
        clerk = self._gate.may(Deed.RECEIVED)
        place = self._gate.enrolment
        with self._gate.open_unit() as unit:
            found = unit.cases.get(case)
            catalogue = self._rooms.catalogues.of(found.catalogue)
            here = own_office(catalogue, place.station) or place.station_name
            # At the end it is another sheet than at the beginning, not the same one once more.
            anew = found.ended_at is not None and SlipKind.PROXY.value in found.prints
            document = Document(
                SlipKind.PROXY, proxy_sheet(found, catalogue, here=here, clerk=clerk), anew=anew
            )
            printed = self._print_document(document, found, unit)
            unit.commit()
        self._wake()
        return self._to_press(printed, case)

    def _case_changed(self, case: str) -> None:
        """A visit that is under way must not go on with what it was before."""
