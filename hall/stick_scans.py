"""Scans that came on a stick, into the same room and the same books as those that came over the line."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Engine

from hall.blobs import BlobRoom, scan_name
from hall.database import now
from hall.papers import arrived, keep_scan
from wire.uploads import SCAN_MEDIA


def keeper(engine: Engine, room: BlobRoom) -> Callable[[str, str, bytes], bool]:
    """Return what keeps one scan of a station, its hash checked; it says False for what is none of the kinds taken."""

    def keep(station: str, sha256: str, content: bytes) -> bool:
        media = next((name for name, magic in SCAN_MEDIA.items() if content.startswith(magic)), "")
        if not media:
            return False
        room.put_new(scan_name(sha256), content)
        at = now()
        with engine.begin() as db:
            keep_scan(db, station, sha256, len(content), media, at)
        # A transaction of its own, as after an upload: whoever names the scan right now is seen here, or sees it.
        with engine.begin() as db:
            arrived(db, station, sha256, at)
        return True

    return keep
