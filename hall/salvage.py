"""What a device still held when it was shut out: parcels are checked and laid aside, and a person takes or drops each event."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace

from sqlalchemy import Connection, Engine, Row, insert, select, update

from hall.acceptance import Gate
from hall.database import fact, now, stamp
from hall.devices import keys_of
from hall.intake import PushRefused, take_batch
from hall.tables import device_keys, devices, inbox, salvage
from wire.codec import decode, digest, encode
from wire.messages import Envelope, PushRequest, PushStatus
from wire.parcel import Parcel, parcel_is_genuine

WAITING, TAKEN, DROPPED = "waiting", "taken", "dropped"
_HELD = frozenset({PushStatus.APPLIED, PushStatus.DUPLICATE})
LEAST_REASON = 4  # letters: a reason is a word at least


class SalvageRefused(Exception):
    """A parcel or an act that is not taken; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Laid:
    """What became of a parcel: events laid aside, events the hall had already, events refused by code."""

    device: str
    waiting: int
    known: int
    refused: tuple[tuple[str, str], ...]  # event id, code


def lay_aside(db: Connection, parcel: Parcel) -> Laid:
    """Check a parcel of a device that was shut out and keep its events; importing it again changes nothing.

    The device's clock is its own word, so nothing here enters a case: an event whose time is before the revocation is
    laid aside for a person, everything else is refused. Raises SalvageRefused.
    """
    device = db.execute(select(devices).where(devices.c.id == parcel.device)).first()
    public = keys_of(db, parcel.device).get(parcel.key)
    if device is None or public is None:
        raise SalvageRefused("device_unknown")
    if not device.revoked_at:
        raise SalvageRefused("not_revoked")  # Its line is open: it can push by itself, or by a stick.
    if not parcel_is_genuine(parcel, public):
        raise SalvageRefused("signature")
    retired = db.scalar(select(device_keys.c.until).where(device_keys.c.id == parcel.key))
    if retired is not None and stamp(parcel.created) > retired:
        raise SalvageRefused("key_retired")
    waiting, known, refused = 0, 0, []
    for envelope in parcel.items:
        code = _fault(db, device, envelope)
        if code:
            refused.append((envelope.id, code))
        elif _is_known(db, envelope.id):
            known += 1
        else:
            _keep(db, parcel, envelope)
            waiting += 1
    return Laid(parcel.device, waiting, known, tuple(refused))


def _fault(db: Connection, device: Row[tuple[object, ...]], envelope: Envelope) -> str:
    if stamp(envelope.at) >= str(device.revoked_at):
        return "after_revocation"
    if digest(envelope.body, envelope.digest) != envelope.sha256:
        return "hash"
    before = db.scalar(select(inbox.c.sha256).where(inbox.c.event == envelope.id))
    return "id_reused" if before not in (None, envelope.sha256) else ""


def _is_known(db: Connection, event: str) -> bool:
    for table in (inbox, salvage):
        if db.scalar(select(table.c.event).where(table.c.event == event)) is not None:
            return True
    return False


def _keep(db: Connection, parcel: Parcel, envelope: Envelope) -> None:
    db.execute(
        insert(salvage).values(
            event=envelope.id,
            device=parcel.device,
            incarnation=parcel.incarnation,
            seq=envelope.seq,
            kind=envelope.kind.value,
            subject=envelope.subject,
            at=stamp(envelope.at),
            signed_at=stamp(parcel.created),
            envelope=encode(envelope),
            parcel=encode({k: v for k, v in asdict(replace(parcel, items=())).items() if k != "items"}),
            state=WAITING,
            imported_at=stamp(now()),
        )
    )


def laid_aside(db: Connection, state: str = WAITING) -> list[dict[str, str]]:
    """Return the events in a state, "" for all: ids, kinds, times, never a person.

    `late` says that the parcel was signed after the revocation: only the device's word dates its events then.
    """
    shown = select(salvage, devices.c.revoked_at).join(devices, devices.c.id == salvage.c.device)
    if state:
        shown = shown.where(salvage.c.state == state)
    return [
        {
            "event": row.event,
            "device": row.device,
            "seq": str(row.seq),
            "kind": row.kind,
            "case": row.subject,
            "at": row.at,
            "signed_at": row.signed_at,
            "late": "yes" if row.signed_at >= str(row.revoked_at) else "no",
            "state": row.state,
            "reason": row.reason or "",
            "result": row.result or "",
        }
        for row in db.execute(shown.order_by(salvage.c.device, salvage.c.incarnation, salvage.c.seq))
    ]


def take(
    engine: Engine, gate: Gate, events: Sequence[str], by: str, reason: str, *, late: bool = False
) -> list[tuple[str, str]]:
    """Give waiting events to the intake as if the device had pushed them; return each id with what became of it.

    What the intake does not take waits on, with its answer beside it: a person may mend what stands in its way, or drop it.
    Whoever takes them names themself and a reason. With `late` also those whose parcel was signed after the revocation.
    Crash-safe: the intake takes an event once, and a second `take` of it only writes down the answer of the first.
    Raises SalvageRefused.
    """
    _hold_reason(by, reason)
    with engine.begin() as db:
        rows = _waiting(db, events)
        revoked = {row.id: row.revoked_at for row in db.execute(select(devices.c.id, devices.c.revoked_at))}
        if not late and any(row.signed_at >= revoked[row.device] for row in rows):
            raise SalvageRefused("signed_late")
        epoch = fact(db, "epoch")
    told = []
    for row in rows:
        request = PushRequest(row.device, row.incarnation, epoch, (decode(Envelope, row.envelope),))
        state, said = _offer(engine, gate, request)
        with engine.begin() as db:
            _decide(db, row.event, state, by, reason, said)
        told.append((row.event, said))
    return told


def _offer(engine: Engine, gate: Gate, request: PushRequest) -> tuple[str, str]:
    """Return the state that an event is in afterwards, and what the intake said."""
    try:
        (result,) = take_batch(engine, request.device, request, gate).results
    except PushRefused as refused:
        # Of the disk before the station was enrolled again: it waits for a person, who files it anew or drops it.
        return WAITING, f"refused {refused.code}"
    return TAKEN if result.status in _HELD else WAITING, f"{result.status.value} {result.code or ''}".strip()


def drop(db: Connection, events: Sequence[str], by: str, reason: str) -> None:
    """Leave events out for good; what they were stays in the book. Raises SalvageRefused."""
    _hold_reason(by, reason)
    for row in _waiting(db, events):
        _decide(db, row.event, DROPPED, by, reason, "")


def _hold_reason(by: str, reason: str) -> None:
    if not by.strip() or len(reason.strip()) < LEAST_REASON:
        raise SalvageRefused("reason")


def _waiting(db: Connection, events: Sequence[str]) -> list[Row[tuple[object, ...]]]:
    query = select(salvage).where(salvage.c.event.in_(events), salvage.c.state == WAITING)
    rows = list(db.execute(query.order_by(salvage.c.device, salvage.c.incarnation, salvage.c.seq)))
    if len(rows) != len(set(events)):
        raise SalvageRefused("not_waiting")
    return rows


def _decide(db: Connection, event: str, state: str, by: str, reason: str, result: str) -> None:
    said = {
        "state": state,
        "decided_at": stamp(now()),
        "decided_by": by,
        "reason": reason.strip(),
        "result": result,
    }
    db.execute(update(salvage).where(salvage.c.event == event).values(said))
