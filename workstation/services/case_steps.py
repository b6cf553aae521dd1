"""办件 after the receipt: 补正告知, 补正已收, 撤回, 更正 - each pressed twice is one deed."""

from __future__ import annotations

from datetime import date

from catalogue.model import Catalogue, Text
from deadlines.working_days import WorkingDays
from wire.corrections import Amendment, CorrectionGap, GapAnswer
from wire.lifecycle import CaseStatus, Step
from wire.messages import MaterialHow
from workstation.domain.case import Case
from workstation.domain.clerk import Deed
from workstation.domain.counter_time import today_at
from workstation.domain.failures import Failure, Refused
from workstation.domain.identity import mask_id, mask_name
from workstation.domain.slip import SlipKind
from workstation.domain.visit import Visit
from workstation.forms.model import Form
from workstation.forms.visible import wanted_materials
from workstation.services import withdraw as withdrawing
from workstation.services.amend_receipt import (
    ANSWER,
    ID_NO,
    NAME,
    amend,
    hold_changes,
    is_amended,
    is_risky,
    mendable,
)
from workstation.services.ask_correction import ask_correction, last_day_to_mend, missing
from workstation.services.courses import deemed_of
from workstation.services.forward_case import hold_here
from workstation.services.hold_acceptance import form_of
from workstation.services.ports import Unit
from workstation.services.print_document import Printed, item_name
from workstation.services.show_visit import masked
from workstation.services.step_views import (
    AmendView,
    CorrectionOptions,
    PaperView,
    StepOptions,
    WithdrawView,
)
from workstation.services.take_correction import take_correction
from workstation.services.views import CaseView, PrintView
from workstation.services.worklist import Worklist


