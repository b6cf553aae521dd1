"""A reader whose cable is pulled and put in again under pcscd, and a machine that sleeps: back by themselves.

The reader is vpcd behind a driver of our own that can be told that its cable is out (pullable_reader.c): every call
to it fails from then on, in the middle of a read too. Debian's pcscd takes readers off its list for udev events of
USB only, which no test here can make; a reader that leaves the list is played by a daemon without one (test_cards.py).
"""

from __future__ import annotations

import shutil
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from demo.pcscd import DRIVER
from tests.fakes.card_reader import MOTHER
from tests.fakes.card_table import CardTable, Seen
from tests.fakes.held import Held
from workstation.cardreader.station import CardStation, open_card_reader
from workstation.domain.failures import Failure, Refused
from workstation.services.ports import CardPresence

SOURCE = Path(__file__).parents[1] / "fakes" / "pullable_reader.c"
GONE = {Failure.CARD_MISSING, Failure.CARD_REMOVED, Failure.READER_MISSING}
COMPILER = shutil.which("cc")

pytestmark = pytest.mark.skipif(
    COMPILER is None, reason="no C compiler to build the reader's driver (apt-get install gcc)"
)


class Cable:
    """The reader's cable."""

    def __init__(self, out: Path) -> None:
        self._out = out

    def pull(self) -> None:
        self._out.touch()

    def plug_in(self) -> None:
        self._out.unlink(missing_ok=True)


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[CardTable, Cable]]:
    folder = tmp_path_factory.mktemp("driver")
    built, out = folder / "libpullable.so", folder / "out"
    defined = [f'-DINNER="{DRIVER}"', f'-DCABLE_IS_OUT="{out}"']
    assert COMPILER is not None
    subprocess.run(
        [COMPILER, "-shared", "-fPIC", "-O1", *defined, "-o", built, SOURCE, "-ldl"],
        check=True,
        capture_output=True,
    )
    with CardTable(driver=built) as table:
        yield table, Cable(out)


@pytest.fixture
def seen(parts: tuple[CardTable, Cable]) -> Iterator[Seen]:
    yield Seen()
    parts[0].take_out()


@pytest.fixture
def station(seen: Seen) -> Iterator[CardStation]:
    opened = open_card_reader(timeout_s=20, on_presence=seen)
    seen.wait_for(CardPresence.EMPTY)
    yield opened
    opened.close()


def _held(station: CardStation) -> tuple[Held, Held]:
    """What the workstation and its card process hold."""
    return Held.now(), Held.now(station._worker._process.pid)


def _pull(
    times: int, parts: tuple[CardTable, Cable], seen: Seen, station: CardStation, *, warm: int
) -> float:
    """Pull and plug in, reading in between; return how long it took at the slowest to be back, in seconds."""
    table, cable = parts
    table.put_in("mother-2.0.json")
    seen.wait_for(CardPresence.PRESENT)
    slowest, before = 0.0, _held(station)
    for number in range(times):
        cable.pull()
        seen.wait_for(CardPresence.EMPTY)
        with pytest.raises(Refused) as refused:
            station.read()
        assert refused.value.failure in GONE
        cable.plug_in()
        put_in = time.monotonic()
        seen.wait_for(CardPresence.PRESENT)
        slowest = max(slowest, time.monotonic() - put_in)
        assert station.read().id_no == MOTHER.id_no
        if number == warm:
            before = _held(station)
    for now, then in zip(_held(station), before, strict=True):
        now.assert_no_more_than(then)
    return slowest


def test_a_reader_whose_cable_is_pulled_is_empty_and_back_with_the_cable(
    parts: tuple[CardTable, Cable], seen: Seen, station: CardStation
) -> None:
    _pull(3, parts, seen, station, warm=1)


@pytest.mark.long
def test_a_reader_pulled_200_times_is_always_found_again(
    parts: tuple[CardTable, Cable], seen: Seen, station: CardStation
) -> None:
    slowest = _pull(200, parts, seen, station, warm=10)
    print(f"200 times unplugged, back within {slowest:.2f} s at the slowest")


def test_a_reader_unplugged_in_the_middle_of_a_read_is_told_and_the_next_read_works(
    parts: tuple[CardTable, Cable], seen: Seen, station: CardStation
) -> None:
    table, cable = parts
    table.put_in("mother-2.0.json", faults={"slow_ms": 150})
    seen.wait_for(CardPresence.PRESENT)
    puller = threading.Timer(0.6, cable.pull)
    puller.start()
    with pytest.raises(Refused) as refused:
        station.read()
    puller.join()
    assert refused.value.failure in GONE
    seen.wait_for(CardPresence.EMPTY)
    cable.plug_in()
    seen.wait_for(CardPresence.PRESENT)
    assert station.read().id_no == MOTHER.id_no


def _sleep(table: CardTable, seen: Seen, station: CardStation) -> float:
    """Let the daemon stand still while the card is swapped, as over a suspend; return the seconds until it was told."""
    table.put_in("mother-2.0.json")
    seen.wait_for(CardPresence.PRESENT)
    assert station.read().id_no == MOTHER.id_no
    table.daemon.freeze(on=True)
    table.take_out()
    time.sleep(1.5)
    table.daemon.freeze(on=False)
    woke = time.monotonic()
    seen.wait_for(CardPresence.EMPTY)
    took = time.monotonic() - woke
    table.put_in("father-2.0.json")
    seen.wait_for(CardPresence.PRESENT)
    assert station.read().id_no != MOTHER.id_no
    table.take_out()
    seen.wait_for(CardPresence.EMPTY)
    return took


def test_a_machine_that_slept_finds_its_reader_and_the_card_that_was_swapped(
    parts: tuple[CardTable, Cable], seen: Seen, station: CardStation
) -> None:
    """What was known before the sleep counts no more."""
    _sleep(parts[0], seen, station)


@pytest.mark.long
def test_a_machine_that_sleeps_ten_times_is_always_back(
    parts: tuple[CardTable, Cable], seen: Seen, station: CardStation
) -> None:
    slowest = max(_sleep(parts[0], seen, station) for _ in range(10))
    print(f"10 times asleep, awake within {slowest:.2f} s at the slowest")
