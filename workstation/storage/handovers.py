"""The shelf of handovers: figures, logins and times, no citizen."""

from __future__ import annotations

from sqlalchemy import Connection, insert, select, update

from wire.codec import decode, encode
from workstation.domain.failures import Failure, Refused
from workstation.domain.handover import Handover
from workstation.storage.tables import handovers
from workstation.storage.times import stamp


class HandoverShelf:
    """See services.ports.Handovers."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def add(self, handover: Handover) -> None:
        """Keep a new one."""
        row = {"id": handover.id, "at": stamp(handover.at), "body": encode(handover)}
        self._db.execute(insert(handovers).values(**row))

    def save(self, handover: Handover) -> None:
        """Write what became of one. Raises Refused(DAY_CLOSE_UNKNOWN)."""
        done = self._db.execute(
            update(handovers).where(handovers.c.id == handover.id).values(body=encode(handover))
        )
        if done.rowcount != 1:
            raise Refused(Failure.DAY_CLOSE_UNKNOWN)

    def get(self, handover: str) -> Handover:
        """Return one. Raises Refused(DAY_CLOSE_UNKNOWN)."""
        body = self._db.scalar(select(handovers.c.body).where(handovers.c.id == handover))
        if body is None:
            raise Refused(Failure.DAY_CLOSE_UNKNOWN)
        return decode(Handover, body)

    def latest(self, limit: int) -> tuple[Handover, ...]:
        """Return the newest first."""
        query = select(handovers.c.body).order_by(handovers.c.at.desc(), handovers.c.id.desc()).limit(limit)
        return tuple(decode(Handover, body) for body in self._db.scalars(query))
