"""未查到登记记录（不等于未婚）: the one sentence with that word; a register that knows nothing says nothing of a life."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from catalogue.load import load_catalogue
from tests.fakes.press import a_slip, documents
from wire.messages import Outcome
from workstation import resources
from workstation.domain.slip import SlipKind
from workstation.printing.fonts import Fonts
from workstation.printing.marks import Words
from workstation.printing.render import pages_of
from workstation.ui import text

ROOT = Path(__file__).parents[2]
SENTENCE = "未查到登记记录（不等于未婚）"
# GB/T 2261.2 has the word as a code; it is what citizens say of themselves, and no element of the catalogue asks it.
STANDARD = re.compile(r'\{code: "10", zh: 未婚, en: "never married"\}')
KINDS = {".py", ".yaml", ".json", ".html", ".ts", ".qss"}


def spoken() -> Iterator[tuple[str, str]]:
    """Return every text that can reach a screen or a sheet: sources, catalogue, translations, pages."""
    for room in ("workstation", "hall", "catalogue", "wire", "resources", "demo"):
        for path in sorted((ROOT / room).rglob("*")):
            if path.suffix in KINDS and "__pycache__" not in path.parts:
                yield str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")


def wrong_words(said: str) -> list[str]:
    """Return what must not stand there."""
    rest = STANDARD.sub("", said.replace(SENTENCE, ""))
    return [word for word in ("未婚", "单身", "没结婚", "没有结婚") if word in rest]


def test_no_screen_and_no_sheet_says_unmarried_anywhere_else() -> None:
    found = {place: wrong for place, said in spoken() if (wrong := wrong_words(said))}
    assert found == {}


@pytest.mark.parametrize("planted", ["查无记录，未婚", "单身", f"{SENTENCE}，所以未婚"])
def test_the_walk_would_see_it(planted: str) -> None:
    assert wrong_words(planted)


def test_every_marriage_register_has_just_this_sentence_and_no_other_register_has_it() -> None:
    catalogue = load_catalogue(resources.catalogue_dir())
    rules = {rule.id: rule for item in catalogue.items.values() for rule in item.verifications}
    marriage = {rule.id for rule in rules.values() if rule.service.startswith("marriage.")}
    assert marriage
    for rule in rules.values():
        said = rule.no_record.zh if rule.no_record else ""
        assert (said == SENTENCE) == (rule.id in marriage), rule.id
        shown = text.outcome(Outcome.NO_RECORD, rule.no_record)
        assert shown == (SENTENCE if rule.id in marriage else "未查到登记记录（不等于没有）")


def test_every_outcome_has_a_sentence_for_the_paper() -> None:
    assert set(documents().codes["outcome"]) == set(Outcome)


@pytest.mark.parametrize("kind", list(SlipKind))
def test_no_sheet_says_it_but_in_that_sentence(kind: SlipKind) -> None:
    fonts = Fonts(resources.paper_font_files())
    printed = "".join(
        m.text for page in pages_of(a_slip(kind), fonts, documents()) for m in page if isinstance(m, Words)
    )
    assert wrong_words(printed) == []
    assert (SENTENCE in printed) == (kind in {SlipKind.VERIFICATION, SlipKind.DISPUTE})
