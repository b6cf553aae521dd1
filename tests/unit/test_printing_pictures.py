"""Every sheet looks as it did when somebody last looked at it: dot by dot, beside kept pictures (dev.py documents --renew)."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PIL import Image, ImageChops

from tests.documents import REFERENCE_DPI, REFERENCES, drawn, reference_slips
from tests.fakes.press import a_slip
from workstation import resources
from workstation.domain.slip import SlipKind
from workstation.printing.fonts import Fonts


@pytest.fixture(scope="module")
def fonts() -> Fonts:
    return Fonts(resources.paper_font_files())


def differs(picture: Image.Image, name: str) -> bool:
    with Image.open(REFERENCES / f"{name}.png") as kept:
        return (
            picture.size != kept.size
            or ImageChops.difference(picture, kept.convert("L")).getbbox() is not None
        )


@pytest.mark.parametrize("name", reference_slips())
def test_a_sheet_is_dot_by_dot_what_it_was(name: str, fonts: Fonts) -> None:
    assert not differs(drawn(reference_slips()[name], fonts, REFERENCE_DPI), name), (
        "dev.py documents --renew, after a look"
    )


def test_one_other_character_would_be_seen(fonts: Fonts) -> None:
    slip = replace(a_slip(SlipKind.RECEIPT), applicant="测试二")
    assert differs(drawn(slip, fonts, REFERENCE_DPI), "RCP")


def test_no_picture_is_kept_of_what_is_no_more() -> None:
    assert {path.stem for path in REFERENCES.glob("*.png")} == set(reference_slips())
