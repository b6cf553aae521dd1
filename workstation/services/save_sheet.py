"""另存: a copy of an archived sheet in a file, as PDF or as OFD, for whoever may print that sheet."""

from __future__ import annotations

from pathlib import Path

from workstation.domain.clerk import Deed
from workstation.domain.failures import Failure, Refused
from workstation.domain.sheet import Fate
from workstation.services.print_desk import PrintDesk
from workstation.services.print_slip import NEEDS

OFD, PDF = ".ofd", ".pdf"


class SaveSheet(PrintDesk):
    """The file says what the paper says, no more: numbers stay masked as they are printed."""

    def save_sheet(self, serial: str, path: str) -> str:
        """See DeskApi."""
        self._gate.may(Deed.LOOKED_UP)
        out = Path(path).expanduser()
        form = out.suffix.lower()
        if form not in {OFD, PDF}:
            raise Refused(Failure.SHEET_NOT_SAVED, cause="form")
        with self._gate.open_unit() as unit:
            sheet, pdf = unit.sheets.get(serial), unit.sheets.pdf(serial)
        clerk = self._gate.may(NEEDS[sheet.kind])
        if sheet.fate is Fate.VOID:
            raise Refused(Failure.SHEET_SETTLED, serial=serial)
        content = self._rooms.press.as_ofd(pdf) if form == OFD else pdf
        with self._gate.open_unit() as unit:
            note = f"{serial} {form.removeprefix('.').upper()}"
            unit.audit.note(
                at=self._now(), actor=clerk.login, deed=Deed.SHEET_SAVED, case=sheet.case, note=note
            )
            unit.commit()
        try:
            self._rooms.write_file(out, content)
        except OSError as error:
            raise Refused(Failure.SHEET_NOT_SAVED, cause=type(error).__name__) from error
        return str(out)
