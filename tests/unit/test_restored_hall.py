"""What a hall that was restored from a backup must not give a second time, and what its stations must take from it again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, delete, insert, select

import hall.schema
from hall.calendar import CalendarChange, set_calendar
from hall.database import open_database
from hall.engines import make_engine
from hall.enrolment import add_station, enrol, new_code
from hall.epoch import renew_epoch
from hall.lanes import MOST_OF_ONE, LanesUsedUp, give_lane
from hall.staffing import add_staff, staff_list
from hall.tables import calendars, cases, devices, procedures, sub_cases
from wire.keys import b64, new_private, public_of, sign
from wire.messages import EnrolRequest, Role, StaffAccount

HERE = "440104"
CHRISTMAS = CalendarChange("通知", date(2026, 12, 31), {date(2026, 12, 25): False}, "x", "本地假日")


@pytest.fixture
def db(hall_place: str) -> Iterator[Connection]:
    engine = open_database(hall_place)
    with engine.begin() as connection:
        add_station(connection, HERE, "站", "street")
        yield connection
    engine.dispose()


def hire(db: Connection, login: str) -> None:
    add_staff(db, HERE, StaffAccount(login, login, (Role.CLERK,), "", "01", f"p-{login}"))


def task(db: Connection, item: str) -> int:
    if db.execute(select(cases.c.id)).first() is None:
        row = {"id": "c", "receipt_no": "R", "project_no": "P", "station": HERE, "body": "{}", "rev": 0}
        db.execute(insert(cases).values(row))
    row = {"case": "c", "item": item, "department": "d", "after": "[]", "state": "waiting"}
    return int(db.execute(insert(sub_cases).values(row).returning(sub_cases.c.id)).scalar_one())


def enrolled(db: Connection, private: bytes) -> int:
    """Enrol a device by a code of its own; return its incarnation."""
    code = new_code(db, HERE, confirmed_by="test")
    return enrol(
        db, EnrolRequest(code, b64(public_of(private)), b64(sign(private, code.encode())))
    ).incarnation


def test_stations_that_hold_a_list_of_after_the_backup_take_the_next_one(db: Connection) -> None:
    hire(db, "before")
    forgotten = db.begin_nested()
    for n in range(3):
        hire(db, f"after-{n}")
    held = staff_list(db, HERE).number
    forgotten.rollback()
    renew_epoch(db)
    assert staff_list(db, HERE).number > held


def test_a_table_of_working_days_has_no_number_that_was_given_after_the_backup(db: Connection) -> None:
    forgotten = db.begin_nested()
    held = set_calendar(db, CHRISTMAS).number
    forgotten.rollback()
    renew_epoch(db)
    assert set_calendar(db, CHRISTMAS).number > held
    assert len(db.execute(select(calendars)).all()) == 1


def test_a_task_has_no_number_that_was_given_after_the_backup(db: Connection) -> None:
    """A department's own system may still hold it, and would decide another one's case."""
    task(db, "before")
    forgotten = db.begin_nested()
    held = [task(db, f"after-{n}") for n in range(3)]
    forgotten.rollback()
    db.execute(delete(sub_cases).where(sub_cases.c.id.in_(held)))  # a copied file knows nothing of them
    renew_epoch(db)
    assert task(db, "again") > max(held)


def test_a_device_is_given_no_incarnation_that_it_was_given_after_the_backup(db: Connection) -> None:
    """Another copy of its disk may still speak for it."""
    known, unknown = new_private(), new_private()
    enrolled(db, known)
    forgotten = db.begin_nested()
    held = [enrolled(db, key) for key in (known, known, unknown)]
    forgotten.rollback()
    renew_epoch(db)
    given = [enrolled(db, key) for key in (known, known, unknown)]
    assert not set(held) & set(given)
    assert given[0] < given[1]


def test_a_hall_of_before_keeps_its_tasks_and_all_that_names_them(tmp_path: object) -> None:
    config = Config()
    config.set_main_option("script_location", str(hall.schema.NEWEST.parent))
    engine = make_engine(f"sqlite:///{tmp_path}/hall.db")
    with engine.begin() as db:
        config.attributes["connection"] = db
        command.upgrade(config, "0020")
        add_station(db, HERE, "站", "street")
        kept = [task(db, item) for item in ("one", "two")]
        row = {"id": "p", "task": kept[1], "begun": "{}", "begun_by": "r", "ended_by": ""}
        db.execute(insert(procedures).values(row))
        before = db.execute(select(sub_cases).order_by(sub_cases.c.id)).all()
    open_database(f"sqlite:///{tmp_path}/hall.db").dispose()
    with engine.begin() as db:
        assert db.execute(select(sub_cases).order_by(sub_cases.c.id)).all() == before
        assert db.scalar(select(procedures.c.task)) == kept[1]
        assert db.exec_driver_sql("PRAGMA foreign_key_check").all() == []
        db.execute(delete(sub_cases).where(sub_cases.c.id == task(db, "three")))
        assert task(db, "four") == kept[1] + 2
    engine.dispose()


def test_a_device_that_loses_count_again_and_again_leaves_lanes_for_the_others(db: Connection) -> None:
    for device in ("broken", "other"):
        at = {"station": HERE, "incarnation": 1, "public_key": "k", "last_seq": 0, "last_sha256": ""}
        db.execute(insert(devices).values(id=device, **at))
    lanes = [give_lane(db, "broken", f"w{n}") for n in range(MOST_OF_ONE)]
    assert len(set(lanes)) == MOST_OF_ONE
    with pytest.raises(LanesUsedUp):
        give_lane(db, "broken", "one more")
    assert give_lane(db, "broken", "w3") == lanes[3]  # what was given is told again
    assert give_lane(db, "other", "w0") not in lanes
