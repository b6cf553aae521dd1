"""The hall's timer goes on whatever keeps it from looking this time."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection

from deadlines.national import national_days
from deadlines.working_days import WorkingDays
from hall.acceptance import Gate
from hall.database import open_database
from hall.timer import Timer
from tests.fakes.counter import shipped_catalogue


@pytest.mark.parametrize("trouble", [NoConnection(), OperationalError("", {}, Exception())])
def test_a_database_that_is_away_or_busy_ends_no_timer(
    tmp_path: Path, trouble: NoConnection | DBAPIError
) -> None:
    engine, looks, again = open_database(tmp_path / "hall.db"), [trouble], threading.Event()

    def table(_: Connection) -> WorkingDays:
        if looks:
            raise looks.pop()
        again.set()
        return national_days()

    timer = Timer(engine, Gate(shipped_catalogue(), tmp_path), table, every_s=0.01)
    timer.start()
    assert again.wait(30)
    timer.stop()
    engine.dispose()
