"""The print ledger."""

from __future__ import annotations

from sqlalchemy import Connection, insert, select, update

from wire.codec import decode, encode
from workstation.domain.slip import Print
from workstation.storage.tables import prints


class PrintShelf:
    """See services.ports.Prints."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def add(self, entry: Print) -> None:
        """Enter a sheet, of a case or of none."""
        row = {"serial": entry.serial, "case": entry.case or None, "entry": encode(entry)}
        self._db.execute(insert(prints).values(row))

    def find(self, serial: str) -> Print | None:
        """Return a sheet by its serial."""
        entry = self._db.scalar(select(prints.c.entry).where(prints.c.serial == serial))
        return decode(Print, entry) if entry else None

    def change(self, entry: Print) -> None:
        """Put a sheet in the place of what was noted of it."""
        self._db.execute(update(prints).where(prints.c.serial == entry.serial).values(entry=encode(entry)))

    def count(self, day: str, lane: str) -> int:
        """Return how many sheets of a lane stand under a day: `day` is how their serials begin."""
        query = select(prints.c.serial).where(prints.c.serial >= day, prints.c.serial < f"{day}~")
        # Behind the day comes the kind, three letters, then the lane.
        at = len(day) + 3
        return sum(serial[at:].startswith(lane) for serial in self._db.scalars(query))

    def of_case(self, case: str) -> tuple[Print, ...]:
        """Return the sheets of a case in the order of their serials."""
        query = select(prints.c.entry).where(prints.c.case == case).order_by(prints.c.serial)
        return tuple(decode(Print, entry) for entry in self._db.scalars(query))
