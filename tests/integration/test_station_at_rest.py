"""A station at rest: it goes on hearing the hall, and writes nothing and holds nobody up."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlcipher3 import dbapi2

from demo.environment import Demo
from tests.until import until
from workstation import bootstrap
from workstation.services.counter import Counter
from workstation.services.recheck import Recheck
from workstation.services.views import Link
from workstation.settings import Settings

PASSPHRASE = "a long passphrase"


class Clock:
    """The machine's, and some more."""

    def __init__(self) -> None:
        self.ahead = timedelta()
        self._now = bootstrap.now

    def __call__(self) -> datetime:
        return self._now() + self.ahead


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(bootstrap, "now", clock)
    return clock


@pytest.fixture
def turns(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """Grows with each turn of the lane beside the events, when its last carrier has been."""
    ended: list[datetime] = []
    real = Recheck.carry

    def carry(self: Recheck) -> bool:
        more = real(self)
        ended.append(self._clock())
        return more

    monkeypatch.setattr(Recheck, "carry", carry)
    return ended


@contextmanager
def signed_in(demo: Demo, data: Path) -> Iterator[Counter]:
    desk = bootstrap.load_counter(
        Settings(data=data, prints=data.parent / "prints", hall_url=demo.hall_url, keyring=False)
    )
    try:
        desk.unlock(PASSPHRASE)
        desk.enrol(demo.hall_url, demo.enrol_code)
        desk.sign_in("clerk", "demo-clerk")
        yield desk
    finally:
        desk.close()


def test_a_station_at_rest_writes_nothing_and_holds_nobody_up(
    tmp_path: Path, clock: Clock, turns: list[datetime]
) -> None:
    with (
        Demo(tmp_path / "demo", Path(sys.executable), with_card=False) as demo,
        signed_in(demo, tmp_path / "station") as desk,
    ):
        store = desk._gate.store
        beside = another_connection(store)

        def version() -> int:
            return int(beside.execute("PRAGMA data_version").fetchone()[0])

        def turn() -> None:
            count, heard = len(turns), desk.link().heard_at
            desk._gate.line.courier.wake()  # type: ignore[union-attr]
            until(lambda: len(turns) > count and desk.link().heard_at != heard)

        def settled() -> bool:
            before = version()
            turn()
            turn()
            return version() == before

        until(lambda: desk.link().link is Link.UP)
        until(settled)
        with store.look() as unit:
            staff, rows = (
                unit.station.staff_list(),
                beside.execute("SELECT * FROM facts ORDER BY name").fetchall(),
            )
        before = version()
        for _ in range(4):
            clock.ahead += timedelta(
                seconds=31
            )  # all that is asked for twice a minute, or once, is asked for
            turn()
        assert version() == before
        assert beside.execute("SELECT * FROM facts ORDER BY name").fetchall() == rows
        with store.look() as unit:
            heard = unit.station.staff_list()
        assert heard is not None
        assert staff is not None
        assert heard.issued_at > staff.issued_at  # it was heard, and is as fresh as that
        desk.sign_out()
        assert version() != before  # the control: what writes is seen


def another_connection(store: Any) -> Any:
    opened = dbapi2.connect(str(store._path), isolation_level=None)
    opened.execute(f"PRAGMA key = \"x'{store._key.hex()}'\"")
    return opened
