"""Sheets arrive whole in the folder or in the queue, or the person is told."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.fakes.press import UNDRAWABLE, a_slip
from workstation.domain.failures import Failure, Refused
from workstation.domain.slip import SlipKind
from workstation.printing.spooler import FolderSpooler, QueueSpooler, open_press

_LP = """#!/bin/sh
printf '%s\\n' "$@" > {seen}/arguments
cat > {seen}/stdin
{then}
"""


def lp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, then: str) -> Path:
    """Put an `lp` first on the path that notes what it is given."""
    program = tmp_path / "bin" / "lp"
    program.parent.mkdir()
    program.write_text(_LP.format(seen=tmp_path, then=then))
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")
    return tmp_path


def test_the_folder_gets_the_sheet_for_its_owner_only(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "prints"
    path = FolderSpooler(folder).take("S1", b"%PDF-1")
    assert path == folder / "S1.pdf"
    assert path.read_bytes() == b"%PDF-1"
    assert path.stat().st_mode & 0o777 == 0o600
    assert folder.stat().st_mode & 0o777 == 0o700
    assert [p.name for p in folder.iterdir()] == ["S1.pdf"]


def test_a_half_written_sheet_of_an_earlier_crash_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "S1.part").write_bytes(b"half")
    FolderSpooler(tmp_path).take("S1", b"whole")
    assert [(p.name, p.read_bytes()) for p in tmp_path.iterdir()] == [("S1.pdf", b"whole")]


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "prints").write_text("a file, not a folder")
    with pytest.raises(Refused) as refusal:
        FolderSpooler(tmp_path / "prints").take("S1", b"x")
    assert refusal.value.failure is Failure.PRINTER_FAILED


def test_a_refused_sheet_leaves_nothing_in_the_folder(tmp_path: Path) -> None:
    slip = a_slip(SlipKind.RECEIPT)
    press = open_press(folder=tmp_path / "prints", queue=None)
    with pytest.raises(Refused):
        press.put(slip, press.make(replace(slip, subject=UNDRAWABLE)))
    assert not (tmp_path / "prints").exists()


def test_the_queue_gets_the_sheet_by_standard_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = lp(tmp_path, monkeypatch, "echo 'request id is office-17 (0 file(s))'")
    press = open_press(folder=tmp_path / "prints", queue="office")
    slip = a_slip(SlipKind.RECEIPT)
    assert press.put(slip, b"%PDF-1") == Path("office/office-17")
    assert (seen / "stdin").read_bytes() == b"%PDF-1"
    assert (seen / "arguments").read_text().split() == [
        "-d",
        "office",
        "-t",
        slip.serial,
        "-o",
        "media=A4",
        "-",
    ]
    assert not (tmp_path / "prints").exists()


def test_a_queue_that_refuses_is_told_with_its_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lp(tmp_path, monkeypatch, "echo 'lp: The printer or class does not exist.' >&2; exit 1")
    with pytest.raises(Refused) as refusal:
        QueueSpooler("gone").take("S1", b"x")
    assert refusal.value.failure is Failure.PRINTER_FAILED
    assert refusal.value.details == {"reason": "lp: The printer or class does not exist."}


def test_a_station_without_cups_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Refused) as refusal:
        QueueSpooler("office").take("S1", b"x")
    assert refusal.value.details == {"reason": "lp"}


def test_a_queue_name_is_never_an_option_of_lp() -> None:
    with pytest.raises(ValueError, match="-o"):
        QueueSpooler("-oraw")
