"""What a queue that waits keeps to: the one of the fake service, and a paused one of real CUPS."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from demo.print_service import PrintService as RealService
from tests.fakes.print_service import WaitingService
from workstation.domain.failures import Failure, Refused
from workstation.domain.sheet import SpoolState
from workstation.printing.cups import PrintService
from workstation.printing.spooler import QueueSpooler

PDF = b"%PDF-1.4\n%%EOF\n"


@pytest.fixture(params=["fake", "real"])
def printers(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[QueueSpooler]:
    if request.param == "fake":
        with WaitingService(tmp_path / "s", tmp_path, "office") as fake:
            yield QueueSpooler("office", PrintService(fake.socket))
        return
    if not RealService.is_possible():
        pytest.skip("needs root, cups-daemon and printer-driver-cups-pdf")
    with RealService(tmp_path / "cups") as real:
        real.add("office")
        real.pause("office")
        yield QueueSpooler("office", PrintService(real.socket))


def test_a_sheet_waits_is_found_by_its_serial_and_can_be_taken_back(printers: QueueSpooler) -> None:
    assert printers.find("S1") is None
    spool = printers.put("S1", PDF)
    assert (spool.state, spool.began, spool.job) == (SpoolState.QUEUED, False, 1)
    assert printers.where("S1", spool) == "office/1"
    assert printers.look(spool).state in {SpoolState.QUEUED, SpoolState.STOPPED}
    other = printers.put("S2", PDF)
    found = printers.find("S1")
    assert found is not None
    assert (found.job, other.job) == (1, 2)
    back = printers.take_back(spool)
    assert (back.state, back.began) == (SpoolState.CANCELLED, False)
    assert printers.look(spool).state is SpoolState.CANCELLED


def test_a_printer_that_is_not_there_is_told_and_one_that_is_is_listed(printers: QueueSpooler) -> None:
    with pytest.raises(Refused) as refused:
        printers.put("S1", PDF, "nowhere")
    assert refused.value.failure is Failure.PRINTER_GONE
    assert [each.name for each in printers.printers()] == ["office"]
