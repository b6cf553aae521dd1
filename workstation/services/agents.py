"""代办 at the counter, and where to go instead: whoever is here for somebody else, and whoever is in the wrong place."""

from __future__ import annotations

from dataclasses import replace

from workstation.domain.clerk import Deed
from workstation.domain.failures import Failure, Refused
from workstation.domain.slip import SlipKind
from workstation.services import take_agency as taking
from workstation.services.office_papers import power_of_attorney, where_to_go
from workstation.services.offices import office_for
from workstation.services.print_document import Document
from workstation.services.print_sheet import Content, print_sheet
from workstation.services.routing import NATURAL_PERSON, received_elsewhere, subject_of
from workstation.services.take_agency import AgencyTold
from workstation.services.verifying import Verifying
from workstation.services.views import PrintView, VisitView


class Agents(Verifying):
    """The verbs of agents, and of visitors whom another level serves."""

    def take_agency(self, told: AgencyTold) -> VisitView:
        """See DeskApi."""
        clerk = self._gate.may(Deed.AGENCY_TAKEN)
        visit, _ = self._open_form()
        if not told.sheet:
            # The paper that was printed for it a moment ago is the one that was signed.
            printed = [each.serial for each in visit.prints if each.kind is SlipKind.POWER_OF_ATTORNEY]
            told = replace(told, sheet=printed[-1] if printed else "")
        taken = taking.take_agency(visit, told, self._catalogue_of(visit), clerk, self._now())
        return self._keep(taken, Deed.AGENCY_TAKEN, told.sheet)

    def drop_agency(self) -> VisitView:
        """See DeskApi."""
        self._gate.may(Deed.AGENCY_TAKEN)
        visit, _ = self._open_form()
        if visit.agency is None:
            return self._show()
        return self._keep(taking.drop_agency(visit), Deed.AGENCY_TAKEN, "taken back")

    def print_power(self, told: AgencyTold) -> tuple[VisitView, PrintView]:
        """See DeskApi."""
        clerk = self._gate.may(Deed.AGENCY_TAKEN)
        visit, _ = self._open_form()
        catalogue, at = self._catalogue_of(visit), self._now()
        agency = taking.take_agency(visit, told, catalogue, clerk, at).agency
        if agency is None or visit.identity is None:
            raise AssertionError(visit.case)
        phone = visit.answers.get("contact.phone")
        variables = power_of_attorney(
            agency, visit.identity, visit.items, catalogue, phone=phone.value if phone else ""
        )
        content = Content(visit.items, variables=variables)
        with self._gate.open_unit() as unit:
            kind = SlipKind.POWER_OF_ATTORNEY
            printed_on, printed = print_sheet(
                visit, kind, content, catalogue=catalogue, desk=self._paper_desk(), at=at, unit=unit
            )
            self._save(printed_on, unit)
            unit.commit()
        self._wake()
        return self._now_is(printed_on), self._to_press(printed, visit.case)

    def print_route(self, item: str) -> PrintView:
        """See DeskApi."""
        clerk = self._gate.may(Deed.ROUTE_PRINTED)
        catalogue = self._rooms.catalogues.current()
        station, level = self._gate.enrolment.station, self._gate.enrolment.level
        wanted = catalogue.items.get(item)
        if wanted is None:
            raise Refused(Failure.NO_ITEM)
        who = self._visit.identity if self._visit is not None else None
        subject = subject_of(who.id_no) if who is not None else NATURAL_PERSON
        elsewhere = received_elsewhere(wanted, level, subject)
        found = ((route, office_for(catalogue, station, route.level)) for route in elsewhere)
        route, office = next(((r, o) for r, o in found if o is not None), (None, None))
        if route is None or office is None:
            raise Refused(Failure.OFFICE_UNKNOWN)
        document = Document(SlipKind.WHERE_TO_GO, where_to_go(wanted, office, route))
        with self._gate.open_unit() as unit:
            printed = self._print_document(document, None, unit)
            note = f"{item} {office.code}"
            unit.audit.note(at=self._now(), actor=clerk.login, deed=Deed.ROUTE_PRINTED, note=note)
            unit.commit()
        return self._to_press(printed, "")
