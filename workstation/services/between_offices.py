"""转报 and 物料流转 at the desk: hand a case on to the office that accepts it, take over what came in, send people there."""

from __future__ import annotations

from workstation.domain.case import Case
from workstation.domain.clerk import Clerk, Deed
from workstation.domain.failures import Failure, Refused
from workstation.domain.slip import SlipKind
from workstation.services.forward_case import Takeover, forward_case, goes_to, take_over
from workstation.services.office_papers import proxy_sheet, transfer_sheet
from workstation.services.offices import own_office
from workstation.services.ports import Unit
from workstation.services.print_document import Document, Printed
from workstation.services.views import CaseView, PrintView
from workstation.services.worklist import Worklist


class BetweenOffices(Worklist):
    """The verbs of a case that two offices share."""

    def forward(self, case: str) -> tuple[CaseView, PrintView | None]:
        """See DeskApi."""
        clerk = self._gate.may(Deed.FORWARDED)
        here = self._gate.enrolment
        printed: Printed | None = None
        with self._gate.open_unit() as unit:
            found = unit.cases.get(case)
            if found.forwarding is None or not found.forwarding.is_from(here.station):
                found, printed = self._hand_on(found, clerk, unit)
                unit.commit()
        self._wake()
        self._case_changed(case)
        return self._case_view(found), self._to_press(printed, case) if printed else None

    def _hand_on(self, case: Case, clerk: Clerk, unit: Unit) -> tuple[Case, Printed]:
        here, at = self._gate.enrolment, self._now()
        catalogue = self._rooms.catalogues.of(case.catalogue)
        to = goes_to(case, catalogue, here.station)
        if to is None:
            raise Refused(Failure.OFFICE_UNKNOWN)
        self._hold_wrong_card(case.applicant.id_no)
        variables = transfer_sheet(case, catalogue, here_name=here.station_name, to=to, clerk=clerk, at=at)
        # The sheet first: it travels with the papers, and the step names it.
        printed = self._print_document(Document(SlipKind.TRANSFER, variables), case, unit)
        forwarded = forward_case(
            unit.cases.get(case.id),
            to,
            here=(here.station, here.station_name),
            sheet=printed.slip.serial,
            catalogue=catalogue,
            clerk=clerk,
            at=at,
            unit=unit,
        )
        return forwarded, printed

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
