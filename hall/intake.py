"""Takes events of stations: each once, in order, with a signed receipt that follows a durable commit."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, Engine, Row, insert, select, update

from hall import cases, disputes, second_person
from hall.acceptance import Gate
from hall.algorithms import agreed_algorithms
from hall.database import fact, hall_key, now
from hall.enrolment import GENESIS
from hall.tables import devices, inbox
from hall.who_may import NotAllowed, hold_event
from wire.codec import Malformed, decode, digest, encode
from wire.messages import (
    MAX_BATCH,
    CaseAccepted,
    CaseClosed,
    CaseReceived,
    CaseReopened,
    Envelope,
    EventKind,
    PapersChanged,
    PushAnswer,
    PushRequest,
    PushResult,
    PushStatus,
    SlipPrinted,
    VerificationDisputed,
)
from wire.rights import STATION_ITSELF
from wire.signed import sign_receipt

# How far a station may run ahead of what it holds back: more is no queue any more but a fault.
MOST_AHEAD = 10_000


class PushRefused(Exception):
    """A whole batch that is not taken; `code` and HTTP status go back."""

    def __init__(self, status: int, code: str) -> None:
        super().__init__(code)
        self.status, self.code = status, code


def take_batch(engine: Engine, device: str, request: PushRequest, gate: Gate) -> PushAnswer:
    """Take a batch in one transaction; a bad event is answered by itself and stops nobody else.

    Raises PushRefused for what concerns the whole batch.
    """
    if request.device != device:
        raise PushRefused(403, "device_unknown")
    if not 1 <= len(request.items) <= MAX_BATCH:
        raise PushRefused(413, "too_large")
    with engine.begin() as db:
        if request.epoch != fact(db, "epoch"):
            raise PushRefused(409, "epoch_changed")
        # Two pushes of one device at once go one after the other, and each sees what the one before it has kept.
        db.execute(select(devices.c.id).where(devices.c.id == device).with_for_update())
        results = tuple(
            _take(db, device, request.incarnation, envelope, now(), gate) for envelope in request.items
        )
        epoch = fact(db, "epoch")
    return PushAnswer(epoch, results)


def _take(
    db: Connection, device: str, incarnation: int, envelope: Envelope, at: datetime, gate: Gate
) -> PushResult:
    seen = db.execute(select(inbox.c.sha256, inbox.c.result).where(inbox.c.event == envelope.id)).first()
    if seen is not None:
        if seen.sha256 != envelope.sha256 or not _digest_fits(db, envelope):
            return PushResult(envelope.id, PushStatus.REJECTED, "id_reused")
        before = decode(PushResult, seen.result)
        again = PushStatus.DUPLICATE if before.status is PushStatus.APPLIED else before.status
        return replace(before, status=again)
    place = db.execute(select(devices).where(devices.c.id == device)).one()
    wrong = _out_of_place(db, device, place, incarnation, envelope)
    if wrong is not None:
        return wrong
    result = _apply(db, place.station, envelope, at, gate)
    db.execute(
        insert(inbox).values(
            event=envelope.id,
            device=device,
            incarnation=incarnation,
            seq=envelope.seq,
            sha256=envelope.sha256,
            envelope=encode(envelope),
            result=encode(result),
        )
    )
    if envelope.seq > int(str(place.last_seq)):
        newest = {"last_seq": envelope.seq, "last_sha256": envelope.sha256}
        db.execute(update(devices).where(devices.c.id == device).values(newest))
    return result


def _out_of_place(
    db: Connection, device: str, place: Row[tuple[object, ...]], incarnation: int, envelope: Envelope
) -> PushResult | None:
    """Refuse what cannot stand where it says. What lies between may come later: an event that a station holds back for a
    person to look at holds up its own case and no other."""
    if envelope.digest != agreed_algorithms(db).digest:
        return PushResult(envelope.id, PushStatus.REJECTED, "algorithm")
    if not _digest_fits(db, envelope):
        return PushResult(envelope.id, PushStatus.REJECTED, "hash")
    around = {
        row.seq: row
        for row in db.execute(
            select(inbox.c.seq, inbox.c.sha256, inbox.c.envelope).where(
                inbox.c.device == device,
                inbox.c.incarnation == place.incarnation,
                inbox.c.seq.in_([envelope.seq - 1, envelope.seq, envelope.seq + 1]),
            )
        )
    }
    if incarnation != place.incarnation or envelope.seq in around or envelope.seq < 1:
        # A cloned disk or a restored backup: another event stands at this place already.
        return PushResult(envelope.id, PushStatus.REJECTED, "seq_reused")
    if envelope.seq > int(str(place.last_seq)) + MOST_AHEAD:
        return PushResult(envelope.id, PushStatus.DEFERRED, "gap")
    before, after = around.get(envelope.seq - 1), around.get(envelope.seq + 1)
    expected = GENESIS if envelope.seq == 1 else before.sha256 if before is not None else envelope.prev
    follows = after is None or decode(Envelope, after.envelope).prev == envelope.sha256
    if envelope.prev != expected or not follows:
        return PushResult(envelope.id, PushStatus.REJECTED, "chain_broken")
    return None


def _digest_fits(db: Connection, envelope: Envelope) -> bool:
    return digest(envelope.body, agreed_algorithms(db).digest) == envelope.sha256


def _apply(db: Connection, station: str, envelope: Envelope, at: datetime, gate: Gate) -> PushResult:
    try:
        with db.begin_nested():
            hold_event(db, station, envelope, at)
            _step(db, station, envelope, at, gate)
    except Malformed:
        return PushResult(envelope.id, PushStatus.REJECTED, "malformed")
    except (cases.StepRefused, disputes.DisputeRefused, NotAllowed) as refused:
        return PushResult(envelope.id, PushStatus.CONFLICT, refused.code)
    receipt = sign_receipt(envelope.id, envelope.sha256, at, hall_key(db), agreed_algorithms(db).signature)
    return PushResult(envelope.id, PushStatus.APPLIED, None, receipt)


def _step(db: Connection, station: str, envelope: Envelope, at: datetime, gate: Gate) -> None:
    case, body = envelope.subject, envelope.body
    if envelope.kind is EventKind.CASE_RECEIVED:
        cases.register(db, case, station, decode(CaseReceived, body), at)
    elif envelope.kind is EventKind.CASE_ACCEPTED:
        accepted = decode(CaseAccepted, body)
        second_person.hold_tolerances(db, station, envelope, accepted)
        cases.accept(db, case, station, accepted, at, gate)
    elif envelope.kind in second_person.CLOSING:
        second_person.close_case(db, station, envelope, decode(CaseClosed, body))
    elif envelope.kind is EventKind.CASE_REOPENED:
        second_person.reopen_case(db, station, envelope, decode(CaseReopened, body))
    elif envelope.kind is EventKind.SLIP_PRINTED:
        cases.note_slip(db, case, station, decode(SlipPrinted, body))
    elif envelope.kind is EventKind.PAPERS_CHANGED:
        by_person = envelope.actor != STATION_ITSELF
        cases.change_papers(db, case, station, decode(PapersChanged, body), gate, by_person=by_person)
    elif envelope.kind is EventKind.VERIFICATION_DISPUTED:
        disputes.take(db, case, station, decode(VerificationDisputed, body), at)
    else:
        raise cases.StepRefused("kind_unknown")
