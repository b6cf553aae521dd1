"""The engine's threads on a real store and real HTTP: prompt, patient, and never stopped by one kind of trouble."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.fakes.cases import DEVICE_KEY, NOW, a_case, an_enrolment
from tests.fakes.hall import HallSimulator, running_hall, trouble
from tests.until import until
from wire.keys import new_private
from wire.messages import Change, ChangeKind, ChangePage
from workstation.domain.failures import Failure, Refused
from workstation.services.heal import Takes
from workstation.services.views import Link
from workstation.storage.database import Store, open_store
from workstation.sync import engine as engine_module
from workstation.sync.client import Device, HallClient
from workstation.sync.engine import Engine, SyncState


class Station:
    """A store with its engine."""

    def __init__(self, hall: HallSimulator, store: Store) -> None:
        self.hall = hall
        self.store = store
        self.pages: list[ChangePage] = []
        self.states: list[SyncState] = []
        self.bug: Exception | None = None
        self.busy = 0  # so often whoever hears of the hall cannot write it down
        self.engine = Engine(
            client=HallClient(hall.url, Device(an_enrolment(), DEVICE_KEY), lambda: NOW),
            enrolment=an_enrolment(),
            open_unit=store.unit,
            take=Takes(self._take, lambda said: said.epoch, _nothing, lambda _: None, lambda _: None),
            clock=lambda: NOW,
            on_state=self._hear,
        )

    def _hear(self, state: SyncState) -> None:
        if self.busy:
            self.busy -= 1
            raise Refused(Failure.STORE_BUSY)
        self.states.append(state)

    def _take(self, page: ChangePage) -> None:
        if self.bug is not None:
            raise self.bug
        with self.store.unit() as unit:
            unit.station.move_cursor(page.cursor)
            unit.commit()
        self.pages.append(page)

    def file(self, n: int, scan: bytes = b"") -> None:
        """File a case with its event and scan, and wake the engine."""
        with self.store.unit() as unit:
            unit.cases.add(a_case(n, blobs=(unit.blobs.put(scan),) if scan else ()))
            unit.outbox.add(
                id=f"event-{n}",
                subject=f"case-{n:04d}",
                kind="case_received",
                at=NOW,
                actor="clerk",
                body="{}",
            )
            unit.commit()
        self.engine.wake()

    def queued(self) -> int:
        with self.store.unit() as unit:
            return unit.outbox.state().pending


def _nothing() -> None:
    pass


@pytest.fixture
def station(tmp_path: Path) -> Iterator[Station]:
    with running_hall() as hall, closing(open_store(tmp_path / "station.db", bytes(32))) as store:
        yield Station(hall, store)


@contextmanager
def running(station: Station) -> Iterator[None]:
    station.engine.start()
    try:
        yield
    finally:
        station.hall.scans_may_go.set()
        station.engine.stop()


def threads() -> list[str]:
    return [thread.name for thread in threading.enumerate() if thread.name.startswith("sync")]


def test_what_is_filed_reaches_the_hall_and_what_the_hall_says_reaches_the_station(station: Station) -> None:
    change = Change("case-0001", 1, ChangeKind.CASE_REGISTERED, "{}")
    station.hall.pages = {"": ChangePage("e1", (change,), "e1.1", more=False)}
    with running(station):
        station.file(1)
        until(lambda: station.queued() == 0 and station.pages)
        until(lambda: station.engine.state().link is Link.UP)
    assert list(station.hall.held) == ["event-1"]
    assert station.pages[0].items == (change,)
    assert station.engine.state() == SyncState(Link.UP, NOW, "")


def test_new_work_wakes_an_idle_engine(station: Station, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine_module, "IDLE_S", 3600.0)
    with running(station):
        until(lambda: station.engine.state().link is Link.UP)
        for n in range(1, 4):
            station.file(n, scan=b"scan %d" % n)
            until(lambda: station.queued() == 0)
        until(lambda: len(station.hall.scans) == 3)
    assert list(station.hall.held) == ["event-1", "event-2", "event-3"]


def test_events_do_not_wait_for_scans(station: Station) -> None:
    station.hall.scans_may_go.clear()
    with running(station):
        station.file(1, scan=b"x" * 1000)
        until(lambda: any(request == "POST /v1/uploads" for request in station.hall.requests))
        station.file(2)
        until(lambda: station.queued() == 0)
        assert station.hall.scans == {}
        station.hall.scans_may_go.set()
        until(lambda: len(station.hall.scans) == 1)


def test_a_hall_that_comes_back_gets_everything_without_new_work(station: Station) -> None:
    station.hall.always = trouble(503, "busy")
    with running(station):
        for n in range(1, 6):
            station.file(n)
        until(lambda: station.engine.state().link is Link.DOWN)
        assert station.engine.state().trouble == "hall_busy"
        station.hall.always = None
        until(lambda: station.engine.state().link is Link.UP)
        assert station.queued() == 0
    assert list(station.hall.held) == [f"event-{n}" for n in range(1, 6)]
    assert [state.link for state in station.states] == [Link.DOWN, Link.UP]


def test_new_work_does_not_hammer_a_hall_in_trouble(station: Station) -> None:
    station.hall.always = trouble(503, "busy", Retry_After="3600")
    with running(station):
        until(lambda: station.engine.state().link is Link.DOWN)
        before = len(station.hall.requests)
        for n in range(1, 21):
            station.file(n)
        assert len(station.hall.requests) == before
        assert station.queued() == 20


def test_a_revoked_station_stops_knocking(station: Station) -> None:
    station.hall.always = trouble(403, "device_revoked")
    with running(station):
        station.file(1, scan=b"scan")
        until(lambda: threads() == [])
        before = len(station.hall.requests)
        station.hall.always = None
        station.file(2)
        assert station.engine.state() == SyncState(Link.REFUSED, None, "device_revoked")
        assert station.queued() == 2
    assert len(station.hall.requests) == before


def test_a_busy_store_when_the_state_is_told_ends_no_carrying(station: Station) -> None:
    """A run of `dev.py chaos` found it: the thread ended, and the station sent nothing until it was started anew."""
    station.busy = 1
    with running(station):
        station.file(1)
        until(lambda: [state.link for state in station.states] == [Link.UP])
        until(lambda: station.queued() == 0)


def test_a_restored_hall_is_believed_on_its_signed_word_and_gets_what_waits(station: Station) -> None:
    station.hall.epoch = "e2"
    with running(station):
        station.file(1)
        until(lambda: station.queued() == 0 and station.engine.state().link is Link.UP)
    assert station.hall.batches[-1].epoch == "e2"


def test_a_hall_that_cannot_sign_for_its_epoch_gets_nothing(station: Station) -> None:
    station.hall.epoch = "e2"
    station.hall.key = new_private()
    with running(station):
        station.file(1)
        until(lambda: station.engine.state().link is Link.REFUSED)
        assert station.engine.state().trouble == "hall_answer_untrusted"
        assert station.queued() == 1
    assert station.hall.held == {}


def test_a_bug_in_taking_changes_is_told_in_full_and_events_still_go(
    station: Station, caplog: pytest.LogCaptureFixture
) -> None:
    station.bug = ZeroDivisionError("planted")
    station.hall.pages = {"": ChangePage("e1", (), "e1.1", more=False)}
    with caplog.at_level(logging.INFO), running(station):
        until(lambda: station.engine.state().trouble == "bug")
        station.file(1)
        until(lambda: station.queued() == 0)
        station.bug = None
        until(lambda: station.engine.state().link is Link.UP)
    assert "ZeroDivisionError: planted" in caplog.text
    assert [page.cursor for page in station.pages] == ["e1.1"]


def test_a_stopped_engine_leaves_no_thread_and_keeps_what_waits(station: Station) -> None:
    with running(station):
        until(lambda: station.engine.state().link is Link.UP)
        assert sorted(threads()) == ["sync events", "sync scans"]
    assert threads() == []
    station.file(1)
    assert station.queued() == 1


def test_an_engine_that_was_never_started_can_be_stopped(station: Station) -> None:
    station.engine.stop()
    assert threads() == []
