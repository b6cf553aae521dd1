"""A real station that was enrolled anew, and its real hall restored from a backup of before: the enrolment is forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from demo.environment import Demo
from hall.database import open_database
from hall.integrity import faults, gaps
from hall.tables import places
from tests.fakes.cut_line import CutLine
from tests.fakes.newcomer import code_for
from tests.integration.test_healing import Copy, _backup, _restore, _settled
from tests.integration.test_sync import Station, _at_hall, _name, _now, demo, line, station
from tests.until import until
from workstation.services.enrol_station import KEY_BEFORE_FACT, enrol_again
from workstation.services.heal import WRAPPED_FACT
from workstation.services.views import Link
from workstation.sync.client import Device, HallClient, HallEnroller
from workstation.sync.key_rotation import KeyChange

__all__ = ["demo", "line", "station"]  # fixtures
LONG_AFTER = timedelta(days=40)  # what the hall signed before that goes no second time


@pytest.fixture
def again(demo: Demo, line: CutLine, station: Copy, tmp_path: Path) -> Iterator[Copy]:
    """The station's disk in another machine, enrolled anew behind the backup."""
    made = Copy(station, line, tmp_path / "copy")
    yield made
    made.close()


def test_a_station_whose_enrolment_the_hall_forgot_is_told_and_goes_on_in_a_place_of_its_own(
    demo: Demo, again: Copy
) -> None:
    kept = _backup(demo)
    again.enrol_again(demo)
    old, waiting, later = _name(), _name(), _name()
    signed = again.file(old)
    until(lambda: _settled(again, old))
    again.engine.stop()
    unsent = again.file(waiting)
    _restore(demo, kept)
    again.restart()
    until(lambda: again.engine.state().link is Link.REFUSED)
    assert again.engine.state().trouble == "incarnation"
    assert (again.queue().pending, again.queue().parked) == (2, 0)
    again.enrol_again(demo)
    unsent += again.file(later)
    until(lambda: _settled(again, old, waiting, later))
    assert again.has_receipts([*signed, *unsent])
    assert [_at_hall(demo, case) for case in (old, waiting, later)] == [1, 1, 1]


def test_a_station_that_the_hall_does_not_know_any_more_is_told_and_goes_on(
    demo: Demo, line: CutLine, tmp_path: Path
) -> None:
    kept = _backup(demo)
    fresh = Station(line, code_for(demo.database), tmp_path / "station.db")
    again = None
    try:
        fresh.engine.start()
        old, waiting = _name(), _name()
        signed = fresh.file(old, accept=True)
        until(lambda: _settled(fresh, old))
        fresh.engine.stop()
        unsent = fresh.file(waiting)
        _restore(demo, kept)
        fresh.restart()
        until(lambda: fresh.engine.state().link is Link.REFUSED)
        assert fresh.engine.state().trouble == "device_unknown"
        assert fresh.queue().parked == 0
        fresh.engine.stop()
        again = Copy(fresh, line, tmp_path / "same")
        again.enrol_again(demo)
        until(lambda: _settled(again, old, waiting))
        assert again.has_receipts([*signed, *unsent])
        assert [_at_hall(demo, case) for case in (old, waiting)] == [1, 1]
    finally:
        fresh.close()
        if again is not None:
            again.close()


@pytest.mark.parametrize("forgotten", ["its enrolment", "its last keys"])
def test_a_station_whose_key_was_changed_goes_on_at_a_hall_that_has_forgotten(
    demo: Demo, line: CutLine, tmp_path: Path, forgotten: str
) -> None:
    """One that was changed once is told by itself (KeyChange.heal), where the hall knows the station at all."""
    kept = _backup(demo)
    fresh = Station(line, code_for(demo.database), tmp_path / "station.db")
    again = None
    try:
        if forgotten == "its last keys":
            kept = _backup(demo)
        fresh.engine.start()
        old, waiting, later = _name(), _name(), _name()
        signed = fresh.file(old, accept=True)
        until(lambda: _settled(fresh, old))
        fresh.engine.stop()
        for _ in range(2):
            _change_key(fresh, line)
        unsent = fresh.file(waiting)
        _restore(demo, kept)
        fresh.restart()
        until(lambda: fresh.engine.state().link is Link.REFUSED)
        assert fresh.engine.state().trouble == "device_unknown"
        fresh.engine.stop()
        again = Copy(fresh, line, tmp_path / "same")
        with again.store.unit() as unit:
            unit.station.remember(WRAPPED_FACT, "of the device of before")
            unit.commit()
        again.enrol_again(demo)
        unsent += again.file(later)
        until(lambda: _settled(again, old, waiting, later))
        assert again.has_receipts([*signed, *unsent])
        assert [_at_hall(demo, case) for case in (old, waiting, later)] == [1, 1, 1]
        with again.store.unit() as unit:
            # Neither is of this device: the key would tell a hall that is restored once more of another one.
            assert [unit.station.fact(name) for name in (KEY_BEFORE_FACT, WRAPPED_FACT)] == ["", ""]
    finally:
        fresh.close()
        if again is not None:
            again.close()
    engine = open_database(demo.root / "hall.db")
    assert list(faults(engine)) == []
    with engine.begin() as db:
        assert gaps(db) == 0
    engine.dispose()


def _change_key(station: Station, line: CutLine) -> None:
    client = HallClient(line.url, station._device, _now)
    KeyChange(
        holders=(client,), device=station.me.device, open_unit=station.store.unit, clock=_now, days=0
    ).change()
    client.close()
    with station.store.unit() as unit:
        station._device = Device(station.me, unit.station.device_key())


def test_what_waits_does_not_stand_behind_what_a_restored_hall_has_forgotten(demo: Demo, again: Copy) -> None:
    kept = _backup(demo)
    again.enrol_again(demo)
    old, waiting, later = _name(), _name(), _name()
    again.file(old)
    until(lambda: _settled(again, old))
    again.engine.stop()
    again.file(waiting)
    _restore(demo, kept)
    late = _now() + LONG_AFTER
    code = code_for(demo.database, again.me.station)
    again.me = enrol_again(code, enroller=HallEnroller(), open_unit=again.store.unit, clock=lambda: late)
    again.file(later)
    again.restart()
    until(lambda: _settled(again, waiting, later))
    engine = open_database(demo.root / "hall.db")
    with engine.begin() as db:
        mine = select(places.c.seq).where(places.c.incarnation == again.me.incarnation)
        assert db.scalars(mine.where(places.c.device == again.me.device)).all() == [1, 2]
        assert gaps(db) == 0
    assert list(faults(engine)) == []
    engine.dispose()
