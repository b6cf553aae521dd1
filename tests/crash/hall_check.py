"""What must be true of a hall's folder after a crash: each receipt it gave is backed, and nothing is half there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Connection, select, text
from sqlalchemy.exc import DatabaseError

from hall.database import fact, hall_key, open_database
from hall.tables import cases, devices, feed, inbox
from wire.codec import decode
from wire.keys import public_of
from wire.messages import EventKind, PushResult, PushStatus
from wire.signed import receipt_is_genuine


@dataclass(slots=True)
class Given:
    """The receipts that were given up to a moment, by event: case, kind and the envelope as it was sent."""

    epoch: str = ""
    enrolled: set[str] = field(default_factory=set)
    events: dict[str, tuple[str, str, str]] = field(default_factory=dict)

    def hear(self, said: str) -> None:
        """Take one acknowledgement."""
        told = json.loads(said)
        if told["what"] == "open":
            self.epoch, self.enrolled = told["epoch"], set(told["devices"])
        elif told["what"] == "given":
            self.events |= {event: (case, kind, sent) for event, case, kind, sent in told["events"]}


def problems(folder: Path, given: Given) -> Iterator[str]:
    """Open what is left with the hall's own code and say what is wrong with it; nothing when all is well."""
    if given.epoch and not (folder / "hall.db").exists():
        yield "the database is gone"
        return
    try:
        engine = open_database(folder / "hall.db")
    except DatabaseError as error:
        yield f"it does not open: {error.orig}"
        return
    try:
        with engine.begin() as db:
            said = db.execute(text("PRAGMA integrity_check")).scalar()
            if said != "ok":
                yield f"integrity_check: {said}"
            if given.epoch and fact(db, "epoch") != given.epoch:
                yield "another epoch"
            if not given.enrolled <= set(db.scalars(select(devices.c.id))):
                yield "a device is lost"
            yield from _backed(db, given)
            yield from _ordered(db)
    except DatabaseError as error:
        yield f"it cannot be read: {error.orig}"
    finally:
        engine.dispose()


def _backed(db: Connection, given: Given) -> Iterator[str]:
    rows = {row.event: row for row in db.execute(select(inbox))}
    known = {row.id: row for row in db.execute(select(cases.c.id, cases.c.accepted))}
    public = public_of(hall_key(db))
    for event, (case, kind, sent) in given.events.items():
        row = rows.get(event)
        if row is None or row.envelope != sent:
            yield f"event {event} is lost"
            continue
        result = decode(PushResult, row.result)
        genuine = result.receipt is not None and receipt_is_genuine(result.receipt, public)
        if result.status is not PushStatus.APPLIED or not genuine:
            yield f"event {event} has no receipt"
        if case not in known or (kind == EventKind.CASE_ACCEPTED and known[case].accepted is None):
            yield f"case {case} is not what was signed for"
    applied = {row.event for row in rows.values()}
    if len(known) != sum('"case_received"' in rows[event].envelope for event in applied):
        yield "cases and inbox disagree"


def _ordered(db: Connection) -> Iterator[str]:
    for row in db.execute(select(devices)):
        seqs = list(db.scalars(select(inbox.c.seq).where(inbox.c.device == row.id).order_by(inbox.c.seq)))
        if seqs != list(range(1, int(row.last_seq) + 1)):
            yield f"device {row.id} has a gap"
    numbers = list(db.scalars(select(feed.c.seq).order_by(feed.c.seq)))
    if numbers != list(range(1, len(numbers) + 1)):
        yield "the feed has a gap"
