"""The register of card applications (卡证应用): what a social security card can stand for, and what is only planned.

A planned one never replaces a paper; a live one does only where an item's own rules say so.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from catalogue.broken import CatalogueBroken
from catalogue.model import Text
from catalogue.node import read_yaml

TOTAL, LIVE = 86, 4  # domain.md 5.1: four live, eighty-two planned


class UseStatus(StrEnum):
    """Whether an application can be used now."""

    LIVE = "live"
    PLANNED = "planned"


@dataclass(frozen=True, slots=True)
class CardUse:
    """One application. `check` is the register's service behind it, "" when the card itself is the proof (`card:`).

    `replaces` names papers by the ids that items give them; a placeholder (待定) has a code and nothing else yet.
    """

    code: str
    name: Text
    department: Text
    status: UseStatus
    check: str = ""
    replaces: tuple[str, ...] = ()
    placeholder: bool = False
    source: str = ""


def load_card_uses(path: Path) -> tuple[CardUse, ...]:
    """Read the register. Raises CatalogueBroken for a code that stands twice, a count that is not the register's, a live
    use that names no paper, a planned one that names one, or a placeholder that is live."""
    raw = read_yaml(path)
    try:
        uses = [_use(each) for each in raw["uses"]]
        planned = raw["placeholders"]
        uses += [
            _placeholder(f"{planned['prefix']}{n:02d}") for n in range(planned["from"], planned["to"] + 1)
        ]
    except (KeyError, TypeError, ValueError) as error:
        raise CatalogueBroken(path.name, "uses", f"{type(error).__name__}: {error}") from error
    _check(path.name, uses)
    return tuple(uses)


def live(uses: tuple[CardUse, ...]) -> tuple[CardUse, ...]:
    """Return the uses that prove something now."""
    return tuple(use for use in uses if use.status is UseStatus.LIVE)


def _use(raw: Any) -> CardUse:
    unknown = set(raw) - {"code", "name", "department", "status", "check", "replaces", "source"}
    if unknown:
        raise ValueError(f"unknown: {', '.join(sorted(unknown))}")
    return CardUse(
        str(raw["code"]),
        Text(raw["name"]["zh"], raw["name"]["en"]),
        Text(raw["department"]["zh"], raw["department"]["en"]),
        UseStatus(raw["status"]),
        raw.get("check", ""),
        tuple(raw.get("replaces", ())),
        source=raw["source"],
    )


def _placeholder(code: str) -> CardUse:
    undecided = Text("待定", "to be named")
    return CardUse(code, undecided, undecided, UseStatus.PLANNED, placeholder=True)


def _check(file: str, uses: list[CardUse]) -> None:
    codes = [use.code for use in uses]
    for code in codes:
        if codes.count(code) > 1:
            raise CatalogueBroken(file, code, "stands twice")
    live = sum(use.status is UseStatus.LIVE for use in uses)
    if (len(uses), live) != (TOTAL, LIVE):
        raise CatalogueBroken(file, "uses", f"{len(uses)} with {live} live, not {TOTAL} with {LIVE}")
    for use in uses:
        if use.status is UseStatus.PLANNED and use.replaces:
            raise CatalogueBroken(file, use.code, "is planned: it replaces no paper yet")
