"""The hall's table of working days: set by a person, numbered, signed for its stations; every version stays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection, insert, select

from deadlines.national import national_days
from deadlines.working_days import WorkingDays, changed, named, read
from hall.algorithms import agreed_algorithms
from hall.database import hall_key, next_number, now
from hall.epoch import CALENDAR_SERIES
from hall.tables import calendars
from wire.calendar import WorkingDayTable
from wire.codec import decode, encode
from wire.signed import sign_reply

OWNER = "hall"


@dataclass(frozen=True, slots=True)
class CalendarChange:
    """What somebody sets: days (True: works), how far the table reaches, who decided it, who typed it and why."""

    source: str
    until: date
    days: Mapping[date, bool]
    by: str
    reason: str


def published(db: Connection) -> WorkingDayTable | None:
    """Return the hall's newest table signed as of now, None while it has none of its own."""
    held = _newest(db)
    if held is None:
        return None
    return sign_reply(replace(held, issued_at=now()), hall_key(db), agreed_algorithms(db).signature)


def current(db: Connection) -> WorkingDays:
    """Return what new cases are computed by: the hall's own table, or the national one that came along."""
    held = _newest(db)
    return read(held) if held is not None else national_days()


def table_of(db: Connection, version: str) -> WorkingDays:
    """Return the table of a version; the current one for a version that nobody here knows."""
    body = db.scalar(select(calendars.c.body).where(calendars.c.version == version))
    if body is not None:
        return read(decode(WorkingDayTable, body))
    national = national_days()
    return national if national.version == version else current(db)


def versions(db: Connection) -> tuple[WorkingDayTable, ...]:
    """Return every table, the newest first."""
    bodies = db.scalars(select(calendars.c.body).order_by(calendars.c.number.desc()))
    return tuple(decode(WorkingDayTable, body) for body in bodies)


def set_calendar(db: Connection, change: CalendarChange) -> WorkingDayTable:
    """Make a new version out of the current table; the number grows by itself, the versions before stay.

    Raises WrongTable, ValueError without source, person or reason.
    """
    if not all(said.strip() for said in (change.source, change.by, change.reason)):
        raise ValueError("source, person and reason are needed")
    # Whoever takes a number holds the series: of two at once the second one sees the first one's table. A restored hall
    # goes on behind what it may have forgotten (hall/epoch.py).
    behind = next_number(db, CALENDAR_SERIES)
    held = _newest(db)
    number = max(behind, held.number + 1 if held is not None else 1)
    days = named(changed(current(db), change.source.strip(), change.until, change.days), OWNER, number)
    made = WorkingDayTable(
        version=days.version,
        number=number,
        issued_at=now(),
        by=change.by.strip(),
        reason=change.reason.strip(),
        source=days.source,
        since=days.since,
        until=days.until,
        off=tuple(sorted(days.off)),
        work=tuple(sorted(days.work)),
    )
    db.execute(insert(calendars).values(version=made.version, number=number, body=encode(made)))
    return made


def _newest(db: Connection) -> WorkingDayTable | None:
    body = db.scalar(select(calendars.c.body).order_by(calendars.c.number.desc()).limit(1))
    return decode(WorkingDayTable, body) if body else None
