"""补正已收: every gap of the notice is answered, the papers stand as they were brought, and the clock goes on."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from wire.codec import encode
from wire.corrections import CorrectionAnswered, GapAnswer
from wire.keys import new_id
from wire.lifecycle import CaseStatus, Step
from wire.messages import EventKind, MaterialHow, MaterialOnWire
from workstation.domain.case import Case
from workstation.domain.clerk import Clerk, Deed
from workstation.domain.failures import Failure, Refused
from workstation.domain.visit import Visit
from workstation.forms.model import Form
from workstation.services.handle_papers import see_original
from workstation.services.ports import Unit
from workstation.services.receive_case import brought_up


class Answered(StrEnum):
    """How a gap was answered (wire.corrections.GapAnswer.how)."""

    BROUGHT = "brought"  # the paper is here, its original was seen or it was scanned
    EXPLAINED = "explained"  # in words: the paper is not needed after all, or a department has it


def take_correction(
    case: Case,
    answers: tuple[GapAnswer, ...],
    draft: Visit | None,
    form: Form | None,
    *,
    clerk: Clerk,
    at: datetime,
    unit: Unit,
) -> Case:
    """Take what was brought; the caller prints and commits. Pressed twice it is one deed.

    Raises Refused(STEP_NOT_ALLOWED), Refused(CORRECTION_UNANSWERED, count) while a gap has no answer.
    """
    answers = tuple(replace(each, note=each.note.strip()) for each in answers)
    asked = case.correction
    if case.status is CaseStatus.CORRECTION_RECEIVED and asked is not None and asked.answers == answers:
        return case
    case.after(Step.TAKE_CORRECTION)
    if asked is None:
        raise Refused(Failure.STEP_NOT_ALLOWED, status=case.status.value)
    given = {each.subject: each for each in answers if _says(each)}
    open_ = [gap.subject for gap in asked.gaps if gap.subject not in given]
    if open_ or len(given) != len(asked.gaps):
        raise Refused(Failure.CORRECTION_UNANSWERED, count=str(len(open_)))
    brought = [each.subject for each in answers if each.how == Answered.BROUGHT]
    case = _with_papers(case, brought, draft, form, clerk, at, unit)
    taken = case.take_correction(replace(asked, answered_at=at, answers=answers))
    unit.cases.save(taken)
    body = CorrectionAnswered(case.receipt_no, clerk.login, at, answers, taken.materials)
    unit.outbox.add(
        id=new_id(),
        subject=case.id,
        kind=EventKind.CORRECTION_ANSWERED,
        at=at,
        actor=clerk.login,
        body=encode(body),
    )
    note = f"{len(brought)} {len(answers)}"
    unit.audit.note(at=at, actor=clerk.login, deed=Deed.CORRECTION_TAKEN, case=case.id, note=note)
    return taken


def _says(answer: GapAnswer) -> bool:
    return answer.how == Answered.BROUGHT or (answer.how == Answered.EXPLAINED and len(answer.note) >= 2)


def _with_papers(
    case: Case,
    brought: list[str],
    draft: Visit | None,
    form: Form | None,
    clerk: Clerk,
    at: datetime,
    unit: Unit,
) -> Case:
    """Let the papers that were brought stand: one that was scanned meanwhile stays scanned, any other was seen."""
    if draft is None or form is None:
        return replace(case, materials=tuple(_seen(m, brought) for m in case.materials))
    known = {entry.material.id for entry in form.materials}
    scanned = {m.material for m in case.materials if m.how is MaterialHow.SCANNED}
    for subject in brought:
        if subject in known and subject not in scanned:
            draft = see_original(draft, subject, True, clerk, at)
    unit.drafts.save(draft)
    return brought_up(case, draft, form, at)


def _seen(material: MaterialOnWire, brought: list[str]) -> MaterialOnWire:
    if material.material not in brought or material.how is MaterialHow.SCANNED:
        return material
    return replace(material, how=MaterialHow.ORIGINAL_SEEN, evidence=None, until=None)
