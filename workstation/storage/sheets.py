"""The shelf of sheets: how far each is, what became of it, its PDF sealed with its case, and the batches."""

from __future__ import annotations

import hashlib
from datetime import datetime

from sqlalchemy import Connection, Select, exists, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from wire.codec import decode, encode
from workstation.domain.failures import Failure, Refused
from workstation.domain.sheet import UNDER_WAY, Batch, BatchState, Fate, Sheet
from workstation.storage.seals import Seals
from workstation.storage.tables import cases, drafts, print_batches, sheets
from workstation.storage.times import stamp

_ENTRY = select(sheets.c.entry)
# Where a case stands that has a result to hand out and was not handed out yet.
_WITH_RESULT = ("decided", "ready_for_pickup")


class SheetShelf:
    """See services.ports.Sheets."""

    def __init__(self, connection: Connection, seals: Seals) -> None:
        self._db = connection
        self._seals = seals

    def add(self, sheet: Sheet, pdf: bytes) -> None:
        """Keep a new sheet with its PDF, sealed under the key of its case."""
        row = {
            "serial": sheet.serial,
            "case": sheet.case,
            "kind": sheet.kind.value,
            "made_at": stamp(sheet.made_at),
            "sealed": self._seals.seal_bytes(_owner(sheet), pdf),
        }
        self._db.execute(insert(sheets).values(**row, **_columns(sheet)))

    def save(self, sheet: Sheet) -> None:
        """Write how far it is. Raises Refused(SHEET_UNKNOWN)."""
        done = self._db.execute(
            update(sheets).where(sheets.c.serial == sheet.serial).values(**_columns(sheet))
        )
        if done.rowcount != 1:
            raise Refused(Failure.SHEET_UNKNOWN)

    def get(self, serial: str) -> Sheet:
        """Return one. Raises Refused(SHEET_UNKNOWN)."""
        found = self.find(serial)
        if found is None:
            raise Refused(Failure.SHEET_UNKNOWN)
        return found

    def find(self, serial: str) -> Sheet | None:
        """Return one, None for one of before sheets were followed."""
        found = self._all(_ENTRY.where(sheets.c.serial == serial))
        return found[0] if found else None

    def pdf(self, serial: str) -> bytes:
        """Return the archived bytes; see services.ports.Sheets."""
        sheet = self.get(serial)
        box = self._db.scalar(select(sheets.c.sealed).where(sheets.c.serial == serial))
        if not box:
            raise Refused(Failure.SHEET_UNKNOWN)
        pdf = self._seals.open_bytes(_owner(sheet), box)
        if hashlib.sha256(pdf).hexdigest() != sheet.sha256:
            raise Refused(Failure.STORE_DAMAGED, cause="sheet")
        return pdf

    def open(self, limit: int) -> tuple[Sheet, ...]:
        """Return those nobody has said anything of yet, oldest first."""
        query = _ENTRY.where(sheets.c.fate == Fate.OPEN.value)
        return self._all(query.order_by(sheets.c.made_at, sheets.c.serial).limit(limit))

    def forsaken(self, before: datetime, limit: int) -> tuple[Sheet, ...]:
        """See services.ports.Sheets."""
        at = sheets.c
        nothing = at.case.not_in(select(cases.c.id)) & at.case.not_in(select(drafts.c.case))
        query = _ENTRY.where(at.fate == Fate.OPEN.value, at.made_at < stamp(before), nothing)
        return self._all(query.order_by(at.made_at, at.serial).limit(limit))

    def under_way(self, limit: int) -> tuple[Sheet, ...]:
        """Return those that the print service is to be asked about, oldest first."""
        at = sheets.c
        query = _ENTRY.where(at.fate == Fate.OPEN.value, at.state.in_([state.value for state in UNDER_WAY]))
        return self._all(query.order_by(at.made_at, at.serial).limit(limit))

    def of_case(self, case: str) -> tuple[Sheet, ...]:
        """Return all of a case, oldest first."""
        query = _ENTRY.where(sheets.c.case == case)
        return self._all(query.order_by(sheets.c.made_at, sheets.c.serial))

    def of_batch(self, batch: str) -> tuple[Sheet, ...]:
        """Return all of a batch, oldest first."""
        # The partial index of batches wants its own condition said.
        query = _ENTRY.where(sheets.c.batch == batch, sheets.c.batch != "")
        return self._all(query.order_by(sheets.c.made_at, sheets.c.serial))

    def latest(self, limit: int) -> tuple[Sheet, ...]:
        """Return the newest first."""
        return self._all(_ENTRY.order_by(sheets.c.made_at.desc(), sheets.c.serial.desc()).limit(limit))

    def slips_wanted(self, kind: str, limit: int) -> tuple[str, ...]:
        """Return decided cases without a sheet of a kind that is open or out, the oldest first."""
        good = exists().where(
            sheets.c.case == cases.c.id,
            sheets.c.kind == kind,
            sheets.c.fate.in_([Fate.OPEN.value, Fate.OUT.value]),
        )
        query = select(cases.c.id).where(cases.c.status.in_(_WITH_RESULT), ~good)
        return tuple(self._db.scalars(query.order_by(cases.c.received_at, cases.c.id).limit(limit)))

    def keep_batch(self, batch: Batch) -> None:
        """Write a batch."""
        row = {"state": batch.state.value, "started_at": stamp(batch.started_at), "entry": encode(batch)}
        written = upsert(print_batches).values(id=batch.id, **row)
        self._db.execute(written.on_conflict_do_update(index_elements=["id"], set_=row))

    def batch(self, id: str) -> Batch:  # noqa: A002 - the port's name
        """Return one. Raises Refused(BATCH_UNKNOWN)."""
        entry = self._db.scalar(select(print_batches.c.entry).where(print_batches.c.id == id))
        if entry is None:
            raise Refused(Failure.BATCH_UNKNOWN)
        return decode(Batch, entry)

    def open_batch(self) -> Batch | None:
        """Return the batch under way."""
        going = [BatchState.RUNNING.value, BatchState.HALTED.value]
        entry = self._db.scalar(select(print_batches.c.entry).where(print_batches.c.state.in_(going)))
        return decode(Batch, entry) if entry is not None else None

    def _all(self, query: Select[tuple[str]]) -> tuple[Sheet, ...]:
        return tuple(decode(Sheet, row.entry) for row in self._db.execute(query))


def _columns(sheet: Sheet) -> dict[str, object]:
    return {
        "fate": sheet.fate.value,
        "state": sheet.spool.state.value,
        "batch": sheet.batch,
        "entry": encode(sheet),
    }


def _owner(sheet: Sheet) -> str:
    """Whose key seals it: its case's, or its own where there is no case (a one-time notice for whoever only asks)."""
    return sheet.case or sheet.serial
