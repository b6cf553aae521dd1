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
from workstation.services.enrol_station import enrol_again
from workstation.services.views import Link
from workstation.sync.client import HallEnroller

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
