"""The desk itself: intake, acceptance and lists joined around one signed-in person."""

from __future__ import annotations

from workstation.domain.clerk import Deed
from workstation.domain.failures import Failure, Refused
from workstation.domain.slip import SlipKind
from workstation.domain.visit import Visit
from workstation.forms.model import Form
from workstation.services import accept_case as accepting
from workstation.services.agents import Agents
from workstation.services.auditing import Auditing
from workstation.services.between_offices import BetweenOffices
from workstation.services.board import Board
from workstation.services.case_steps import CaseSteps
from workstation.services.evaluate import Evaluating
from workstation.services.forward_case import goes_to, hold_here
from workstation.services.handing_out import HandingOut
from workstation.services.handle_reviews import HandlingReviews
from workstation.services.handover import HandOver
from workstation.services.look_first import LookFirst
from workstation.services.print_document import Printed
from workstation.services.queueing import Queueing
from workstation.services.report import Reporting
from workstation.services.save_sheet import SaveSheet
from workstation.services.see_scans import SeeScans
from workstation.services.set_calendar import SetCalendar
from workstation.services.slip_checks import SlipChecks
from workstation.services.transfer import Transfer
from workstation.services.views import CaseView, PrintView, VisitView
from workstation.services.watch_uploads import WatchUploads


class Counter(
    Agents,
    HandOver,
    CaseSteps,
    BetweenOffices,
    HandingOut,
    Auditing,
    WatchUploads,
    Transfer,
    SetCalendar,
    SlipChecks,
    Evaluating,
    HandlingReviews,
    Board,
    SeeScans,
    Reporting,
    SaveSheet,
    LookFirst,
    Queueing,
):
    """Implements DeskApi. All methods but read_card and ask run one after the other on the desk thread."""

    def accept(self) -> tuple[VisitView, PrintView]:
        """See DeskApi."""
        self._gate.may(Deed.ACCEPTED)
        visit = self._here()
        if self._form is None or visit.receipt_no is None:
            raise Refused(Failure.STEP_NOT_ALLOWED, status="draft")
        self._hold_doubtful_card(visit)
        printed = self._accept(visit.case, visit, self._form)
        return self._show(), self._to_press(printed, visit.case)

    def accept_case(self, case: str) -> tuple[CaseView, PrintView]:
        """See DeskApi."""
        self._gate.may(Deed.ACCEPTED)
        with self._gate.open_unit() as unit:
            draft = unit.drafts.get(case)
        printed = self._accept(case, draft, self._form_of(draft) if draft else None)
        sheet = self._to_press(printed, case)
        return self.case(case), sheet

    def _case_changed(self, case: str) -> None:
        """A second person signed: the visit of that case goes on as its draft says, or is over."""
        if self._visit is None or self._visit.case != case:
            return
        with self._gate.open_unit() as unit:
            draft = next((v for v in unit.drafts.all() if v.case == case), None)
        if draft is None:
            self._put_away()
        else:
            # An item that was withdrawn asks for nothing any more.
            self._visit, self._form = draft, self._form_of(draft)

    def _accept(self, case: str, visit: Visit | None, form: Form | None) -> Printed:
        clerk = self._gate.may(Deed.ACCEPTED)
        self._hold_alone(Deed.ACCEPTED, case)
        if not self._online():
            # Acceptance owes a decision: the hall must be there to know of it (domain.md 3.6).
            raise Refused(Failure.HALL_UNREACHABLE)
        self._hold_unstamped()
        at = self._now()
        with self._gate.open_unit() as unit:
            found = unit.cases.get(case)
            hold_here(found, self._gate.enrolment.station)
            catalogue = self._rooms.catalogues.of(found.catalogue)
            above = goes_to(found, catalogue, self._gate.enrolment.station)
            if above is not None:
                raise Refused(Failure.ACCEPTED_ELSEWHERE, office=above.name.zh)
            self._hold_wrong_card(found.applicant.id_no)
            if visit is not None and form is not None:
                found = accepting.with_visit(found, visit, form, catalogue, at)
            evidence = tuple(m.evidence for m in found.materials if m.evidence)
            accepted = accepting.accept_case(
                found,
                evidence=evidence,
                catalogue=catalogue,
                clerk=clerk,
                table=self._tables(unit).current(),
                at=at,
                unit=unit,
            )
            printed = self._print(accepted, SlipKind.ACCEPTANCE, unit)
            unit.commit()
        self._wake()
        return printed
