"""The shelf of cases."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time

from sqlalchemy import Connection, Select, func, insert, select, update

from wire.codec import decode, encode
from workstation.domain.case import Case, CaseStatus
from workstation.domain.counter_time import COUNTER_ZONE
from workstation.domain.failures import Failure, Refused
from workstation.storage.scan_names import name_scans, photos_in
from workstation.storage.seals import Seals
from workstation.storage.tables import blobs, cases
from workstation.storage.times import stamp


class CaseShelf:
    """See services.ports.Cases."""

    def __init__(self, connection: Connection, seals: Seals) -> None:
        self._db = connection
        self._seals = seals

    def add(self, case: Case) -> None:
        """Put a new case in."""
        self._db.execute(insert(cases).values(id=case.id, **self._columns(case)))
        self._want_scans(case)

    def save(self, case: Case) -> None:
        """Write a case that is there. Raises Refused(CASE_UNKNOWN)."""
        done = self._db.execute(update(cases).where(cases.c.id == case.id).values(**self._columns(case)))
        if done.rowcount != 1:
            raise Refused(Failure.CASE_UNKNOWN)
        self._want_scans(case)

    def get(self, case: str) -> Case:
        """Return a case. Raises Refused(CASE_UNKNOWN)."""
        found = self._open(select(cases.c.id, cases.c.sealed).where(cases.c.id == case))
        if not found:
            raise Refused(Failure.CASE_UNKNOWN)
        return found[0]

    def by_receipt(self, receipt_no: str) -> Case | None:
        """Return the case of a receipt number."""
        found = self._open(select(cases.c.id, cases.c.sealed).where(cases.c.receipt_no == receipt_no))
        return found[0] if found else None

    def latest(self, limit: int, status: Sequence[CaseStatus] = ()) -> tuple[Case, ...]:
        """Return the newest by time of receipt; an empty status means all."""
        newest = select(cases.c.id, cases.c.sealed).order_by(cases.c.received_at.desc(), cases.c.id.desc())
        query = newest.limit(limit)
        if status:
            query = query.where(cases.c.status.in_([s.value for s in status]))
        return self._open(query)

    def since(self, day: date, limit: int) -> tuple[Case, ...]:
        """Return the cases received on a day at the counter or later, newest first."""
        begin = datetime.combine(day, time(), COUNTER_ZONE)
        query = select(cases.c.id, cases.c.sealed).where(cases.c.received_at >= stamp(begin))
        return self._open(query.order_by(cases.c.received_at.desc(), cases.c.id.desc()).limit(limit))

    def of_person(self, id_no: str, limit: int) -> tuple[Case, ...]:
        """Return the newest cases of an applicant by time of receipt."""
        query = select(cases.c.id, cases.c.sealed).where(cases.c.person == self._seals.person(id_no))
        return self._open(query.order_by(cases.c.received_at.desc(), cases.c.id.desc()).limit(limit))

    def ended_before(self, at: datetime, limit: int, skip: int = 0) -> tuple[Case, ...]:
        """Return concluded cases, the longest concluded first."""
        query = select(cases.c.id, cases.c.sealed).where(cases.c.ended_at != "", cases.c.ended_at < stamp(at))
        return self._open(query.order_by(cases.c.ended_at, cases.c.id).limit(limit).offset(skip))

    def count(self) -> int:
        """Return how many there are."""
        return self._db.scalar(select(func.count()).select_from(cases)) or 0

    def _open(self, query: Select[tuple[str, bytes]]) -> tuple[Case, ...]:
        return tuple(
            decode(Case, self._seals.open(row.id, row.sealed)) for row in self._db.execute(query).all()
        )

    def _columns(self, case: Case) -> dict[str, object]:
        return {
            "receipt_no": case.receipt_no,
            "status": case.status.value,
            "received_at": stamp(case.received_at),
            "sealed": self._seals.seal(case.id, encode(case)),
            "person": self._seals.person(case.applicant.id_no),
            "ended_at": stamp(case.ended_at) if case.ended_at else "",
        }

    def _want_scans(self, case: Case) -> None:
        name_scans(self._db, case.id, photos_in(answer.value for answer in case.answers.values()))
        named = [sha256 for material in case.materials for sha256 in material.blobs]
        if named:
            name_scans(self._db, case.id, named)
            self._db.execute(
                update(blobs).where(blobs.c.sha256.in_(named), blobs.c.wanted == 0).values(wanted=1)
            )
