"""The shelf of envelopes: gapless by seq, chained by hash, kept until the hall has signed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, Row, func, select, update

from wire.codec import decode, digest, encode
from wire.messages import Algorithms, Envelope, EventKind, HallReceipt
from workstation.domain.outbox import OutboxState, QueueState, Waiting
from workstation.storage.raw import raw
from workstation.storage.seals import Seals
from workstation.storage.tables import outbox
from workstation.storage.times import read, stamp

GENESIS = "0" * 64
# The envelope before, and the digest that the hall has chosen at enrolment: not by the whole enrolment, which holds every
# account of the station.
_BEFORE = f"""SELECT COALESCE(MAX(seq), 0),
    COALESCE((SELECT sha256 FROM outbox ORDER BY seq DESC LIMIT 1), '{GENESIS}'),
    (SELECT json_extract(value, '$.algorithms.digest') FROM facts WHERE name = 'enrolment') FROM outbox"""  # noqa: S608
_QUEUE = """INSERT INTO outbox (seq, id, subject, state, tries, trouble, sealed, sha256, queued_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"""


class OutboxShelf:
    """See services.ports.Outbox."""

    def __init__(self, connection: Connection, seals: Seals) -> None:
        self._db = connection
        self._seals = seals

    def add(self, *, id: str, subject: str, kind: str, at: datetime, actor: str, body: str) -> Waiting:  # noqa: A002
        """Give the next seq and prev, and queue it."""
        db = raw(self._db)
        last, prev, chosen = db.execute(_BEFORE).fetchone()
        seq, agreed = last + 1, chosen or Algorithms().digest
        made = digest(body, agreed)
        envelope = Envelope(id, seq, subject, EventKind(kind), at, actor, body, made, prev, agreed)
        sealed = self._seals.seal(subject, encode(envelope))
        pending = OutboxState.PENDING.value
        db.execute(_QUEUE, (seq, id, subject, pending, 0, "", sealed, envelope.sha256, stamp(at)))
        return Waiting(envelope, OutboxState.PENDING, 0, None, "")

    def due(self, now: datetime, limit: int) -> tuple[Waiting, ...]:
        """Return pending envelopes whose time has come, in order; of a subject nothing behind one that cannot go."""
        parked = select(outbox.c.subject).where(outbox.c.state == OutboxState.PARKED.value)
        query = (
            select(outbox)
            .where(outbox.c.state == OutboxState.PENDING.value, outbox.c.subject.not_in(parked))
            .order_by(outbox.c.seq)
        )
        found: list[Waiting] = []
        held: set[str] = set()
        until = stamp(now)
        with self._db.execute(query) as rows:
            for row in rows:
                # Order is kept per case: what waits for its next try keeps the rest of its case waiting too.
                if row.subject in held or (row.next_at and row.next_at > until):
                    held.add(row.subject)
                    continue
                found.append(self._waiting(row))
                if len(found) == limit:
                    break
        return tuple(found)

    def acked(self, event: str, receipt: HallReceipt) -> None:
        """Keep the hall's signed word beside the envelope."""
        self._change(event, state=OutboxState.ACKED.value, receipt=encode(receipt), trouble="")

    def failed(self, event: str, trouble: str, next_at: datetime) -> None:
        """Try again at `next_at`."""
        self._change(event, tries=outbox.c.tries + 1, trouble=trouble, next_at=stamp(next_at))

    def parked(self, event: str, trouble: str) -> None:
        """Put aside for a person to look at."""
        self._change(event, tries=outbox.c.tries + 1, trouble=trouble, state=OutboxState.PARKED.value)

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

    def _waiting(self, row: Row[tuple[object, ...]]) -> Waiting:
        envelope = decode(Envelope, self._seals.open(str(row.subject), row.sealed))
        return Waiting(envelope, OutboxState(row.state), row.tries, read(row.next_at), row.trouble)

    def _change(self, event: str, **values: object) -> None:
        # What the hall has signed for stays as it is, whatever a late answer says.
        unsigned = update(outbox).where(outbox.c.id == event, outbox.c.state != OutboxState.ACKED.value)
        if self._db.execute(unsigned.values(values)).rowcount == 0 and self.receipt(event) is None:
            raise KeyError(event)
