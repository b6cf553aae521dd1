"""The shelf of envelopes: gapless by seq, chained by hash, kept until the hall has signed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, bindparam, func, literal, select, update
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlcipher3 import dbapi2

from wire.codec import decode, digest, encode
from wire.messages import Envelope, EventKind, HallReceipt
from wire.standing import CaseStanding
from workstation.domain.outbox import OutboxState, QueueState, Waiting
from workstation.storage.bodies import body_of
from workstation.storage.ends import Ends, OutboxEnd
from workstation.storage.raw import raw
from workstation.storage.seals import Seals
from workstation.storage.station import AGREED_FACT, UNAGREED, agreement
from workstation.storage.tables import earlier_receipts, facts, outbox
from workstation.storage.times import read, stamp

GENESIS = "0" * 64
_AGREED = f"COALESCE((SELECT value FROM facts WHERE name = '{AGREED_FACT}'), '{UNAGREED}')"  # noqa: S608
# What was agreed with the hall, and the envelope before: the newest here, and the newest of this incarnation.
_BEFORE = f"""SELECT agreed, COALESCE((SELECT MAX(seq) FROM outbox), 0), COALESCE(number, 0), COALESCE(sha256, '{GENESIS}')
    FROM (SELECT {_AGREED} AS agreed)
    LEFT JOIN outbox ON incarnation = CAST(agreed AS INTEGER)
        AND number = (SELECT MAX(number) FROM outbox WHERE incarnation = CAST(agreed AS INTEGER))"""  # noqa: S608
# Not behind an end of another incarnation, nor behind an envelope that has another place by now: what is none is NULL, which
# the table refuses like a place that is taken.
_QUEUE = f"""INSERT INTO outbox (seq, incarnation, number, id, subject, state, tries, trouble, sealed, sha256, queued_at)
    VALUES (?1, (SELECT ?2 WHERE ?3 = {_AGREED}
            AND (?4 = 1 OR EXISTS (SELECT 1 FROM outbox WHERE incarnation = ?2 AND number = ?4 - 1 AND sha256 = ?5))),
        ?4, ?6, ?7, ?8, 0, '', ?9, ?10, ?11)"""  # noqa: S608 - our own names
_Said = tuple[str, str, EventKind, datetime, str, str]  # id, of which case, what, when, who, and the body
_PENDING = OutboxState.PENDING.value
# Of what had its place in an incarnation that a hall has given again: no hall gives this one.
_FORGOTTEN = 0
# What was set aside goes nowhere any more.
_UNSIGNED = (OutboxState.PENDING.value, OutboxState.PARKED.value)


class OutboxShelf:
    """See services.ports.Outbox."""

    def __init__(self, connection: Connection, seals: Seals, ends: Ends) -> None:
        self._db = connection
        self._seals = seals
        self._ends = ends
        self._appended: OutboxEnd | None = None  # and not durable yet

    def add(self, *, id: str, subject: str, kind: str, at: datetime, actor: str, body: str) -> Waiting:  # noqa: A002
        """Give the next seq and prev, and queue it."""
        db = raw(self._db)
        said: _Said = (id, subject, EventKind(kind), at, actor, body)
        known = self._ends.outbox if self._appended is None else None
        if known is not None:
            try:
                return self._append(db, known, said)
            except dbapi2.IntegrityError:
                self._ends.outbox = None
        agreed, *place = db.execute(_BEFORE).fetchone()
        return self._append(db, OutboxEnd(agreed, *agreement(agreed), *place), said)

    def settled(self) -> None:
        """What was appended is durable."""
        if self._appended is not None:
            self._ends.outbox, self._appended = self._appended, None

    def _append(self, db: Any, end: OutboxEnd, said: _Said) -> Waiting:
        id_, subject, kind, at, actor, body = said
        agreed, incarnation, algorithm, last, number, before = end
        seq, number, made = last + 1, number + 1, digest(body, algorithm)
        envelope = Envelope(id_, number, subject, kind, at, actor, body, made, before, algorithm)
        sealed = self._seals.seal_body(subject, body_of(envelope))
        place = (seq, incarnation, agreed, number, before)
        db.execute(_QUEUE, (*place, id_, subject, _PENDING, sealed, made, stamp(at)))
        self._appended = OutboxEnd(agreed, incarnation, algorithm, seq, number, made)
        return Waiting(envelope, OutboxState.PENDING, 0, None, "")

    def due(self, now: datetime, limit: int, but: Collection[str] = ()) -> tuple[Waiting, ...]:
        """Return pending envelopes whose time has come, in order; of a subject nothing behind one that cannot go, and of
        those `but` nothing. Only what is returned is opened."""
        parked = select(outbox.c.subject).where(outbox.c.state == OutboxState.PARKED.value)
        query = (
            select(outbox)
            .where(outbox.c.state == OutboxState.PENDING.value, outbox.c.subject.not_in(parked))
            .order_by(outbox.c.seq)
        )
        found: list[Row[tuple[object, ...]]] = []
        held = set(but)
        until = stamp(now)
        with self._db.execute(query) as rows:
            for row in rows:
                # Order is kept per case: what waits for its next try keeps the rest of its case waiting too.
                if row.subject in held or (row.next_at and row.next_at > until):
                    held.add(row.subject)
                    continue
                found.append(row)
                if len(found) == limit:
                    break
        self._seals.know(str(row.subject) for row in found)
        return tuple(self._waiting(row) for row in found)

    def acked(self, event: str, receipt: HallReceipt) -> None:
        """Keep the hall's signed word beside the envelope."""
        self.all_acked({event: receipt})

    def all_acked(self, receipts: Mapping[str, HallReceipt]) -> None:
        """Keep the hall's signed words beside their envelopes, in one statement."""
        signed = [
            {"event": event, "signed": encode(each), "signed_at": stamp(each.received_at)}
            for event, each in receipts.items()
        ]
        if signed and self._db.execute(_SIGNED, signed).rowcount != len(signed):
            for event in receipts:
                self._known(event)

    def failed(self, event: str, trouble: str, next_at: datetime) -> None:
        """Try again at `next_at`."""
        self._change(event, tries=outbox.c.tries + 1, trouble=trouble, next_at=stamp(next_at))

    def parked(self, event: str, trouble: str, standing: CaseStanding | None = None) -> None:
        """Put aside for a person to look at."""
        subject = self._db.scalar(select(outbox.c.subject).where(outbox.c.id == event))
        box = self._seals.seal(subject, encode(standing)) if standing and subject else b""
        state = OutboxState.PARKED.value
        self._change(
            event, tries=outbox.c.tries + 1, trouble=trouble, state=state, next_at=None, standing=box
        )

    def retry(self, event: str) -> None:
        """Let an event go now that was parked or waits for its next try."""
        self._change(event, state=OutboxState.PENDING.value, tries=0, trouble="", next_at=None, standing=b"")

    def parked_items(self, limit: int = 200) -> tuple[Waiting, ...]:
        """Return what a person must look at, oldest first."""
        return self._in_state(OutboxState.PARKED, limit)

    def waiting_items(self, limit: int = 200) -> tuple[Waiting, ...]:
        """Return what goes by itself, oldest first: also what stands behind a parked one, and what waits for its time."""
        return self._in_state(OutboxState.PENDING, limit)

    def send_again(self, since: datetime, epoch: str) -> int:
        """Queue what the hall signed since then once more; its receipts are kept as those of `epoch`. Return how many."""
        fitting = (
            outbox.c.state == OutboxState.ACKED.value,
            outbox.c.acked_at >= stamp(since),
            outbox.c.sealed != b"",
        )
        known = select(outbox.c.id, literal(epoch), outbox.c.receipt).where(*fitting)
        kept = upsert(earlier_receipts).from_select(["event", "epoch", "receipt"], known)
        self._db.execute(kept.on_conflict_do_nothing())
        queued = (
            update(outbox)
            .where(*fitting)
            .values(state=OutboxState.PENDING.value, again=1, tries=0, trouble="", next_at=None)
        )
        count = self._db.execute(queued).rowcount
        incarnation = self._incarnation()
        self._number_anew(incarnation, outbox.c.incarnation != incarnation)
        return count

    def number_anew(self) -> int:
        """Give what the hall has not signed for places in the present incarnation, from 1 on; return how many."""
        incarnation = self._incarnation()
        # A hall that was restored may give one that it gave before: of what stood there then it knows nothing.
        old_places = update(outbox).where(outbox.c.incarnation == incarnation)
        self._db.execute(old_places.values(incarnation=_FORGOTTEN, number=outbox.c.seq))
        return self._number_anew(incarnation, outbox.c.incarnation != incarnation)

    def earlier_receipts(self, event: str) -> tuple[tuple[str, HallReceipt], ...]:
        """Return the epochs before in which the hall signed for an event, each with its word."""
        rows = self._db.execute(select(earlier_receipts).where(earlier_receipts.c.event == event)).all()
        return tuple((row.epoch, decode(HallReceipt, row.receipt)) for row in rows)

    def set_aside(self, subject: str) -> tuple[Waiting, ...]:
        """Keep back for good what the hall has not signed of a case; return it, oldest first."""
        open_ones = outbox.c.state.in_(_UNSIGNED)
        mine = (outbox.c.subject == subject) & open_ones
        found = tuple(
            self._waiting(row)
            for row in self._db.execute(select(outbox).where(mine).order_by(outbox.c.seq)).all()
        )
        self._db.execute(update(outbox).where(mine).values(state=OutboxState.SET_ASIDE.value, next_at=None))
        return found

    def has_unsent(self, subject: str) -> bool:
        """Say whether the case has work the hall does not know yet."""
        query = select(func.count()).where(
            outbox.c.subject == subject, outbox.c.state == OutboxState.PENDING.value
        )
        return bool(self._db.scalar(query))

    def state(self) -> QueueState:
        """Return what the strip shows."""
        rows = self._db.execute(select(outbox.c.state, func.count().label("n")).group_by(outbox.c.state))
        counts: dict[str, int] = {row.state: row.n for row in rows}
        oldest = self._db.scalar(
            select(func.min(outbox.c.queued_at)).where(outbox.c.state == OutboxState.PENDING.value)
        )
        return QueueState(
            counts.get(OutboxState.PENDING.value, 0), counts.get(OutboxState.PARKED.value, 0), read(oldest)
        )

    def receipt(self, event: str) -> HallReceipt | None:
        """Return the hall's signed word for an event."""
        text = self._db.scalar(select(outbox.c.receipt).where(outbox.c.id == event))
        return decode(HallReceipt, text) if text else None

    def _in_state(self, state: OutboxState, limit: int) -> tuple[Waiting, ...]:
        query = select(outbox).where(outbox.c.state == state.value).order_by(outbox.c.seq).limit(limit)
        rows = self._db.execute(query).all()
        self._seals.know(row.subject for row in rows)
        return tuple(self._waiting(row) for row in rows)

    def _number_anew(self, incarnation: int, *which: ColumnElement[bool]) -> int:
        """Same ids and bodies, other places: what did arrive under the old ones is a duplicate there."""
        number, prev = self._last(incarnation)
        unsigned = select(outbox).where(outbox.c.state.in_(_UNSIGNED), *which).order_by(outbox.c.seq)
        rows = self._db.execute(unsigned).all()
        self._seals.know(row.subject for row in rows)
        for row in rows:
            number += 1
            envelope = decode(Envelope, self._seals.open(row.subject, row.sealed))
            placed = replace(envelope, seq=number, prev=prev)
            prev = envelope.sha256
            self._db.execute(
                update(outbox)
                .where(outbox.c.seq == row.seq)
                .values(
                    incarnation=incarnation,
                    number=number,
                    sealed=self._seals.seal(row.subject, encode(placed)),
                )
            )
        return len(rows)

    def _last(self, incarnation: int) -> tuple[int, str]:
        last = self._db.execute(
            select(outbox.c.number, outbox.c.sha256)
            .where(outbox.c.incarnation == incarnation)
            .order_by(outbox.c.number.desc())
            .limit(1)
        ).first()
        return (last.number, last.sha256) if last else (0, GENESIS)

    def _waiting(self, row: Row[tuple[object, ...]]) -> Waiting:
        envelope = decode(Envelope, self._seals.open(row.subject, row.sealed))
        standing = decode(CaseStanding, self._seals.open(row.subject, row.standing)) if row.standing else None
        state, again = OutboxState(row.state), bool(row.again)
        return Waiting(envelope, state, row.tries, read(row.next_at), row.trouble, standing, again)

    def _incarnation(self) -> int:
        said = self._db.scalar(select(facts.c.value).where(facts.c.name == AGREED_FACT))
        return agreement(said or UNAGREED)[0]

    def _change(self, event: str, **values: object) -> None:
        # What the hall has signed for stays as it is, whatever a late answer says.
        unsigned = update(outbox).where(outbox.c.id == event, outbox.c.state != OutboxState.ACKED.value)
        if self._db.execute(unsigned.values(values)).rowcount == 0:
            self._known(event)

    def _known(self, event: str) -> None:
        if self._db.scalar(select(outbox.c.seq).where(outbox.c.id == event)) is None:
            raise KeyError(event)


_SIGNED = (
    update(outbox)
    .where(outbox.c.id == bindparam("event"), outbox.c.state != OutboxState.ACKED.value)
    .values(
        state=OutboxState.ACKED.value,
        receipt=bindparam("signed"),
        acked_at=bindparam("signed_at"),
        trouble="",
        next_at=None,
        standing=b"",
    )
)
