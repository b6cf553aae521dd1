"""The shelf of cases."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time

from sqlalchemy import Connection, func, insert, select, update

from wire.codec import decode, encode
from workstation.domain.case import Case, CaseStatus
from workstation.domain.counter_time import COUNTER_ZONE
from workstation.domain.failures import Failure, Refused
from workstation.storage.tables import blobs, cases
from workstation.storage.times import stamp


class CaseShelf:
    """See services.ports.Cases."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def add(self, case: Case) -> None:
        """Put a new case in."""
        self._db.execute(insert(cases).values(id=case.id, **_columns(case)))
        self._want_scans(case)

    def save(self, case: Case) -> None:
        """Write a case that is there. Raises Refused(CASE_UNKNOWN)."""
        done = self._db.execute(update(cases).where(cases.c.id == case.id).values(**_columns(case)))
        if done.rowcount != 1:
            raise Refused(Failure.CASE_UNKNOWN)
        self._want_scans(case)

    def get(self, case: str) -> Case:
        """Return a case. Raises Refused(CASE_UNKNOWN)."""
        body = self._db.scalar(select(cases.c.body).where(cases.c.id == case))
        if body is None:
            raise Refused(Failure.CASE_UNKNOWN)
        return decode(Case, body)

    def by_receipt(self, receipt_no: str) -> Case | None:
        """Return the case of a receipt number."""
        body = self._db.scalar(select(cases.c.body).where(cases.c.receipt_no == receipt_no))
        return decode(Case, body) if body is not None else None

    def latest(self, limit: int, status: Sequence[CaseStatus] = ()) -> tuple[Case, ...]:
        """Return the newest by time of receipt; an empty status means all."""
        query = select(cases.c.body).order_by(cases.c.received_at.desc(), cases.c.id.desc()).limit(limit)
        if status:
            query = query.where(cases.c.status.in_([s.value for s in status]))
        return tuple(decode(Case, body) for body in self._db.scalars(query))

    def since(self, day: date, limit: int) -> tuple[Case, ...]:
        """Return the cases received on a day at the counter or later, newest first."""
        begin = datetime.combine(day, time(), COUNTER_ZONE)
        query = select(cases.c.body).where(cases.c.received_at >= stamp(begin))
        newest = query.order_by(cases.c.received_at.desc(), cases.c.id.desc()).limit(limit)
        return tuple(decode(Case, body) for body in self._db.scalars(newest))

    def of_person(self, id_no: str, limit: int) -> tuple[Case, ...]:
        """Return the newest cases of an applicant by time of receipt."""
        query = select(cases.c.body).where(cases.c.person == id_no)
        newest = query.order_by(cases.c.received_at.desc(), cases.c.id.desc()).limit(limit)
        return tuple(decode(Case, body) for body in self._db.scalars(newest))

    def count(self) -> int:
        """Return how many there are."""
        return self._db.scalar(select(func.count()).select_from(cases)) or 0

    def _want_scans(self, case: Case) -> None:
        named = [sha256 for material in case.materials for sha256 in material.blobs]
        if named:
            self._db.execute(
                update(blobs).where(blobs.c.sha256.in_(named), blobs.c.wanted == 0).values(wanted=1)
            )


def _columns(case: Case) -> dict[str, str]:
    return {
        "receipt_no": case.receipt_no,
        "status": case.status.value,
        "received_at": stamp(case.received_at),
        "body": encode(case),
        "person": case.applicant.id_no,
    }
