"""The run of two minutes finds nothing; three halls that are wrong on purpose are found out, each by a short run."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.chaos import net
from tests.chaos.run import ALL_FAULTS

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.skipif(bool(net.can_have()), reason=f"no network namespaces: {net.can_have()}")

# What provokes a bug, and under which letters it must be found.
SHORT = {"stations": 1, "rounds": 1, "round_s": 9.0, "operations": 30, "pause_s": 0.2, "every_s": 0.7}
PROVOKED: dict[str, tuple[dict[str, Any], set[str]]] = {
    "no_idempotency_key": ({"faults": ["drop_reply"]}, {"a", "f"}),
    "ack_before_commit": ({"faults": ["kill_after_reply"], "every_s": 2.0}, {"a", "g"}),
    "last_writer_wins": (
        {"faults": [], "weights": {"file": 30, "close": 30, "contend": 25}},
        {"d", "e", "f"},
    ),
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
    assert set(told["faults"]) == set(ALL_FAULTS)
    assert told["ended"]["receive:ok"] > 0
    assert told["converge_s"]["of"] > 0


@pytest.mark.timeout(300)
@pytest.mark.parametrize("bug", PROVOKED)
def test_a_hall_that_is_wrong_is_found_out(bug: str) -> None:
    plan, letters = PROVOKED[bug]
    code, told = run("--bug", bug, "--plan", json.dumps({**SHORT, **plan, "bound_s": 15.0}))
    assert code == 1
    assert letters & {anomaly["check"] for anomaly in told["anomalies"]}


@pytest.mark.timeout(300)
def test_a_rival_changes_nothing_at_the_real_hall() -> None:
    """The other provocations are faults of the run of two minutes."""
    plan, _ = PROVOKED["last_writer_wins"]
    code, told = run("--plan", json.dumps({**SHORT, **plan, "bound_s": 60.0}))
    assert told["anomalies"] == []
    assert code == 0
    assert told["ended"]["contend:fail"] > 0


@pytest.mark.long
@pytest.mark.timeout(7200)
def test_ten_thousand_operations_leave_no_anomaly() -> None:
    code, told = run("--long")
    assert told["anomalies"] == []
    assert code == 0
    assert told["operations"] >= 10_000
