"""Sheets arrive whole in the folder or in the queue, or the person is told."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from tests.fakes.press import UNDRAWABLE, a_slip
from workstation.domain.failures import Failure, Refused
from workstation.domain.sheet import SpoolState
from workstation.domain.slip import SlipKind
from workstation.printing.cups import PrintService
from workstation.printing.spooler import FolderSpooler, QueueSpooler, open_press


def test_the_folder_gets_the_sheet_for_its_owner_only(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "prints"
    spooler = FolderSpooler(folder)
    spool = spooler.put("S1", b"%PDF-1")
    path = folder / "S1.pdf"
    assert (spooler.where("S1", spool), spool.state) == (str(path), SpoolState.COMPLETED)
    assert path.read_bytes() == b"%PDF-1"
    assert path.stat().st_mode & 0o777 == 0o600
    assert folder.stat().st_mode & 0o777 == 0o700
    assert [p.name for p in folder.iterdir()] == ["S1.pdf"]


def test_a_half_written_sheet_of_an_earlier_crash_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "S1.part").write_bytes(b"half")
    FolderSpooler(tmp_path).put("S1", b"whole")
    assert [(p.name, p.read_bytes()) for p in tmp_path.iterdir()] == [("S1.pdf", b"whole")]


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "prints").write_text("a file, not a folder")
    with pytest.raises(Refused) as refusal:
        FolderSpooler(tmp_path / "prints").put("S1", b"x")
    assert refusal.value.failure is Failure.PRINTER_FAILED


def test_a_refused_sheet_leaves_nothing_in_the_folder(tmp_path: Path) -> None:
    slip = a_slip(SlipKind.RECEIPT)
    press = open_press(folder=tmp_path / "prints", queue=None)
    with pytest.raises(Refused):
        press.put(slip.serial, press.make(replace(slip, subject=UNDRAWABLE)))
    assert not (tmp_path / "prints").exists()


@pytest.mark.parametrize("name", ["-oraw", "two words", "a/b", "x" * 128])
def test_a_queue_name_is_a_name(name: str) -> None:
    if name.startswith("-"):
        # It goes into a field of a message and never onto a command line.
        QueueSpooler(name, PrintService())
        return
    with pytest.raises(ValueError, match=re.escape(name)):
        QueueSpooler(name, PrintService())


def test_a_name_that_is_none_is_a_printer_that_is_not_there() -> None:
    with pytest.raises(Refused) as refusal:
        QueueSpooler("office", PrintService("/nowhere")).put("S1", b"x", "a/b")
    assert refusal.value.failure is Failure.PRINTER_GONE


def test_a_station_without_a_print_service_is_told(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refusal:
        QueueSpooler("office", PrintService(str(tmp_path / "no.sock"))).put("S1", b"x")
    assert refusal.value.failure is Failure.PRINT_SERVICE_DOWN
