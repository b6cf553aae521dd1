"""The room of deadlines against the hand-made table: every case to the day."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from catalogue.model import Limit
from deadlines.course import Course, Due, Extension, Pause, Suspension, Wait
from deadlines.joint import joint
from deadlines.lights import light_of
from deadlines.national import national_days
from deadlines.plan import Part, plan
from deadlines.rules import deemed, delivery_due, wait_until
from deadlines.working_days import CalendarEnded
from tests.data.deadlines import naive
from tests.data.deadlines.naive import last_day
from tests.data.deadlines.table import Row, Stop, of_kind, rows, working_days

TABLE = national_days()


def pause(stop: Stop) -> Pause:
    if stop.kind == "procedure":
        return Suspension(stop.start, stop.end)
    assert stop.until is not None
    return Wait(stop.start, stop.end, stop.until)


def course(row: Row) -> Course:
    longer = (Extension(Limit(row.extension, "workday")),) if row.extension else ()
    return Course(row.start, Limit(*row.limit), tuple(map(pause, row.stops)), longer)


def said(due: Due | None) -> str:
    if due is None:
        return "none"
    return f"{due.at:%Y-%m-%dT%H:%M}" if due.at is not None else due.on.isoformat()


def test_the_table_is_as_large_as_was_asked_for_and_no_case_stands_twice() -> None:
    assert len(rows()) >= 300
    assert len(of_kind("due", "ended", "chain")) >= 200
    told = [(row.kind, row.start, row.limits, row.stops, row.extension, row.as_of) for row in rows()]
    assert len(set(told)) == len(told)


def test_the_written_days_are_those_of_the_library() -> None:
    """The lists were written from the State Council's notices for 2025 and 2026, not from the library."""
    first = date(2025, 1, 1)
    every = [first + timedelta(days=n) for n in range(730)]
    assert tuple(day for day in every if TABLE.is_workday(day)) == working_days()


def test_the_last_known_day_is_that_of_the_library() -> None:
    assert (TABLE.since, TABLE.until) == (date(2004, 1, 1), date(2026, 12, 31))
    for outside in (date(2003, 12, 31), date(2027, 1, 1)):
        with pytest.raises(CalendarEnded):
            TABLE.is_workday(outside)


@pytest.mark.parametrize("row", of_kind("due"), ids=lambda row: row.id)
def test_a_case_is_due_on_the_day_that_was_counted_by_hand(row: Row) -> None:
    assert said(course(row).due(TABLE, row.as_of)) == row.expected, row.note


@pytest.mark.parametrize("row", of_kind("ended"), ids=lambda row: row.id)
def test_beyond_the_table_nothing_is_computed(row: Row) -> None:
    with pytest.raises(CalendarEnded) as ended:
        course(row).due(TABLE, row.as_of)
    assert ended.value.day.isoformat() == row.expected


@pytest.mark.parametrize("row", of_kind("deemed", "ended_deemed"), ids=lambda row: row.id)
def test_silence_counts_as_acceptance_after_the_fifth_working_day(row: Row) -> None:
    waits = tuple(map(pause, row.stops))
    if row.kind == "ended_deemed":
        with pytest.raises(CalendarEnded):
            deemed(row.start, TABLE, waits)
        return
    found = deemed(row.start, TABLE, waits)
    assert found.last_day.isoformat() == row.expected, row.note
    assert found.accepted_on == row.start.date()
    assert not found.has_come(found.last_day)
    assert found.has_come(found.last_day + timedelta(days=1))


@pytest.mark.parametrize("row", of_kind("wait"), ids=lambda row: row.id)
def test_a_correction_wait_ends_on_a_natural_day(row: Row) -> None:
    assert wait_until(row.start.date(), Limit(*row.limit)).isoformat() == row.expected


@pytest.mark.parametrize("row", of_kind("delivery"), ids=lambda row: row.id)
def test_a_licence_is_handed_over_within_ten_working_days(row: Row) -> None:
    assert delivery_due(row.start, TABLE).isoformat() == row.expected


@pytest.mark.parametrize("row", of_kind("used"), ids=lambda row: row.id)
def test_used_time_is_what_was_counted_by_hand(row: Row) -> None:
    assert course(row).used(TABLE, row.as_of) == int(row.expected), row.note


@pytest.mark.parametrize("row", of_kind("light"), ids=lambda row: row.id)
def test_the_light_is_what_a_person_would_say(row: Row) -> None:
    clock = course(row)
    light = light_of(clock.due(TABLE, row.as_of), clock, TABLE, row.as_of)
    assert f"{light.colour.value} {light.days}" == row.expected, row.note


@pytest.mark.parametrize("row", of_kind("chain"), ids=lambda row: row.id)
def test_items_that_wait_for_each_other(row: Row) -> None:
    assert chain(row) == row.expected


def chain(row: Row) -> str:
    keys = [str(at) for at in range(len(row.limits))]
    parts = tuple(
        Part(key, Limit(*limit), after=tuple(keys[at - 1 : at] if at else ()))
        for at, (key, limit) in enumerate(zip(keys, row.limits, strict=True))
    )
    found = plan(row.start, parts, TABLE, row.as_of)
    return " ".join("missing" if found[key].missing else said(found[key].promised) for key in keys)


@pytest.mark.parametrize("row", of_kind("joint"), ids=lambda row: row.id)
def test_what_several_departments_owe_together_stands_still_with_any_of_them(row: Row) -> None:
    """The stops of a row fall to two items in turn, its extension to the second."""
    longer = (Extension(Limit(row.extension, "workday")),) if row.extension else ()
    stops = [pause(stop) for stop in row.stops]
    items = (
        Part("a", Limit(5, "workday"), pauses=tuple(stops[::2])),
        Part("b", Limit(5, "workday"), pauses=tuple(stops[1::2]), extensions=longer),
    )
    found = joint(row.start, items, TABLE, row.as_of)
    assert (f"ended {found.missing}" if found.missing else said(found.due)) == row.expected, row.note


# -- the second counter -----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "row", of_kind("due", "ended", "deemed", "delivery", "wait", "joint"), ids=lambda row: row.id
)
def test_a_second_counter_finds_the_same_day_on_the_written_list(row: Row) -> None:
    """It imports nothing of the room: a fault in the table itself is found by it."""
    wanted = f"ended {row.expected}" if row.kind == "ended" else row.expected
    assert last_day(row) == wanted


def test_the_second_counter_is_no_copy_of_the_first() -> None:
    source = Path(naive.__file__).read_text(encoding="utf-8")
    assert "import deadlines" not in source
    assert "from deadlines" not in source


def test_a_wrong_day_in_the_table_would_be_seen() -> None:
    """The control."""
    row = next(row for row in of_kind("due") if row.limit == (5, "workday"))
    wrong = (datetime.fromisoformat(row.expected) + timedelta(days=1)).date().isoformat()
    assert said(course(row).due(TABLE, row.as_of)) != wrong
    assert last_day(row) != wrong
