"""Scans of a case for the office that accepts it (转报): what its case names and its offices have given; each look is written down.

The bytes go out as they were given: they are known by their hash, and the station draws them anew in a capped process before
anybody sees them (decoding).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select

from hall.blobs import BlobGone, BlobRoom, scan_name
from hall.database import stamp
from hall.papers import keep_scan
from hall.scans_shown import ScanRefused
from hall.tables import blobs, case_scans, cases, scan_looks


@dataclass(frozen=True, slots=True)
class Look:
    """Who wants to see which scan of which case."""

    station: str
    device: str
    clerk: str
    case: str
    sha256: str


def note_look(db: Connection, look: Look, at: datetime) -> None:
    """Hold a wish to see a scan to the cases that were forwarded to this station, and write it down.

    Raises ScanRefused(404, scan_unknown) for any other case and scan, (409, scan_coming) for one on its way.
    """
    row = db.execute(select(cases.c.station, cases.c.accepting).where(cases.c.id == look.case)).first()
    named = (case_scans.c.case == look.case) & (case_scans.c.sha256 == look.sha256)
    mine = row is not None and row.accepting == look.station
    if row is None or not mine or db.execute(select(case_scans.c.case).where(named)).first() is None:
        raise ScanRefused(404, "scan_unknown")
    given = (blobs.c.sha256 == look.sha256) & blobs.c.station.in_((row.station, look.station))
    found = db.execute(select(blobs).where(given).limit(1)).first()
    if found is None:
        raise ScanRefused(409, "scan_coming")
    # Whoever has fetched it has it: the same paper of a case of its own is not asked of it again.
    keep_scan(db, look.station, look.sha256, found.size, found.media, at)
    db.execute(
        insert(scan_looks).values(
            at=stamp(at),
            station=look.station,
            device=look.device,
            clerk=look.clerk,
            case=look.case,
            sha256=look.sha256,
        )
    )


def content_of(room: BlobRoom, sha256: str) -> bytes:
    """Return a scan as it was given. Raises ScanRefused(503, room_down) for one that was in the room and is not, RoomDown."""
    try:
        return room.get(scan_name(sha256))
    except BlobGone as error:
        raise ScanRefused(503, "room_down") from error


def looks_of(db: Connection, case: str) -> tuple[tuple[str, Look], ...]:
    """Return who looked at another office's scans and when, the first first; of one case, or with "" of all."""
    query = select(scan_looks).order_by(scan_looks.c.id)
    rows = db.execute(query.where(scan_looks.c.case == case) if case else query)
    return tuple((row.at, Look(row.station, row.device, row.clerk, row.case, row.sha256)) for row in rows)
