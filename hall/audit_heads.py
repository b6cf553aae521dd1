"""Countersigns the heads of stations' audit chains: a chain that was cut back or rewritten gets no stamp."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, Engine, select

from hall.database import hall_key, now, stamp
from hall.tables import audit_refusals, audit_stamps, devices
from hall.upsert import upsert
from wire.codec import decode, encode
from wire.keys import key_id, public_of
from wire.messages import AuditHead, AuditStamp, AuditStamps
from wire.signed import sign_reply


class HeadRefused(Exception):
    """A head that gets no stamp. `code` is one of audit_rolled_back, audit_forked, audit_base; `known` is the last seq."""

    def __init__(self, code: str, known: int) -> None:
        super().__init__(code)
        self.code, self.known = code, known


def countersign(engine: Engine, device: str, head: AuditHead) -> AuditStamp:
    """Stamp a head that extends the last one stamped; the same head again is stamped with the present time.

    Raises HeadRefused: `audit_base` asks for the hash at the last stamped place and says which; the other two are kept
    for a person to look at.
    """
    at = now()
    with engine.begin() as db:
        refusal = _fault(db, device, head)
        if refusal is None:
            return _stamp(db, head, at)
        if refusal.code != "audit_base":
            _note(db, device, head, refusal, at)
    raise refusal


def stamps_of(db: Connection, device: str) -> AuditStamps:
    """Return every stamp of a device, in order."""
    query = select(audit_stamps.c.body).where(audit_stamps.c.device == device)
    ordered = query.order_by(audit_stamps.c.incarnation, audit_stamps.c.seq)
    return AuditStamps(tuple(decode(AuditStamp, body) for body in db.scalars(ordered)))


def refusals(db: Connection) -> list[str]:
    """Return a line for each refused head: device, code, its place, the last stamped place, first and last time."""
    query = select(audit_refusals).order_by(audit_refusals.c.last_at.desc())
    return [
        f"{row.device} {row.code} seq={row.seq} last_stamped={row.known_seq} {row.first_at} {row.last_at}"
        for row in db.execute(query)
    ]


def _fault(db: Connection, device: str, head: AuditHead) -> HeadRefused | None:
    # Held: two heads at once must not both extend the same stamp.
    mine = select(devices.c.incarnation).where(devices.c.id == device)
    incarnation = db.scalar(mine.with_for_update())
    newest = select(audit_stamps.c.seq, audit_stamps.c.hash).where(
        audit_stamps.c.device == device, audit_stamps.c.incarnation == incarnation
    )
    last = db.execute(newest.order_by(audit_stamps.c.seq.desc()).limit(1)).first()
    known = last.seq if last is not None else 0
    if head.device != device or head.incarnation != incarnation or head.seq < 1:
        return HeadRefused("audit_forked", known)
    if last is None:
        return None
    if head.seq < last.seq:
        return HeadRefused("audit_rolled_back", known)
    if head.seq == last.seq:
        return None if head.hash == last.hash else HeadRefused("audit_forked", known)
    if head.old_seq != last.seq:
        # Our last answer may have been lost on its way: the station shows what stands at that place.
        return HeadRefused("audit_base", known)
    return None if head.old_hash == last.hash else HeadRefused("audit_forked", known)


def _stamp(db: Connection, head: AuditHead, at: datetime) -> AuditStamp:
    private = hall_key(db)
    unsigned = AuditStamp(
        head.device, head.incarnation, head.seq, head.hash, at, key_id(public_of(private)), ""
    )
    signed = sign_reply(unsigned, private)
    place = {"device": head.device, "incarnation": head.incarnation, "seq": head.seq, "hash": head.hash}
    row = {**place, "body": encode(signed)}
    upsert(db, audit_stamps, row, ["device", "incarnation", "seq"], ["body"])
    return signed


def _note(db: Connection, device: str, head: AuditHead, refusal: HeadRefused, at: datetime) -> None:
    row = {
        "device": device,
        "code": refusal.code,
        "seq": head.seq,
        "hash": head.hash,
        "known_seq": refusal.known,
        "first_at": stamp(at),
        "last_at": stamp(at),
    }
    upsert(db, audit_refusals, row, ["device", "code", "seq", "hash"], ["last_at"])
