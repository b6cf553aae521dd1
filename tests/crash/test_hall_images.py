"""Power lost at any moment of a hall on SQLite: each receipt it gave is backed by event and case; the controls lose some."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.crash.hall_check import Given, problems
from tests.crash.images import OF_A_HALL, OF_A_STATION, as_recorded, below, examine
from tests.crash.recording import recorded
from tests.crash.shim import Op
from tests.crash.station_work import Way


@pytest.fixture(scope="module")
def ops(shim: Path, memory: Path, request: pytest.FixtureRequest) -> list[Op]:
    return recorded(shim, memory, "tests.crash.hall_work", 80 if request.config.getoption("--long") else 30)


@pytest.mark.parametrize("way", Way)
def test_the_record_leads_to_just_the_files_that_are_there(ops: list[Op], memory: Path, way: Way) -> None:
    root = memory / "work" / way.value
    assert as_recorded(below(ops, root), root) == []


def test_each_receipt_the_hall_gave_is_backed(
    ops: list[Op], memory: Path, request: pytest.FixtureRequest
) -> None:
    root = memory / "work" / Way.RIGHT.value
    images = 5000 if request.config.getoption("--long") else OF_A_HALL
    found = examine(below(ops, root), root, memory / "image", Given(), problems, images=images, seed=6)
    print(f"\nhall {found}")
    assert found.images.total() == images
    assert OF_A_STATION + images >= 1000
    assert found.bad == []


@pytest.mark.parametrize(("way", "words"), [(Way.NORMAL, "lost"), (Way.OFF, ""), (Way.EARLY, "lost")])
def test_a_hall_that_does_not_wait_is_found_out(ops: list[Op], memory: Path, way: Way, words: str) -> None:
    root = memory / "work" / way.value
    found = examine(
        below(ops, root), root, memory / "image", Given(), problems, images=400, seed=8, stop_at=words
    )
    print(f"\ncontrol hall {found}, the last: {found.bad[-1:]}")
    assert any(words in what for _, _, what in found.bad)
