"""The print ledger."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from wire.codec import decode, encode
from workstation.domain.slip import Print, SlipKind
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

    def void(self, case: str, kinds: tuple[SlipKind, ...], at: datetime) -> tuple[str, ...]:
        """Mark the sheets of these kinds as such that hold no more; return the serials of those that did until now."""
        held = [each for each in self.of_case(case) if each.kind in kinds and each.voided_at is None]
        for each in held:
            entry = encode(replace(each, voided_at=at))
            self._db.execute(update(prints).where(prints.c.serial == each.serial).values(entry=entry))
        return tuple(each.serial for each in held)
