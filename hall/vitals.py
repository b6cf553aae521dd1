"""What the hall knows of its own state, counted from its database and disk: for the metrics, and for `check`, which says what
somebody should look at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, Select, and_, func, select

from hall.backup import BackupRefused, read_list
from hall.database import now
from hall.department_feed import OPEN
from hall.engines import reading, standing_writer
from hall.feed import feed_age
from hall.readiness import MEGABYTE, free_bytes, readiness
from hall.settings import Watch
from hall.tables import (
    blobs,
    case_scans,
    cases,
    circuits,
    devices,
    disputes,
    parcels,
    salvage,
    sub_cases,
    uploads,
)
from wire.authority import AuthorityRefused, ends_at

DAY_S = 86_400.0
_MISSING_SCANS = (
    select(func.count())
    .select_from(case_scans.join(cases, cases.c.id == case_scans.c.case))
    .join(
        blobs, and_(blobs.c.sha256 == case_scans.c.sha256, blobs.c.station == cases.c.station), isouter=True
    )
    .where(blobs.c.sha256.is_(None))
)


@dataclass(frozen=True, slots=True)
class Queue:
    """A department's open sub-cases, and how long the oldest has waited, in seconds (0.0 where it is not known)."""

    open: int
    oldest_s: float


@dataclass(frozen=True, slots=True)
class Vitals:
    """Counts by id and code; nobody's person is in it."""

    feed_age_s: float
    queues: Mapping[str, Queue]
    disputes_open: int
    circuits_open: tuple[str, ...]
    devices: Mapping[str, int]  # confirmed, pending, revoked
    salvage_waiting: int
    parcels_parked: int
    scans_waiting: int  # that cases name and stations have not brought
    uploads_open: int
    free_bytes: int
    standing_writer: int  # the process that may write to SQLite and was stopped, 0 while there is none


@dataclass(frozen=True, slots=True)
class Alarm:
    """Something that somebody should look at: what was found, and from where on it is told."""

    code: str
    value: str
    limit: str


def vitals(engine: Engine, files: Path) -> Vitals:
    """Count now. Raises what the database raises."""
    with reading(engine) as db:
        return Vitals(
            feed_age_s=feed_age(db).seconds,
            queues=_queues(db, now()),
            disputes_open=_count(db, select(func.count()).where(disputes.c.verdict == "")),
            circuits_open=tuple(db.scalars(select(circuits.c.service).order_by(circuits.c.service))),
            devices=_devices(db),
            salvage_waiting=_count(db, select(func.count()).where(salvage.c.state == "waiting")),
            parcels_parked=_count(db, select(func.count()).where(parcels.c.parked_at.is_not(None))),
            scans_waiting=_count(db, _MISSING_SCANS),
            uploads_open=_count(
                db, select(func.count()).select_from(uploads).where(uploads.c.done_at.is_(None))
            ),
            free_bytes=free_bytes(files),
            standing_writer=standing_writer(engine),
        )


def alarms(
    engine: Engine, files: Path, limits: Watch, backups: Path | None, certificate: Path | None
) -> Iterator[Alarm]:
    """Yield what is wrong: a check that is not ok, news that is held back, a queue that stands, a backup or a certificate of
    which the time is over. A database that cannot be asked is the only alarm then."""
    ready = readiness(engine, files, limits.disk_free_mb)
    for name, said in sorted(ready.checks.items()):
        if said != "ok":
            yield _not_ok(engine, files, limits, name, said)
    if ready.checks.get("schema") == "ok":
        now_is = vitals(engine, files)
        if now_is.feed_age_s >= limits.feed_age_s:
            yield Alarm("feed_age", f"{now_is.feed_age_s:.0f} s", f"{limits.feed_age_s} s")
        for department, queue in sorted(now_is.queues.items()):
            if queue.oldest_s >= limits.queue_days * DAY_S:
                yield Alarm(
                    f"queue:{department}", f"{queue.oldest_s / DAY_S:.1f} d", f"{limits.queue_days} d"
                )
    if certificate is not None:
        yield from _certificate(certificate, limits.certificate_days)
    if backups is not None:
        yield from _backups(backups, limits.backup_hours)


def _not_ok(engine: Engine, files: Path, limits: Watch, name: str, said: str) -> Alarm:
    if name == "disk":
        return Alarm(name, f"{free_bytes(files) // MEGABYTE} MB", f"{limits.disk_free_mb} MB")
    holder = standing_writer(engine) if said == "held" else 0
    return Alarm(name, f"held by process {holder}" if holder else said, "ok")


def _certificate(file: Path, days: int) -> Iterator[Alarm]:
    try:
        left = ends_at(file) - now()
    except AuthorityRefused:
        yield Alarm("certificate", "unreadable", f"{days} d")
        return
    if left.total_seconds() < days * DAY_S:
        yield Alarm("certificate", f"{left.total_seconds() / DAY_S:.1f} d", f"{days} d")


def _backups(folder: Path, hours: int) -> Iterator[Alarm]:
    made: list[datetime] = []
    for place in sorted(folder.glob("*")) if folder.is_dir() else ():
        # Its list alone: reading all of it again is `restore`'s and `backup`'s work.
        try:
            made.append(read_list(place).made_at)
        except BackupRefused:
            continue
    age_h = (now() - max(made)).total_seconds() / 3600 if made else None
    if age_h is None or age_h > hours:
        yield Alarm("backup", "none" if age_h is None else f"{age_h:.1f} h", f"{hours} h")


def _queues(db: Connection, at: datetime) -> dict[str, Queue]:
    counted = (
        select(
            sub_cases.c.department,
            func.count().label("open"),
            func.min(sub_cases.c.dispatched_at).label("since"),
        )
        .where(sub_cases.c.state.in_(OPEN))
        .group_by(sub_cases.c.department)
    )
    return {row.department: Queue(row.open, _age_s(row.since, at)) for row in db.execute(counted)}


def _age_s(since: str | None, at: datetime) -> float:
    return (at - datetime.fromisoformat(since)).total_seconds() if since else 0.0


def _devices(db: Connection) -> dict[str, int]:
    revoked = devices.c.revoked_at.is_not(None)
    pending = devices.c.confirmed_at.is_(None)
    rows = db.execute(
        select(revoked.label("revoked"), pending.label("pending"), func.count().label("count")).group_by(
            revoked, pending
        )
    )
    made = {"confirmed": 0, "pending": 0, "revoked": 0}
    for row in rows:
        made["revoked" if row.revoked else "pending" if row.pending else "confirmed"] += int(row[2])
    return made


def _count(db: Connection, query: Select[int]) -> int:
    return int(db.scalar(query) or 0)
