"""Tickets and pick-up slips on a roll of 80 mm: what a printer on the network gets, read back as a picture."""

from __future__ import annotations

import io
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from demo.roll_printer import NotEscPos, pages_of, serve
from tests.fakes.press import a_slip, rare_slip
from workstation import resources
from workstation.domain.failures import Failure, Refused
from workstation.domain.sheet import SpoolState
from workstation.domain.slip import SlipKind
from workstation.printing.press import PaperPress
from workstation.printing.roll import ROLL, WIDTH, RollSpooler, commands
from workstation.printing.spooler import FolderSpooler


@pytest.fixture
def simulator(tmp_path: Path) -> Iterator[tuple[int, Path, threading.Thread]]:
    """The simulated printer for one job: its port, the folder of its pages, its thread."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        printer = threading.Thread(target=serve, args=(listener, tmp_path / "roll", 1), daemon=True)
        printer.start()
        yield listener.getsockname()[1], tmp_path / "roll", printer


def press(port: int, tmp_path: Path) -> PaperPress:
    roll = RollSpooler(f"127.0.0.1:{port}")
    return PaperPress(resources.paper_font_files(), FolderSpooler(tmp_path / "prints"), roll=roll)


def test_a_pick_up_slip_comes_out_of_the_roll_and_its_code_is_read_from_the_paper(
    simulator: tuple[int, Path, threading.Thread], tmp_path: Path
) -> None:
    port, folder, printer = simulator
    made, slip = press(port, tmp_path), a_slip(SlipKind.PICKUP)
    spool = made.put(slip.serial, made.make(slip))
    assert (spool.printer, spool.state) == (ROLL, SpoolState.COMPLETED)
    assert made.where(slip.serial, spool) == f"roll/127.0.0.1/{slip.serial}"
    printer.join(20)
    with Image.open(folder / "1-1.png") as picture:
        assert picture.size[0] == WIDTH
        grey = picture.convert("L")
        (code,) = zxingcpp.read_barcodes(grey)
        assert code.text == slip.code
        black = sum(1 for value in grey.get_flattened_data() if not value)
        assert 0.02 < black / (picture.size[0] * picture.size[1]) < 0.3
    assert not (tmp_path / "prints").exists()


def test_without_a_roll_the_same_slip_goes_on_office_paper(tmp_path: Path) -> None:
    made = PaperPress(resources.paper_font_files(), FolderSpooler(tmp_path))
    slip = a_slip(SlipKind.PICKUP)
    assert made.put(slip.serial, made.make(slip)).printer == ""
    assert (tmp_path / f"{slip.serial}.pdf").exists()
    assert b"/MediaBox [ 0 0 419" in made.make(slip)  # A5


def test_a_printer_that_is_not_there_is_told_and_nothing_is_printed(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    made, slip = press(port, tmp_path), a_slip(SlipKind.TICKET)
    with pytest.raises(Refused) as refused:
        made.put(slip.serial, made.make(slip))
    assert refused.value.failure is Failure.PRINTER_FAILED


def test_rare_names_need_no_font_in_the_printer(tmp_path: Path) -> None:
    made = press(9, tmp_path)
    (page,) = pages_of(b"".join(commands(made.make(rare_slip(SlipKind.PICKUP)))))
    assert len(page) > 800
    assert {len(row) for row in page} == {WIDTH // 8}


def test_the_simulator_refuses_what_no_printer_would_print() -> None:
    for wrong in (b"hello", b"\x1b@\x1dv0\x00\x48\x00\x02\x00abc", b"\x1dv0\x00\x01\x00\x01\x00a"):
        with pytest.raises(NotEscPos):
            pages_of(wrong)


def test_a_page_is_a_picture_that_anybody_opens(tmp_path: Path) -> None:
    from demo.roll_printer import to_png

    made = press(9, tmp_path)
    (page,) = pages_of(b"".join(commands(made.make(a_slip(SlipKind.TICKET)))))
    with Image.open(io.BytesIO(to_png(page))) as picture:
        assert picture.size == (WIDTH, len(page))
