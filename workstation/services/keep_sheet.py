"""A sheet enters the ledger with its PDF, in the transaction of the deed that made it; then a printer gets those very bytes."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from workstation.domain.failures import Failure, Refused
from workstation.domain.sheet import Sheet, Spool, SpoolState, handed, is_open, seen
from workstation.domain.slip import Slip
from workstation.services.ports import Clock, OpenUnit, Press, Unit


def keep_sheet(slip: Slip, pdf: bytes, case: str, clerk: str, unit: Unit) -> Sheet:
    """Enter a sheet that was made; the caller commits, then hands it over."""
    sheet = Sheet(
        serial=slip.serial,
        case=case,
        kind=slip.kind,
        reprint=slip.reprint,
        clerk=clerk,
        made_at=slip.issued_at,
        sha256=hashlib.sha256(pdf).hexdigest(),
    )
    unit.sheets.add(sheet, pdf)
    return sheet


def hand_over(
    serial: str, *, press: Press, open_unit: OpenUnit, clock: Clock, printer: str = "", again: bool = False
) -> tuple[Sheet, Refused | None]:
    """Give the archived bytes of a committed sheet to a printer and note what it said; also that it refused, and why.

    With `again` the print service is asked first whether it has the sheet already: from before a crash, or when its
    answer was lost on the way. Never inside a unit: a print service may let one wait.
    """
    with open_unit() as unit:
        pdf = unit.sheets.pdf(serial)
    trouble: Refused | None = None
    at = clock()
    try:
        known = press.find(serial, printer) if again else None
        # A job that was taken back is not one that prints.
        spool = known if known is not None and not _is_over(known) else press.put(serial, pdf, printer)
        spool = replace(spool, handed_at=at, seen_at=at)
    except Refused as refused:
        trouble = refused
        spool = Spool(printer=printer, state=SpoolState.MADE, reason=refused.failure.value, seen_at=at)
    if spool.state is SpoolState.COMPLETED:
        spool = replace(spool, ended_at=at)
    with open_unit() as unit:
        sheet = handed(unit.sheets.get(serial), spool)
        unit.sheets.save(sheet)
        unit.commit()
    return sheet, trouble


def look_at(sheet: Sheet, press: Press) -> Spool:
    """Ask how the job of a sheet stands; where nobody answers it stays as it was, with that as its reason."""
    try:
        return press.look(sheet.spool)
    except Refused as refused:
        return replace(sheet.spool, reason=refused.failure.value)


def take_back(sheet: Sheet, *, press: Press, open_unit: OpenUnit, clock: Clock) -> Sheet:
    """Cancel the job of a sheet where that is still possible, and note how it stands.

    Raises Refused(PRINT_SERVICE_DOWN | PRINTER_FAILED), and Refused(SHEET_UNDER_WAY) for a job that does not end.
    """
    said = press.take_back(sheet.spool)
    now = note_seen(sheet, said, open_unit=open_unit, clock=clock)
    if now.spool.state in {SpoolState.QUEUED, SpoolState.PRINTING, SpoolState.STOPPED}:
        raise Refused(Failure.SHEET_UNDER_WAY, serial=sheet.serial)
    return now


def note_seen(sheet: Sheet, said: Spool, *, open_unit: OpenUnit, clock: Clock) -> Sheet:
    """Write what was seen of a job, unless a person has settled the sheet or another printer has it meanwhile."""
    with open_unit() as unit:
        current = unit.sheets.get(sheet.serial)
        same = (current.spool.printer, current.spool.job) == (sheet.spool.printer, sheet.spool.job)
        if not is_open(current) or not same:
            return current
        noted = seen(current, said, clock())
        unit.sheets.save(noted)
        unit.commit()
    return noted


def _is_over(spool: Spool) -> bool:
    return spool.state in {SpoolState.CANCELLED, SpoolState.LOST}


def is_newer(sheet: Sheet, said: Spool) -> bool:
    """Say whether what was seen says more than the ledger has: nothing is written for the time alone."""
    return (sheet.spool.state, sheet.spool.reason, sheet.spool.began) != (
        said.state,
        said.reason,
        said.began or sheet.spool.began,
    )
