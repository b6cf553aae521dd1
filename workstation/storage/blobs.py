"""Scans by their hash, inside the encrypted store."""

from __future__ import annotations

import hashlib

from sqlalchemy import Connection, insert, select, update

from workstation.storage.seals import Seals
from workstation.storage.tables import blobs


class BlobShelf:
    """See services.ports.Blobs. The shelf of cases says which scans are wanted at the hall."""

    def __init__(self, connection: Connection, seals: Seals) -> None:
        self._db = connection
        self._seals = seals

    def put(self, content: bytes) -> str:
        """Keep a scan; the same bytes are kept once."""
        sha256 = hashlib.sha256(content).hexdigest()
        if self._db.scalar(select(blobs.c.size).where(blobs.c.sha256 == sha256)) is None:
            sealed = self._seals.seal_bytes(sha256, content)
            row = {"sha256": sha256, "size": len(content), "wanted": 0, "sent": 0, "content": sealed}
            self._db.execute(insert(blobs).values(row))
        return sha256

    def get(self, sha256: str) -> bytes:
        """Return a scan. Raises KeyError."""
        content = self._db.scalar(select(blobs.c.content).where(blobs.c.sha256 == sha256))
        if content is None:
            raise KeyError(sha256)
        return self._seals.open_bytes(sha256, content)

    def unsent(self, limit: int) -> tuple[str, ...]:
        """Return scans that a case names and the hall has not, the smallest first."""
        query = (
            select(blobs.c.sha256)
            .where(blobs.c.wanted == 1, blobs.c.sent == 0)
            .order_by(blobs.c.size, blobs.c.sha256)
            .limit(limit)
        )
        return tuple(self._db.scalars(query))

    def sent(self, sha256: str) -> None:
        """Remember that the hall has a scan."""
        self._db.execute(update(blobs).where(blobs.c.sha256 == sha256).values(sent=1))
