"""Two persons at the hall: proposer and approver are looked up again, and the signed hash must fit the event."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Connection, insert, select, update

from hall.cases import case_of, hold_office
from hall.database import HALL_ZONE, stamp
from hall.department_feed import tell_whoever_heard
from hall.staffing import StaffRefused, account_of
from hall.steps import StepRefused, hold_step, move
from hall.tables import approvals, case_steps, cases
from hall.upsert import insert_if_new
from hall.who_may import NotAllowed, hold
from wire.approval import Shown, signed_by_card
from wire.codec import decode, digest, encode
from wire.department_feed import TaskNews
from wire.lifecycle import Step
from wire.messages import (
    Approval,
    CaseAccepted,
    CaseClosed,
    CaseReopened,
    Envelope,
    EventKind,
    MaterialHow,
)
from wire.rights import STATION_ITSELF, Action

CLOSING = {EventKind.CASE_NOT_ACCEPTED: "refuse", EventKind.CASE_VOIDED: "void"}
STEPS = {
    EventKind.CASE_NOT_ACCEPTED: Step.REFUSE,
    EventKind.CASE_VOIDED: Step.VOID,
    EventKind.CASE_REOPENED: Step.REOPEN,
}
_PROPOSES = {
    "refuse": Action.NOT_ACCEPTED,
    "tolerate": Action.TOLERATED,
    "void": Action.VOIDED,
    "reopen": Action.REOPENED,
    "return": Action.RETURNED,
    "amend": Action.AMENDED,
}


def close_case(db: Connection, station: str, envelope: Envelope, closed: CaseClosed, at: datetime) -> None:
    """不予受理 or 作废: a received case ends before anybody has accepted it. Raises StepRefused."""
    row = case_of(db, envelope.subject, station)
    hold_office(row, station)
    status = hold_step(row, STEPS[envelope.kind])
    shown = hold_approval(db, station, envelope, closed.approval, CLOSING[envelope.kind], closed.clerk)
    said = (closed.receipt_no, closed.reason, closed.text, closed.competent_body)
    if said != (shown.receipt_no, shown.reason, shown.text, shown.competent_body):
        raise StepRefused("approval_other")
    if envelope.actor != closed.approval.approver:
        raise StepRefused("actor")
    db.execute(update(cases).where(cases.c.id == envelope.subject).values(closed=envelope.kind.value))
    move(db, envelope.subject, status)
    tell_whoever_heard(db, envelope.subject, TaskNews.CASE_CLOSED, at)


def reopen_case(
    db: Connection, station: str, envelope: Envelope, reopened: CaseReopened, at: datetime
) -> None:
    """A refused or voided case is received again. Raises StepRefused."""
    row = case_of(db, envelope.subject, station)
    hold_office(row, station)
    status = hold_step(row, Step.REOPEN)
    shown = hold_approval(db, station, envelope, reopened.approval, "reopen", reopened.clerk)
    if (reopened.receipt_no, reopened.reason, reopened.text) != (shown.receipt_no, shown.reason, shown.text):
        raise StepRefused("approval_other")
    if envelope.actor != reopened.approval.approver:
        raise StepRefused("actor")
    db.execute(update(cases).where(cases.c.id == envelope.subject).values(closed=None))
    move(db, envelope.subject, status)
    row_of_step = {"event": envelope.id, "case": envelope.subject, "kind": envelope.kind.value}
    db.execute(insert(case_steps).values(**row_of_step, at=stamp(at), body=envelope.body))
    tell_whoever_heard(db, envelope.subject, TaskNews.CASE_REOPENED, at)


def hold_tolerances(db: Connection, station: str, envelope: Envelope, accepted: CaseAccepted) -> None:
    """Let an acceptance pass when every paper that may come later has its own two persons and a day that fits."""
    wanted = sorted(m.material for m in accepted.materials if m.how is MaterialHow.TOLERATED)
    if wanted != sorted(t.material for t in accepted.tolerances):
        raise StepRefused("tolerance_missing")
    last = max(accepted.promised.values(), default=date.min)
    for tolerance in accepted.tolerances:
        approval = tolerance.approval
        shown = hold_approval(db, station, envelope, approval, "tolerate", approval.proposer)
        if (shown.material, shown.until, shown.receipt_no) != (
            tolerance.material,
            tolerance.until,
            accepted.receipt_no,
        ):
            raise StepRefused("approval_other")
        if tolerance.until > last:
            raise StepRefused("tolerance_too_long")
        if tolerance.until < accepted.accepted_at.astimezone(HALL_ZONE).date():
            raise StepRefused("tolerance_past")


def hold_approval(
    db: Connection, station: str, envelope: Envelope, approval: Approval, kind: str, proposer: str
) -> Shown:
    """Return what was shown, when two persons stand behind it and it was not used before. Raises StepRefused."""
    shown = decode(Shown, approval.shown)
    if digest(approval.shown) != approval.sha256:
        raise StepRefused("approval_hash")
    fits = (
        (shown.proposal, shown.kind, shown.case) == (approval.proposal, kind, envelope.subject)
        and approval.kind == kind
        and approval.proposer == shown.proposer == proposer
        and approval.proposed_at == shown.proposed_at <= approval.approved_at
    )
    if not fits:
        raise StepRefused("approval_other")
    _two_persons(db, station, approval)
    if approval.credential == "card":
        _hold_card(db, station, approval)
    elif approval.credential != "password":
        raise StepRefused("approval_credential")
    if db.execute(select(approvals).where(approvals.c.proposal == approval.proposal)).first() is not None:
        raise StepRefused("approval_used")
    row = {
        "proposal": approval.proposal,
        "case": envelope.subject,
        "event": envelope.id,
        "body": encode(approval),
    }
    if not insert_if_new(db, approvals, row):
        raise StepRefused("approval_used")  # by another push of this very moment
    return shown


def _two_persons(db: Connection, station: str, approval: Approval) -> None:
    try:
        if approval.proposer == STATION_ITSELF and approval.kind == "return":
            # The station's timer is no person; that the limit has passed is seen by whoever asks (hall/corrections.py).
            first = STATION_ITSELF
        else:
            first = hold(db, station, approval.proposer, _PROPOSES[approval.kind], approval.proposed_at)
        second = hold(db, station, approval.approver, Action.APPROVED, approval.approved_at)
    except NotAllowed as refused:
        raise StepRefused(refused.code) from refused
    # By the hall's own id of the human being: another login, another role or a new name is no other person.
    if approval.proposer == approval.approver or first == second:
        raise StepRefused("same_person")


def _hold_card(db: Connection, station: str, approval: Approval) -> None:
    try:
        key = account_of(db, station, approval.approver).card_key
        alone = approval.proposer == STATION_ITSELF
        first = None if alone else account_of(db, station, approval.proposer).card_key
    except StaffRefused as refused:
        raise StepRefused("actor") from refused
    if key is None or key == first:
        raise StepRefused("same_person" if key else "approval_credential")
    said = approval.signature
    if not signed_by_card(key, approval.sha256, approval.approver, approval.approved_at, said):
        raise StepRefused("approval_credential")
