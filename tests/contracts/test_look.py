"""What a unit that only reads promises, and what is remembered without being written: fake and real SQLCipher alike."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.fakes.cases import NOW, a_case
from tests.fakes.staff import STAFF
from tests.fakes.store import FakeStore
from wire.messages import StaffList, StaffPolicy
from workstation.domain.failures import Failure, Refused
from workstation.services.rooms import Store
from workstation.services.take_staff import take_staff
from workstation.storage import database

LIST = StaffList("440104", 1, NOW, StaffPolicy(), STAFF, "")
MINUTE = timedelta(minutes=1)


@pytest.fixture(params=["fake", "real"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    if request.param == "fake":
        yield FakeStore()
        return
    with closing(database.open_store(tmp_path / "station.db", bytes(32), busy_ms=20)) as opened:
        yield opened


def test_a_look_sees_what_was_committed_and_nothing_that_is_under_way(store: Store) -> None:
    with store.unit() as unit:
        unit.cases.add(a_case(1))
        unit.commit()
        unit.cases.add(a_case(2))
        with store.look() as look:
            assert look.cases.latest(9) == (a_case(1),)
        unit.commit()
    with store.look() as look:
        assert look.cases.count() == 2


def test_a_look_holds_nobody_up(store: Store) -> None:
    with store.look() as look:
        assert look.cases.count() == 0
        with store.unit() as unit:
            unit.cases.add(a_case(1))
            unit.commit()
    with store.unit() as unit, pytest.raises(Refused, match=Failure.STORE_BUSY.value), store.unit():
        assert unit.cases.count() == 1  # the control: two that write wait for each other


def test_a_look_commits_nothing(store: Store) -> None:
    with store.look() as look:
        look.station.remember("x", "1")
        with pytest.raises(AssertionError):
            look.commit()
    with store.look() as look:
        assert look.station.fact("x") == ""


def test_the_list_that_is_held_is_as_old_as_it_was_said_last(store: Store) -> None:
    take(store, LIST)
    for minutes in (1, 59, 61, 200):
        said = replace(LIST, issued_at=NOW + minutes * MINUTE, signature=f"s{minutes}")
        assert not take_staff(said, open_unit=store.unit, clock=lambda: NOW)
        with store.look() as look:
            assert look.station.staff_list() == said
            assert look.station.latest_time() == said.issued_at
            assert look.station.account("clerk") == STAFF[0]


def take(store: Store, staff: StaffList) -> None:
    with store.unit() as unit:
        unit.station.take_staff(staff)
        unit.station.saw_time(staff.issued_at)
        unit.commit()


# -- the real store alone --------------------------------------------------------------------------------
def test_what_is_written_down_of_a_list_is_never_fresher_and_an_hour_older_at_most(tmp_path: Path) -> None:
    path = tmp_path / "station.db"
    written = []
    with closing(database.open_store(path, bytes(32))) as store:
        take(store, LIST)
        for minutes in (30, 59, 61, 90, 125):
            said = replace(LIST, issued_at=NOW + minutes * MINUTE)
            take_staff(said, open_unit=store.unit, clock=lambda: NOW)
            with closing(database.open_store(path, bytes(32))) as other, other.look() as look:
                held, latest = look.station.staff_list(), look.station.latest_time()
            assert held is not None
            assert latest == held.issued_at
            written.append((held.issued_at - NOW) // MINUTE)
    assert written == [0, 0, 61, 61, 125]


def test_a_clock_that_ran_ahead_is_mended_in_what_is_written_down(tmp_path: Path) -> None:
    path = tmp_path / "station.db"
    with closing(database.open_store(path, bytes(32))) as store:
        take(store, LIST)
        with store.unit() as unit:
            unit.station.saw_time(NOW + 20 * MINUTE)  # somebody signed in by a clock that was wrong
            unit.commit()
        take_staff(replace(LIST, issued_at=NOW + MINUTE), open_unit=store.unit, clock=lambda: NOW)
    with closing(database.open_store(path, bytes(32))) as store, store.look() as look:
        assert look.station.latest_time() == NOW + MINUTE
