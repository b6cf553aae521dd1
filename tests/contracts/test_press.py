"""What every press keeps to, the paper one and the fake one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.fakes.press import UNDRAWABLE, FakePress, a_slip
from workstation.domain.failures import Failure, Refused
from workstation.domain.slip import SlipKind
from workstation.printing.spooler import open_press
from workstation.services.ports import Press


@pytest.fixture(params=["paper", "fake"])
def press(request: pytest.FixtureRequest, tmp_path: Path) -> Press:
    return FakePress() if request.param == "fake" else open_press(folder=tmp_path / "prints", queue=None)


@pytest.mark.parametrize("kind", list(SlipKind))
def test_every_kind_becomes_a_pdf(press: Press, kind: SlipKind) -> None:
    assert press.make(a_slip(kind)).startswith(b"%PDF-")


def test_same_slip_is_the_same_bytes(press: Press) -> None:
    slip = a_slip(SlipKind.RESULT)
    assert press.make(slip) == press.make(slip)


def test_a_reprint_is_another_sheet(press: Press) -> None:
    slip = a_slip(SlipKind.RESULT)
    assert press.make(replace(slip, reprint=1)) != press.make(slip)


def test_what_cannot_be_drawn_is_refused_by_its_code_point(press: Press) -> None:
    with pytest.raises(Refused) as refusal:
        press.make(replace(a_slip(SlipKind.RECEIPT), applicant=f"测{UNDRAWABLE}"))
    assert refusal.value.failure is Failure.GLYPH_MISSING
    assert refusal.value.details == {"character": "U+0007"}


def test_a_refused_name_does_not_spoil_the_next_sheet(press: Press) -> None:
    slip = a_slip(SlipKind.RECEIPT)
    before = press.make(slip)
    with pytest.raises(Refused):
        press.make(replace(slip, subject=UNDRAWABLE))
    assert press.make(slip) == before


def test_a_sheet_is_archived_under_its_serial(press: Press) -> None:
    slip = a_slip(SlipKind.RECEIPT)
    spool = press.put(slip.serial, press.make(slip))
    assert Path(press.where(slip.serial, spool)).name == f"{slip.serial}.pdf"


def test_what_it_made_is_also_an_ofd_and_what_it_did_not_make_is_refused(press: Press) -> None:
    pdf = press.make(a_slip(SlipKind.RECEIPT))
    assert press.as_ofd(pdf).startswith(b"PK")
    with pytest.raises(Refused) as refusal:
        press.as_ofd(b"%PDF-1.7\nof somebody else")
    assert refusal.value.failure is Failure.SHEET_NOT_SAVED
