"""The shelf of handovers: figures, logins and times in clear; what one shift wrote to the next sealed, because it may name somebody."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from wire.codec import decode, encode
from workstation.domain.failures import Failure, Refused
from workstation.domain.handover import Handover
from workstation.storage.seals import Seals
from workstation.storage.tables import handovers
from workstation.storage.times import stamp


class HandoverShelf:
    """See services.ports.Handovers."""

    def __init__(self, connection: Connection, seals: Seals) -> None:
        self._db = connection
        self._seals = seals

    def add(self, handover: Handover) -> None:
        """Keep a new one."""
        row = {"id": handover.id, "at": stamp(handover.at), "body": _without_remark(handover)}
        sealed = self._seals.seal(handover.id, handover.remark) if handover.remark else b""
        self._db.execute(insert(handovers).values(**row, sealed=sealed))

    def save(self, handover: Handover) -> None:
        """Write what became of one. Raises Refused(DAY_CLOSE_UNKNOWN)."""
        done = self._db.execute(
            update(handovers).where(handovers.c.id == handover.id).values(body=_without_remark(handover))
        )
        if done.rowcount != 1:
            raise Refused(Failure.DAY_CLOSE_UNKNOWN)

    def get(self, handover: str) -> Handover:
        """Return one. Raises Refused(DAY_CLOSE_UNKNOWN)."""
        row = self._db.execute(select(handovers).where(handovers.c.id == handover)).first()
        if row is None:
            raise Refused(Failure.DAY_CLOSE_UNKNOWN)
        return self._read([row])[0]

    def latest(self, limit: int) -> tuple[Handover, ...]:
        """Return the newest first."""
        query = select(handovers).order_by(handovers.c.at.desc(), handovers.c.id.desc()).limit(limit)
        return self._read(self._db.execute(query).all())

    def _read(self, rows: Iterable[Row[Any]]) -> tuple[Handover, ...]:
        found = [(row, decode(Handover, row.body)) for row in rows]
        self._seals.know(row.id for row, _ in found if row.sealed)
        return tuple(
            replace(handover, remark=self._seals.open(row.id, row.sealed)) if row.sealed else handover
            for row, handover in found
        )


def _without_remark(handover: Handover) -> str:
    return encode(replace(handover, remark=""))
