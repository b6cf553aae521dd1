"""What holds of every course, whatever its days: used time, pauses, longer limits, split suspensions, tables."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.model import Limit
from deadlines.course import ZONE, Course, Due, Extension, Suspension
from deadlines.festivals import days_off
from deadlines.lights import Colour, light_of
from deadlines.national import national_days
from deadlines.plan import Part, plan
from deadlines.rules import LONGEST_EXTENSION, LONGEST_JOINT_EXTENSION, TooLong, extended
from deadlines.working_days import (
    CalendarEnded,
    TableMistake,
    WorkingDays,
    WrongTable,
    changed,
    named,
    with_more,
)

TABLE = national_days()
BEGIN = datetime(2025, 1, 1, tzinfo=ZONE)
AS_OF = datetime(2026, 12, 31, 12, tzinfo=ZONE)
moments = st.integers(0, 400 * 24 * 60).map(lambda n: BEGIN + timedelta(minutes=n))
limits = st.builds(
    Limit, st.integers(0, 25), st.sampled_from(("workday", "day", "month", "hour", "minute"))
).filter(lambda limit: limit.unit != "month" or limit.n <= 6)


@st.composite
def suspensions(draw: st.DrawFn) -> tuple[Suspension, ...]:
    starts = draw(st.lists(moments, max_size=3))
    return tuple(Suspension(at, at + timedelta(minutes=draw(st.integers(0, 20 * 24 * 60)))) for at in starts)


courses = st.builds(Course, moments, limits, suspensions())
LAW = settings(max_examples=150, deadline=None)


def due_of(course: Course) -> Due:
    found = course.due(TABLE, AS_OF)
    assert found is not None
    return found


def end_of(due: Due) -> datetime:
    return due.at or datetime(due.on.year, due.on.month, due.on.day, 23, 59, 59, tzinfo=ZONE)


@LAW
@given(courses, moments)
def test_used_time_is_the_sum_of_the_running_segments(course: Course, as_of: datetime) -> None:
    parts = course.segments(as_of)
    running = [each for each in parts if each.running]
    assert course.used(TABLE, as_of) == sum(course.measure(each, TABLE) for each in running)
    # They cover the whole stretch, in order, without gap or overlap.
    if as_of > course.start:
        assert parts[0].start == course.start
        assert parts[-1].end == as_of
        assert all(one.end == other.start for one, other in pairwise(parts))
    else:
        assert parts == ()


@LAW
@given(courses)
def test_on_the_last_day_all_of_the_limit_is_used_and_on_the_day_before_it_is_not(course: Course) -> None:
    due = due_of(course)
    if due.at is not None:
        assert course.used(TABLE, due.at) == course.whole()
        return
    last = end_of(due)
    assert course.used(TABLE, last) == course.whole()
    if course.whole():
        assert course.used(TABLE, last - timedelta(days=1)) < course.whole()


@LAW
@given(courses, moments, st.integers(0, 30 * 24 * 60))
def test_a_further_suspension_never_makes_it_earlier(course: Course, at: datetime, minutes: int) -> None:
    more = replace(course, pauses=(*course.pauses, Suspension(at, at + timedelta(minutes=minutes))))
    assert end_of(due_of(more)) >= end_of(due_of(course))


@LAW
@given(courses, st.integers(0, 10))
def test_a_longer_limit_is_never_earlier(course: Course, more: int) -> None:
    longer = replace(course, limit=replace(course.limit, n=course.limit.n + more))
    assert end_of(due_of(longer)) >= end_of(due_of(course))


@LAW
@given(courses, st.integers(1, 10))
def test_an_extension_is_later_by_just_its_days(course: Course, days: int) -> None:
    before = due_of(course)
    after = due_of(replace(course, extensions=(Extension(Limit(days, "workday")),)))
    assert after.on > before.on
    days_it_stood = {
        before.on + timedelta(days=n)
        for n in range(1, (after.on - before.on).days + 1)
        for each in course.pauses
        if each.end and each.start.date() < before.on + timedelta(days=n) <= each.end.date()
    }
    off = sum(TABLE.is_workday(day) for day in days_it_stood)
    assert TABLE.between(before.on, after.on) == days + off


@LAW
@given(moments, limits, moments, st.integers(2, 40_000), st.data())
def test_splitting_a_suspension_changes_nothing(
    start: datetime, limit: Limit, at: datetime, minutes: int, data: st.DataObject
) -> None:
    end = at + timedelta(minutes=minutes)
    cut = at + timedelta(minutes=data.draw(st.integers(1, minutes - 1)))
    whole = Course(start, limit, (Suspension(at, end),))
    halves = Course(start, limit, (Suspension(cut, end), Suspension(at, cut)))
    assert due_of(whole) == due_of(halves)
    assert whole.used(TABLE, AS_OF) == halves.used(TABLE, AS_OF)


@LAW
@given(courses, moments)
def test_a_light_never_turns_back_while_nothing_happens(course: Course, at: datetime) -> None:
    order = [Colour.GREEN, Colour.YELLOW, Colour.RED]
    running = replace(course, pauses=())
    due = running.due(TABLE, AS_OF)
    seen = [
        order.index(light_of(due, running, TABLE, at + timedelta(hours=12 * step)).colour)
        for step in range(8)
    ]
    assert seen == sorted(seen)


@LAW
@given(moments, st.lists(limits, min_size=2, max_size=4))
def test_what_waits_for_others_is_never_due_before_them(start: datetime, chained: list[Limit]) -> None:
    parts = tuple(
        Part(str(at), limit, after=(str(at - 1),) if at else ()) for at, limit in enumerate(chained)
    )
    dates = plan(start, parts, TABLE, AS_OF)
    ends = [end_of(each.promised) for each in dates.values() if each.promised is not None]
    assert ends == sorted(ends)


def test_an_upstream_decision_starts_what_waits_for_it() -> None:
    start = datetime(2026, 3, 2, 10, tzinfo=ZONE)
    early, late = datetime(2026, 3, 4, 9, tzinfo=ZONE), datetime(2026, 3, 20, 9, tzinfo=ZONE)
    waits = Part("b", Limit(3, "workday"), after=("a",))
    due = {
        decided: plan(start, (Part("a", Limit(5, "workday"), decided=decided), waits), TABLE, AS_OF)[
            "b"
        ].promised
        for decided in (None, early, late)
    }
    assert due == {None: Due(date(2026, 3, 12)), early: Due(date(2026, 3, 9)), late: Due(date(2026, 3, 25))}


def test_items_in_a_circle_are_a_fault_and_no_endless_loop() -> None:
    circle = (Part("a", Limit(1, "day"), after=("b",)), Part("b", Limit(1, "day"), after=("a",)))
    with pytest.raises(ValueError, match="a, b"):
        plan(AS_OF, circle, TABLE, AS_OF)


def test_extensions_end_where_the_law_ends_them() -> None:
    first = extended(6, (), joint=False)
    assert extended(4, (first,), joint=False).by == Limit(4, "workday")
    for days, before, joint, most in (
        (LONGEST_EXTENSION + 1, (), False, LONGEST_EXTENSION),
        (5, (first,), False, 4),
        (LONGEST_JOINT_EXTENSION + 1, (), True, LONGEST_JOINT_EXTENSION),
    ):
        with pytest.raises(TooLong) as refused:
            extended(days, before, joint=joint)
        assert refused.value.most == most
    assert extended(15, (), joint=True).by.n == 15
    with pytest.raises(ValueError, match="at least a day"):
        extended(0, (), joint=True)


@LAW
@given(moments, st.integers(-5, 500))
def test_counting_a_stretch_is_counting_its_days(start: datetime, days: int) -> None:
    first = start.date()
    last = min(first + timedelta(days=days), TABLE.until)
    one_by_one = sum(TABLE.is_workday(first + timedelta(days=n)) for n in range(1, (last - first).days + 1))
    assert TABLE.between(first, last) == one_by_one


@pytest.mark.parametrize(
    ("after", "last", "missing"),
    [
        (date(2026, 12, 30), date(2027, 1, 5), date(2027, 1, 1)),
        (date(2027, 2, 1), date(2027, 2, 3), date(2027, 2, 2)),
        (date(2003, 12, 20), date(2004, 1, 5), date(2003, 12, 21)),
    ],
)
def test_a_stretch_that_the_table_does_not_hold_is_not_counted(
    after: date, last: date, missing: date
) -> None:
    with pytest.raises(CalendarEnded) as ended:
        TABLE.between(after, last)
    assert ended.value.day == missing


# -- tables ------------------------------------------------------------------------------------------------
def off_by_law(until: date = date(2027, 12, 31)) -> dict[date, bool]:
    """The days off by law of 2027 as a change of a table."""
    return {day: False for day in days_off(2027) if day <= until}


def test_a_changed_table_has_another_name_and_the_old_one_is_as_it_was() -> None:
    typhoon = changed(TABLE, "停工通知", TABLE.until, {date(2026, 12, 3): False})
    first, second = named(TABLE, "hall", 1), named(typhoon, "hall", 1)
    assert first.version != second.version
    assert TABLE.is_workday(date(2026, 12, 3))
    assert not typhoon.is_workday(date(2026, 12, 3))
    assert changed(typhoon, "恢复", TABLE.until, {date(2026, 12, 3): True}).off == TABLE.off


def test_one_table_is_written_in_one_way() -> None:
    """A weekday that works and a weekend that does not are the week itself: saying so changes nothing."""
    same = changed(TABLE, "x", TABLE.until, {date(2026, 12, 3): True, date(2026, 12, 5): False})
    assert (same.off, same.work) == (TABLE.off, TABLE.work)


@pytest.mark.parametrize(
    ("until", "days", "mistake"),
    [
        (date(2026, 12, 30), {}, TableMistake.SHORTER),
        (TABLE.until, {date(2027, 1, 1): False}, TableMistake.OUTSIDE),
        (date(2027, 12, 31), {}, TableMistake.HOLIDAY_WORKS),
        (date(2027, 12, 31), {date(2027, 1, 1): False}, TableMistake.HOLIDAY_WORKS),
        *(
            (date(2027, 12, 31), off_by_law() | {day: True}, TableMistake.HOLIDAY_WORKS)
            for day in (
                date(2027, 2, 6),
                date(2027, 2, 8),
                date(2027, 4, 5),
                date(2027, 6, 9),
                date(2027, 9, 15),
            )
        ),
    ],
)
def test_a_table_that_nobody_finished_is_refused(
    until: date, days: dict[date, bool], mistake: TableMistake
) -> None:
    with pytest.raises(WrongTable) as wrong:
        changed(TABLE, "x", until, days)
    assert wrong.value.mistake is mistake


def test_a_longer_table_answers_further_and_ends_again() -> None:
    longer = changed(TABLE, "2027 年安排", date(2027, 2, 28), off_by_law(date(2027, 2, 28)))
    assert due_of_longer(longer) == date(2027, 1, 5)
    with pytest.raises(CalendarEnded):
        longer.is_workday(date(2027, 3, 1))


def due_of_longer(table: WorkingDays) -> date:
    found = Course(datetime(2026, 12, 30, 9, tzinfo=ZONE), Limit(3, "workday")).due(table, AS_OF)
    assert found is not None
    return found.on


def test_a_file_only_adds_what_the_table_does_not_know() -> None:
    file = {"source": "x", "until": "2027-01-31", "off": ["2026-11-24", "2027-01-01"], "work": ["2027-01-02"]}
    longer = with_more(TABLE, file)
    assert longer.is_workday(date(2026, 11, 24))
    assert longer.is_workday(date(2027, 1, 2))
    assert not longer.is_workday(date(2027, 1, 1))
