"""A database that was taken back under a hall that lives on: a key that the process has seen may be another device's by now."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, delete, insert

from hall.database import now, open_database
from hall.devices import add_key, revoke
from hall.enrolment import add_station, enrol, new_code
from hall.epoch import renew_epoch
from hall.tables import device_keys, feed
from tests.unit.test_hall_door import INSIDE, KEY, Door, signed
from wire.codec import decode, digest, encode
from wire.keys import b64, key_id, new_id, new_private, public_of, sign
from wire.messages import (
    Change,
    ChangeKind,
    ChangePage,
    Enrolment,
    EnrolRequest,
    Envelope,
    EventKind,
    PushRequest,
)


@pytest.fixture(params=["sqlite", "postgres"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    on_postgres = request.param == "postgres"
    opened = open_database(request.getfixturevalue("postgres") if on_postgres else tmp_path / "hall.db")
    with opened.begin() as db:
        for station in ("440104", "440105"):
            add_station(db, station, "测试中心", "street")
            change = encode(Change(f"of-{station}", 1, next(iter(ChangeKind)), "{}"))
            db.execute(insert(feed).values(station=station, xid=0, at="2026", change=change))
    yield opened
    opened.dispose()


def _enrolled(engine: Engine, station: str, private: bytes) -> Enrolment:
    with engine.begin() as db:
        code = new_code(db, station, confirmed_by="test")
        return enrol(db, EnrolRequest(code, b64(public_of(private)), b64(sign(private, code.encode()))))


def _with_changed_key(engine: Engine) -> Enrolment:
    me = _enrolled(engine, "440104", new_private())
    with engine.begin() as db:
        add_key(db, me.device, public_of(KEY), now())
    return me


def _take_back(engine: Engine) -> None:
    """As from a backup of before the key was changed."""
    with engine.begin() as db:
        db.execute(delete(device_keys).where(device_keys.c.id == key_id(public_of(KEY))))
        renew_epoch(db)


def _push(door: Door, me: Enrolment) -> str:
    body = '{"x":1}'
    item = Envelope(
        new_id(), 1, new_id(), EventKind.CASE_ACCEPTED, now(), "clerk", body, digest(body), "0" * 64
    )
    asked = encode(PushRequest(me.device, me.incarnation, me.epoch, (item,))).encode()
    url = f"{INSIDE}/v1/push"
    return door.code("POST", url, asked, signed(url, body=asked, method="POST"))


def test_a_push_of_a_key_that_was_enrolled_again_is_taken_by_a_process_that_knew_it(engine: Engine) -> None:
    door = Door(engine)
    me = _with_changed_key(engine)
    assert _push(door, me) == ""
    _take_back(engine)
    again = _enrolled(engine, "440104", KEY)
    assert again.device != me.device
    assert _push(door, again) == ""
    assert _push(door, me) == "device_unknown"  # who says to be what its key is not


def test_a_poll_tells_of_the_station_whose_key_it_is_now(engine: Engine) -> None:
    door, url = Door(engine), f"{INSIDE}/v1/changes"

    def heard() -> list[str]:
        said = door.ask("GET", url, headers=signed(url))
        return [each.subject for each in decode(ChangePage, said.content).items]

    _with_changed_key(engine)
    assert heard() == ["of-440104"]
    _take_back(engine)
    assert door.code("GET", url, headers=signed(url)) == "device_unknown"
    _enrolled(engine, "440105", KEY)
    assert heard() == ["of-440105"]


def test_a_poll_of_before_hears_that_its_cursor_is_gone_and_who_was_shut_out_since_hears_that(
    engine: Engine,
) -> None:
    url = f"{INSIDE}/v1/changes"
    doors = Door(engine), Door(engine)  # each remembers the key
    _with_changed_key(engine)
    said = [door.ask("GET", url, headers=signed(url)) for door in doors]
    old = f"{url}?cursor={decode(ChangePage, said[0].content).cursor}"
    _take_back(engine)
    again = _enrolled(engine, "440105", KEY)
    assert doors[0].code("GET", old, headers=signed(old)) == "cursor_gone"
    with engine.begin() as db:
        revoke(db, again.device)
    assert doors[1].code("GET", old, headers=signed(old)) == "device_revoked"
