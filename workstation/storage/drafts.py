"""The shelf of visits under way."""

from __future__ import annotations

from sqlalchemy import Connection, delete, func, select, update
from sqlalchemy.dialects.sqlite import insert

from wire.codec import decode
from workstation.domain.visit import Visit
from workstation.storage.bodies import body_of
from workstation.storage.scan_names import name_scans, photos_in
from workstation.storage.seals import Seals
from workstation.storage.tables import cases, drafts, outbox, scan_owners, sheets


class DraftShelf:
    """See services.ports.Drafts."""

    def __init__(self, connection: Connection, seals: Seals) -> None:
        self._db = connection
        self._seals = seals

    def save(self, visit: Visit) -> None:
        """Write the whole visit."""
        following = (self._db.scalar(select(func.max(drafts.c.saved))) or 0) + 1
        sealed = self._seals.seal_body(visit.case, body_of(visit))
        row = {"case": visit.case, "saved": following, "sealed": sealed}
        papers = (scan.sha256 for paper in visit.papers.values() for scan in paper.scans)
        photos = photos_in(answer.value for answer in visit.answers.values())
        name_scans(self._db, visit.case, (*papers, *photos))
        written = insert(drafts).values(row)
        self._db.execute(
            written.on_conflict_do_update(
                index_elements=["case"], set_={"saved": following, "sealed": row["sealed"]}
            )
        )

    def drop(self, case: str) -> None:
        """Throw a draft away; one that is not there is fine."""
        dropped = self._db.execute(delete(drafts).where(drafts.c.case == case)).rowcount
        if dropped and self._db.scalar(select(cases.c.id).where(cases.c.id == case)) is None:
            self._db.execute(delete(scan_owners).where(scan_owners.c.owner == case))
            # A dispute may be told before anything is received: it must still be read until the hall has it. The purge
            # lets go of the key then.
            if self._db.scalar(select(outbox.c.seq).where(outbox.c.subject == case).limit(1)) is None:
                # Its sheets stay in the ledger, whose entries name nobody; what stood on them goes with the key.
                self._db.execute(update(sheets).where(sheets.c.case == case).values(sealed=b""))
                self._seals.forget([case])

    def get(self, case: str) -> Visit | None:
        """Return one, None when it is not there."""
        sealed = self._db.scalar(select(drafts.c.sealed).where(drafts.c.case == case))
        return decode(Visit, self._seals.open(case, sealed)) if sealed is not None else None

    def all(self) -> tuple[Visit, ...]:
        """Return all, newest first."""
        return tuple(
            decode(Visit, self._seals.open(row.case, row.sealed))
            for row in self._db.execute(
                select(drafts.c.case, drafts.c.sealed).order_by(drafts.c.saved.desc())
            ).all()
        )
