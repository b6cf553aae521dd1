"""No bytes of a card get further than one typed refusal: a minute of coverage-guided fuzzing for each target."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import find, settings
from hypothesis import strategies as st

from tests.fuzz.targets import TARGETS, seeded_bug

ROOT = Path(__file__).parents[2]
HOSTILE = sorted(set(TARGETS) - {"seeded_bug"})
_AT_ONCE = 4

pytestmark = pytest.mark.skipif(find_spec("atheris") is None, reason="atheris has no build for this machine")


def _fuzz(target: str, seconds: int) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tests.fuzz", target, "--seconds", str(seconds)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
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


@pytest.mark.timeout(120)
def test_the_fuzzer_finds_a_seeded_bug() -> None:
    run = _fuzz("seeded_bug", 60)
    assert run.returncode != 0
    assert "IndexError" in run.stdout + run.stderr


def test_hypothesis_finds_the_seeded_bug_too() -> None:
    def crashes(data: bytes) -> bool:
        try:
            seeded_bug(data)
        except IndexError:
            return True
        return False

    names = st.sampled_from([b"\xb2\xe2", b"\xca\xd4", b""])
    records = st.builds(lambda length, value: b"\x09" + bytes((length,)) + value, st.integers(0, 255), names)
    assert crashes(find(records, crashes, settings=settings(max_examples=500, database=None)))
