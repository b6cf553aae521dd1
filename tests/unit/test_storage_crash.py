"""kill -9 at any moment: every case that was told to be durable is there, once, with envelope and audit entry."""

from __future__ import annotations

import random
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.fakes.cases import NOW
from tests.fakes.counter_work import KEY
from workstation.storage.database import Store, open_store


def killed(path: Path, after: int, *options: str) -> set[str]:
    """Let a counter work, kill it after `after` cases at whatever it is doing, return what it told to be durable."""
    command = [sys.executable, "-m", "tests.fakes.counter_work", str(path), *options]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2]
    ) as process:
        assert process.stdout is not None
        told = {process.stdout.readline().strip() for _ in range(after)}
        process.kill()
        # What still stands in the pipe was told before the kill.
        told |= {line.strip() for line in process.stdout if line.endswith("\n")}
    return told


def lost(store: Store, told: set[str]) -> set[str]:
    """Return what was told and is not there; fail when case, envelope, number and audit entry disagree."""
    with store._engine.connect() as connection:
        assert connection.execute(text("PRAGMA integrity_check")).scalar() == "ok"
    with store.unit() as unit:
        kept = [case.id for case in unit.cases.latest(100_000)]
        waiting = [w.envelope for w in unit.outbox.due(NOW, 100_000)]
        entries = unit.audit.entries()
        following = unit.station.next_number("receipt")
    assert sorted(kept) == sorted(e.subject for e in waiting) == sorted(e.case for e in entries)
    assert following == len(kept) + 1
    assert all(entry.intact() for entry in entries)
    assert all(after.prev == before.hash for before, after in pairwise(entries))
    assert all(after.prev == before.sha256 for before, after in pairwise(waiting))
    return told - set(kept)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "station.db"


def rounds(path: Path, count: int) -> set[str]:
    told: set[str] = set()
    for seed in range(count):
        told |= killed(path, random.Random(seed).randint(1, 60))
    return told


def check(path: Path, told: set[str]) -> set[str]:
    store = open_store(path, KEY)
    try:
        return lost(store, told)
    finally:
        store.close()


def test_a_killed_counter_loses_no_case_it_has_told(path: Path) -> None:
    told = rounds(path, 6)
    assert len(told) > 60
    assert check(path, told) == set()


@pytest.mark.long
def test_a_counter_killed_a_hundred_times_loses_no_case_it_has_told(path: Path) -> None:
    assert check(path, rounds(path, 100)) == set()


def test_the_harness_finds_a_counter_that_tells_before_the_commit(path: Path) -> None:
    assert check(path, killed(path, 2, "--early")) != set()
