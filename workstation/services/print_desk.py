"""打印: each sheet followed to its end and accounted for; another printer, void, numbered reprint."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from workstation.domain.clerk import Deed
from workstation.domain.failures import Failure, Refused
from workstation.domain.sheet import (
    Fate,
    Sheet,
    VoidReason,
    is_open,
    is_under_way,
    may_exist,
)
from workstation.domain.slip import SlipKind
from workstation.services.keep_sheet import hand_over, is_newer, look_at, note_seen, take_back
from workstation.services.look_first import drawn
from workstation.services.print_batch import PrintBatch
from workstation.services.print_slip import NEEDS
from workstation.services.print_views import Preview, PrinterView, PrintWork, SheetView
from workstation.services.show_sheets import SheetsShown
from workstation.services.views import PrintView

OPEN_SHOWN = 200
TODAY_SHOWN = 100
BAR_SHOWN = 20


class PrintDesk(PrintBatch):
    """What a person can see and do of sheets. What asks the print service is marked (net) in DeskApi."""

    def print_work(self) -> PrintWork:
        """See DeskApi."""
        clerk = self._gate.may(Deed.LOOKED_UP)
        with self._gate.open_unit() as unit:
            self._names.clear()
            shown = SheetsShown(unit, self._rooms.catalogues, self._names)
            batch = unit.sheets.open_batch()
            waiting = self._waiting(unit, batch) if clerk.may(Deed.PRINTED) else ()
            return PrintWork(
                waiting=shown.waiting(waiting),
                batch=shown.batch(batch) if batch is not None else None,
                open=shown.sheets(each for each in unit.sheets.open(OPEN_SHOWN) if _is_asked_for(each)),
                today=shown.sheets(unit.sheets.latest(TODAY_SHOWN)),
            )

    def open_sheets(self) -> tuple[SheetView, ...]:
        """See DeskApi."""
        clerk = self._gate.may(Deed.LOOKED_UP)
        with self._gate.open_unit() as unit:
            own = [each for each in unit.sheets.latest(BAR_SHOWN) if each.clerk == clerk.login]
            found = [each for each in reversed(own) if is_open(each) and _is_asked_for(each)]
            return SheetsShown(unit, self._rooms.catalogues).sheets(found)

    def ledger(self, case: str) -> tuple[SheetView, ...]:
        """See DeskApi."""
        self._gate.may(Deed.LOOKED_UP)
        with self._gate.open_unit() as unit:
            return SheetsShown(unit, self._rooms.catalogues).sheets(unit.sheets.of_case(case))

    def printers(self) -> tuple[PrinterView, ...]:
        """See DeskApi. (net)"""
        self._gate.may(Deed.LOOKED_UP)
        return self._rooms.press.printers()

    def follow_prints(self) -> tuple[SheetView, ...]:
        """See DeskApi. (net)"""
        self._gate.may(Deed.LOOKED_UP)
        with self._gate.open_unit() as unit:
            found = unit.sheets.under_way(OPEN_SHOWN)
        changed: list[Sheet] = []
        for sheet in found:
            said = look_at(sheet, self._rooms.press)
            if is_newer(sheet, said):
                changed.append(note_seen(sheet, said, open_unit=self._gate.open_unit, clock=self._now))
            if said.reason == Failure.PRINT_SERVICE_DOWN.value:
                break  # it will not answer for the others either
        if not changed:
            return ()
        self._halt_for(changed)
        with self._gate.open_unit() as unit:
            return SheetsShown(unit, self._rooms.catalogues).sheets(changed)

    def confirm_sheets(self, serials: Sequence[str]) -> PrintWork:
        """See DeskApi."""
        clerk = self._gate.may(Deed.SHEET_SETTLED)
        with self._gate.open_unit() as unit:
            for serial in serials:
                self._settle(unit.sheets.get(serial), Fate.OUT, clerk.login, unit)
            unit.commit()
        self._wake()
        return self.print_work()

    def void_sheet(self, serial: str, why: VoidReason) -> PrintWork:
        """See DeskApi."""
        clerk = self._gate.may(Deed.SHEET_SETTLED)
        sheet = self._off_the_printer(serial)
        with self._gate.open_unit() as unit:
            self._settle(unit.sheets.get(sheet.serial), Fate.VOID, clerk.login, unit, why)
            unit.commit()
        self._wake()
        return self.print_work()

    def send_again(self, serial: str, printer: str = "") -> PrintView:
        """See DeskApi."""
        self._gate.may(Deed.LOOKED_UP)
        with self._gate.open_unit() as unit:
            kind = unit.sheets.get(serial).kind
        clerk = self._gate.may(NEEDS[kind])
        sheet = self._off_the_printer(serial)
        if not is_open(sheet):
            raise Refused(Failure.SHEET_SETTLED, serial=serial)
        if may_exist(sheet):
            raise Refused(Failure.SHEET_MAY_EXIST, serial=serial)
        with self._gate.open_unit() as unit:
            note = f"{serial} again"
            unit.audit.note(at=self._now(), actor=clerk.login, deed=Deed.PRINTED, case=sheet.case, note=note)
            unit.commit()
        return self._hand(sheet, printer, again=True)

    def reprint_sheet(self, serial: str, why: VoidReason, printer: str = "") -> PrintView:
        """See DeskApi."""
        self._gate.may(Deed.LOOKED_UP)
        with self._gate.open_unit() as unit:
            kind = unit.sheets.get(serial).kind
        clerk = self._gate.may(NEEDS[kind])
        sheet = self._off_the_printer(serial)
        with self._gate.open_unit() as unit:
            case = unit.cases.get(sheet.case)
            self._hold_wrong_card(case.applicant.id_no)
            if is_open(sheet):
                self._settle(unit.sheets.get(serial), Fate.VOID, clerk.login, unit, why)
            printed = self._print(case, sheet.kind, unit)
            # One of a batch stays at its place: that place needs no other sheet.
            made = replace(unit.sheets.get(printed.slip.serial), batch=sheet.batch, place=sheet.place)
            unit.sheets.save(made)
            unit.commit()
        self._wake()
        return self._hand(made, printer)

    def preview(self, serial: str, page: int = 1) -> Preview:
        """See DeskApi. (net)"""
        clerk = self._gate.may(Deed.LOOKED_UP)
        with self._gate.open_unit() as unit:
            sheet, pdf = unit.sheets.get(serial), unit.sheets.pdf(serial)
            if page == 1:
                unit.audit.note(
                    at=self._now(),
                    actor=clerk.login,
                    deed=Deed.LOOKED_UP,
                    case=sheet.case,
                    note=f"sheet {serial}",
                )
                unit.commit()
        return drawn(serial, pdf, sheet.sha256, page)

    # -- how it is done --------------------------------------------------------------------------------
    def _off_the_printer(self, serial: str) -> Sheet:
        """Take a sheet back where it is under way: two printers must never have the same one."""
        with self._gate.open_unit() as unit:
            sheet = unit.sheets.get(serial)
        if is_under_way(sheet):
            return take_back(sheet, press=self._rooms.press, open_unit=self._gate.open_unit, clock=self._now)
        return sheet

    def _hand(self, sheet: Sheet, printer: str, *, again: bool = False) -> PrintView:
        made, trouble = hand_over(
            sheet.serial,
            press=self._rooms.press,
            open_unit=self._gate.open_unit,
            clock=self._now,
            printer=printer,
            again=again,
        )
        return PrintView(
            made.serial,
            made.kind,
            made.reprint,
            self._rooms.press.where(made.serial, made.spool),
            made.case,
            trouble=trouble.failure if trouble else None,
        )


def _is_asked_for(sheet: Sheet) -> bool:
    """A batch is accounted for as a whole, and a queue ticket by whoever comes with it."""
    return not sheet.batch and sheet.kind is not SlipKind.TICKET
