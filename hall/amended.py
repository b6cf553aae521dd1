"""A receipt as it reads now: what was received is kept as it came, each 更正 and what was withdrawn stand beside it."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Connection, select

from hall.tables import case_steps, sub_cases
from wire.codec import decode
from wire.corrections import Amendment, CorrectionAnswered, ReceiptAmended
from wire.messages import AnswerOnWire, CaseReceived, EventKind, Origin, Result, ResultCode


def amended_as(db: Connection, case: str, received: CaseReceived) -> CaseReceived:
    """Return the receipt with every correction of what was written wrong."""
    mine = (case_steps.c.case == case) & (case_steps.c.kind == EventKind.RECEIPT_AMENDED.value)
    for body in db.scalars(select(case_steps.c.body).where(mine).order_by(case_steps.c.at)).all():
        for change in decode(ReceiptAmended, body).changes:
            received = _with(received, change)
    return received


def as_it_stands(db: Connection, case: str, received: CaseReceived) -> CaseReceived:
    """Return the receipt with every correction and without the items that the applicant took back."""
    rows = db.execute(
        select(sub_cases.c.item, sub_cases.c.result).where(
            sub_cases.c.case == case, sub_cases.c.result.is_not(None)
        )
    )
    gone = {row.item for row in rows if decode(Result, row.result).code is ResultCode.WITHDRAWN}
    left = tuple(order for order in received.sub_cases if order.item not in gone)
    return replace(amended_as(db, case, received), sub_cases=left)


def corrected_as(db: Connection, case: str, received: CaseReceived) -> CaseReceived:
    """Return the receipt with its papers as they stood after the last 补正 that was answered."""
    mine = (case_steps.c.case == case) & (case_steps.c.kind == EventKind.CORRECTION_ANSWERED.value)
    body = db.scalar(select(case_steps.c.body).where(mine).order_by(case_steps.c.at.desc()).limit(1))
    return replace(received, materials=decode(CorrectionAnswered, body).materials) if body else received


def _with(received: CaseReceived, change: Amendment) -> CaseReceived:
    if change.name == "applicant.name":
        return replace(received, applicant=replace(received.applicant, name=change.after))
    if change.name == "applicant.id_no":
        return replace(received, applicant=replace(received.applicant, id_no=change.after))
    key = change.name.removeprefix("answer.")
    answers = {**received.answers, key: AnswerOnWire(change.after, Origin.TYPED)}
    return replace(received, answers=answers)
