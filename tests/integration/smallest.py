"""python -m tests.integration.smallest NAME: play a bench once on the smallest amount, to see that it starts and says all its figures."""

from __future__ import annotations

import importlib
import sys
import tempfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from bench import harness
from bench.goals import said_of

T = TypeVar("T")

# What each bench calls its amounts, and the least that it can do with. A bench that is not here has none.
AMOUNTS: Mapping[str, Mapping[str, object]] = {
    "catalogue": {"ITEMS": 60},
    "fleet": {
        "STATIONS": 2,
        "APART": 2,
        "WORKERS": 1,
        "CASE_EVERY_S": 0.3,
        "_ALONE_S": 0.3,
        "_FIRST_S": 0.3,
        "_EVEN_S": 0.6,
        "_AWAY_S": 0.6,
        "_LOOK_S": 0.05,
    },
    "hall": {"_STATIONS": ("440100", "440101"), "WORKERS": 1, "WARM": 1},
    "lists": {"MANY": 2000, "_NOTCHES": 4},
    "slips": {"BATCH": 2, "MANY": 10},
    "start": {"_PEER": "nobody", "_CALM_S": 0.2},
    "store": {"FEW": 120, "MANY": 2400, "_WARMING": 2},
    "sync": {"ROUND": 4, "BATCH": 2},
    "verify": {"DELAYS_S": (0.02, 0.01, 0.01, 0.01, 0.01)},
}


def _once(subjects: Mapping[str, Callable[[], T]], runs: int) -> dict[str, list[T]]:
    return {name: [subject()] for name, subject in subjects.items()}


def _with_least(play: Callable[..., Any], *least: object) -> Callable[..., Any]:
    """The same, its last arguments replaced by the least."""
    return lambda *given: play(*given[: -len(least)], *least)


def _least(name: str, bench: Any, folder: Path) -> None:
    """Set the bench's amounts, and those that it only hands on to parts of it."""
    from bench import many_cases

    for amount, value in AMOUNTS.get(name, {}).items():
        if not hasattr(bench, amount):
            raise LookupError(f"bench.{name} has no {amount} any more")
        setattr(bench, amount, value)
    many_cases._MADE = folder
    if name == "card":
        bench.card_gui.card_in = _with_least(bench.card_gui.card_in, 1)
        bench.card_gui.hung_gap = _with_least(bench.card_gui.hung_gap, 0.5)
    elif name == "hall":
        bench._Work.make = staticmethod(_with_least(bench._Work.make, 2, 2))
    elif name == "lists":
        bench._scrolling = _with_least(bench._scrolling, 1)
    elif name == "store":
        bench._commits = _with_least(bench._commits, 2)
        bench._searches = _with_least(bench._searches, 2)


def play(name: str) -> Iterable[harness.Figure]:
    """Give the figures, which are worth nothing."""
    harness.in_turns = _once
    bench = importlib.import_module(f"bench.{name}")
    with tempfile.TemporaryDirectory() as folder:
        _least(name, bench, Path(folder))
        yield from bench.measure(long=False)


if __name__ == "__main__":
    harness.show(play(sys.argv[1]), as_json=True, goal=said_of)
