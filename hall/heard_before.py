"""Takes again what the hall had taken before it was restored: its own signed receipt stands for the judging of then.

Look-ups, people and approvals of after the backup are gone from the database. What was judged on them is not judged anew on
what is left: the receipt says that just this event, with just this content, had passed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, case, insert, select, update

from hall import disputes
from hall.acceptance import Gate
from hall.cases import StepRefused, accept, change_papers, note_slip
from hall.database import HALL_ZONE, next_number
from hall.feed import tell
from hall.papers import name_scans
from hall.second_person import CLOSING
from hall.tables import approvals, cases, numbers, sub_cases
from hall.upsert import dialect_insert, insert_or_ignore
from wire.codec import decode, encode
from wire.epoch import HeardBefore
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
    SubCaseState,
)
from wire.signed import receipt_is_genuine


def proven(hall_key: bytes, agreed: str, told: Sequence[HeardBefore]) -> Mapping[str, HeardBefore]:
    """Return by event what bears the hall's own signature; whatever else is said is not heard."""
    if not told:
        return {}
    public = public_of(hall_key)
    return {each.event: each for each in told if receipt_is_genuine(_receipt(each), public, agreed)}


def take_again(db: Connection, station: str, envelope: Envelope, before: HeardBefore) -> bool:
    """Apply a step that had passed; False for another content, and for a kind that has to be judged anew.

    A dispute is judged anew: which register it concerns stood only in the look-up that is gone.
    Raises StepRefused when the case is elsewhere now: two stations, or a step that another one overtook.
    """
    if before.sha256 != envelope.sha256:
        return False
    subject, body, at = envelope.subject, envelope.body, before.received_at
    if envelope.kind is EventKind.CASE_RECEIVED:
        number = _number_again(db, station, before.project_no)
        _register(db, subject, station, decode(CaseReceived, body), at, number)
    elif envelope.kind is EventKind.CASE_ACCEPTED:
        accepted = decode(CaseAccepted, body)
        accept(db, subject, station, accepted, at, _Judged())
        for tolerance in accepted.tolerances:
            _approved(db, envelope, tolerance.approval)
    elif envelope.kind in CLOSING:
        _approved(db, envelope, decode(CaseClosed, body).approval)
        _close(db, subject, station, envelope.kind.value)
    elif envelope.kind is EventKind.CASE_REOPENED:
        _approved(db, envelope, decode(CaseReopened, body).approval)
        _close(db, subject, station, None)
    elif envelope.kind is EventKind.PAPERS_CHANGED:
        change_papers(db, subject, station, decode(PapersChanged, body), _Judged(), at, by_person=True)
    elif envelope.kind is EventKind.SLIP_PRINTED:
        note_slip(db, subject, station, decode(SlipPrinted, body))
    else:
        return False
    return True


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
    db.execute(insert(cases).values(**row, body=encode(received), rev=0))
    for order in received.sub_cases:
        sub = {"case": subject, "item": order.item, "department": order.department}
        waiting = SubCaseState.WAITING.value
        db.execute(insert(sub_cases).values(**sub, after=json.dumps(order.after), state=waiting))
    name_scans(db, subject, received.materials, at)
    tell(db, subject, ChangeKind.CASE_REGISTERED, CaseRegistered(received.receipt_no, number, at))
    disputes.tell_answers(db, subject)


class _Judged(Gate):
    """Nothing stands against what had passed."""

    def __init__(self) -> None:
        pass

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
    return HallReceipt(told.event, told.sha256, told.received_at, told.hall, told.signature, told.algorithm)


def _approved(db: Connection, envelope: Envelope, approval: Approval) -> None:
    row = {
        "proposal": approval.proposal,
        "case": envelope.subject,
        "event": envelope.id,
        "body": encode(approval),
    }
    insert_or_ignore(db, approvals, row)


def _close(db: Connection, subject: str, station: str, closed: str | None) -> None:
    db.execute(update(cases).where(cases.c.id == subject, cases.c.station == station).values(closed=closed))


def _number_again(db: Connection, station: str, told: str) -> str:
    """Return the number that the case had while it is free, "" otherwise; new cases are numbered behind it.

    That the hall gave it is the station's word; it can only be one of the station's own numbers.
    """
    form = re.fullmatch(rf"{re.escape(station)}(\d{{8}})(\d{{6}})", told)
    if form is None or db.execute(select(cases.c.id).where(cases.c.project_no == told)).first():
        return ""
    series, number = f"project:{form[1]}", int(form[2])
    row = dialect_insert(db, numbers).values(series=series, last=number)
    behind = case((numbers.c.last < number, number), else_=numbers.c.last)
    db.execute(row.on_conflict_do_update(index_elements=["series"], set_={"last": behind}))
    return told
