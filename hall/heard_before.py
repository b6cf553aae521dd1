"""Takes again what the hall had taken before it was restored: its own signed receipt stands for the judging of then.

Look-ups, people and approvals of after the backup are gone from the database. What was judged on them is not judged anew on
what is left: the receipt says that just this event, with just this content, had passed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, Row, case, insert, select, update

from catalogue.model import Catalogue
from hall import corrections, disputes, office_events
from hall.acceptance import Gate
from hall.board import window_of
from hall.cases import accept, case_of, change_papers, note_slip
from hall.concluded_before import conclude_again
from hall.database import HALL_ZONE, next_number, now, stamp
from hall.deemed import deemed_of, take_back
from hall.feed import tell
from hall.late_acceptance import win
from hall.papers import name_scans
from hall.second_person import CLOSING, STEPS
from hall.slips import void_slip
from hall.steps import StepRefused, hold_step, move
from hall.tables import approvals, cases, numbers, sub_cases
from hall.upsert import dialect_insert, insert_or_ignore
from wire.codec import decode, encode
from wire.corrections import (
    CaseReturned,
    CaseWithdrawn,
    CorrectionAnswered,
    CorrectionAsked,
    ReceiptAmended,
)
from wire.delivery import DeliveryOrdered, DeliveryRecalled, ResultCollected
from wire.epoch import HeardBefore
from wire.forwarding import CaseForwarded, PapersTaken
from wire.keys import public_of
from wire.messages import (
    Approval,
    CaseAccepted,
    CaseClosed,
    CaseReceived,
    CaseRegistered,
    CaseReopened,
    ChangeKind,
    Envelope,
    EventKind,
    HallReceipt,
    PapersChanged,
    SlipPrinted,
    SlipVoided,
    SubCaseState,
)
from wire.signed import receipt_is_genuine

_Step = (
    CaseAccepted
    | CaseClosed
    | CaseReopened
    | PapersChanged
    | SlipPrinted
    | SlipVoided
    | CorrectionAsked
    | CorrectionAnswered
    | CaseReturned
    | CaseWithdrawn
    | ReceiptAmended
    | CaseForwarded
    | PapersTaken
    | DeliveryOrdered
    | DeliveryRecalled
    | ResultCollected
)
_Body = type[CaseReceived | _Step]
_BODIES: Mapping[EventKind, _Body] = {
    EventKind.CASE_RECEIVED: CaseReceived,
    EventKind.CASE_ACCEPTED: CaseAccepted,
    EventKind.CASE_NOT_ACCEPTED: CaseClosed,
    EventKind.CASE_VOIDED: CaseClosed,
    EventKind.CASE_REOPENED: CaseReopened,
    EventKind.PAPERS_CHANGED: PapersChanged,
    EventKind.SLIP_PRINTED: SlipPrinted,
    EventKind.SLIP_VOIDED: SlipVoided,
    EventKind.CORRECTION_ASKED: CorrectionAsked,
    EventKind.CORRECTION_ANSWERED: CorrectionAnswered,
    EventKind.CASE_RETURNED: CaseReturned,
    EventKind.CASE_WITHDRAWN: CaseWithdrawn,
    EventKind.RECEIPT_AMENDED: ReceiptAmended,
    EventKind.CASE_FORWARDED: CaseForwarded,
    EventKind.PAPERS_TAKEN: PapersTaken,
    EventKind.DELIVERY_ORDERED: DeliveryOrdered,
    EventKind.DELIVERY_RECALLED: DeliveryRecalled,
    EventKind.RESULT_COLLECTED: ResultCollected,
}


def proven(hall_key: bytes, agreed: str, told: Sequence[HeardBefore]) -> Mapping[str, HeardBefore]:
    """Return by event what bears the hall's own signature; whatever else is said is not heard."""
    if not told:
        return {}
    public = public_of(hall_key)
    return {each.event: each for each in told if receipt_is_genuine(_receipt(each), public, agreed)}


