"""Whatever code a dead card service leaves behind, at whichever call: watching and reading go on with a fresh line."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest

from tests.fakes.card_reader import MOTHER
from tests.fakes.dying_service import DyingService
from workstation.cardreader import monitor as watching
from workstation.cardreader import pcsc
from workstation.cardreader.monitor import Monitor
from workstation.cardreader.session import Sessions
from workstation.domain.failures import Failure, Refused
from workstation.services.ports import CardPresence

# pcsc.md 7, pcsclite.h, and the two that Windows gives for a handle of a service that is gone.
DEAD = {
    "NO_SERVICE": 0x8010001D,
    "SERVICE_STOPPED": 0x8010001E,
    "COMM_ERROR": 0x80100013,
    "SECURITY_VIOLATION": 0x8010006A,
    "INVALID_HANDLE": 0x80100003,
    "INTERNAL_ERROR": 0x80100001,
    "WAITED_TOO_LONG": 0x80100007,
    "SYSTEM_CANCELLED": 0x80100012,
    "UNKNOWN_ERROR": 0x80100014,
    "SHUTDOWN": 0x80100018,
    "SERVER_TOO_BUSY": 0x80100031,
    "ERROR_INVALID_HANDLE": 6,
    "ERROR_BROKEN_PIPE": 0x109,
    "a code nobody has heard of": 0x801000FF,
}


@pytest.mark.parametrize("call", ["establish", "list", "look", "wait"])
@pytest.mark.parametrize("code", DEAD.values(), ids=DEAD)
def test_the_monitor_tells_a_dead_service_once_and_finds_the_card_again(
    monkeypatch: pytest.MonkeyPatch, code: int, call: str
) -> None:
    service = DyingService(code, call)
    monkeypatch.setattr(pcsc, "scard", service)
    monkeypatch.setattr(watching, "_BACK_OFF_S", 0.0)
    told: list[CardPresence] = []
    back = threading.Event()

    def hear(presence: CardPresence) -> None:
        told.append(presence)
        if presence is CardPresence.PRESENT and CardPresence.SERVICE_DOWN in told:
            back.set()

    monitor = Monitor(hear)
    monitor.start()
    assert back.wait(20), told
    monitor.stop()
    assert told.count(CardPresence.SERVICE_DOWN) == 1
    assert told[-1] is CardPresence.PRESENT
    assert service.released == service.opened  # a line that is left open is a leak


@pytest.mark.parametrize("code", DEAD.values(), ids=DEAD)
def test_a_line_that_died_between_two_reads_costs_no_read(monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    service = DyingService(code)
    monkeypatch.setattr(pcsc, "scard", service)
    sessions = Sessions()
    for call in ("list", "look"):
        assert _read(sessions) == MOTHER
        service.dies_at = call
    assert _read(sessions) == MOTHER
    sessions.close()
    assert service.released == service.opened == 3


@pytest.mark.parametrize("call", ["connect", "begin", "transmit", "status"])
@pytest.mark.parametrize("code", DEAD.values(), ids=DEAD)
def test_a_service_that_dies_under_a_read_is_told_and_the_next_read_works(
    monkeypatch: pytest.MonkeyPatch, code: int, call: str
) -> None:
    service = DyingService(code, call)
    monkeypatch.setattr(pcsc, "scard", service)
    sessions = Sessions()
    with pytest.raises(Refused) as refused:
        _read(sessions)
    assert refused.value.failure is Failure.CARD_SERVICE_DOWN
    assert _read(sessions) == MOTHER
    sessions.close()
    assert service.released == service.opened


def _read(sessions: Sessions) -> object:
    return replace(sessions.read_card(MOTHER.read_at), read_at=MOTHER.read_at)
