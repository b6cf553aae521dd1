"""The run of two minutes finds nothing; three halls that are wrong on purpose are found out, each by a short run."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.chaos import net
from tests.chaos.driver import SCAN, WEIGHTS
from tests.chaos.run import ALL_FAULTS

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.skipif(bool(net.can_have()), reason=f"no network namespaces: {net.can_have()}")

SHORT = {"stations": 1, "rounds": 1, "round_s": 9.0, "pause_s": 0.2, "every_s": 0.7}
RIVAL = {"faults": [], "weights": {"file": 30, "close": 30, "contend": 25}}
# What provokes a bug, and all that must be found of it: under which letter, in which words (a pattern). A run goes on until what provokes
# it has struck (tests/chaos/run.py), so that nothing hangs on how fast this machine is.
PROVOKED: dict[str, tuple[dict[str, Any], dict[str, str]]] = {
    "no_idempotency_key": (
        # Nothing is ever accepted here, so that no paper of an accepted case can change: a run that lacks something says so.
        {"faults": ["drop_reply"], "weights": {"file": 1, "papers": 1}},
        {"a": "was applied [2-9]", "f": "the station has not", "untried": "papers has never happened"},
    ),
    "ack_before_commit": (
        {"faults": ["kill_after_reply"], "every_s": 2.0, "weights": {"file": 1}},
        {"a": "is 0 times at the hall", "f": "the hall has not", "g": "signed for"},
    ),
    "last_writer_wins": (RIVAL, {"e": "the hall has it open"}),
}


def run(*options: str) -> tuple[int, dict[str, Any]]:
    """Return the exit code and what was told."""
    done = subprocess.run(
        ["nice", "-n", "5", sys.executable, "-m", "tests.chaos", "--json", *options],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode in {0, 1}, done.stderr[-3000:]
    told: dict[str, Any] = json.loads(done.stdout)
    return done.returncode, told


@pytest.mark.timeout(600)
def test_five_stations_and_every_fault_leave_no_anomaly() -> None:
    code, told = run()
    assert told["anomalies"] == []
    assert code == 0
    assert {*WEIGHTS, SCAN, *ALL_FAULTS} <= set(told["seen"])
    assert told["converge_s"]["of"] > 0


@pytest.mark.timeout(300)
@pytest.mark.parametrize("bug", PROVOKED)
def test_a_hall_that_is_wrong_is_found_out(bug: str) -> None:
    plan, expected = PROVOKED[bug]
    code, told = run("--bug", bug, "--plan", json.dumps({**SHORT, **plan, "bound_s": 15.0}))
    assert code == 1
    for letter, words in expected.items():
        found = [anomaly["what"] for anomaly in told["anomalies"] if anomaly["check"] == letter]
        assert any(re.search(words, what) for what in found), (letter, told["anomalies"])


@pytest.mark.timeout(300)
def test_a_rival_changes_nothing_at_the_real_hall() -> None:
    """The other provocations are faults of the run of two minutes."""
    code, told = run("--plan", json.dumps({**SHORT, **RIVAL, "bound_s": 60.0}))
    assert told["anomalies"] == []
    assert code == 0
    assert told["seen"]["contend"] > 0
    assert "contend:ok" not in told["ended"]


@pytest.mark.long
@pytest.mark.timeout(7200)
def test_ten_thousand_operations_leave_no_anomaly() -> None:
    code, told = run("--long")
    assert told["anomalies"] == []
    assert code == 0
    assert told["operations"] >= 10_000
    assert {*WEIGHTS, SCAN, *ALL_FAULTS} <= set(told["seen"])
