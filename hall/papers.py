"""Which scans a case names, which are here, and when the papers of a case are complete."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, Select, func, or_, select, update

from hall.database import stamp
from hall.engines import alone
from hall.feed import tell
from hall.tables import blobs, case_scans, cases
from hall.upsert import insert_or_ignore
from wire.messages import ChangeKind, MaterialOnWire
from wire.uploads import PapersComplete


def name_scans(db: Connection, case: str, materials: Iterable[MaterialOnWire], at: datetime) -> None:
    """Write down which scans the papers of a case name, and look whether all are here.

    A scan that was named once stays wanted: what a citizen gave is part of the case.
    """
    named = sorted({sha256 for material in materials for sha256 in material.blobs})
    if not named:
        return
    offices = db.execute(select(cases.c.station, cases.c.accepting).where(cases.c.id == case)).one()
    for station in sorted(
        filter(None, offices)
    ):  # in one order: of two transactions neither waits for the other
        alone(db, f"papers {station}")
    for sha256 in named:
        insert_or_ignore(db, case_scans, {"case": case, "sha256": sha256})
    _settle(db, case, at)


def keep_scan(db: Connection, station: str, sha256: str, size: int, media: str, at: datetime) -> None:
    """Write down that a station has given a scan. `arrived` is for the transaction after this one.

    Whoever names scans holds the same lock: either sees this row, or is committed before `arrived` looks.
    """
    alone(db, f"papers {station}")
    row = {"sha256": sha256, "station": station, "size": size, "media": media, "came_at": stamp(at)}
    insert_or_ignore(db, blobs, row)


def arrived(db: Connection, station: str, sha256: str, at: datetime) -> None:
    """Tell the cases of a station that waited for a scan that it is here."""
    waiting = (
        select(case_scans.c.case)
        .join(cases, cases.c.id == case_scans.c.case)
        .where(case_scans.c.sha256 == sha256, or_(cases.c.station == station, cases.c.accepting == station))
        .order_by(case_scans.c.case)
    )
    for case in list(db.scalars(waiting)):
        _settle(db, case, at)


def is_here(db: Connection, station: str, sha256: str) -> bool:
    """Say whether this station has given a scan: what another one gave is nobody else's to know."""
    found = select(blobs.c.size).where(blobs.c.sha256 == sha256, blobs.c.station == station)
    return db.execute(found).first() is not None


def missing_of(db: Connection, chosen: Iterable[str]) -> dict[str, int]:
    """Return how many scans each of these cases still waits for; a case that waits for none is not in it."""
    query = (
        _missing()
        .where(case_scans.c.case.in_(list(chosen)))
        .with_only_columns(case_scans.c.case, func.count())
        .group_by(case_scans.c.case)
    )
    return {str(case): int(count) for case, count in db.execute(query)}


def _missing() -> Select[tuple[str]]:
    # Either office of a case gives what it has scanned.
    here = select(blobs.c.sha256).where(
        blobs.c.sha256 == case_scans.c.sha256,
        or_(blobs.c.station == cases.c.station, blobs.c.station == cases.c.accepting),
    )
    return (
        select(case_scans.c.case)
        .join(cases, cases.c.id == case_scans.c.case)
        .where(~here.correlate(case_scans, cases).exists())
    )


def _settle(db: Connection, case: str, at: datetime) -> None:
    """Tell the station once when the last scan is here; a scan that is named later makes the case wait again."""
    # Of two scans that arrive at once, the second must see the first.
    db.execute(select(cases.c.id).where(cases.c.id == case).with_for_update())
    named = db.scalar(select(func.count()).where(case_scans.c.case == case)) or 0
    missing = missing_of(db, [case]).get(case, 0)
    told = db.scalar(select(cases.c.papers_at).where(cases.c.id == case))
    if missing and told:
        db.execute(update(cases).where(cases.c.id == case).values(papers_at=None))
    elif named and not missing and not told:
        db.execute(update(cases).where(cases.c.id == case).values(papers_at=stamp(at)))
        tell(db, case, ChangeKind.PAPERS_COMPLETE, PapersComplete(named, at))
