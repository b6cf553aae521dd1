"""The epoch of the hall's database: who sees another one knows that the hall was restored or rebuilt."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, delete, func, insert, select, text, update

from hall.other_cluster import forget_transactions
from hall.tables import (
    devices,
    enrol_codes,
    feed_floors,
    meta,
    number_lanes,
    numbers,
    recoveries,
    staff_lists,
    stations,
)
from hall.upsert import dialect_insert, is_postgres, upsert
from hall.zone import HALL_ZONE
from wire.numbers import LANES

# Of hall.tables.numbers: of the tables of working days, and behind what the incarnations of devices begin.
CALENDAR_SERIES, INCARNATION_SERIES = "calendar", "incarnation"
_SINCE = "epoch_since"
_GAP = 100_000  # of the six digits of a day
_LANES_LEFT_OUT = 32  # of each station: more than it is given between two backups


def renew_epoch(db: Connection) -> str:
    """Begin a new epoch, as whoever restores a backup must; return it."""
    begun = max(datetime.now(UTC), since(db) + timedelta(microseconds=1))
    epoch = secrets.token_hex(8)
    forget_transactions(db)
    db.execute(update(feed_floors).values(xid=0))
    _leave_a_gap(db, begun)
    _leave_lanes_out(db, begun, epoch)
    _number_anew(db, begun)
    _name_tasks_anew(db)
    _end_codes(db, begun)
    db.execute(update(meta).where(meta.c.name == "epoch").values(value=epoch))
    db.execute(update(meta).where(meta.c.name == _SINCE).values(value=begun.isoformat()))
    return epoch


def _leave_a_gap(db: Connection, at: datetime) -> None:
    """Number today's cases behind a gap: the numbers that were given after the backup stand on paper, and their cases get
    them again when their stations send them once more (hall/heard_before.py)."""
    series = f"project:{at.astimezone(HALL_ZONE):%Y%m%d}"
    row = dialect_insert(db, numbers).values(series=series, last=_GAP)
    db.execute(row.on_conflict_do_update(index_elements=["series"], set_={"last": numbers.c.last + _GAP}))


def _leave_lanes_out(db: Connection, at: datetime, epoch: str) -> None:
    """Let the next lanes of every station rest: a device that was given one of them after the backup goes on counting
    there, and nobody else may."""
    rest = f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}"
    lanes = number_lanes.c
    given = {(row.station, row.lane) for row in db.execute(select(lanes.station, lanes.lane))}
    # Each row names a device: any of the station stands for the one that is forgotten.
    known = select(devices.c.station, func.min(devices.c.id).label("device")).group_by(devices.c.station)
    for row in db.execute(known).all():
        place = {"station": row.station, "device": row.device, "incarnation": 0}
        fresh = [lane for lane in LANES if (row.station, lane) not in given][:_LANES_LEFT_OUT]
        for lane in fresh:
            wish = {"lane": lane, "want": f"{epoch} {lane}", "given_at": rest, "ended_at": rest}
            db.execute(insert(number_lanes).values({**place, **wish}))


def _number_anew(db: Connection, at: datetime) -> None:
    """Number staff lists, tables of working days and incarnations from the minute of the restore on: stations hold lists of
    after the backup, and take none with a smaller number; copies of their disks hold incarnations, and none is given twice.
    A hall that is restored twice from one backup is behind neither time."""
    minute = int(at.timestamp() // 60)
    for station in db.scalars(select(stations.c.code)).all():
        upsert(db, staff_lists, {"station": station, "number": minute}, ["station"], ["number"])
    for series in (CALENDAR_SERIES, INCARNATION_SERIES):
        upsert(db, numbers, {"series": series, "last": minute}, ["series"], ["last"])


def _name_tasks_anew(db: Connection) -> None:
    """Number tasks behind a gap: a department that still holds one of after the backup must not decide another in its place."""
    if is_postgres(db):
        order = "pg_get_serial_sequence('sub_cases', 'id')"
        db.execute(text(f"SELECT setval({order}, nextval({order}) + {_GAP})"))
        return
    gap = {"gap": _GAP}
    grown = db.execute(text("UPDATE sqlite_sequence SET seq = seq + :gap WHERE name = 'sub_cases'"), gap)
    if not grown.rowcount:
        db.execute(text("INSERT INTO sqlite_sequence (name, seq) VALUES ('sub_cases', :gap)"), gap)


def _end_codes(db: Connection, at: datetime) -> None:
    """End every one-time code: one that was used after the backup would be good once more."""
    used = f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}"
    db.execute(update(enrol_codes).where(enrol_codes.c.used_at.is_(None)).values(used_at=used))
    db.execute(delete(recoveries))


def since(db: Connection) -> datetime:
    """Return when the epoch began; of a hall from before there were announcements, the first time it is asked."""
    written = db.scalar(select(meta.c.value).where(meta.c.name == _SINCE))
    if written is None:
        written = datetime.now(UTC).isoformat()
        db.execute(insert(meta).values(name=_SINCE, value=written))
    return datetime.fromisoformat(written)
