"""One filing, killed at each of its writes, and refused by the disk at each of them: nothing told is lost or done twice."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.crash.recording import HOME
from tests.crash.shim import environment
from tests.data.kept import SCHEMAS, kept

POINTS = 20
TOLD_S = 1.0  # "told within 1 s", says the issue of a disk that is full or fails


@pytest.fixture
def wanted(request: pytest.FixtureRequest) -> int:
    """How many points: 0 is every one."""
    return 0 if request.config.getoption("--long") else POINTS


def _swept(shim: Path, memory: Path, how: str, wanted: int) -> tuple[int, list[dict[str, Any]]]:
    root = memory / how
    root.mkdir()
    command = [sys.executable, "-m", "tests.crash.sweep", str(root), how, str(wanted)]
    done = subprocess.run(
        command, env=environment(shim, root), cwd=HOME, check=True, stdout=subprocess.PIPE, text=True
    )
    first, *lines = map(json.loads, done.stdout.splitlines())
    print(
        f"\n{how}: {len(lines)} of {first['points']} points, {sum(bool(line['bad']) for line in lines)} bad"
    )
    return int(first["points"]), lines


def _bad(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [line for line in lines if line["bad"]]


def test_a_filing_killed_anywhere_goes_on_and_is_filed_once(shim: Path, memory: Path, wanted: int) -> None:
    total, lines = _swept(shim, memory, "kill", wanted)
    assert total > 100
    assert len(lines) >= min(wanted or total, total) - 5
    assert all(line["died"] for line in lines)
    assert _bad(lines) == []


def test_the_sweep_finds_a_receipt_that_is_told_before_the_commit(shim: Path, memory: Path) -> None:
    _, lines = _swept(shim, memory, "early", 14)
    assert any("is lost" in what for line in lines for what in line["bad"])


@pytest.mark.parametrize(
    ("how", "told"), [("full", "store_full"), ("error", "store_unwritable"), ("readonly", "store_unwritable")]
)
def test_a_disk_that_refuses_anywhere_is_told_and_the_filing_goes_on_in_the_same_program(
    shim: Path, memory: Path, wanted: int, how: str, told: str
) -> None:
    total, lines = _swept(shim, memory, how, wanted and POINTS // (2 if how == "readonly" else 1))
    slowest = max(lines, key=lambda line: line["seconds"])
    print(
        f"told: {dict(Counter(line['told'] for line in lines))}, the slowest after {slowest['seconds']:.3f} s"
    )
    assert total > 100
    assert _bad(lines) == []
    # To SQLite a wait that failed is a wait that failed: why, it does not say. All else is told for what it is.
    unsaid = {"store_unwritable"} if how == "full" else set()
    assert [
        line for line in lines if line["told"] not in {told} | (unsaid if line["struck"] == "S" else set())
    ] == []
    if not wanted:
        # The one assertion on time: the issue gives the number. Only here, where nobody lands anything.
        assert slowest["seconds"] <= TOLD_S


def test_an_upgrade_killed_anywhere_leaves_a_store_that_opens(shim: Path, memory: Path, wanted: int) -> None:
    root = memory / "migrating"
    root.mkdir()
    command = [sys.executable, "-m", "tests.crash.migrating", str(root), str(wanted and 5)]
    done = subprocess.run(
        command, env=environment(shim, root), cwd=HOME, check=True, stdout=subprocess.PIPE, text=True
    )
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    for store, total in {line["store"]: line["points"] for line in lines}.items():
        played = [line for line in lines if line["store"] == store]
        print(f"\nupgrade of {store}: killed at {len(played)} of {total} points, {len(_bad(played))} bad")
    assert {line["store"] for line in lines} == {kept(schema).name for schema in SCHEMAS[:-1]}
    assert all(line["died"] for line in lines)
    assert _bad(lines) == []
