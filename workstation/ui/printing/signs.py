"""The marks of sheets: what a person said of one counts before what the printer said."""

from __future__ import annotations

from collections.abc import Mapping

from workstation.domain.sheet import Fate, SpoolState
from workstation.services.print_views import SheetView
from workstation.ui.widgets.mark import Sign

_SIGNS: Mapping[SpoolState, Sign] = {
    SpoolState.MADE: Sign.CARE,
    SpoolState.QUEUED: Sign.BUSY,
    SpoolState.PRINTING: Sign.BUSY,
    SpoolState.STOPPED: Sign.BAD,
    SpoolState.COMPLETED: Sign.OPEN,
    SpoolState.ABORTED: Sign.BAD,
    SpoolState.CANCELLED: Sign.CARE,
    SpoolState.LOST: Sign.BAD,
}


def sign(sheet: SheetView) -> Sign:
    """Return the mark of a sheet."""
    if sheet.fate is Fate.OUT:
        return Sign.GOOD
    return Sign.NOTHING if sheet.fate is Fate.VOID else _SIGNS[sheet.state]
