"""The shelf of working-day tables: every version that anything was computed by stays."""

from __future__ import annotations

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert

from wire.calendar import WorkingDayTable
from wire.codec import decode, encode
from workstation.storage.tables import calendars


class CalendarShelf:
    """See services.ports.Calendars."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def add(self, table: WorkingDayTable, *, own: bool) -> None:
        """Keep a table; one that is there already stays as it is."""
        row = {"version": table.version, "number": table.number, "own": int(own), "body": encode(table)}
        self._db.execute(insert(calendars).values(row).on_conflict_do_nothing())

    def get(self, version: str) -> WorkingDayTable | None:
        """Return the table of a case."""
        return _read(self._db.scalar(select(calendars.c.body).where(calendars.c.version == version)))

    def newest(self, *, own: bool) -> WorkingDayTable | None:
        """Return the one with the largest number, of the hall's or of the station's own."""
        of = select(calendars.c.body).where(calendars.c.own == int(own))
        return _read(self._db.scalar(of.order_by(calendars.c.number.desc()).limit(1)))

    def all(self) -> tuple[tuple[WorkingDayTable, bool], ...]:
        """Return every table with whether it is the station's own, the newest first."""
        rows = self._db.execute(select(calendars).order_by(calendars.c.own, calendars.c.number.desc())).all()
        return tuple((decode(WorkingDayTable, row.body), bool(row.own)) for row in rows)


def _read(body: str | None) -> WorkingDayTable | None:
    return decode(WorkingDayTable, body) if body else None
