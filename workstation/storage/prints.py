"""The print ledger."""

from __future__ import annotations

from sqlalchemy import Connection, insert, select

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

    def of_case(self, case: str) -> tuple[Print, ...]:
        """Return the sheets of a case in the order of their serials."""
        query = select(prints.c.entry).where(prints.c.case == case).order_by(prints.c.serial)
        return tuple(decode(Print, entry) for entry in self._db.scalars(query))
