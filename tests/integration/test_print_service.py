"""Sheets on a real CUPS scheduler: what a printer does to them, told in our words, and nothing counted that is not on paper."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from demo.print_service import PrintService
from tests.fakes.counter import WholeDesk
from tests.fakes.decided import a_decided_case
from workstation.domain.failures import Failure, Refused
from workstation.domain.sheet import BatchState, Fate, SpoolState, VoidReason
from workstation.domain.slip import SlipKind
from workstation.printing.spooler import open_press
from workstation.services.counter import Counter
from workstation.services.print_views import BatchView, SheetView

pytestmark = pytest.mark.skipif(
    not PrintService.is_possible(), reason="needs root, cups-daemon and printer-driver-cups-pdf"
)
_PATIENCE_S = 60.0


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PrintService]:
    with PrintService(tmp_path_factory.mktemp("cups")) as running:
        running.add("office")
        running.add("hall")
        yield running


class Printing:
    """A desk whose sheets go to a queue of a service."""

    def __init__(self, folder: Path, service: PrintService, queue: str) -> None:
        self.whole = WholeDesk(folder)
        self.whole.press = open_press(folder=folder, queue=queue, server=service.socket)  # type: ignore[assignment]
        self.service = service
        self.desk = self.whole.open_up("supervisor")
        self.cases = 0

    def decide(self, count: int = 1) -> list[str]:
        """So many more decided cases."""
        made = [a_decided_case(self.cases + n) for n in range(1, count + 1)]
        self.cases += count
        with self.whole.unit() as unit:
            for case in made:
                unit.cases.add(case)
            unit.commit()
        return [case.id for case in made]

    def print(self) -> SheetView:
        """One result slip, handed over or not."""
        (case,) = self.decide()
        self.desk.print_slip(case, SlipKind.RESULT)
        return self.desk.ledger(case)[-1]

    def held(self, case: str) -> SheetView:
        """One result slip that waits for a look."""
        self.desk.look_first(on=True)
        self.desk.print_slip(case, SlipKind.RESULT)
        self.desk.look_first(on=False)
        return self.desk.ledger(case)[-1]

    def now(self, sheet: SheetView) -> SheetView:
        self.desk.follow_prints()
        return next(each for each in self.desk.ledger(sheet.case) if each.serial == sheet.serial)

    def until(self, sheet: SheetView, what: Callable[[SheetView], bool]) -> SheetView:
        """Follow a sheet until the service says so."""
        end = time.monotonic() + _PATIENCE_S
        while not what(found := self.now(sheet)):
            assert time.monotonic() < end, f"{found}\n{self.service.log()[-3000:]}"
            time.sleep(0.03)
        return found

    def run(self, batch: str, ends: Callable[[BatchView], bool]) -> BatchView:
        """Print as the window does."""
        end = time.monotonic() + _PATIENCE_S
        while not ends(view := self.desk.print_next(batch)):
            assert time.monotonic() < end, f"{view}\n{self.service.log()[-3000:]}"
            self.desk.follow_prints()
            time.sleep(0.03)
        return view


@pytest.fixture
def at(tmp_path: Path, service: PrintService) -> Iterator[Printing]:
    made = Printing(tmp_path, service, "office")
    yield made
    made.whole.close()


def completed(sheet: SheetView) -> bool:
    return sheet.state is SpoolState.COMPLETED


def stopped(sheet: SheetView) -> bool:
    return sheet.state is SpoolState.STOPPED


def text_of(path: Path) -> str:
    said = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, text=True, check=True).stdout
    return "".join(said.split())


def _serials(at: Printing, batch: str) -> set[str]:
    with at.whole.unit() as unit:
        return {sheet.serial for sheet in unit.sheets.of_batch(batch)}


def nothing_counts(desk: Counter) -> bool:
    return not any(sheet.counts for sheet in desk.print_work().today)


def test_a_sheet_comes_out_of_the_real_queue_under_its_serial(at: Printing) -> None:
    sheet = at.until(at.print(), completed)
    assert (sheet.printer, sheet.job > 0, sheet.ended_at is not None) == ("office", True, True)
    paper = next(path for path in at.service.sheets() if path.stem == sheet.serial)
    assert sheet.serial in text_of(paper)
    assert nothing_counts(at.desk)
    at.desk.confirm_sheets((sheet.serial,))
    assert at.now(sheet).counts


def test_a_paused_queue_is_told_and_the_sheet_goes_to_another_printer(at: Printing) -> None:
    at.service.pause("office")
    try:
        sheet = at.until(at.print(), stopped)
        assert (sheet.reason, sheet.may_exist) == ("paused", False)
        with pytest.raises(Refused) as refused:
            at.desk.confirm_sheets((sheet.serial,))
        assert refused.value.failure is Failure.SHEET_NOT_OUT
        assert at.desk.send_again(sheet.serial, "hall").trouble is None
        done = at.until(sheet, completed)
        assert (done.printer, done.reprint) == ("hall", 0)
        # Taken back from the paused queue: it does not come out there as well once that goes on.
        at.service.resume("office")
        at.until(at.print(), completed)
        assert sum(path.stem == sheet.serial for path in at.service.sheets()) == 1
    finally:
        at.service.resume("office")


def test_a_paused_queue_that_goes_on_prints_what_waited(at: Printing) -> None:
    at.service.pause("office")
    sheet = at.until(at.print(), stopped)
    at.service.resume("office")
    assert completed(at.until(sheet, completed))


def test_a_queue_that_takes_no_jobs_is_told(at: Printing) -> None:
    at.service.refuse("office")
    try:
        (case,) = at.decide()
        assert at.desk.print_slip(case, SlipKind.RESULT).trouble is Failure.PRINTER_PAUSED
        (sheet,) = at.desk.ledger(case)
        assert (sheet.state, sheet.may_exist) == (SpoolState.MADE, False)
    finally:
        at.service.accept("office")
    at.desk.send_again(sheet.serial)
    assert at.until(sheet, completed).reprint == 0


def test_a_printer_that_is_removed_is_told_and_the_sheet_is_lost(at: Printing) -> None:
    at.service.add("gone")
    at.service.pause("gone")
    (case,) = at.decide()
    sheet = at.held(case)
    at.desk.send_again(sheet.serial, "gone")
    at.until(sheet, stopped)
    at.service.remove("gone")
    lost = at.until(sheet, lambda each: each.state is SpoolState.LOST)
    # What a removed printer did with it nobody knows: the next one carries its number.
    assert lost.may_exist
    assert at.desk.reprint_sheet(sheet.serial, VoidReason.JAMMED, "gone").trouble is Failure.PRINTER_GONE
    first, second = at.desk.ledger(case)
    assert (first.fate, second.reprint, second.state) == (Fate.VOID, 1, SpoolState.MADE)
    assert at.desk.send_again(second.serial, "office").trouble is None
    at.until(second, completed)


def test_a_service_that_is_down_is_told_and_goes_on_when_it_is_back(tmp_path: Path) -> None:
    with PrintService(tmp_path / "cups") as own:
        own.add("office")
        at = Printing(tmp_path / "desk", own, "office")
        own.pause("office")
        waiting = at.until(at.print(), stopped)
        own.stop()
        (case,) = at.decide()
        assert at.desk.print_slip(case, SlipKind.RESULT).trouble is Failure.PRINT_SERVICE_DOWN
        assert at.now(waiting).reason == "print_service_down"
        assert nothing_counts(at.desk)
        (sheet,) = at.desk.ledger(case)
        own.start()
        own.resume("office")
        # The job stood in the spool over the stop.
        assert completed(at.until(waiting, completed))
        at.desk.send_again(sheet.serial)
        assert at.until(sheet, completed).reprint == 0
        at.whole.close()


def test_a_full_spool_disk_is_told_and_the_batch_goes_on_once_there_is_room(tmp_path: Path) -> None:
    with PrintService(tmp_path / "cups", spool_kb=4096) as own:
        own.add("office")
        at = Printing(tmp_path / "desk", own, "office")
        at.decide(2)
        batch = at.desk.start_batch([each.case for each in at.desk.print_work().waiting])
        own.fill_spool()
        view = at.run(batch.id, lambda each: each.state is BatchState.HALTED)
        assert (view.reason, view.done, view.out) == ("print_spool_full", 0, 0)
        assert nothing_counts(at.desk)
        own.free_spool()
        at.desk.resume_batch(batch.id)
        at.run(batch.id, lambda each: each.done == 2)
        done = at.desk.confirm_batch(batch.id)
        assert [place.sheet.reprint for place in done.places if place.sheet] == [0, 0]
        assert len(own.sheets()) == 2
        at.whole.close()


def test_a_jam_in_a_batch_goes_on_with_its_number_and_every_sheet_is_accounted_for(
    at: Printing, service: PrintService
) -> None:
    service.add("jams", jams_at=(3,))
    at.decide(5)
    batch = at.desk.start_batch([each.case for each in at.desk.print_work().waiting], "jams")
    view = at.run(batch.id, lambda each: each.state is BatchState.HALTED)
    assert (view.reason, view.done, view.halted_at) == ("media-jam", 2, 3)
    # Somebody has taken the paper out and pressed the button: the printer prints nothing by itself then.
    service.resume("jams")
    (other,) = at.decide()
    single = at.held(other)
    at.desk.send_again(single.serial, "jams")
    at.until(single, completed)  # and whatever stood before it in the queue would be out now
    assert len([path for path in service.sheets() if path.stem in _serials(at, batch.id)]) == 2
    at.desk.resume_batch(batch.id, 3)
    at.run(batch.id, lambda each: each.done == 5)
    done = at.desk.confirm_batch(batch.id)
    sheets = [place.sheet for place in done.places]
    assert [sheet.reprint for sheet in sheets if sheet] == [0, 0, 1, 0, 0]
    out = {sheet.serial for sheet in sheets if sheet}
    assert {path.stem for path in service.sheets() if path.stem in out} == out
    # The jammed sheet never came out, and nothing printed twice.
    with at.whole.unit() as unit:
        void = [sheet for sheet in unit.sheets.of_batch(batch.id) if sheet.fate is Fate.VOID]
    assert [sheet.place for sheet in void] == [3]
    assert void[0].serial not in {path.stem for path in service.sheets()}


def test_the_printers_are_listed_with_the_stations_own_first(at: Printing) -> None:
    names = [printer.name for printer in at.desk.printers()]
    assert names[0] == "office"
    assert "hall" in names
