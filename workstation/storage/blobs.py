"""Scans by their hash: rows in the encrypted store, content in sealed files beside it."""

from __future__ import annotations

import hashlib

from sqlalchemy import Connection, func, insert, select, update

from workstation.domain.failures import Failure, Refused
from workstation.domain.uploads import Upload
from workstation.storage.scan_files import ScanFiles
from workstation.storage.seals import Seals
from workstation.storage.tables import blobs, scan_owners


class BlobShelf:
    """See services.ports.Blobs. The shelf of cases says which scans are wanted at the hall."""

    def __init__(self, connection: Connection, seals: Seals, files: ScanFiles) -> None:
        self._db = connection
        self._seals = seals
        self._files = files

    def put(self, content: bytes) -> str:
        """Keep a scan; the same bytes are kept once. Its file is on the disk before the row can be.

        Raises Refused(STORE_FULL | STORE_DAMAGED).
        """
        sha256 = hashlib.sha256(content).hexdigest()
        if self._db.scalar(select(blobs.c.size).where(blobs.c.sha256 == sha256)) is None:
            self._files.write(sha256, self._seals.seal_bytes(sha256, content))
            row = {"sha256": sha256, "size": len(content), "wanted": 0, "sent": 0}
            self._db.execute(insert(blobs).values(row))
        return sha256

    def get(self, sha256: str) -> bytes:
        """Return a scan. Raises KeyError, Refused(SCAN_LOST) when its file is gone, cut or changed."""
        if self._db.scalar(select(blobs.c.size).where(blobs.c.sha256 == sha256)) is None:
            raise KeyError(sha256)
        box = self._files.read(sha256)
        try:
            return self._seals.open_bytes(sha256, box)
        except Refused as refusal:
            raise Refused(Failure.SCAN_LOST) from refusal

    def unsent(self, limit: int) -> tuple[str, ...]:
        """Return scans that a case names and the hall has not, the smallest first."""
        return tuple(upload.sha256 for upload in self.uploads(limit))

    def uploads(self, limit: int) -> tuple[Upload, ...]:
        """Return the same with how far each is."""
        case = (
            select(func.min(scan_owners.c.owner))
            .where(scan_owners.c.sha256 == blobs.c.sha256)
            .scalar_subquery()
        )
        query = (
            select(blobs, case.label("case"))
            .where(blobs.c.wanted == 1, blobs.c.sent == 0)
            # Those that were set aside come last: many of them must not hide what could go.
            .order_by(blobs.c.trouble != "", blobs.c.size, blobs.c.sha256)
            .limit(limit)
        )
        return tuple(
            Upload(row.sha256, row.size, row.case or "", row.address, row.taken, row.trouble)
            for row in self._db.execute(query)
        )

    def moved(self, sha256: str, address: str, taken: int) -> None:
        """Remember where the hall takes a scan, and how many of its bytes it holds."""
        change = {"address": address, "taken": taken}
        self._db.execute(update(blobs).where(blobs.c.sha256 == sha256).values(change))

    def set_aside(self, sha256: str, trouble: str) -> None:
        """Remember why a scan is not tried any more, "" to try it again."""
        self._db.execute(update(blobs).where(blobs.c.sha256 == sha256).values(trouble=trouble))

    def try_again(self) -> None:
        """Forget why scans were not tried any more."""
        self._db.execute(update(blobs).where(blobs.c.sent == 0, blobs.c.trouble != "").values(trouble=""))

    def send_again(self) -> int:
        """Forget that the hall has scans; see services.ports.Blobs."""
        doubted = {"sent": 0, "address": "", "taken": 0}
        known = (blobs.c.wanted == 1) & (blobs.c.sent == 1)
        return int(self._db.execute(update(blobs).where(known).values(doubted)).rowcount)

    def sent(self, sha256: str) -> None:
        """Remember that the hall has a scan."""
        done = {"sent": 1, "address": "", "trouble": "", "taken": blobs.c.size}
        self._db.execute(update(blobs).where(blobs.c.sha256 == sha256).values(done))
