"""The board of the hall: counts by window of what is open, on the hall's own database; the right is tested over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, insert, text

from hall.board import board, note_due
from hall.database import HALL_ZONE, hall_key, open_database, stamp
from hall.tables import cases, stations, sub_cases
from wire.codec import encode
from wire.keys import public_of
from wire.messages import CaseAccepted, Result, ResultCode
from wire.signed import reply_is_genuine

NOW = datetime(2026, 11, 26, 2, 0, tzinfo=UTC)
TODAY = NOW.astimezone(HALL_ZONE).date()


@pytest.fixture
def engine(hall_place: str) -> Iterator[Engine]:
    made = open_database(hall_place)
    yield made
    made.dispose()


def put(db: Connection, case: str, station: str = "440104", window: str = "01", **said: object) -> None:
    row = {
        "id": case,
        "receipt_no": f"R-{case}",
        "project_no": f"P-{case}",
        "station": station,
        "window": window,
        "body": "{}",
        "rev": 1,
        "received_at": stamp(NOW - timedelta(hours=5)),
        "status": "received",
        **said,
    }
    db.execute(insert(cases).values(**row))


def test_it_counts_what_is_open_by_window_and_is_signed_for_who_asked(engine: Engine) -> None:
    with engine.begin() as db:
        db.execute(insert(stations).values(code="440104", name="测试街", level="street"))
        db.execute(insert(stations).values(code="440105", name="二街", level="street"))
        put(db, "a")
        put(db, "b", status="correction_required", received_at=stamp(NOW - timedelta(days=2)))
        put(db, "c", status="in_review", due_on=TODAY.isoformat())
        put(db, "d", status="suspended", due_on=(TODAY - timedelta(days=1)).isoformat())
        put(db, "e", status="decided", concluded_at=stamp(NOW))
        put(db, "f", status="voided", closed="case_voided")
        put(db, "g", status="accepted", window="02", due_on=(TODAY + timedelta(days=1)).isoformat())
        put(db, "h", station="440105")
        said = board(db, "440104", "supervisor", NOW)
        public = public_of(hall_key(db))
    rows = {(row.station, row.window): row for row in said.rows}
    one = rows["440104", "01"]
    assert (one.open, one.due_today, one.overdue, one.queue) == (4, 1, 1, 2)
    assert one.oldest == NOW - timedelta(days=2)
    two = rows["440104", "02"]
    assert (two.open, two.due_today, two.overdue, two.queue, two.oldest) == (1, 0, 0, 0, None)
    assert rows["440105", "01"].station_name == "二街"
    assert reply_is_genuine(said, public)
    assert said.asked_by == "supervisor"


def test_the_next_promise_counts_once_an_item_is_decided(engine: Engine) -> None:
    first, second = TODAY, TODAY + timedelta(days=3)
    accepted = CaseAccepted("R-a", "clerk", NOW, {"one": first, "two": second})
    result = encode(Result(ResultCode.GRANTED, "", "公安", "r", NOW))
    with engine.begin() as db:
        db.execute(insert(stations).values(code="440104", name="测试街", level="street"))
        put(db, "a", accepted=encode(accepted), due_on=first.isoformat())
        for item, done in (("one", result), ("two", None)):
            row = {"case": "a", "item": item, "department": "d", "after": "[]", "state": "x", "result": done}
            db.execute(insert(sub_cases).values(**row))
        note_due(db, "a")
        assert db.scalar(text("SELECT due_on FROM cases")) == second.isoformat()
        put(db, "b")
        note_due(db, "b")  # not accepted: nothing is promised
        assert db.scalar(text("SELECT due_on FROM cases WHERE id = 'b'")) == ""


def test_it_counts_levels_and_what_each_department_owes(hall_place: str) -> None:
    engine = open_database(hall_place)
    yesterday, today = (TODAY - timedelta(days=1)).isoformat(), TODAY.isoformat()
    sent = stamp(NOW - timedelta(days=3))
    with engine.begin() as db:
        for code, level in (("440104", "street"), ("440100", "district"), ("44010C", "community")):
            db.execute(insert(stations).values(code=code, name=code, level=level))
            put(db, code, station=code, status="in_review")
        for n, (department, state, due) in enumerate(
            (
                ("civil_affairs", "dispatched", yesterday),
                ("civil_affairs", "in_review", today),
                ("civil_affairs", "in_review", ""),  # its clock stands still
                ("civil_affairs", "decided", yesterday),
                ("civil_affairs", "waiting", ""),
                ("unnamed", "in_review", today),
            )
        ):
            row = {"case": "440104", "item": f"i{n}", "department": department, "after": "[]", "state": state}
            db.execute(insert(sub_cases).values(**row, due_on=due, dispatched_at=sent))
        said = board(db, "440104", "supervisor", NOW)
        assert reply_is_genuine(said, public_of(hall_key(db)))
    assert {row.station: row.level for row in said.rows} == {
        "440104": "street",
        "440100": "district",
        "44010C": "community",
    }
    first, second = said.owners
    assert (first.department, first.name) == ("civil_affairs", "民政")
    assert (first.open, first.due_today, first.overdue, first.queue) == (3, 1, 1, 1)
    assert first.oldest == NOW - timedelta(days=3)
    assert (second.name, second.queue, second.oldest) == ("unnamed", 0, None)


def test_what_departments_owe_is_counted_over_what_is_open_alone(tmp_path: Path) -> None:
    engine = open_database(tmp_path / "hall.db")
    with engine.begin() as db:
        plan = db.execute(
            text(
                "EXPLAIN QUERY PLAN SELECT department, count(*) FROM sub_cases"
                " WHERE state IN ('dispatched', 'in_review') GROUP BY department"
            )
        ).all()
    assert any("ix_sub_cases_open" in str(step) for step in plan)


def test_the_counting_walks_over_what_is_open_alone(tmp_path: Path) -> None:
    engine = open_database(tmp_path / "hall.db")
    with engine.begin() as db:
        plan = db.execute(
            text(
                'EXPLAIN QUERY PLAN SELECT station, "window", count(*), min(received_at) FROM cases'
                " WHERE concluded_at IS NULL AND status IN ('received') GROUP BY station, \"window\""
            )
        ).all()
    assert any("ix_cases_open" in str(step) for step in plan)
    engine.dispose()
