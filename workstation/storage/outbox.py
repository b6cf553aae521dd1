"""The shelf of envelopes: gapless by seq, chained by hash, kept until the hall has signed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, Row, func, insert, select, update

from wire.codec import decode, digest, encode
from wire.messages import Algorithms, Envelope, EventKind, HallReceipt
from workstation.domain.outbox import OutboxState, QueueState, Waiting
from workstation.storage.seals import Seals
from workstation.storage.station import StationShelf
from workstation.storage.tables import outbox
from workstation.storage.times import read, stamp

GENESIS = "0" * 64


class OutboxShelf:
    """See services.ports.Outbox."""

    def __init__(self, connection: Connection, seals: Seals) -> None:
        self._db = connection
        self._seals = seals

    def add(self, *, id: str, subject: str, kind: str, at: datetime, actor: str, body: str) -> Waiting:  # noqa: A002
        """Give the next seq and prev, and queue it."""
        last = self._db.execute(
            select(outbox.c.seq, outbox.c.sha256).order_by(outbox.c.seq.desc()).limit(1)
        ).first()
        seq, prev = (last.seq + 1, last.sha256) if last else (1, GENESIS)
        agreed = self._agreed_digest()
        made = digest(body, agreed)
        envelope = Envelope(id, seq, subject, EventKind(kind), at, actor, body, made, prev, agreed)
        self._db.execute(
            insert(outbox).values(
                seq=seq,
                id=id,
                subject=subject,
                state=OutboxState.PENDING.value,
                tries=0,
                trouble="",
                sealed=self._seals.seal(subject, encode(envelope)),
                sha256=envelope.sha256,
                queued_at=stamp(at),
            )
        )
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

    def _agreed_digest(self) -> str:
        """Return the digest that the hall has chosen at enrolment; before there is a hall, the usual one."""
        enrolment = StationShelf(self._db, self._seals).enrolment()
        return (enrolment.algorithms if enrolment else Algorithms()).digest

    def _change(self, event: str, **values: object) -> None:
        # What the hall has signed for stays as it is, whatever a late answer says.
        unsigned = update(outbox).where(outbox.c.id == event, outbox.c.state != OutboxState.ACKED.value)
        if self._db.execute(unsigned.values(values)).rowcount == 0 and self.receipt(event) is None:
            raise KeyError(event)
