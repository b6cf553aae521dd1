"""Endurance of the card room: the daemon killed 200 times, a card pulled 200 times; nothing leaks, no restart."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from bench.card import COMMANDS
from tests.fakes.card_reader import MOTHER
from tests.fakes.card_table import CardTable, Seen
from tests.fakes.held import Held
from workstation.cardreader.station import CardStation, open_card_reader
from workstation.domain.failures import Failure, Refused
from workstation.services.ports import CardPresence

ROUNDS = 200

pytestmark = [pytest.mark.long, pytest.mark.timeout(3600)]


@pytest.fixture(scope="module")
def table() -> Iterator[CardTable]:
    with CardTable() as laid:
        yield laid


@pytest.fixture
def seen(table: CardTable) -> Iterator[Seen]:
    yield Seen()
    table.take_out()


@pytest.fixture
def station(table: CardTable, seen: Seen) -> Iterator[CardStation]:
    opened = open_card_reader(timeout_s=20, on_presence=seen)
    seen.wait_for(CardPresence.EMPTY)
    yield opened
    opened.close()


def test_the_daemon_killed_and_restarted_200_times_is_always_found_again(
    table: CardTable, seen: Seen, station: CardStation
) -> None:
    slowest = 0.0
    before = Held.now()
    for number in range(ROUNDS):
        table.daemon.kill()
        seen.wait_for(CardPresence.SERVICE_DOWN)
        with pytest.raises(Refused) as refused:
            station.read()
        assert refused.value.failure is Failure.CARD_SERVICE_DOWN
        table.daemon.restart()
        back = time.monotonic()
        seen.wait_for(CardPresence.EMPTY)
        slowest = max(slowest, time.monotonic() - back)
        if number == 10:
            before = Held.now()
    Held.now().assert_no_more_than(before)
    print(f"{ROUNDS} deaths of the daemon, back within {slowest:.2f} s at the slowest")
    table.put_in("mother-2.0.json")
    seen.wait_for(CardPresence.PRESENT)
    assert station.read().id_no == MOTHER.id_no


def test_a_card_pulled_200_times_in_a_read_leaves_nothing_behind(
    table: CardTable, seen: Seen, station: CardStation
) -> None:
    before = Held.now()
    for number in range(ROUNDS):
        table.put_in("mother-2.0.json", faults={"remove_at": 1 + number % len(COMMANDS)})
        seen.wait_for(CardPresence.PRESENT)
        with pytest.raises(Refused) as refused:
            station.read()
        assert refused.value.failure is Failure.CARD_REMOVED
        table.take_out()
        seen.wait_for(CardPresence.EMPTY)
        if number == 10:
            before = Held.now()
    Held.now().assert_no_more_than(before)
    print(f"{ROUNDS} cards pulled, each of {len(COMMANDS)} commands in turn")
