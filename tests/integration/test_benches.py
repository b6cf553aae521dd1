"""Every bench still starts and gives all the figures that it promises: each is played once, on the smallest amount."""

from __future__ import annotations

import importlib
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bench.__main__ import questions
from tests.integration.smallest import AMOUNTS

_ROOT = Path(__file__).parents[2]
# Each starts programs of its own, seconds of processor time, by code that mypy and other tests see every day.
_LONG = {"fleet", "hall", "slips", "start", "sync", "verify"}
_NEEDS = {"start": "xdotool"}
_BENCHES = [
    pytest.param(name, marks=[pytest.mark.long] if name in _LONG else []) for name in sorted(questions())
]


def test_no_amount_is_of_a_bench_that_is_gone() -> None:
    assert set(AMOUNTS) | _LONG | set(_NEEDS) <= set(questions())


@pytest.mark.parametrize("name", _BENCHES)
def test_a_bench_starts_and_gives_the_figures_that_it_promises(name: str) -> None:
    if name in _NEEDS and shutil.which(_NEEDS[name]) is None:
        pytest.skip(f"{_NEEDS[name]} is not here: dev.py bench {name} installs it")
    played = subprocess.run(
        [sys.executable, "-m", "tests.integration.smallest", name],
        cwd=_ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert played.returncode == 0, played.stderr[-3000:]
    given = {json.loads(line)["figure"] for line in played.stdout.splitlines()}
    assert given
    assert _promised(name) <= given


def _promised(name: str) -> set[str]:
    """The figures that a bench's own words name, but for those that ask for what is not on every machine."""
    told = importlib.import_module(f"bench.{name}").measure.__doc__ or ""
    return {word for word in re.findall(r"`([a-z0-9_]+)`", told) if "_" in word} - {
        "window_ready_vs_ausweisapp"
    }
