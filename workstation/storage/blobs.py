"""Scans by their hash, inside the encrypted store."""

from __future__ import annotations

import hashlib

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert

from workstation.storage.tables import blobs


class BlobShelf:
    """See services.ports.Blobs."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def put(self, content: bytes) -> str:
        """Keep a scan; the same bytes are kept once."""
        sha256 = hashlib.sha256(content).hexdigest()
        self._db.execute(insert(blobs).values(sha256=sha256, content=content).on_conflict_do_nothing())
        return sha256

    def get(self, sha256: str) -> bytes:
        """Return a scan. Raises KeyError."""
        content = self._db.scalar(select(blobs.c.content).where(blobs.c.sha256 == sha256))
        if content is None:
            raise KeyError(sha256)
        return bytes(content)
