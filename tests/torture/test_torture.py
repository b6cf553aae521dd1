"""Two workers on PostgreSQL and on one SQLite file under every fault lose nothing and double nothing; a hall that is wrong on
purpose is found out (docs/torture.md)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.torture.faults import CRASH, CUTS, KILL_ALL, ON_FILE, ON_POSTGRES
from tests.torture.run import Plan, Told, lines_of, torture

ENGINES = pytest.mark.parametrize("postgres", [True, False], ids=["postgresql", "sqlite"])


def run(plan: Plan, folder: Path) -> Told:
    told = torture(plan, folder)
    print("", *list(lines_of(told))[:40], sep="\n")
    return told


def hold(told: Told, kinds: set[str]) -> None:
    """Nothing was found, and each kind of fault met somebody."""
    assert told.anomalies == []
    assert {kind for kind in kinds if told.struck[kind] == 0} == set()
    assert told.acknowledged == told.events > 0
    assert told.unheard > 0  # what was committed and not heard was pushed again, and not taken again
    assert all(told.did[what] > 0 for what in ("small", "long", "steps", "again", "poll"))


@ENGINES
def test_what_two_workers_signed_for_stands_once_through_every_fault(postgres: bool, tmp_path: Path) -> None:
    told = run(Plan(seed=1, postgres=postgres), tmp_path)
    hold(told, {*ON_POSTGRES, CRASH} if postgres else set(ON_FILE))


def test_an_answer_before_the_commit_is_found(tmp_path: Path) -> None:
    plan = Plan(seed=1, postgres=True, stations=3, kinds=(KILL_ALL,), wrong="ack_before_commit")
    assert "lost" in {anomaly.check for anomaly in run(plan, tmp_path).anomalies}


@pytest.mark.long
@ENGINES
def test_news_that_is_written_twice_is_found(postgres: bool, tmp_path: Path) -> None:
    plan = Plan(seed=1, postgres=postgres, stations=2, kinds=CUTS, wrong="told_twice")
    assert "feed" in {anomaly.check for anomaly in run(plan, tmp_path).anomalies}


@pytest.mark.long
@ENGINES
@pytest.mark.parametrize("seed", [2, 3, 4])
def test_minutes_of_it_find_nothing(postgres: bool, seed: int, tmp_path: Path) -> None:
    told = run(Plan(seed=seed, postgres=postgres, stations=6, times=4, seconds=180.0), tmp_path)
    hold(told, {KILL_ALL, *ON_POSTGRES, CRASH} if postgres else {KILL_ALL, *ON_FILE})
