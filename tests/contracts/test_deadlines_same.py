"""Desk and hall compute the same: every case of the hand-made table through both doors, and the hall's word taken by the desk."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Connection, insert, select

from catalogue.load import load_catalogue
from catalogue.model import Catalogue, Limit
from deadlines.lights import Colour
from deadlines.national import national_days
from hall.database import open_database
from hall.dates import start_clocks, tell_dates, told_of
from hall.tables import cases, extensions, feed, procedures, stations, sub_cases
from tests.data.deadlines.table import BEIJING, Row, of_kind
from tests.fakes.cases import a_case
from tests.fakes.shelves import FakeCalendars, Shelves
from wire.codec import decode, encode
from wire.dates import DatesTold, DatesWhy, Extended
from wire.messages import CaseAccepted, Change, ChangeKind
from wire.procedures import DayUnit, ProcedureBegun, ProcedureEnded, ProcedureKind
from workstation import resources
from workstation.domain.case import Case, CaseStatus, SubCase
from workstation.domain.extension import Extension
from workstation.domain.procedure import Procedure
from workstation.services.courses import dates_of, joint_of
from workstation.services.receive_change import apply
from workstation.services.show_dates import ShowDates
from workstation.services.working_days import Tables

ROWS = of_kind("due", "ended", "chain")
TOGETHER = of_kind("joint")
NATIONAL = national_days()


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    engine = open_database(tmp_path_factory.mktemp("hall") / "hall.db")
    with engine.begin() as connection:
        connection.execute(insert(stations).values(code="440104", name="s", level="street"))
        yield connection
    engine.dispose()


@pytest.fixture(scope="module")
def shipped() -> Catalogue:
    return load_catalogue(resources.catalogue_dir())


def offered(row: Row, shipped: Catalogue) -> Catalogue:
    """A release whose items have just the limits of the row."""
    usual = next(iter(shipped.items.values()))
    items = {
        f"item-{at}": replace(usual, id=f"item-{at}", promised=Limit(*limit), legal=Limit(*limit))
        for at, limit in enumerate(row.limits)
    }
    return replace(shipped, items=items)


def on_the_desk(row: Row) -> Case:
    """The accepted case as the counter keeps it, with what the hall has told of procedures and extensions."""
    stops = tuple(
        Procedure(
            f"p{at}", ProcedureKind.HEARING, each.start, 1, DayUnit.WORKING, "r", "n", "a", each.end, "o"
        )
        for at, each in enumerate(row.stops)
    )
    longer = (Extension("e", row.start, row.extension, "r", "n", "a"),) if row.extension else ()
    subs = tuple(
        SubCase(
            f"item-{at}",
            "1",
            "health",
            (f"item-{at - 1}",) if at else (),
            procedures=stops if at == 0 else (),
            extensions=longer if at == 0 else (),
        )
        for at in range(len(row.limits))
    )
    case = replace(a_case(int(row.id)), id=f"case-{row.id}", sub_cases=subs, calendar=NATIONAL.version)
    return replace(case, accepted_at=row.start.astimezone(UTC), status=CaseStatus.DISPATCHED)


def at_the_hall(db: Connection, row: Row, catalogue: Catalogue) -> DatesTold:
    """The same case in the hall's own tables: accepted, stopped, extended, and its word on the dates."""
    case, start = f"case-{row.id}", row.start.astimezone(UTC)
    columns = {"receipt_no": case, "project_no": case, "station": "440104", "body": "", "rev": 0}
    db.execute(insert(cases).values(id=case, status="dispatched", **columns))
    for at in range(len(row.limits)):
        after = json.dumps([f"item-{at - 1}"] if at else [])
        values = {"department": "health", "after": after, "state": "dispatched", "taken_by": ""}
        db.execute(insert(sub_cases).values(case=case, item=f"item-{at}", **values))
    accepted = CaseAccepted(case, "clerk", start, {})
    start_clocks(db, case, accepted, list(catalogue.items), catalogue, start)
    task = db.scalar(select(sub_cases.c.id).where(sub_cases.c.case == case).order_by(sub_cases.c.id))
    for at, each in enumerate(row.stops):
        id_ = f"{case}-{at}"
        begun = ProcedureBegun(
            id_, "item-0", ProcedureKind.HEARING, each.start, 1, DayUnit.WORKING, "r", "n", "a"
        )
        ended = encode(ProcedureEnded(id_, "item-0", each.end, "o")) if each.end else None
        db.execute(
            insert(procedures).values(
                id=id_, task=task, begun=encode(begun), begun_by="r", ended=ended, ended_by="r"
            )
        )
    if row.extension:
        made = Extended(f"{case}-e", "item-0", start, row.extension, "r", "n", "a")
        db.execute(insert(extensions).values(id=f"{case}-e", task=task, body=encode(made), granted_by="r"))
    tell_dates(db, case, DatesWhy.PROCEDURE, row.as_of)
    told = told_of(db, case)
    assert told is not None
    return told


def told_in_the_feed(db: Connection, row: Row) -> Change:
    """What the station fetches last of the case."""
    latest = db.scalar(select(feed.c.change).order_by(feed.c.seq.desc()).limit(1))
    change = decode(Change, latest or "")
    assert (change.subject, change.kind) == (f"case-{row.id}", ChangeKind.DATES_TOLD)
    return change


