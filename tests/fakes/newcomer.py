"""A station's way into a hall that runs: a one-time code out of its database, and a device that has used one."""

from __future__ import annotations

from pathlib import Path

from demo.environment import Demo
from hall.engines import make_engine
from hall.enrolment import new_code
from tests.fakes.device import Device


def code_for(database: Path | str, station: str = "440104") -> str:
    """Return a code that enrols one device at the station."""
    engine = make_engine(database)
    with engine.begin() as db:
        code = new_code(db, station, confirmed_by="test")
    engine.dispose()
    return code


def newcomer(demo: Demo, station: str = "440104") -> Device:
    """Return a device that this hall has just let in."""
    made = Device(demo.hall_url)
    made.enrol(code_for(demo.database, station))
    return made
