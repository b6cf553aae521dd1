"""工作日表 at the desk: who changes it, what a new version does to new and old cases, and whose table counts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from deadlines.festivals import days_off
from deadlines.national import national_days
from deadlines.working_days import changed
from tests.fakes.card_reader import MOTHER
from tests.fakes.cases import HALL_KEY, an_enrolment
from tests.fakes.counter import WholeDesk
from tests.fakes.staff import PASSWORD
from tests.unit.test_audit_first import TYPED, filled
from wire.calendar import WorkingDayTable
from wire.keys import new_private
from wire.signed import sign_reply
from workstation.domain.clerk import Deed
from workstation.domain.failures import Failure, Refused
from workstation.services.calendar_views import CalendarOwner, CalendarWish
from workstation.services.counter import Counter
from workstation.services.set_calendar import take_calendar, written
from workstation.services.views import CaseView
from workstation.sync.calendar import CalendarPuller

NATIONAL = national_days()
SECOND = ("supervisor2", PASSWORD)
NEXT_YEAR = dict.fromkeys((*days_off(2027), date(2027, 5, 3)), False)


@pytest.fixture
def whole(tmp_path: Path) -> Iterator[WholeDesk]:
    made = WholeDesk(tmp_path)
    yield made
    made.close()


def refused(failure: Failure) -> pytest.RaisesExc[Refused]:
    return pytest.raises(Refused, match=f"^{failure.value}$")


def switch(desk: Counter, login: str) -> None:
    desk.sign_out()
    desk.sign_in(login, PASSWORD)


def accepted(whole: WholeDesk) -> CaseView:
    desk = whole.desk
    desk.take_person(MOTHER)
    desk.choose("newborn")
    for key, typed in TYPED.items():
        desk.answer(key, typed)
    whole.check_all()
    desk.see_original("id_father", seen=True)
    desk.receive()
    case = desk.accept()[0].case
    desk.drop_visit()
    return desk.case(case)


def off(*days: date, until: date = NATIONAL.until) -> CalendarWish:
    return CalendarWish(dict.fromkeys(days, False), until, "市政府停工通知", "台风")


def from_the_hall(number: int, *days: date) -> WorkingDayTable:
    table = replace(NATIONAL, version=f"hall-{number}-x", off=NATIONAL.off | set(days))
    return written(table, number, datetime(2026, 11, 23, tzinfo=UTC), "hall", "r")


def test_a_new_version_moves_new_promises_and_leaves_old_cases_as_they_were(whole: WholeDesk) -> None:
    whole.open_up()
    first = accepted(whole)
    promised = first.sub_cases[0].promised_on
    assert promised is not None
    desk = whole.desk
    before = desk.calendar()
    assert (before.owner, before.version) == (CalendarOwner.NATIONAL, NATIONAL.version)
    switch(desk, "supervisor")
    made = desk.set_calendar(off(promised), *SECOND)
    assert made.owner is CalendarOwner.STATION
    assert made.version.startswith("440104-1-")
    newest = made.versions[0]
    assert (newest.by, newest.confirmed_by, newest.reason) == ("supervisor", "supervisor2", "台风")
    with whole.unit() as unit:
        noted = [(entry.deed, entry.actor, entry.note) for entry in unit.audit.entries()[-2:]]
    assert noted == [
        (Deed.CALENDAR_SET, "supervisor", made.version),
        (Deed.CALENDAR_SIGNED, "supervisor2", made.version),
    ]
    switch(desk, "clerk")
    second = accepted(whole)
    assert second.sub_cases[0].promised_on == NATIONAL.next_workday(promised + timedelta(days=1))
    # The old case is still computed by its own table, and says the same as on its paper.
    again = desk.case(first.case)
    assert again.sub_cases[0].promised_on == promised
    assert again.sub_cases[0].dates.desk_calendar == NATIONAL.version
    assert desk.case(second.case).sub_cases[0].dates.desk_calendar == made.version


def test_beyond_the_table_nothing_is_accepted_until_it_is_longer(whole: WholeDesk) -> None:
    desk = filled(whole)
    case = desk.receive()[0].case
    whole.never_stale()
    whole.clock.at = datetime(2026, 12, 31, 2, tzinfo=UTC)
    whole.check_all()
    shown = desk.visit()
    assert shown is not None
    assert shown.what_if is not None
    assert (shown.what_if.due, shown.what_if.ended) == (None, date(2027, 1, 1))
    with refused(Failure.CALENDAR_ENDED):
        desk.accept()
    longer = changed(NATIONAL, "2027 年放假通知", date(2027, 12, 31), NEXT_YEAR)
    table = written(replace(longer, version="hall-1-x"), 1, whole.clock.at, "hall", "新年度")
    take_calendar(table, open_unit=whole.unit, clock=whole.clock)
    assert desk.accept()[0].case == case
    assert desk.case(case).sub_cases[0].promised_on == date(2027, 1, 4)


def test_a_supervisor_makes_the_table_longer_with_the_holidays_in_it(whole: WholeDesk) -> None:
    desk = whole.open_up("supervisor")
    with refused(Failure.CALENDAR_WRONG):
        desk.set_calendar(off(until=date(2027, 12, 31)), *SECOND)
    wish = CalendarWish(NEXT_YEAR, date(2027, 12, 31), "2027 年放假通知", "新年度")
    desk.set_calendar(wish, *SECOND)
    assert desk.calendar().until == date(2027, 12, 31)


def test_a_change_says_by_which_notice_and_why(whole: WholeDesk) -> None:
    desk = whole.open_up("supervisor")
    for wish in (replace(off(date(2026, 12, 3)), source=" "), replace(off(date(2026, 12, 3)), reason="")):
        with refused(Failure.CALENDAR_REASON):
            desk.set_calendar(wish, *SECOND)
    assert desk.calendar().owner is CalendarOwner.NATIONAL


@pytest.mark.parametrize(
    ("login", "password", "failure"),
    [
        ("supervisor", PASSWORD, Failure.SAME_PERSON),
        ("nameless", PASSWORD, Failure.SAME_PERSON),
        ("clerk", PASSWORD, Failure.ROLE_MISSING),
        ("auditor", PASSWORD, Failure.ROLE_MISSING),
        ("supervisor2", "wrong", Failure.SIGN_IN_REFUSED),
        ("supervisor2", "", Failure.OPERATOR_CARD_MISSING),
        ("nobody", PASSWORD, Failure.SIGN_IN_REFUSED),
    ],
)
def test_a_change_counts_once_another_supervisor_has_signed_it(
    whole: WholeDesk, login: str, password: str, failure: Failure
) -> None:
    desk = whole.open_up("supervisor")
    before = desk.calendar()
    with refused(failure):
        desk.set_calendar(off(date(2026, 12, 3)), login, password)
    assert desk.calendar() == before
    with whole.unit() as unit:
        assert not [e for e in unit.audit.entries() if e.deed is Deed.CALENDAR_SET]


def test_the_halls_table_counts_and_is_not_changed_here(whole: WholeDesk) -> None:
    desk = whole.open_up("supervisor")
    desk.set_calendar(off(date(2026, 12, 3)), *SECOND)
    assert take_calendar(from_the_hall(3, date(2026, 12, 4)), open_unit=whole.unit, clock=whole.clock)
    view = desk.calendar()
    assert (view.owner, view.version, view.may_change) == (CalendarOwner.HALL, "hall-3-x", False)
    assert view.works(date(2026, 12, 3))
    assert not view.works(date(2026, 12, 4))
    assert [each.owner for each in view.versions] == [CalendarOwner.HALL, CalendarOwner.STATION]
    with refused(Failure.CALENDAR_FROM_HALL):
        desk.set_calendar(off(date(2026, 12, 7)), *SECOND)


def test_only_what_the_hall_signed_is_taken_and_nothing_older(whole: WholeDesk) -> None:
    desk = whole.open_up("supervisor")
    clock = [datetime(2026, 11, 23, tzinfo=UTC)]

    class Hall:
        def __init__(self) -> None:
            self.table: WorkingDayTable | None = None

        def calendar(self) -> WorkingDayTable:
            if self.table is None:
                raise Refused(Failure.HALL_REFUSED, status="404")
            return self.table

    hall = Hall()
    puller = CalendarPuller(
        hall,
        an_enrolment(),
        lambda table: take_calendar(table, open_unit=whole.unit, clock=whole.clock),
        lambda: clock[0],
    )

    def carry(table: WorkingDayTable | None, key: bytes = HALL_KEY) -> str:
        hall.table = sign_reply(table, key) if table is not None else None
        clock[0] += timedelta(hours=1)
        puller.carry()
        return desk.calendar().version

    assert carry(None) == NATIONAL.version  # a hall without one leaves the station as it is
    assert carry(from_the_hall(2)) == "hall-2-x"
    assert carry(from_the_hall(1)) == "hall-2-x"
    with refused(Failure.HALL_ANSWER_UNTRUSTED):
        carry(from_the_hall(9), new_private())
    assert desk.calendar().version == "hall-2-x"


def test_before_the_acceptance_the_list_counts_the_five_days(whole: WholeDesk) -> None:
    desk = filled(whole)
    case = desk.receive()[0].case
    received = desk.case(case)
    last = received.dates.notice_on
    assert last is not None
    assert NATIONAL.between(received.received_at.date(), last) == 5
    assert (received.dates.light.colour.value, received.dates.light.days) == ("green", 5)
    whole.clock.at += timedelta(days=30)
    assert desk.case(case).dates.light.colour.value == "red"