class CaseSteps(Worklist):
    """What the counter does with a case between its receipt and its end, asking the table of steps each time."""

    def step_options(self, case: str) -> StepOptions:
        """See DeskApi."""
        clerk = self._gate.may(Deed.LOOKED_UP)
        with self._gate.open_unit() as unit:
            found = unit.cases.get(case)
            table = self._tables(unit).current()
            last_day = deemed_of(found, table).last_day if found.may(Step.ASK_CORRECTION) else None
        catalogue = self._rooms.catalogues.of(found.catalogue)
        names = {sub.item: item_name(sub.item, catalogue) for sub in found.sub_cases}
        return StepOptions(
            may_ask=found.may(Step.ASK_CORRECTION) and clerk.may(Deed.CORRECTION_ASKED),
            may_take=found.may(Step.TAKE_CORRECTION) and clerk.may(Deed.CORRECTION_TAKEN),
            correction=self._correction(found, catalogue, last_day, table),
            items=tuple(
                WithdrawView(sub.item, names[sub.item], tuple(names[a] for a in sub.after if a in names))
                for sub in found.undecided
            )
            if found.may(Step.WITHDRAW_ITEM) and clerk.may(Deed.WITHDRAWN)
            else (),
            fields=tuple(
                AmendView(each.name, each.label, _masked(each.name, each.value, catalogue), each.risky)
                for each in mendable(found, catalogue)
            )
            if found.may(Step.AMEND) and clerk.may(Deed.AMENDED)
            else (),
        )

    def ask_correction(self, case: str, gaps: tuple[CorrectionGap, ...]) -> tuple[CaseView, PrintView | None]:
        """See DeskApi."""
        clerk = self._gate.may(Deed.CORRECTION_ASKED)
        at = self._now()
        with self._gate.open_unit() as unit:
            found = unit.cases.get(case)
            hold_here(found, self._gate.enrolment.station)
            catalogue = self._rooms.catalogues.of(found.catalogue)
            table = self._tables(unit).current()
            asked = ask_correction(
                found,
                gaps,
                until=last_day_to_mend(
                    (sub.item for sub in found.undecided), catalogue, at, self._rooms.correction, table
                ),
                last_day=deemed_of(found, table).last_day,
                clerk=clerk,
                at=at,
                unit=unit,
            )
            printed = self._print_once(found, asked, SlipKind.CORRECTION, unit)
            unit.commit()
        return self._done(case, printed)

    def take_correction(self, case: str, answers: tuple[GapAnswer, ...]) -> tuple[CaseView, PrintView | None]:
        """See DeskApi."""
        clerk = self._gate.may(Deed.CORRECTION_TAKEN)
        with self._gate.open_unit() as unit:
            found = unit.cases.get(case)
            hold_here(found, self._gate.enrolment.station)
            draft, form = self._draft_and_form(found, unit)
            taken = take_correction(found, answers, draft, form, clerk=clerk, at=self._now(), unit=unit)
            printed = self._print_once(found, taken, SlipKind.CORRECTED, unit)
            unit.commit()
        return self._done(case, printed)

    def withdraw_case(
        self, case: str, items: tuple[str, ...], text: str, signed_by: str
    ) -> tuple[CaseView, PrintView | None]:
        """See DeskApi."""
        clerk = self._gate.may(Deed.WITHDRAWN)
        with self._gate.open_unit() as unit:
            found = unit.cases.get(case)
            hold_here(found, self._gate.enrolment.station)
            taken = withdrawing.withdraw(
                found,
                items,
                text,
                signed_by,
                draft=unit.drafts.get(case),
                clerk=clerk,
                at=self._now(),
                unit=unit,
            )
            printed = self._print_once(found, taken, SlipKind.RETURN, unit)
            unit.commit()
        return self._done(case, printed)

    def amend_receipt(
        self, case: str, changes: tuple[Amendment, ...], text: str
    ) -> tuple[CaseView, PrintView | None]:
        """See DeskApi."""
        clerk = self._gate.may(Deed.AMENDED)
        at = self._now()
        with self._gate.open_unit() as unit:
            found = unit.cases.get(case)
            hold_here(found, self._gate.enrolment.station)
            catalogue = self._rooms.catalogues.of(found.catalogue)
            mended = found
            if not is_amended(found, changes):
                held = hold_changes(found, changes, text, catalogue, today_at(at))
                if is_risky(held, found, catalogue):
                    raise Refused(Failure.SECOND_PERSON_NEEDED)
                draft, form = self._draft_and_form(found, unit)
                mended = amend(
                    found, held, text, draft=draft, form=form, approval=None, clerk=clerk, at=at, unit=unit
                )
            printed = self._print_once(found, mended, SlipKind.RECEIPT, unit)
            unit.commit()
        return self._done(case, printed)

    def _print_once(self, before: Case, after: Case, kind: SlipKind, unit: Unit) -> Printed | None:
        """A key that was pressed twice has changed nothing the second time, and prints nothing."""
        return self._print(after, kind, unit) if after is not before else None

    def _done(self, case: str, printed: Printed | None) -> tuple[CaseView, PrintView | None]:
        if printed is None:
            return self.case(case), None
        self._wake()
        self._case_changed(case)
        sheet = self._to_press(printed, case)
        return self.case(case), sheet

    def _case_changed(self, case: str) -> None:
        """A visit that is under way must not go on with what it was before."""

    def _draft_and_form(self, case: Case, unit: Unit) -> tuple[Visit | None, Form | None]:
        draft = unit.drafts.get(case.id)
        return draft, form_of(case, self._rooms.catalogues.of(case.catalogue)) if draft else None

    def _correction(
        self, case: Case, catalogue: Catalogue, last_day: date | None, table: WorkingDays
    ) -> CorrectionOptions:
        today = today_at(self._now())
        values = {key: answer.value for key, answer in case.answers.items()}
        how = {m.material: m.how for m in case.materials}
        gone = set(missing(case))
        # Of an item that has left the catalogue nobody knows which papers it asks for.
        known = all(sub.item in catalogue.items for sub in case.sub_cases)
        papers = tuple(
            PaperView(
                entry.material.id,
                entry.material.name,
                how.get(entry.material.id, MaterialHow.MISSING),
                missing=entry.material.id in gone,
                originals=entry.material.originals,
                copies=entry.material.copies,
            )
            for entry in (wanted_materials(form_of(case, catalogue), values, today) if known else ())
        )
        usual = self._rooms.correction
        until = last_day_to_mend((sub.item for sub in case.undecided), catalogue, self._now(), usual, table)
        asked = case.correction if case.status is CaseStatus.CORRECTION_REQUIRED else None
        names = {paper.id: paper.name for paper in papers}
        return CorrectionOptions(
            papers=papers,
            until=asked.until if asked else until,
            last_day=last_day,
            gaps=tuple((gap, names.get(gap.subject, Text(gap.subject, gap.subject))) for gap in asked.gaps)
            if asked
            else (),
        )


def _masked(name: str, value: str, catalogue: Catalogue) -> str:
    if name == NAME:
        return mask_name(value)
    if name == ID_NO:
        return mask_id(value)
    element = catalogue.elements.get(name.removeprefix(ANSWER))
    return masked(element, value) if element is not None else value
