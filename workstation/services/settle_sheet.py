"""Somebody says what became of a sheet: noted in the ledger, told to the hall, kept in the audit chain."""

from __future__ import annotations

from datetime import datetime

from workstation.domain.clerk import Deed
from workstation.domain.failures import Failure, Refused
from workstation.domain.sheet import Fate, Sheet, SpoolState, VoidReason, is_open, settled
from workstation.services.ports import Unit
from workstation.services.tell_fate import tell_fate


def settle_sheet(
    sheet: Sheet, fate: Fate, clerk: str, at: datetime, unit: Unit, why: VoidReason | None = None
) -> None:
    """Settle a sheet for good; the caller commits. Raises Refused(SHEET_SETTLED | SHEET_NOT_OUT)."""
    if not is_open(sheet):
        raise Refused(Failure.SHEET_SETTLED, serial=sheet.serial)
    if fate is Fate.OUT and sheet.spool.state is not SpoolState.COMPLETED:
        raise Refused(Failure.SHEET_NOT_OUT, serial=sheet.serial)
    done = settled(sheet, fate, clerk, at, why)
    unit.sheets.save(done)
    tell_fate(done, unit)
    note = f"{sheet.serial} {why.value if why else fate.value}"
    unit.audit.note(at=at, actor=clerk, deed=Deed.SHEET_SETTLED, case=sheet.case, note=note)
