"""Power lost at any moment of a station's day: what was acknowledged is there, whole and readable; the controls lose it."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.crash.disk import Disk, Loss
from tests.crash.images import OF_A_STATION, as_recorded, below, examine
from tests.crash.recording import recorded
from tests.crash.shim import Op
from tests.crash.station_check import Promised, problems
from tests.crash.station_work import Way

LONG = 20_000
CASES, LONG_CASES = 8, 24


@pytest.fixture(scope="module")
def ops(shim: Path, memory: Path, request: pytest.FixtureRequest) -> list[Op]:
    return recorded(
        shim, memory, "tests.crash.station_work", LONG_CASES if request.config.getoption("--long") else CASES
    )


@pytest.mark.parametrize("way", Way)
def test_the_record_leads_to_just_the_files_that_are_there(ops: list[Op], memory: Path, way: Way) -> None:
    root = memory / "work" / way.value
    assert as_recorded(below(ops, root), root) == []


def test_what_was_acknowledged_survives_the_power(ops: list[Op], memory: Path) -> None:
    root = memory / "work" / Way.RIGHT.value
    found = examine(
        below(ops, root), root, memory / "image", Promised(), problems, images=OF_A_STATION, seed=6
    )
    print(f"\nstation {found}")
    assert found.images.total() == OF_A_STATION
    assert found.bad == []


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_what_was_acknowledged_survives_the_power_20000_times(ops: list[Op], memory: Path) -> None:
    root = memory / "work" / Way.RIGHT.value
    found = examine(below(ops, root), root, memory / "image", Promised(), problems, images=LONG, seed=7)
    print(f"\nstation {found}")
    assert found.images.total() == LONG
    assert found.bad == []


def test_a_store_whose_first_page_was_torn_in_the_making_is_made(ops: list[Op], memory: Path) -> None:
    root = memory / "work" / Way.RIGHT.value
    disk = Disk(str(root))
    for op in below(ops, root):
        disk.apply(op)
        if op.kind == "W" and op.path.endswith("station.db"):
            break
    sizes = set()
    for seed in range(12):
        image = memory / f"torn{seed}"
        image.mkdir()
        disk.image(image, Loss.LATEST, random.Random(seed))
        path = image / "station.db"
        sizes.add(path.stat().st_size if path.exists() else None)
        assert list(problems(image, Promised())) == []
    print(f"\na store in the making, its file so long: {sizes}")
    assert any(size and size < 4096 for size in sizes)


@pytest.mark.parametrize(
    ("way", "deaf_to", "words"),
    [
        (Way.NORMAL, "", "lost"),
        (Way.OFF, "", ""),
        (Way.EARLY, "", "lost"),
        (Way.RIGHT, ".keys", "sealed"),  # the file of keys is never waited for
        (Way.RIGHT, "-wal", "lost"),
    ],
)
def test_a_store_that_does_not_wait_is_found_out(
    ops: list[Op], memory: Path, way: Way, deaf_to: str, words: str
) -> None:
    root = memory / "work" / way.value
    found = examine(
        below(ops, root),
        root,
        memory / "image",
        Promised(),
        problems,
        images=200,
        seed=8,
        deaf_to=deaf_to,
        stop_at=words,
    )
    print(f"\ncontrol {found}, the last: {found.bad[-1:]}")
    assert any(words in what for _, _, what in found.bad)
