"""What a citizen is told before the first look-up (PIPL art. 17): who asks, why, which data, how long, which rights.

The text is data with a version, so that a case can name what its citizen was told.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from catalogue.broken import CatalogueBroken
from catalogue.model import Text
from catalogue.node import read_yaml

PARTS = ("who", "purpose", "kinds", "retention", "rights", "basis", "consent")
_PLACES = {"centre": "测试", "departments": "测试", "checks": "测试"}


@dataclass(frozen=True, slots=True)
class Notice:
    """One version. `parts` are (name, heading, body) in the order of PARTS; bodies may have {centre}, {departments} and
    {checks}, filled with what this visit is about."""

    version: str
    title: Text
    short: Text  # one line for the counter page, with the same places
    parts: tuple[tuple[str, Text, Text], ...]


def load_notice(path: Path) -> Notice:
    """Read the notice. Raises CatalogueBroken for a missing part or an unknown place."""
    raw = read_yaml(path)
    try:
        parts = tuple(
            (name, _text(raw["parts"][name]["heading"]), _text(raw["parts"][name]["body"])) for name in PARTS
        )
        notice = Notice(str(raw["version"]), _text(raw["title"]), _text(raw["short"]), parts)
        for text in (notice.short, *(body for _, _, body in parts)):
            for words in (text.zh, text.en):
                words.format(**_PLACES)
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise CatalogueBroken(path.name, "top", f"{type(error).__name__}: {error}") from error
    if set(raw["parts"]) != set(PARTS):
        raise CatalogueBroken(path.name, "parts", f"must be just {', '.join(PARTS)}")
    return notice


def _text(raw: Any) -> Text:
    return Text(str(raw["zh"]), str(raw["en"]))