def words(row: Row) -> list[tuple[str, bool]]:
    """What the table expects of each item: a day or moment, and whether it is beyond the table."""
    if row.kind == "ended":
        return [("", True)]
    parts = row.expected.split()
    return [("", True) if each == "missing" else ("" if each == "none" else each, False) for each in parts]


def written(on: date | None, at: datetime | None) -> str:
    if at is not None:
        return f"{at.astimezone(BEIJING):%Y-%m-%dT%H:%M}"
    return str(on) if on is not None else ""


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_desk_and_hall_say_the_day_that_was_counted_by_hand(
    db: Connection, shipped: Catalogue, row: Row
) -> None:
    catalogue, case = offered(row, shipped), on_the_desk(row)
    own = dates_of(case.sub_cases, catalogue, row.start, NATIONAL, row.as_of)
    desk = [
        (written(each.promised.on, each.promised.at) if each.promised else "", each.missing is not None)
        for each in own.values()
    ]
    told = at_the_hall(db, row, catalogue)
    hall = [(written(each.promised_on, each.promised_at), each.beyond) for each in told.items]
    assert desk == hall == words(row), row.note
    # The law's day is the same limit here, so it must be the same day.
    assert [each.legal_on for each in told.items] == [each.promised_on for each in told.items]
    heard = apply(case, told_in_the_feed(db, row))
    assert heard.dates == told
    shown = ShowDates(Tables(FakeCalendars(Shelves()), national_days), row.as_of).items(heard, catalogue)
    assert [each.desk_on for each in shown.values()] == [None] * len(row.limits)


def two_items(row: Row) -> tuple[SubCase, SubCase]:
    """Two items of two departments; the stops of the row fall to them in turn, its extension to the second."""
    stops = [
        Procedure(
            f"p{at}", ProcedureKind.HEARING, each.start, 1, DayUnit.WORKING, "r", "n", "a", each.end, "o"
        )
        for at, each in enumerate(row.stops)
    ]
    longer = (Extension("e", row.start, row.extension, "r", "n", "a"),) if row.extension else ()
    return (
        SubCase("item-0", "1", "health", (), procedures=tuple(stops[::2])),
        SubCase("item-1", "1", "police", (), procedures=tuple(stops[1::2]), extensions=longer),
    )


@pytest.mark.parametrize("row", TOGETHER, ids=lambda row: row.id)
def test_desk_and_hall_say_one_limit_for_several_departments(
    db: Connection, shipped: Catalogue, row: Row
) -> None:
    promised = replace(row, limits=((5, "workday"), (5, "workday")))
    catalogue, subs, start = offered(promised, shipped), two_items(row), row.start.astimezone(UTC)
    case = replace(a_case(int(row.id)), id=f"case-{row.id}", sub_cases=subs, calendar=NATIONAL.version)
    case = replace(case, accepted_at=start, status=CaseStatus.DISPATCHED)
    columns = {"receipt_no": case.id, "project_no": case.id, "station": "440104", "body": "", "rev": 0}
    db.execute(insert(cases).values(id=case.id, status="dispatched", **columns))
    for sub in subs:
        put_item(db, case.id, sub)
    start_clocks(
        db, case.id, CaseAccepted(case.id, "clerk", start, {}), list(catalogue.items), catalogue, start
    )
    tell_dates(db, case.id, DatesWhy.PROCEDURE, row.as_of)
    told = told_of(db, case.id)
    assert told is not None
    hall = "ended 2027-01-01" if told.joint_beyond else written(told.joint_on, None)
    own = joint_of(subs, catalogue, start, NATIONAL, row.as_of)
    assert own is not None
    desk = f"ended {own.missing}" if own.missing else written(own.due.on if own.due else None, None)
    assert desk == hall == row.expected, row.note
    heard = apply(case, told_in_the_feed(db, row))
    shows = ShowDates(Tables(FakeCalendars(Shelves()), national_days), row.as_of)
    shown = shows.case(heard, shows.items(heard, catalogue), catalogue)
    assert (shown.joint_on, shown.joint_beyond, shown.joint_desk_on) == (
        told.joint_on,
        told.joint_beyond,
        None,
    )
    running = any(stop.end is None for stop in row.stops)
    assert (shown.joint_light.colour is Colour.STOPPED) is running


def put_item(db: Connection, case: str, sub: SubCase) -> None:
    """An item with its procedures and extensions in the hall's own tables."""
    values = {"department": sub.department, "after": "[]", "state": "in_review", "taken_by": ""}
    task = db.execute(
        insert(sub_cases).values(case=case, item=sub.item, **values).returning(sub_cases.c.id)
    ).scalar_one()
    for each in sub.procedures:
        id_ = f"{case}-{each.id}"
        begun = ProcedureBegun(id_, sub.item, each.kind, each.begun_at, 1, DayUnit.WORKING, "r", "n", "a")
        ended = encode(ProcedureEnded(id_, sub.item, each.ended_at, "o")) if each.ended_at else None
        row = {"begun": encode(begun), "begun_by": "r", "ended": ended, "ended_by": "r"}
        db.execute(insert(procedures).values(id=id_, task=task, **row))
    for given in sub.extensions:
        made = Extended(f"{case}-e", sub.item, given.granted_at, given.days, "r", "n", "a")
        db.execute(insert(extensions).values(id=f"{case}-e", task=task, body=encode(made), granted_by="r"))
