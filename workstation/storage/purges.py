"""Purging: what is kept no longer loses its rows and its keys; what was purged is kept as a report without persons."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, select, update

from wire.codec import decode
from workstation.domain.case import Case
from workstation.domain.outbox import OutboxState
from workstation.domain.visit import Visit
from workstation.storage.seals import Seals
from workstation.storage.tables import blobs, cases, drafts, held, outbox, prints, purges
from workstation.storage.times import read, stamp


class PurgeShelf:
    """See services.ports.Purges."""

    def __init__(self, connection: Connection, seals: Seals) -> None:
        self._db = connection
        self._seals = seals

    def unsent(self, case: str) -> bool:
        """Say whether something of the case is not at the hall yet."""
        steps = select(func.count()).where(
            outbox.c.subject == case, outbox.c.state != OutboxState.ACKED.value
        )
        if self._db.scalar(steps) or self._db.scalar(select(func.count()).where(held.c.subject == case)):
            return True
        named = self._scans_of(case)
        return bool(self._db.scalar(select(func.count()).where(blobs.c.sha256.in_(named), blobs.c.sent == 0)))

    def purge(self, case: str) -> Mapping[str, int]:
        """Destroy a case; see services.ports.Purges."""
        scans = self._scans_of(case)
        gone = {
            # The hashes stay: the hall proves by them that no step is missing.
            "steps": self._db.execute(
                update(outbox).where(outbox.c.subject == case).values(sealed=b"")
            ).rowcount,
            "sheets": self._db.execute(delete(prints).where(prints.c.case == case)).rowcount,
            "drafts": self._db.execute(delete(drafts).where(drafts.c.case == case)).rowcount,
            "cases": self._db.execute(delete(cases).where(cases.c.id == case)).rowcount,
        }
        self._seals.forget([case])
        return {**gone, "scans": self._drop(scans - self._named())}

    def orphans(self) -> int:
        """Destroy scans that nobody names."""
        there = set(self._db.scalars(select(blobs.c.sha256)))
        return self._drop(there - self._named()) if there else 0

    def keep_report(self, at: datetime, body: str) -> int:
        """Keep a report; return its number."""
        done = self._db.execute(insert(purges).values(at=stamp(at), body=body).returning(purges.c.id))
        return int(done.scalar_one())

    def reports(self) -> tuple[tuple[int, datetime, str], ...]:
        """Return the reports, newest first."""
        rows = self._db.execute(select(purges).order_by(purges.c.id.desc())).all()
        return tuple((row.id, at, row.body) for row in rows if (at := read(row.at)) is not None)

    def _drop(self, scans: Iterable[str]) -> int:
        names = list(scans)
        for sha256 in names:
            self._db.execute(delete(blobs).where(blobs.c.sha256 == sha256))
        self._seals.forget(names)
        return len(names)

    def _scans_of(self, case: str) -> set[str]:
        row = self._db.execute(select(cases.c.id, cases.c.sealed).where(cases.c.id == case)).first()
        return _scans(decode(Case, self._seals.open(row.id, row.sealed))) if row else set()

    def _named(self) -> set[str]:
        """Return the scans that any case or draft names. Only a store that has scans pays for looking."""
        if not self._db.scalar(select(func.count()).select_from(blobs)):
            return set()
        named: set[str] = set()
        for row in self._db.execute(select(cases.c.id, cases.c.sealed)).all():
            named |= _scans(decode(Case, self._seals.open(row.id, row.sealed)))
        for row in self._db.execute(select(drafts.c.case, drafts.c.sealed)).all():
            visit = decode(Visit, self._seals.open(row.case, row.sealed))
            named |= {scan.sha256 for paper in visit.papers.values() for scan in paper.scans}
        return named


def _scans(case: Case) -> set[str]:
    return {sha256 for material in case.materials for sha256 in material.blobs}
