"""结果单成批打印: chosen cases in one go, stopped between sheets, resumed with numbers after a jam or a crash."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import replace

from wire.keys import new_id
from workstation.domain.clerk import Deed
from workstation.domain.failures import Failure, Refused
from workstation.domain.sheet import (
    Batch,
    BatchState,
    Fate,
    Sheet,
    SpoolState,
    VoidReason,
    is_open,
    is_under_way,
    latest_of,
    may_exist,
    to_do,
)
from workstation.domain.slip import SlipKind
from workstation.services.keep_sheet import hand_over, take_back
from workstation.services.ports import Unit
from workstation.services.print_views import BatchView
from workstation.services.rooms import Rooms
from workstation.services.seat import Seat
from workstation.services.settle_sheet import settle_sheet
from workstation.services.show_sheets import CaseNames, SheetsShown

# The printer always has the next sheet, and a jam never has more than these in doubt.
IN_FLIGHT = 2
MOST_IN_BATCH = 200
BY_PERSON = "by_person"
_HALTING = frozenset({SpoolState.STOPPED, SpoolState.ABORTED, SpoolState.CANCELLED, SpoolState.LOST})


class PrintBatch(Seat):
    """A batch is in the store from its first moment: whatever ends the program, it can be resumed."""

    def __init__(self, rooms: Rooms) -> None:
        super().__init__(rooms)
        self._names: dict[str, CaseNames] = {}  # of the batch on the screen, until the page is fetched anew

    def start_batch(self, cases: Sequence[str], printer: str = "") -> BatchView:
        """See DeskApi."""
        clerk = self._gate.may(Deed.PRINTED)
        with self._gate.open_unit() as unit:
            if unit.sheets.open_batch() is not None:
                raise Refused(Failure.BATCH_OPEN)
            wanted = self._waiting(unit, None)
            chosen = tuple(case for case in wanted if case in set(cases))[:MOST_IN_BATCH]
            if not chosen:
                raise Refused(Failure.BATCH_EMPTY)
            batch = Batch(new_id(), chosen, clerk.login, self._now(), printer)
            unit.sheets.keep_batch(batch)
            self._note_batch(batch, f"started {len(chosen)}", unit)
            unit.commit()
        return self._batch_view(batch.id)

    def print_next(self, batch: str) -> BatchView:
        """See DeskApi."""
        self._gate.may(Deed.PRINTED)
        serial, again, printer = "", False, ""
        with self._gate.open_unit() as unit:
            found = unit.sheets.batch(batch)
            sheets = unit.sheets.of_batch(batch)
            following = to_do(found, sheets)
            free = sum(is_under_way(each) for each in sheets) < IN_FLIGHT
            if found.state is BatchState.RUNNING and following is not None and free:
                place, kept = following
                serial, again = (kept.serial, True) if kept else (self._make(found, place, unit), False)
                printer = found.printer
                unit.commit()
        if serial:
            self._wake()
            self._hand_in_batch(batch, serial, printer, again=again)
        return self._batch_view(batch)

    def stop_batch(self, batch: str) -> BatchView:
        """See DeskApi."""
        self._gate.may(Deed.PRINTED)
        self._halt(batch, BY_PERSON)
        return self._batch_view(batch)

    def resume_batch(self, batch: str, place: int = 0, printer: str | None = None) -> BatchView:
        """See DeskApi."""
        clerk = self._gate.may(Deed.PRINTED)
        self._take_all_back(batch)
        with self._gate.open_unit() as unit:
            found = unit.sheets.batch(batch)
            _hold_going(found)
            for sheet in latest_of(unit.sheets.of_batch(batch)).values():
                self._sort(sheet, place, clerk.login, unit)
            going = replace(
                found,
                state=BatchState.RUNNING,
                reason="",
                printer=found.printer if printer is None else printer,
            )
            unit.sheets.keep_batch(going)
            self._note_batch(going, f"resumed {place}", unit)
            unit.commit()
        return self._batch_view(batch)

    def redo_places(self, batch: str, places: Sequence[int]) -> BatchView:
        """See DeskApi."""
        clerk = self._gate.may(Deed.PRINTED)
        with self._gate.open_unit() as unit:
            found = unit.sheets.batch(batch)
            _hold_going(found)
            for place, sheet in latest_of(unit.sheets.of_batch(batch)).items():
                if place in places and is_open(sheet):
                    if is_under_way(sheet):
                        raise Refused(Failure.SHEET_UNDER_WAY, serial=sheet.serial)
                    self._settle(sheet, Fate.VOID, clerk.login, unit, VoidReason.SPOILT)
            unit.sheets.keep_batch(replace(found, state=BatchState.RUNNING, reason=""))
            unit.commit()
        return self._batch_view(batch)

    def confirm_batch(self, batch: str) -> BatchView:
        """See DeskApi."""
        clerk = self._gate.may(Deed.SHEET_SETTLED)
        with self._gate.open_unit() as unit:
            found = unit.sheets.batch(batch)
            _hold_going(found)
            newest = latest_of(unit.sheets.of_batch(batch))
            for place in range(1, len(found.cases) + 1):
                sheet = newest.get(place)
                if sheet is None or sheet.fate is Fate.VOID:
                    raise Refused(Failure.SHEET_NOT_OUT, serial=str(place))
                if is_open(sheet):
                    self._settle(sheet, Fate.OUT, clerk.login, unit)
            done = replace(found, state=BatchState.DONE, reason="", ended_at=self._now())
            unit.sheets.keep_batch(done)
            self._note_batch(done, f"confirmed {len(found.cases)}", unit)
            unit.commit()
        return self._batch_view(batch)

    def end_batch(self, batch: str) -> BatchView:
        """See DeskApi."""
        clerk = self._gate.may(Deed.SHEET_SETTLED)
        self._take_all_back(batch)
        with self._gate.open_unit() as unit:
            found = unit.sheets.batch(batch)
            _hold_going(found)
            out = 0
            for sheet in latest_of(unit.sheets.of_batch(batch)).values():
                if not is_open(sheet):
                    out += sheet.fate is Fate.OUT
                elif sheet.spool.state is SpoolState.COMPLETED:
                    self._settle(sheet, Fate.OUT, clerk.login, unit)
                    out += 1
                else:
                    why = VoidReason.SPOILT if may_exist(sheet) else VoidReason.NEVER_PRINTED
                    self._settle(sheet, Fate.VOID, clerk.login, unit, why)
            ended = replace(found, state=BatchState.ENDED, ended_at=self._now())
            unit.sheets.keep_batch(ended)
            self._note_batch(ended, f"ended {out}", unit)
            unit.commit()
        return self._batch_view(batch)

    # -- how it is done --------------------------------------------------------------------------------
    def _waiting(self, unit: Unit, batch: Batch | None) -> tuple[str, ...]:
        """Cases whose result slip nobody has accounted for; those printed before the ledger of sheets count as done."""
        taken = set(batch.cases) if batch is not None else set()
        found = unit.sheets.slips_wanted(SlipKind.RESULT.value, MOST_IN_BATCH + len(taken))
        return tuple(
            case
            for case in found
            if case not in taken
            and (unit.sheets.of_case(case) or not unit.cases.get(case).prints.get(SlipKind.RESULT.value, 0))
        )

    def _make(self, batch: Batch, place: int, unit: Unit) -> str:
        case = unit.cases.get(batch.cases[place - 1])
        printed = self._print(case, SlipKind.RESULT, unit)
        unit.sheets.save(replace(unit.sheets.get(printed.slip.serial), batch=batch.id, place=place))
        return printed.slip.serial

    def _hand_in_batch(self, batch: str, serial: str, printer: str, *, again: bool) -> None:
        _, trouble = hand_over(
            serial,
            press=self._rooms.press,
            open_unit=self._gate.open_unit,
            clock=self._now,
            printer=printer,
            again=again,
        )
        if trouble is not None:
            self._halt(batch, trouble.failure.value)

    def _halt_for(self, changed: Iterable[Sheet]) -> None:
        """Halt the batch whose sheet stopped: nothing more goes to a printer that does not print."""
        for sheet in changed:
            down = sheet.spool.reason == Failure.PRINT_SERVICE_DOWN.value
            if sheet.batch and is_open(sheet) and (sheet.spool.state in _HALTING or down):
                self._halt(sheet.batch, sheet.spool.reason or sheet.spool.state.value)
                # A printer that is let go on would print the jammed sheet once more by itself, without a number.
                with suppress(Refused):  # nobody answers: whoever resumes tries again, and is told then
                    self._take_all_back(sheet.batch)

    def _halt(self, batch: str, reason: str) -> None:
        with self._gate.open_unit() as unit:
            found = unit.sheets.batch(batch)
            if found.state is BatchState.RUNNING:
                unit.sheets.keep_batch(replace(found, state=BatchState.HALTED, reason=reason))
                self._note_batch(found, f"halted {reason}", unit)
                unit.commit()

    def _take_all_back(self, batch: str) -> None:
        with self._gate.open_unit() as unit:
            going = [each for each in unit.sheets.of_batch(batch) if is_under_way(each)]
        # The last first: what waits behind the jam must not begin meanwhile.
        for sheet in reversed(going):
            take_back(sheet, press=self._rooms.press, open_unit=self._gate.open_unit, clock=self._now)

    def _sort(self, sheet: Sheet, place: int, clerk: str, unit: Unit) -> None:
        """After a halt: what a person says and what the printer says decide for each sheet.

        Before `place` what the printer completed came out; from there on whatever may exist on paper is void. What
        surely is on no paper stays good and is handed over again as it is.
        """
        if not is_open(sheet):
            return
        completed = sheet.spool.state is SpoolState.COMPLETED
        if place and sheet.place < place and completed:
            self._settle(sheet, Fate.OUT, clerk, unit)
        elif may_exist(sheet) and (not completed or (place and sheet.place >= place)):
            self._settle(sheet, Fate.VOID, clerk, unit, VoidReason.JAMMED)

    def _settle(
        self, sheet: Sheet, fate: Fate, clerk: str, unit: Unit, why: VoidReason | None = None
    ) -> None:
        settle_sheet(sheet, fate, clerk, self._now(), unit, why)

    def _note_batch(self, batch: Batch, note: str, unit: Unit) -> None:
        unit.audit.note(
            at=self._now(), actor=self._gate.clerk.login, deed=Deed.BATCH_MOVED, note=f"{batch.id} {note}"
        )

    def _batch_view(self, batch: str) -> BatchView:
        with self._gate.open_unit() as unit:
            return SheetsShown(unit, self._rooms.catalogues, self._names).batch(unit.sheets.batch(batch))


def _hold_going(batch: Batch) -> None:
    if batch.state not in {BatchState.RUNNING, BatchState.HALTED}:
        raise Refused(Failure.BATCH_UNKNOWN)