def take_again(db: Connection, station: str, envelope: Envelope, before: HeardBefore, gate: Gate) -> bool:
    """Apply a step that had passed; False for another content, and for a kind that has to be judged anew.

    A dispute is judged anew: which register it concerns stood only in the look-up that is gone; and so is an evaluation,
    whose clerk has to be a person that the hall knows.
    The receipt is for the body alone, not for what stands around it: station, case and kind are held to the body.
    Raises StepRefused when the case is elsewhere now: two stations, or a step that another one overtook.
    """
    read = _BODIES.get(envelope.kind)
    if before.sha256 != envelope.sha256 or read is None:
        return False
    subject, at, told = envelope.subject, before.received_at, decode(read, envelope.body)
    if isinstance(told, CaseReceived):
        if told.station != station:
            raise StepRefused("other_station")
        _register(db, subject, station, told, at, _number_again(db, station, before.project_no))
        return True
    # What hands a result out follows on the conclusion, and the conclusion on the acceptance.
    concluded_again(db, station, envelope, before)
    _take_step(db, station, envelope, told, at, gate)
    concluded_again(db, station, envelope, before)
    return True


def _take_step(
    db: Connection, station: str, envelope: Envelope, told: _Step, at: datetime, gate: Gate
) -> None:
    subject, row = envelope.subject, case_of(db, envelope.subject, station)
    if row.receipt_no != told.receipt_no:
        raise StepRefused("case_unknown")
    if isinstance(told, CaseAccepted):
        # A restored hall may have counted it as accepted by silence before its station could say again what it had said.
        take = accept if deemed_of(db, subject) is None else win
        take(db, subject, station, told, at, _Judged(gate))
        for tolerance in told.tolerances:
            _approved(db, envelope, tolerance.approval)
    elif isinstance(told, CaseClosed | CaseReopened):
        _close(db, row, envelope, told.approval, at)
    elif isinstance(told, PapersChanged):
        change_papers(db, subject, station, told, _Judged(gate), at, by_person=True)
    elif isinstance(told, SlipPrinted):
        note_slip(db, subject, station, told)
    else:
        _step_again(db, station, envelope, told, at)


def concluded_again(db: Connection, station: str, envelope: Envelope, before: HeardBefore) -> None:
    """Take back the conclusion that is shown with an event, where there is one: what hands a result out follows on it."""
    if before.concluded is not None:
        conclude_again(db, envelope.subject, station, before.concluded)


def _step_again(db: Connection, station: str, envelope: Envelope, told: object, at: datetime) -> None:
    """What does not fit the case as it is now is refused as ever; people and their approvals are not asked for again."""
    if isinstance(told, SlipVoided):
        void_slip(db, envelope.subject, station, told)
    elif isinstance(told, CorrectionAsked):
        corrections.ask_correction(db, station, envelope, told, at)
    elif isinstance(told, CorrectionAnswered):
        corrections.take_correction(db, station, envelope, told, at)
    elif isinstance(told, CaseWithdrawn):
        corrections.withdraw(db, station, envelope, told, at)
    elif isinstance(told, CaseReturned):
        corrections.end_returned(db, corrections.returnable(db, station, envelope, told, at), envelope, at)
        _approved(db, envelope, told.approval)
    elif isinstance(told, ReceiptAmended):
        corrections.hold_version(db, station, envelope, told)
        corrections.write_amended(db, envelope, told, at)
        if told.approval is not None:
            _approved(db, envelope, told.approval)
    elif not office_events.take(db, station, envelope, at):
        raise AssertionError(envelope.kind)


def _not_silent(db: Connection, row: Row[tuple[object, ...]]) -> Row[tuple[object, ...]]:
    """A restored hall may have counted a case as accepted by silence before its station could say again what it had said."""
    received = decode(CaseReceived, str(row.body))
    return take_back(db, row, told_at=received.received_at, at=now())


