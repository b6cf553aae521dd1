"""The files beside the code are found, and a missing one is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from reportlab.pdfbase.ttfonts import TTFontFile

from workstation import resources


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A resources folder of our own."""
    (tmp_path / "fonts").mkdir()
    monkeypatch.setattr(resources, "root", lambda: tmp_path)
    return tmp_path


def test_the_two_fonts_have_every_character_of_hard_names() -> None:
    # Names of the standard list, of extension A (㛃), B (𠅤), E (𬭎) and the URO's end (䶮).
    names = "张喆堃㛃䶮𬭎𠅤龘靐齉"
    tables = [TTFontFile(str(path)).charToGlyph for path in resources.font_files()]
    assert len(tables) == 2
    assert all(any(ord(character) in table for table in tables) for character in names)


def test_the_font_for_common_characters_comes_first() -> None:
    assert resources.font_files()[0].name == "NotoSansSC-Regular.ttf"


def test_a_font_kept_beside_the_code_wins_over_the_systems(elsewhere: Path) -> None:
    kept = elsewhere / "fonts" / "HanaMinB.ttf"
    kept.touch()
    assert resources.font_files() == (kept,)


def test_the_source_language_needs_no_translation() -> None:
    assert resources.translation("zh") is None


def test_a_compiled_translation_is_found(elsewhere: Path) -> None:
    (elsewhere / "i18n").mkdir()
    words = elsewhere / "i18n" / "workstation_en.qm"
    words.touch()
    assert resources.translation("en") == words


def test_a_missing_icon_is_our_mistake(elsewhere: Path) -> None:
    with pytest.raises(FileNotFoundError, match="card"):
        resources.icon("card")
