"""核验 at the desk: notice and consent, a reply left open or disputed, a promise for a paper, the sheet of outcomes."""

from __future__ import annotations

from dataclasses import replace

from catalogue.model import Limit
from workstation.domain.clerk import Deed
from workstation.domain.counter_time import today_at
from workstation.domain.deadline import due_on
from workstation.domain.failures import Failure, Refused
from workstation.domain.slip import SlipKind
from workstation.domain.visit import Visit
from workstation.forms.model import Form
from workstation.services import give_notice, promise_paper, verify_status
from workstation.services.dispute_reply import dispute_reply
from workstation.services.intake import Intake
from workstation.services.late_papers import brought
from workstation.services.papers_ledger import saved_on
from workstation.services.ports import Unit
from workstation.services.print_document import Desk, Printed
from workstation.services.print_sheet import Content, checks_on_sheet, print_sheet
from workstation.services.views import CaseView, PrintView, SavedDay, VisitView

# How long a department may owe its answer: shorter than the five working days after which a receipt counts as acceptance
# (Administrative Licence Law art. 32). Ours, to be confirmed locally.
OWED_FOR = Limit(3, "workday")


class Verifying(Intake):
    """The verbs of verification; every one is sealed in the draft with its trace."""

    def acknowledge_notice(self) -> VisitView:
        """See DeskApi."""
        clerk = self._gate.may(Deed.NOTICE_GIVEN)
        visit = self._here()
        if self._rooms.notice is None:
            raise Refused(Failure.NOTICE_MISSING)
        told = give_notice.acknowledge(visit, self._rooms.notice, clerk, self._now())
        if told is visit:
            return self._show()
        return self._keep(told, Deed.NOTICE_GIVEN, self._rooms.notice.version)

    def consent(self, rule: str, given: bool) -> VisitView:
        """See DeskApi."""
        self._gate.may(Deed.CONSENTED)
        visit, form = self._talk()
        note = rule if given else f"{rule} withdrawn"
        if not given:
            # Nor is one that was made before asked any more.
            self._made = {id_: query for id_, query in self._made.items() if query.rule != rule}
        return self._keep(give_notice.consent(visit, form, rule, given=given), Deed.CONSENTED, note)

    def leave_pending(self, rule: str) -> VisitView:
        """See DeskApi."""
        self._gate.may(Deed.LEFT_PENDING)
        visit, form = self._talk()
        now = self._now()
        until = due_on(today_at(now), OWED_FOR, self._rooms.is_workday)
        left = verify_status.leave_pending(verify_status.aged(visit, now), form, rule, until)
        return self._keep(_papers_of(left, visit), Deed.LEFT_PENDING, f"{rule} {until.isoformat()}")

    def dispute(self, rule: str, said: str) -> tuple[VisitView, PrintView]:
        """See DeskApi."""
        self._gate.may(Deed.DISPUTED)
        visit, form = self._talk()
        with self._gate.open_unit() as unit:
            marked, printed = dispute_reply(
                visit,
                form,
                rule,
                said,
                catalogue=self._catalogue_of(visit),
                desk=self._desk(),
                at=self._now(),
                unit=unit,
            )
            self._save(marked, unit, closed_too=True)
            unit.commit()
        self._wake()
        return self._now_is(marked), self._to_press(printed, visit.case)

    def print_promise(self, material: str) -> tuple[VisitView, PrintView]:
        """See DeskApi."""
        self._gate.may(Deed.PROMISE_PRINTED)
        visit, form = self._talk()
        with self._gate.open_unit() as unit:
            promised, printed = promise_paper.print_promise(
                visit,
                form,
                material,
                catalogue=self._catalogue_of(visit),
                desk=self._desk(),
                at=self._now(),
                unit=unit,
            )
            self._save(promised, unit)
            unit.commit()
        self._wake()
        return self._now_is(promised), self._to_press(printed, visit.case)

    def sign_promise(self, material: str, signed: bool) -> VisitView:
        """See DeskApi."""
        clerk = self._gate.may(Deed.COMMITTED)
        visit, form = self._talk()
        marked = promise_paper.sign_promise(visit, form, material, signed, clerk=clerk, at=self._now())
        note = material if signed else f"{material} taken back"
        return self._keep(marked, Deed.COMMITTED, note)

    def print_checks(self) -> tuple[VisitView, PrintView]:
        """See DeskApi."""
        self._gate.may(Deed.VERIFIED)
        visit, form = self._talk()
        shown = verify_status.aged(visit, self._now())
        if not shown.checks:
            raise Refused(Failure.NOTHING_RECEIVED)
        with self._gate.open_unit() as unit:
            printed_visit, printed = self._checks_sheet(visit, shown, form, unit)
            self._save(printed_visit, unit, closed_too=True)
            unit.commit()
        self._wake()
        return self._now_is(printed_visit), self._to_press(printed, visit.case)

    def bring_papers(self, case: str) -> CaseView:
        """See DeskApi."""
        clerk = self._gate.may(Deed.PAPER_BROUGHT)
        with self._gate.open_unit() as unit:
            found = unit.cases.get(case)
            self._hold_wrong_card(found.applicant.id_no)
            mended = brought(found, clerk, self._now(), unit)
            unit.commit()
        self._wake()
        return self._case_view(mended)

    def saved_today(self) -> SavedDay:
        """See DeskApi."""
        self._gate.may(Deed.LOOKED_UP)
        with self._gate.open_unit() as unit:
            return saved_on(today_at(self._now()), self._rooms.catalogues, unit)

    def _checks_sheet(self, visit: Visit, shown: Visit, form: Form, unit: Unit) -> tuple[Visit, Printed]:
        return print_sheet(
            visit,
            SlipKind.VERIFICATION,
            Content(visit.items, checks=checks_on_sheet(shown, form)),
            catalogue=self._catalogue_of(visit),
            desk=self._desk(),
            at=self._now(),
            unit=unit,
        )

    def _talk(self) -> tuple[Visit, Form]:
        visit = self._here()
        if self._form is None:
            raise Refused(Failure.NO_ITEM)
        return visit, self._form

    def _desk(self) -> Desk:
        enrolment = self._gate.enrolment
        return Desk(enrolment.station, enrolment.station_name, self._gate.clerk, self._rooms.press)


def _papers_of(left: Visit, visit: Visit) -> Visit:
    """Keep the checks as they were answered: that they count as expired is never written down."""
    return replace(visit, papers=left.papers)