def _register(
    db: Connection, subject: str, station: str, received: CaseReceived, at: datetime, number: str
) -> None:
    """收件 once more. Its number is its old one, or the next."""
    known = select(cases.c.id).where((cases.c.id == subject) | (cases.c.receipt_no == received.receipt_no))
    if db.execute(known).first():
        raise StepRefused("case_known")
    day = f"{at.astimezone(HALL_ZONE):%Y%m%d}"
    number = number or f"{station}{day}{next_number(db, f'project:{day}'):06d}"
    row = {"id": subject, "receipt_no": received.receipt_no, "project_no": number, "station": station}
    board = {"window": window_of(received), "received_at": stamp(received.received_at)}
    db.execute(insert(cases).values(**row, **board, body=encode(received), rev=0))
    for order in received.sub_cases:
        sub = {"case": subject, "item": order.item, "department": order.department}
        waiting = SubCaseState.WAITING.value
        db.execute(insert(sub_cases).values(**sub, after=json.dumps(order.after), state=waiting))
    name_scans(db, subject, received.materials, at)
    tell(db, subject, ChangeKind.CASE_REGISTERED, CaseRegistered(received.receipt_no, number, at))
    disputes.tell_answers(db, subject)


class _Judged(Gate):
    """Nothing stands against what had passed."""

    def __init__(self, gate: Gate) -> None:
        self._gate = gate

    def release(self, db: Connection, version: str) -> Catalogue:
        return self._gate.release(db, version)

    def unmet(
        self,
        db: Connection,  # noqa: ARG002 - nothing is looked at again
        case: str,  # noqa: ARG002
        received: CaseReceived,  # noqa: ARG002
        accepted: CaseAccepted,  # noqa: ARG002
    ) -> tuple[str, ...]:
        return ()

    def explained(
        self,
        db: Connection,  # noqa: ARG002
        received: CaseReceived,  # noqa: ARG002
        unmet: tuple[str, ...],
        papers: set[str],  # noqa: ARG002
    ) -> bool:
        return not unmet


def _receipt(told: HeardBefore) -> HallReceipt:
    said = told.event, told.sha256, told.received_at, told.hall, told.signature, told.algorithm
    return HallReceipt(*said, told.path)


def _approved(db: Connection, envelope: Envelope, approval: Approval) -> None:
    row = {
        "proposal": approval.proposal,
        "case": envelope.subject,
        "event": envelope.id,
        "body": encode(approval),
    }
    insert_or_ignore(db, approvals, row)


def _close(
    db: Connection, row: Row[tuple[object, ...]], envelope: Envelope, approval: Approval, at: datetime
) -> None:
    closed = envelope.kind.value if envelope.kind in CLOSING else None
    if approval.kind != CLOSING.get(envelope.kind, "reopen"):
        raise StepRefused("approval_other")
    row = _not_silent(db, row)
    status = hold_step(row, STEPS[envelope.kind])
    _approved(db, envelope, approval)
    db.execute(update(cases).where(cases.c.id == row.id).values(closed=closed))
    move(db, str(row.id), status)
    if envelope.kind is EventKind.CASE_REOPENED:
        corrections.note(db, envelope, at)  # as such a case is never accepted by silence


def _number_again(db: Connection, station: str, told: str) -> str:
    """Return the number that the case had while it is free, "" otherwise; new cases are numbered behind it.

    That the hall gave it is the station's word; it can only be one of the station's own numbers, and of today, where
    numbers are still given, none behind the gap that a restored hall leaves (hall/epoch.py): six digits are soon used up.
    """
    form = re.fullmatch(rf"{re.escape(station)}(\d{{8}})(\d{{6}})", told)
    if form is None or db.execute(select(cases.c.id).where(cases.c.project_no == told)).first():
        return ""
    series, number = f"project:{form[1]}", int(form[2])
    if form[1] >= f"{now().astimezone(HALL_ZONE):%Y%m%d}":
        given = db.scalar(select(numbers.c.last).where(numbers.c.series == series)) or 0
        return told if number <= given else ""
    row = dialect_insert(db, numbers).values(series=series, last=number)
    behind = case((numbers.c.last < number, number), else_=numbers.c.last)
    db.execute(row.on_conflict_do_update(index_elements=["series"], set_={"last": behind}))
    return told
