"""Purging: what is kept no longer loses its rows and its keys; what was purged is kept as a report without persons."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, delete, func, insert, or_, select, update

from workstation.domain.outbox import OutboxState
from workstation.storage.seals import Seals
from workstation.storage.tables import (
    blobs,
    cases,
    drafts,
    evaluations,
    handovers,
    held,
    outbox,
    prints,
    proposals,
    purges,
    scan_owners,
    sheets,
)
from workstation.storage.terms import Terms
from workstation.storage.times import read, stamp


class PurgeShelf:
    """See services.ports.Purges."""

    def __init__(self, connection: Connection, seals: Seals, terms: Terms) -> None:
        self._db = connection
        self._seals = seals
        self._terms = terms

    def unsent(self, case: str, by: datetime | None = None) -> bool:
        """Say whether something of the case is not at the hall yet; see services.ports.Purges."""
        steps = select(func.count()).where(outbox.c.subject == case, _not_safe(by))
        if self._db.scalar(steps) or self._db.scalar(select(func.count()).where(held.c.subject == case)):
            return True
        named = select(scan_owners.c.sha256).where(scan_owners.c.owner == case)
        return bool(self._db.scalar(select(func.count()).where(blobs.c.sha256.in_(named), blobs.c.sent == 0)))

    def purge(self, case: str) -> Mapping[str, int]:
        """Destroy a case; see services.ports.Purges."""
        self._terms.forget(case)
        gone = {
            # The hashes stay: the hall proves by them that no step is missing.
            "steps": self._db.execute(
                update(outbox).where(outbox.c.subject == case).values(sealed=b"")
            ).rowcount,
            "proposals": self._db.execute(delete(proposals).where(proposals.c.case == case)).rowcount,
            "sheets": self._db.execute(delete(prints).where(prints.c.case == case)).rowcount,
            "drafts": self._db.execute(delete(drafts).where(drafts.c.case == case)).rowcount,
            "evaluations": self._db.execute(delete(evaluations).where(evaluations.c.case == case)).rowcount,
            "cases": self._db.execute(delete(cases).where(cases.c.id == case)).rowcount,
        }
        self._db.execute(delete(sheets).where(sheets.c.case == case))
        self._db.execute(delete(scan_owners).where(scan_owners.c.owner == case))
        self._seals.forget([case])
        return gone

    def orphans(self, by: datetime | None = None) -> int:
        """Destroy scans that nobody names any more, and what was told of talks that came to nothing; count the scans."""
        self._forsaken(by)
        nobody = blobs.c.sha256.not_in(select(scan_owners.c.sha256))
        names = list(self._db.scalars(select(blobs.c.sha256).where(nobody)))
        for sha256 in names:
            self._db.execute(delete(blobs).where(blobs.c.sha256 == sha256))
        self._seals.forget(names)
        return len(names)

    def _forsaken(self, by: datetime | None) -> None:
        """Steps of discarded drafts, once the hall has the last of them."""
        unsent = select(outbox.c.subject).where(_not_safe(by))
        told = (
            select(outbox.c.subject)
            .distinct()
            .where(
                outbox.c.sealed != b"",
                outbox.c.subject.not_in(select(cases.c.id)),
                outbox.c.subject.not_in(select(drafts.c.case)),
                outbox.c.subject.not_in(unsent),
            )
        )
        # A sheet of no case is kept while somebody has to say what became of it; what stood on it goes then.
        alone = select(sheets.c.serial).where(
            sheets.c.case == "", sheets.c.fate != "open", sheets.c.sealed != b""
        )
        for serial in list(self._db.scalars(alone)):
            self._db.execute(update(sheets).where(sheets.c.serial == serial).values(sealed=b""))
            self._seals.forget([serial])
        for subject in list(self._db.scalars(told)):
            self._db.execute(update(outbox).where(outbox.c.subject == subject).values(sealed=b""))
            self._db.execute(update(sheets).where(sheets.c.case == subject).values(sealed=b""))
            self._seals.forget([subject])

    def remarks(self, by: datetime) -> int:
        """Destroy what was written to the next shift until `by`; return how many remarks. Figures and signatures stay."""
        old = (handovers.c.at < stamp(by)) & (handovers.c.sealed != b"")
        names = list(self._db.scalars(select(handovers.c.id).where(old)))
        self._db.execute(update(handovers).where(old).values(sealed=b""))
        self._seals.forget(names)
        return len(names)

    def keep_report(self, at: datetime, body: str) -> int:
        """Keep a report; return its number."""
        done = self._db.execute(insert(purges).values(at=stamp(at), body=body).returning(purges.c.id))
        return int(done.scalar_one())

    def reports(self) -> tuple[tuple[int, datetime, str], ...]:
        """Return the reports, newest first."""
        rows = self._db.execute(select(purges).order_by(purges.c.id.desc())).all()
        return tuple((row.id, at, row.body) for row in rows if (at := read(row.at)) is not None)


def _not_safe(by: datetime | None) -> ColumnElement[bool]:
    """What the hall has not signed, or has signed after `by`: it may be restored to a time before that."""
    # What was set aside goes nowhere any more: it holds nothing up.
    unsigned = outbox.c.state.in_([OutboxState.PENDING.value, OutboxState.PARKED.value])
    return unsigned if by is None else or_(unsigned, outbox.c.acked_at > stamp(by))
