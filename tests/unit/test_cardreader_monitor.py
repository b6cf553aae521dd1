"""What the monitor tells of what the readers see."""

from __future__ import annotations

import pytest

from workstation.cardreader.monitor import Monitor
from workstation.cardreader.pcsc import PcscError, Slot
from workstation.domain.failures import Failure
from workstation.services.ports import CardPresence

_EMPTY, _PRESENT, _MUTE = 0x10, 0x20, 0x220  # SCARD_STATE_*


def slot(reader: str, state: int, events: int = 0) -> Slot:
    return Slot(reader, events << 16 | state, b"")


def told(*looks: list[Slot]) -> list[CardPresence]:
    """Return what is told when the readers see this, one look after the other."""
    seen: list[CardPresence] = []
    monitor = Monitor(seen.append)
    for look in looks:
        monitor._judge(look)
    assert monitor.presence() is seen[-1]
    return seen


def test_before_the_first_look_the_service_counts_as_down() -> None:
    assert Monitor(lambda _: None).presence() is CardPresence.SERVICE_DOWN


@pytest.mark.parametrize(
    ("look", "presence"),
    [
        ([], CardPresence.NO_READER),
        ([slot("A", _EMPTY)], CardPresence.EMPTY),
        ([slot("A", _EMPTY), slot("B", _PRESENT)], CardPresence.PRESENT),
        ([slot("A", _MUTE), slot("B", _EMPTY)], CardPresence.MUTE),
        ([slot("A", _MUTE), slot("B", _PRESENT)], CardPresence.PRESENT),
    ],
)
def test_all_readers_together_are_one_presence(look: list[Slot], presence: CardPresence) -> None:
    assert told(look) == [presence]


def test_the_same_again_is_told_once() -> None:
    in_use = slot("A", _PRESENT | 0x100, 1)
    assert told([slot("A", _PRESENT, 1)], [in_use], [slot("A", _PRESENT, 1)]) == [CardPresence.PRESENT]


def test_a_card_swapped_between_two_looks_is_told_as_out_and_in() -> None:
    assert told([slot("A", _PRESENT, 1)], [slot("A", _PRESENT, 3)]) == [
        CardPresence.PRESENT,
        CardPresence.EMPTY,
        CardPresence.PRESENT,
    ]


def test_another_readers_card_taking_over_is_told_as_out_and_in() -> None:
    both = [slot("A", _PRESENT, 1), slot("B", _PRESENT, 1)]
    assert told(both, [slot("A", _EMPTY, 2), slot("B", _PRESENT, 1)]) == [
        CardPresence.PRESENT,
        CardPresence.EMPTY,
        CardPresence.PRESENT,
    ]


@pytest.mark.parametrize("code", [0x8010001D, 0x80100013, 0x8010006A, 0x80100003, 0x8010001E, 0x80100099])
def test_every_code_of_a_dead_daemon_means_service_down(code: int) -> None:
    assert PcscError(code).failure is Failure.CARD_SERVICE_DOWN
