"""What a person said became of a sheet goes to the hall, as an event beside the steps of the case."""

from __future__ import annotations

from wire import sheets
from wire.codec import encode
from wire.keys import new_id
from wire.messages import EventKind
from workstation.domain.sheet import Sheet, is_open
from workstation.services.ports import Unit


def tell_fate(sheet: Sheet, unit: Unit) -> None:
    """Queue the word for a sheet that was settled; the caller commits.

    A sheet of no case, or of before the receipt, the hall has not heard of: the latter is told once it has
    (services/receive_case). Its subject is the serial: it waits for no step of the case, and holds none up where a hall of
    before does not know it.
    """
    entry = unit.prints.find(sheet.serial)
    if is_open(sheet) or sheet.settled_at is None or entry is None or not entry.case:
        return
    told = sheets.SlipSettled(
        case=sheet.case,
        receipt_no=unit.cases.get(sheet.case).receipt_no,
        slip=sheet.kind.value,
        serial=sheet.serial,
        reprint=sheet.reprint,
        fate=sheets.Fate(sheet.fate.value),
        why=sheet.why,
        clerk=sheet.settled_by,
        settled_at=sheet.settled_at,
    )
    unit.outbox.add(
        id=new_id(),
        subject=sheet.serial,
        kind=EventKind.SLIP_SETTLED,
        at=sheet.settled_at,
        actor=sheet.settled_by,
        body=encode(told),
    )
