"""A device that changed its key after the backup that its hall was restored from: the hall hears of the new key again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, delete, update

from hall.database import open_database, stamp
from hall.devices import device_of, keys_of, rotate, state_of
from hall.enrolment import CodeRefused, add_station, enrol, new_code
from hall.tables import device_keys
from tests.fakes.store import FakeStore
from wire.devices import DeviceState, KeyRotated, KeyRotation
from wire.keys import b64, key_id, new_private, public_of, sign
from wire.messages import Enrolment, EnrolRequest
from workstation.domain.failures import Failure, Refused
from workstation.sync.key_rotation import KeyChange

UNKNOWN = Refused(Failure.HALL_REFUSED, code="device_unknown", status="401")


class Line:
    """The hall's own rooms without the wire between: whoever signs is known by the key in use, or not."""

    def __init__(self, hall: Engine, private: bytes) -> None:
        self._hall, self.private = hall, private

    def use_key(self, private: bytes) -> None:
        self.private = private

    def device_state(self, private: bytes | None = None) -> DeviceState:
        with self._hall.begin() as db:
            known = device_of(db, key_id(public_of(private or self.private)), datetime.now(UTC))
            if known is None:
                raise UNKNOWN
            return state_of(db, known)

    def rotate_key(self, asked: KeyRotation, private: bytes | None = None) -> KeyRotated:
        with self._hall.begin() as db:
            known = device_of(db, key_id(public_of(private or self.private)), datetime.now(UTC))
            if known is None:
                raise UNKNOWN
            return rotate(db, known, asked)


@pytest.fixture
def hall(tmp_path: object) -> Engine:
    engine = open_database(f"sqlite:///{tmp_path}/hall.db")
    with engine.begin() as db:
        add_station(db, "440104", "站", "street")
    return engine


def by_a_code(hall: Engine, private: bytes) -> Enrolment:
    with hall.begin() as db:
        code = new_code(db, "440104", confirmed_by="x")
        asked = EnrolRequest(code, b64(public_of(private)), b64(sign(private, code.encode())))
        return enrol(db, asked)


def enrolled(hall: Engine, store: FakeStore) -> tuple[Line, KeyChange, Enrolment]:
    private = new_private()
    me = by_a_code(hall, private)
    with store.unit() as unit:
        unit.station.enrol("http://hall", me, private)
        unit.commit()
    line = Line(hall, private)

    def clock() -> datetime:
        return datetime.now(UTC)

    return line, KeyChange(holders=(line,), device=me.device, open_unit=store.unit, clock=clock, days=0), me


def restored(hall: Engine, key: str) -> None:
    """The hall is as it was before it heard of a key."""
    with hall.begin() as db:
        db.execute(delete(device_keys).where(device_keys.c.id == key))
        db.execute(update(device_keys).values(until=None))


def test_the_key_of_before_tells_a_restored_hall_of_the_new_one(hall: Engine) -> None:
    store = FakeStore()
    line, change, me = enrolled(hall, store)
    new = change.change()
    restored(hall, new)
    with pytest.raises(Refused):
        line.device_state()
    assert change.heal(UNKNOWN)
    assert line.device_state().key == new  # and it is the new one that signs from now on
    with hall.begin() as db:
        assert new in keys_of(db, me.device)
    hall.dispose()


def test_a_hall_that_knows_neither_key_is_not_healed(hall: Engine) -> None:
    store = FakeStore()
    line, change, _ = enrolled(hall, store)
    assert not change.heal(UNKNOWN)  # no key was changed: there is nothing to tell
    assert not change.heal(Refused(Failure.HALL_REFUSED, code="signature"))
    new = change.change()
    with hall.begin() as db:
        db.execute(delete(device_keys))
    with pytest.raises(Refused):
        change.heal(UNKNOWN)
    assert key_id(public_of(line.private)) == new
    hall.dispose()


def test_a_key_that_was_changed_gets_no_place_by_a_code(hall: Engine) -> None:
    """Neither that of the enrolment nor one between it and the one in use: whoever holds it has no part in the device."""
    line, change, me = enrolled(hall, FakeStore())
    held = [line.private]
    for _ in range(2):
        change.change()
        held.append(line.private)
    with hall.begin() as db:
        over = stamp(datetime.now(UTC) - timedelta(hours=1))
        db.execute(update(device_keys).where(device_keys.c.until.is_not(None)).values(until=over))
    for private in held[:2]:
        with pytest.raises(CodeRefused):
            by_a_code(hall, private)
    assert by_a_code(hall, held[2]).device == me.device
    hall.dispose()
