"""The append-only audit chain."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, insert, select

from wire.codec import decode, encode
from workstation.domain.audit import AuditEntry
from workstation.domain.clerk import Deed
from workstation.storage.tables import audit


class AuditShelf:
    """See services.ports.Audit. Triggers of the first migration refuse changes and deletions."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def note(self, *, at: datetime, actor: str, deed: str, case: str = "", note: str = "") -> AuditEntry:
        """Append a deed."""
        last = self._db.scalar(select(audit.c.entry).order_by(audit.c.seq.desc()).limit(1))
        before = decode(AuditEntry, last) if last else None
        entry = AuditEntry.following(before, at=at, actor=actor, deed=Deed(deed), case=case, note=note)
        self._db.execute(insert(audit).values(seq=entry.seq, entry=encode(entry)))
        return entry

    def entries(self) -> tuple[AuditEntry, ...]:
        """Return the whole chain, oldest first."""
        return tuple(
            decode(AuditEntry, e) for e in self._db.scalars(select(audit.c.entry).order_by(audit.c.seq))
        )
