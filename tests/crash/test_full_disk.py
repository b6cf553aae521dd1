"""A real small disk that fills up, and one that turns read-only: told, nothing lost, and the filing goes on afterwards."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.crash.filing import Place, file_case, go_on
from tests.crash.station_check import Promised, problems
from wire.keys import new_private
from workstation.domain.failures import Failure, Refused


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """A disk of two megabytes."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)]
    if subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("no right to mount a small disk here")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def _place(small: Path) -> Place:
    place = Place(small / "station", new_private())
    place.folder.mkdir()
    place.enrolled()
    return place


def _filed_once(place: Place, told: list[str]) -> None:
    promised = Promised(opened=True)
    (said,) = [said.split() for said in told if said.startswith("received ")]
    promised.receipts[said[1]] = said[2]
    assert list(problems(place.folder, promised)) == []


@pytest.mark.parametrize("left", [0, 4, 40, 120])
def test_a_disk_that_is_really_full_is_told_and_the_filing_goes_on(small: Path, left: int) -> None:
    """`left`: how many KiB there is room for."""
    place = _place(small)
    whole = place.opened()
    told: list[str] = []
    ballast = small / "ballast"
    with pytest.raises(OSError, match="No space"), ballast.open("wb", buffering=0) as file:
        while True:
            file.write(bytes(4096))
    with ballast.open("r+b") as file:
        file.truncate(ballast.stat().st_size - left * 1024)
    with pytest.raises(Refused) as refused:
        file_case(whole, told.append)
    assert refused.value.failure is Failure.STORE_FULL
    ballast.unlink()
    go_on(whole, told.append)
    whole.close()
    _filed_once(place, told)


def test_a_disk_that_turned_read_only_is_told_and_the_filing_goes_on(small: Path) -> None:
    place = _place(small)
    told: list[str] = []
    # The store must be shut: a disk in use for writing does not turn read-only by a command.
    subprocess.run(["mount", "-o", "remount,ro", str(small)], check=True)
    with pytest.raises(Refused) as refused:
        place.opened()
    assert refused.value.failure is Failure.STORE_UNWRITABLE
    subprocess.run(["mount", "-o", "remount,rw", str(small)], check=True)
    whole = place.opened()
    go_on(whole, told.append)
    whole.close()
    _filed_once(place, told)
