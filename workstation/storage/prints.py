"""The print ledger."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from wire.codec import decode, encode
from workstation.domain.slip import Print, SlipKind
from workstation.storage.tables import prints
from workstation.storage.times import stamp


class PrintShelf:
    """See services.ports.Prints."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def add(self, entry: Print) -> None:
        """Enter a sheet."""
        self._db.execute(insert(prints).values(serial=entry.serial, case=entry.case, entry=encode(entry)))

    def of_case(self, case: str) -> tuple[Print, ...]:
        """Return the sheets of a case in the order of their serials."""
        query = select(prints.c.entry).where(prints.c.case == case).order_by(prints.c.serial)
        return tuple(decode(Print, entry) for entry in self._db.scalars(query))

    def void(self, case: str, kinds: tuple[SlipKind, ...], at: datetime) -> tuple[str, ...]:
        """Mark the sheets of these kinds as such that hold no more; return the serials of those that did until now."""
        held = {entry.serial for entry in self.of_case(case) if entry.kind in kinds} - set(self.voided(case))
        serials = tuple(sorted(held))
        self._db.execute(update(prints).where(prints.c.serial.in_(serials)).values(voided_at=stamp(at)))
        return serials

    def voided(self, case: str) -> tuple[str, ...]:
        """Return the serials of a case's sheets that hold no more."""
        query = select(prints.c.serial).where(prints.c.case == case, prints.c.voided_at != "")
        return tuple(self._db.scalars(query.order_by(prints.c.serial)))
