"""No bytes of a card get further than one typed refusal: a minute of coverage-guided fuzzing for each target."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.fuzz.targets import TARGETS

ROOT = Path(__file__).parents[2]
HOSTILE = sorted(TARGETS)
_AT_ONCE = 4
_LOADING_S = 180  # with every branch instrumented, and nice to all others

pytestmark = pytest.mark.skipif(find_spec("atheris") is None, reason="atheris has no build for this machine")


def _fuzz(target: str, seconds: int, bug: str | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [
            *(sys.executable, "-m", "tests.fuzz", target, "--seconds", str(seconds)),
            *(() if bug is None else ("--bug", bug)),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
        timeout=2 * seconds + _LOADING_S,
    )


@pytest.fixture(scope="module")
def campaign(request: pytest.FixtureRequest) -> Mapping[str, subprocess.CompletedProcess[str]]:
    seconds = 3600 if request.config.getoption("--long") else 60
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        runs = pool.map(lambda target: _fuzz(target, seconds), HOSTILE)
        return dict(zip(HOSTILE, runs, strict=True))


@pytest.mark.timeout(8000)
@pytest.mark.parametrize("target", HOSTILE)
def test_nothing_escapes_the_parser(
    campaign: Mapping[str, subprocess.CompletedProcess[str]], target: str
) -> None:
    run = campaign[target]
    assert run.returncode == 0, run.stdout[-500:] + run.stderr[-3000:]
    executed = int(run.stderr.split("stat::number_of_executed_units:")[1].split()[0])
    assert executed > 1000, "the fuzzer hardly ran"


@pytest.mark.timeout(240)
def test_the_fuzzer_finds_what_is_planted_into_the_read_and_keeps_its_caps() -> None:
    """The negative control, from cards that do not lie: the same bug the lying card of hypothesis finds, too."""
    marks = {"trusting": "IndexError", "greedy": "out-of-memory", "endless": "timeout"}
    with ThreadPoolExecutor(len(marks)) as pool:
        runs = dict(zip(marks, pool.map(lambda bug: _fuzz("read", 60, bug), marks), strict=True))
    for bug, mark in marks.items():
        said = runs[bug].stdout + runs[bug].stderr
        assert runs[bug].returncode != 0, f"{bug} was not found"
        assert mark in said, said[-2000:]
