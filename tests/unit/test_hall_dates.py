"""The hall's own days of a case: what starts its clock, which table counts, and when its station is told again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Connection, func, insert, select, update

from catalogue.load import load_catalogue
from catalogue.model import Catalogue
from deadlines.festivals import days_off
from deadlines.lights import Colour
from deadlines.national import national_days
from deadlines.working_days import WrongTable
from hall.calendar import CalendarChange, current, published, set_calendar, table_of, versions
from hall.database import hall_key, open_database
from hall.dates import start_clocks, tell_after_calendar, tell_dates, told_of
from hall.desk.lights import light_of
from hall.tables import cases, feed, procedures, stations, sub_cases
from hall.tasks import Task
from wire.codec import encode
from wire.dates import DatesTold, DatesWhy
from wire.keys import public_of
from wire.messages import CaseAccepted, Result, ResultCode
from wire.procedures import DayUnit, ProcedureBegun, ProcedureEnded, ProcedureKind
from wire.signed import reply_is_genuine
from workstation import resources

ITEM = "disability-certificate"  # 15 working days promised, 20 by law
NATIONAL = national_days()
MARCH = datetime(2026, 3, 2, 2, tzinfo=UTC)
DECEMBER = datetime(2026, 12, 21, 2, tzinfo=UTC)
NEXT_YEAR = dict.fromkeys((*days_off(2027), date(2027, 5, 3)), False)
LONGER = CalendarChange("2027 年放假通知", date(2027, 12, 31), NEXT_YEAR, "x", "新年度")


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(resources.catalogue_dir())


@pytest.fixture
def db(hall_place: str) -> Iterator[Connection]:
    engine = open_database(hall_place)
    with engine.begin() as connection:
        connection.execute(insert(stations).values(code="440104", name="s", level="street"))
        yield connection
    engine.dispose()


def accepted(db: Connection, catalogue: Catalogue, at: datetime, said: datetime | None = None) -> DatesTold:
    columns = {"receipt_no": "r", "project_no": "p", "station": "440104", "body": "", "rev": 0}
    db.execute(insert(cases).values(id="c", status="dispatched", **columns))
    values = {"department": "health", "after": json.dumps([]), "state": "dispatched", "taken_by": ""}
    db.execute(insert(sub_cases).values(case="c", item=ITEM, **values))
    start_clocks(db, "c", CaseAccepted("r", "clerk", said or at, {}), [ITEM], catalogue, at)
    return word(db)


def word(db: Connection) -> DatesTold:
    told = told_of(db, "c")
    assert told is not None
    return told


def stop(db: Connection, begin: datetime, end: datetime | None) -> None:
    begun = ProcedureBegun("p", ITEM, ProcedureKind.HEARING, begin, 1, DayUnit.WORKING, "r", "n", "a")
    ended = encode(ProcedureEnded("p", ITEM, end, "o")) if end else None
    values = {"begun": encode(begun), "begun_by": "r", "ended": ended, "ended_by": "r"}
    db.execute(insert(procedures).values(id="p", task=1, **values))


def told_times(db: Connection) -> int:
    return db.scalar(select(func.count()).select_from(feed)) or 0


def test_the_dates_are_told_with_the_acceptance_and_not_again_while_nothing_moves(
    db: Connection, catalogue: Catalogue
) -> None:
    told = accepted(db, catalogue, MARCH)
    (item,) = told.items
    assert (item.promised_on, item.legal_on) == (date(2026, 3, 23), date(2026, 3, 30))
    assert (told.why, told.calendar) == (DatesWhy.ACCEPTED, NATIONAL.version)
    assert told_times(db) == 1
    tell_dates(db, "c", DatesWhy.DECIDED, MARCH + timedelta(hours=1))
    assert told_times(db) == 1


def owed(db: Connection) -> tuple[str, str]:
    """By when the board counts item and case."""
    sub = db.scalar(select(sub_cases.c.due_on).where(sub_cases.c.case == "c"))
    return str(sub), str(db.scalar(select(cases.c.due_on).where(cases.c.id == "c")))


def test_the_board_counts_by_the_hall_s_own_days_and_by_none_while_the_clock_stands(
    db: Connection, catalogue: Catalogue
) -> None:
    accepted(db, catalogue, MARCH)
    assert owed(db) == ("2026-03-23", "2026-03-23")
    stop(db, MARCH + timedelta(days=1), None)
    tell_dates(db, "c", DatesWhy.PROCEDURE, MARCH + timedelta(days=1))
    assert owed(db) == ("", "")
    over = ProcedureEnded("p", ITEM, MARCH + timedelta(days=8), "o")
    db.execute(update(procedures).values(ended=encode(over)))
    tell_dates(db, "c", DatesWhy.PROCEDURE, MARCH + timedelta(days=8))
    assert owed(db) == ("2026-03-30", "2026-03-30")
    result = Result(ResultCode.GRANTED, "", "health", "r", MARCH + timedelta(days=9))
    db.execute(update(sub_cases).values(result=encode(result)))
    tell_dates(db, "c", DatesWhy.DECIDED, MARCH + timedelta(days=9))
    assert owed(db) == ("", "")


def test_beyond_its_table_the_board_counts_by_what_the_station_promised(
    db: Connection, catalogue: Catalogue
) -> None:
    promise = CaseAccepted("r", "clerk", DECEMBER, {ITEM: date(2027, 1, 12)})
    columns = {"receipt_no": "r", "project_no": "p", "station": "440104", "body": "", "rev": 0}
    db.execute(insert(cases).values(id="c", status="dispatched", accepted=encode(promise), **columns))
    values = {"department": "health", "after": "[]", "state": "dispatched", "taken_by": ""}
    db.execute(insert(sub_cases).values(case="c", item=ITEM, **values))
    start_clocks(db, "c", promise, [ITEM], catalogue, DECEMBER)
    assert word(db).items[0].beyond
    assert owed(db) == ("2027-01-12", "2027-01-12")


def test_a_station_whose_clock_is_ahead_gains_no_day(db: Connection, catalogue: Catalogue) -> None:
    told = accepted(db, catalogue, MARCH, said=MARCH + timedelta(days=3))
    assert told.items[0].promised_on == date(2026, 3, 23)


def test_beyond_the_table_the_hall_says_so_and_says_the_day_once_it_is_longer(
    db: Connection, catalogue: Catalogue
) -> None:
    told = accepted(db, catalogue, DECEMBER)
    assert [(each.promised_on, each.beyond, each.legal_beyond) for each in told.items] == [(None, True, True)]
    assert told.calendar_until == date(2026, 12, 31)
    made = set_calendar(db, LONGER)
    assert tell_after_calendar(db, DECEMBER + timedelta(days=1)) == 1
    again = word(db)
    # 22 to 31 December are eight working days, New Year is off: seven more from Monday the 4th.
    assert again.items[0].promised_on == date(2027, 1, 12)
    assert (again.why, again.calendar) == (DatesWhy.CALENDAR, made.version)
    assert tell_after_calendar(db, DECEMBER + timedelta(days=2)) == 0


def test_an_old_case_stays_with_its_table_until_that_ends(db: Connection, catalogue: Catalogue) -> None:
    accepted(db, catalogue, datetime(2026, 12, 1, 2, tzinfo=UTC))
    first = word(db).items[0]
    assert (first.promised_on, first.legal_on) == (date(2026, 12, 22), date(2026, 12, 29))
    set_calendar(db, replace(LONGER, days={**NEXT_YEAR, date(2026, 12, 10): False}))
    begin = datetime(2026, 12, 2, 2, tzinfo=UTC)
    stop(db, begin, begin + timedelta(days=1))  # one working day, the 3rd
    tell_dates(db, "c", DatesWhy.PROCEDURE, begin + timedelta(days=2))
    moved = word(db)
    # The 10th is off in the new table, and still a working day of the one that the case was promised by.
    assert moved.items[0].promised_on == date(2026, 12, 23)
    assert moved.calendar == NATIONAL.version


def test_a_case_that_outlives_its_table_goes_on_by_the_newer_one(
    db: Connection, catalogue: Catalogue
) -> None:
    accepted(db, catalogue, datetime(2026, 12, 1, 2, tzinfo=UTC))
    made = set_calendar(db, LONGER)
    begin = datetime(2026, 12, 2, 2, tzinfo=UTC)
    stop(db, begin, datetime(2026, 12, 23, 2, tzinfo=UTC))
    tell_dates(db, "c", DatesWhy.PROCEDURE, datetime(2026, 12, 23, 3, tzinfo=UTC))
    moved = word(db)
    # One day was used, fourteen are left: six of December, then eight from Monday the 4th.
    assert moved.items[0].promised_on == date(2027, 1, 13)
    assert moved.calendar == made.version


def test_the_reviewers_light_is_of_the_same_room(db: Connection, catalogue: Catalogue) -> None:
    accepted(db, catalogue, MARCH)
    task = Task(1, "c", "p", ITEM, "x", "", "dispatched", "测试", (), (), dispatched_at=MARCH)
    seen = {day: light_of(db, task, datetime(2026, 3, day, 3, tzinfo=UTC)) for day in (3, 18, 19, 23, 24)}
    assert {day: (each.colour, each.days) for day, each in seen.items()} == {
        3: (Colour.GREEN, 14),
        18: (Colour.YELLOW, 3),  # a fifth of fifteen
        19: (Colour.YELLOW, 2),
        23: (Colour.YELLOW, 0),
        24: (Colour.RED, -1),
    }
    assert seen[3].legal is not None
    assert seen[3].legal.on == date(2026, 3, 30)


def test_a_case_of_before_the_hall_computed_has_its_stations_promise(db: Connection) -> None:
    task = Task(1, "old", "p", ITEM, "x", "", "dispatched", "测试", (), (), promised_on=date(2026, 3, 4))
    light = light_of(db, task, MARCH)
    assert (light.colour, light.days, light.age) == (Colour.GREEN, 2, None)


def test_versions_are_signed_numbered_and_none_is_lost(db: Connection) -> None:
    assert published(db) is None
    assert current(db) is NATIONAL
    first = set_calendar(
        db, CalendarChange("停工通知", NATIONAL.until, {date(2026, 12, 3): False}, "x", "台风")
    )
    second = set_calendar(db, LONGER)
    assert (first.number, second.number) == (1, 2)
    assert [table.version for table in versions(db)] == [second.version, first.version]
    given = published(db)
    assert given is not None
    assert reply_is_genuine(given, public_of(hall_key(db)))
    assert not reply_is_genuine(replace(given, until=date(2030, 12, 31)), public_of(hall_key(db)))
    assert not table_of(db, first.version).is_workday(date(2026, 12, 3))
    assert table_of(db, first.version).until == NATIONAL.until
    assert table_of(db, NATIONAL.version).is_workday(date(2026, 12, 3))
    with pytest.raises(WrongTable):
        set_calendar(db, replace(LONGER, until=date(2028, 12, 31)))
    with pytest.raises(ValueError, match="reason"):
        set_calendar(db, replace(LONGER, reason=" "))
