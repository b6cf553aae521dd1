"""The shelf of visits under way."""

from __future__ import annotations

from sqlalchemy import Connection, delete, func, select
from sqlalchemy.dialects.sqlite import insert

from wire.codec import decode, encode
from workstation.domain.visit import Visit
from workstation.storage.tables import drafts


class DraftShelf:
    """See services.ports.Drafts."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def save(self, visit: Visit) -> None:
        """Write the whole visit."""
        following = (self._db.scalar(select(func.max(drafts.c.saved))) or 0) + 1
        row = {"case": visit.case, "saved": following, "body": encode(visit)}
        written = insert(drafts).values(row)
        self._db.execute(
            written.on_conflict_do_update(
                index_elements=["case"], set_={"saved": following, "body": row["body"]}
            )
        )

    def drop(self, case: str) -> None:
        """Throw a draft away; one that is not there is fine."""
        self._db.execute(delete(drafts).where(drafts.c.case == case))

    def get(self, case: str) -> Visit | None:
        """Return one, None when it is not there."""
        body = self._db.scalar(select(drafts.c.body).where(drafts.c.case == case))
        return decode(Visit, body) if body is not None else None

    def all(self) -> tuple[Visit, ...]:
        """Return all, newest first."""
        return tuple(
            decode(Visit, body)
            for body in self._db.scalars(select(drafts.c.body).order_by(drafts.c.saved.desc()))
        )
