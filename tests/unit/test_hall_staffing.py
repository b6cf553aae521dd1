"""The hall's people: one id a human being, terms, and a database from before there were any."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, create_engine, text

import hall
from hall.database import now, open_database
from hall.enrolment import add_station
from hall.staffing import (
    StaffRefused,
    add_staff,
    at_the_time,
    change_staff,
    person_id,
    remove_staff,
    staff_list,
)
from wire.messages import Role, StaffAccount

STATION = "440104"
CLERK = StaffAccount("clerk", "窗口员", (Role.CLERK,), "hash", "01")


@pytest.fixture
def db(hall_place: str) -> Iterator[Connection]:
    engine = open_database(hall_place)
    with engine.begin() as opened:
        add_station(opened, STATION, "测试中心", "street")
        yield opened
    engine.dispose()


def test_one_human_being_has_one_id_and_the_number_is_nowhere(db: Connection) -> None:
    number = "440100189001010019"
    assert person_id(db, number) == person_id(db, f" {number} ") != person_id(db, "440100189001010027")
    for login in ("first", "second"):
        add_staff(db, STATION, replace(CLERK, login=login, person=person_id(db, number)))
    rows = db.execute(text("SELECT body FROM staff")).scalars().all()
    assert not any(number in body for body in rows)


def test_accounts_of_nobody_knows_whom_are_different_persons(db: Connection) -> None:
    add_staff(db, STATION, CLERK)
    add_staff(db, STATION, replace(CLERK, login="other"))
    one, two = (at_the_time(db, STATION, login, now()) for login in ("clerk", "other"))
    assert one is not None
    assert two is not None
    assert one[1] != two[1] != ""


def test_roles_are_as_they_were_at_the_time(db: Connection) -> None:
    before = now() - timedelta(seconds=1)
    add_staff(db, STATION, CLERK)
    first = now()
    change_staff(db, STATION, replace(staff_list(db, STATION).accounts[0], roles=(Role.AUDITOR,)))
    second = now()
    remove_staff(db, STATION, "clerk")
    seen = [at_the_time(db, STATION, "clerk", at) for at in (before, first, second, now())]
    assert [found[0] if found else None for found in seen] == [
        (Role.CLERK,),  # by a clock that was behind: nobody knows of an account before it begins
        (Role.CLERK,),
        (Role.AUDITOR,),
        None,
    ]
    assert staff_list(db, STATION).number == 3


def test_what_makes_no_sense_is_refused(db: Connection) -> None:
    add_staff(db, STATION, CLERK)
    calls: list[Callable[[], None]] = [
        lambda: add_staff(db, STATION, CLERK),
        lambda: add_staff(db, "999999", CLERK),
        lambda: remove_staff(db, STATION, "ghost"),
    ]
    for call in calls:
        with pytest.raises(StaffRefused):
            call()


def test_people_of_an_older_hall_keep_their_accounts_and_their_past(tmp_path: Path) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(hall.__file__).parent / "migrations"))
    engine = create_engine(f"sqlite:///{tmp_path / 'hall.db'}")
    body = '{"login":"clerk","name":"窗口员","password_hash":"hash","roles":["clerk"],"window":"01"}'
    with engine.begin() as old:
        config.attributes["connection"] = old
        command.upgrade(config, "0002")
        old.execute(text(f"INSERT INTO stations VALUES ('{STATION}', '测试中心', 'street')"))
        old.execute(text(f"INSERT INTO staff VALUES ('{STATION}', 'clerk', :body)"), {"body": body})
    engine.dispose()
    migrated = open_database(tmp_path / "hall.db")
    with migrated.begin() as db:
        (account,) = staff_list(db, STATION).accounts
        then = at_the_time(db, STATION, "clerk", now() - timedelta(days=400))
    migrated.dispose()
    assert account.person
    assert then == ((Role.CLERK,), account.person)
