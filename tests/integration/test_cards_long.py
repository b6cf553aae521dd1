"""Endurance of the card room: the daemon killed 200 times, a card pulled 200 times; nothing leaks, no restart."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from bench.card import COMMANDS
from hall.card_keys import simulated_cards
from tests.fakes.card_reader import MOTHER
from tests.fakes.card_table import CardTable, Seen
from tests.fakes.held import Held
from wire.messages import CardChallenge, CardCryptograms
from workstation.cardreader.station import CardStation, open_card_reader
from workstation.domain.failures import Failure, Refused
from workstation.domain.identity import Identity
from workstation.services.ports import CardKeys, CardPin, CardPresence

ROUNDS = 200
BACK_S = 1.0  # always back within this after the cause has ended
_WARM = 10  # rounds after which nothing may grow any more

pytestmark = [pytest.mark.long, pytest.mark.timeout(3600)]


@pytest.fixture
def station(table: CardTable, seen: Seen) -> Iterator[CardStation]:
    opened = open_card_reader(timeout_s=20, on_presence=seen)
    seen.wait_for(CardPresence.EMPTY)
    yield opened
    opened.close()


class Keys:
    """The demo hall's key server."""

    def card_cryptograms(self, challenge: CardChallenge) -> CardCryptograms:
        return simulated_cards().cryptograms(challenge)


def held(station: CardStation) -> tuple[Held, Held]:
    """What the workstation and its card process hold."""
    return Held.now(), Held.now(station._worker._process.pid)


def assert_flat(now: tuple[Held, Held], before: tuple[Held, Held]) -> None:
    for held_now, held_before in zip(now, before, strict=True):
        held_now.assert_no_more_than(held_before)
    print("; ".join(f"{n.threads} threads, {n.files} files, {n.resident_kib} KiB (before {b.resident_kib})" for n, b in zip(now, before, strict=True)))  # fmt: skip


def test_the_daemon_killed_and_restarted_200_times_is_always_found_again(
    table: CardTable, seen: Seen, station: CardStation
) -> None:
    slowest = 0.0
    before = held(station)
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
        if number == _WARM:
            before = held(station)
    print(f"{ROUNDS} deaths of the daemon, back within {slowest:.2f} s at the slowest")
    assert_flat(held(station), before)
    assert slowest < BACK_S
    table.put_in("mother-2.0.json")
    seen.wait_for(CardPresence.PRESENT)
    assert station.read().id_no == MOTHER.id_no


def test_a_card_pulled_200_times_in_a_read_leaves_nothing_behind(
    table: CardTable, seen: Seen, station: CardStation
) -> None:
    before = held(station)
    slowest = 0.0
    for number in range(ROUNDS):
        began = time.monotonic()
        table.put_in("mother-2.0.json", faults={"remove_at": 1 + number % len(COMMANDS)})
        seen.wait_for(CardPresence.PRESENT)
        slowest = max(slowest, time.monotonic() - began)
        with pytest.raises(Refused) as refused:
            station.read()
        assert refused.value.failure is Failure.CARD_REMOVED
        table.take_out()
        seen.wait_for(CardPresence.EMPTY)
        if number == _WARM:
            before = held(station)
    print(
        f"{ROUNDS} cards pulled, each of {len(COMMANDS)} commands in turn; the next is seen within {slowest:.2f} s"
    )
    assert_flat(held(station), before)
    assert slowest < BACK_S


@pytest.mark.parametrize(
    ("card", "keys", "pin"),
    [
        ("holder-3.0.json", Keys(), None),
        ("residence-2.0.json", Keys(), CardPin("123456")),
    ],
    ids=["3.0 with keys", "2.0 with keys and PIN"],
)
def test_a_card_pulled_at_every_command_of_the_fullest_read_is_told_as_removed(
    table: CardTable, seen: Seen, station: CardStation, card: str, keys: CardKeys, pin: CardPin | None
) -> None:
    # Once to its end first: what computes the keys is loaded by it, for good.
    table.put_in(card)
    seen.wait_for(CardPresence.PRESENT)
    assert station.read(keys=keys, pin=pin).id_no
    table.take_out()
    seen.wait_for(CardPresence.EMPTY)
    whole: Identity | None = None
    command = 0
    before = held(station)
    while whole is None:
        command += 1
        table.put_in(card, faults={"remove_at": command})
        seen.wait_for(CardPresence.PRESENT)
        refusal = Failure.CARD_REMOVED
        try:
            whole = station.read(keys=keys, pin=pin)
        except Refused as refused:
            refusal = refused.failure
        assert refusal is Failure.CARD_REMOVED, f"pulled at command {command}"
        table.take_out()
        seen.wait_for(CardPresence.EMPTY)
        if command == _WARM:
            before = held(station)
    print(f"{card}: pulled at each of {command - 1} commands")
    assert command > len(COMMANDS) + 3  # proof or residence were a part of it
    assert whole.card is not None
    assert whole.card.authenticated
    assert_flat(held(station), before)


def test_a_card_that_hangs_again_and_again_leaves_no_process_and_no_file(
    table: CardTable, seen: Seen
) -> None:
    station = open_card_reader(timeout_s=1.0, on_presence=seen)
    try:
        seen.wait_for(CardPresence.EMPTY)
        before = Held.now()
        for number in range(20):
            table.put_in("mother-2.0.json", faults={"hang_at": 1 + number % len(COMMANDS)})
            seen.wait_for(CardPresence.PRESENT)
            with pytest.raises(Refused) as refused:
                station.read()
            assert refused.value.failure is Failure.CARD_HUNG
            table.take_out()
            seen.wait_for(CardPresence.EMPTY)
            if number == 2:
                before = Held.now()
        Held.now().assert_no_more_than(before)
        table.put_in("mother-2.0.json")
        seen.wait_for(CardPresence.PRESENT)
        assert station.read().id_no == MOTHER.id_no
    finally:
        station.close()
