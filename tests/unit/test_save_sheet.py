"""另存: a copy of an archived sheet, for whoever may print it; never of a void one; nothing half-written."""

from __future__ import annotations

import hashlib
import stat
from collections.abc import Iterator
from pathlib import Path

import ofdkit
import pytest

from tests.fakes.counter import WholeDesk
from tests.unit.test_audit_first import previewed
from workstation.domain.clerk import Deed
from workstation.domain.failures import Failure, Refused
from workstation.domain.sheet import VoidReason
from workstation.services.counter import Counter
from workstation.services.print_views import SheetView


@pytest.fixture
def whole(tmp_path: Path) -> Iterator[WholeDesk]:
    made = WholeDesk(tmp_path)
    yield made
    made.close()


@pytest.fixture
def desk(whole: WholeDesk) -> Counter:
    return previewed(whole)


def the_sheet(desk: Counter) -> SheetView:
    return desk.print_work().open[0]


def notes(whole: WholeDesk) -> list[str]:
    with whole.unit() as unit:
        return [each.note for each in unit.audit.entries() if each.deed is Deed.SHEET_SAVED]


def test_the_pdf_is_the_archived_one_and_the_ofd_names_it(whole: WholeDesk, desk: Counter) -> None:
    sheet = the_sheet(desk)
    pdf, ofd = (
        desk.save_sheet(sheet.serial, str(whole.folder / f"sheet{form}")) for form in (".pdf", ".OFD")
    )
    assert hashlib.sha256(Path(pdf).read_bytes()).hexdigest() == sheet.sha256
    read = ofdkit.open(ofd)
    assert read.info.custom_data == {"pdf-sha256": sheet.sha256}
    assert "收件凭证" in read.text()
    assert stat.S_IMODE(Path(ofd).stat().st_mode) == 0o600
    assert sorted(notes(whole)) == sorted([f"{sheet.serial} PDF", f"{sheet.serial} OFD"])


def test_a_void_sheet_is_not_saved(whole: WholeDesk, desk: Counter) -> None:
    serial = the_sheet(desk).serial
    desk.void_sheet(serial, VoidReason.SPOILT)
    refused(desk, serial, whole.folder / "sheet.pdf", Failure.SHEET_SETTLED)
    assert not notes(whole)


def test_a_name_of_another_format_is_refused(whole: WholeDesk, desk: Counter) -> None:
    refused(desk, the_sheet(desk).serial, whole.folder / "sheet.docx", Failure.SHEET_NOT_SAVED)


def test_a_folder_that_cannot_be_written_is_said_and_leaves_nothing(whole: WholeDesk, desk: Counter) -> None:
    refused(desk, the_sheet(desk).serial, whole.folder / "none" / "sheet.ofd", Failure.SHEET_NOT_SAVED)
    assert not (whole.folder / "none").exists()


def test_the_sheet_goes_through_no_link_that_somebody_left_and_nothing_stays_of_a_try(
    whole: WholeDesk, desk: Counter
) -> None:
    """A shared folder: its other users must neither get the content nor choose who can read it."""
    serial, folder = the_sheet(desk).serial, whole.folder / "shared"
    folder.mkdir()
    theirs = whole.folder / "theirs"
    (folder / "sheet.pdf.part").symlink_to(theirs)
    (folder / "taken.pdf").mkdir()
    with pytest.raises(Refused):
        desk.save_sheet(serial, str(folder / "taken.pdf"))
    desk.save_sheet(serial, str(folder / "sheet.pdf"))
    assert not theirs.exists()
    assert sorted(each.name for each in folder.iterdir()) == ["sheet.pdf", "sheet.pdf.part", "taken.pdf"]


def refused(desk: Counter, serial: str, out: Path, failure: Failure) -> None:
    with pytest.raises(Refused) as caught:
        desk.save_sheet(serial, str(out))
    assert caught.value.failure is failure
    assert not out.exists()
