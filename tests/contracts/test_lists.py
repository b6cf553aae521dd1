"""What the shelf of work lists promises: held against the fake and against real SQLCipher."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.fakes.cases import NOW, a_case
from tests.fakes.proposals import a_proposal
from tests.fakes.store import FakeStore
from wire.corrections import Correction
from wire.dates import DatesTold, DatesWhy
from wire.messages import SubCaseState
from wire.procedures import DayUnit, ProcedureKind
from workstation.domain.case import Case, CaseStatus
from workstation.domain.counter_time import today_at
from workstation.domain.procedure import Procedure
from workstation.domain.slip import Print, SlipKind
from workstation.domain.work_lists import (
    LISTS,
    ListKind,
    ListWanted,
    Order,
    SavedFilter,
    Start,
    answer_by,
    due_on,
    to_replace,
)
from workstation.services.ports import OpenUnit
from workstation.storage.database import open_store

TODAY = today_at(NOW)
COUNT = 23


@pytest.fixture(params=["fake", "real"])
def open_unit(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[OpenUnit]:
    if request.param == "fake":
        yield FakeStore().unit
        return
    store = open_store(tmp_path / "station.db", bytes(32), busy_ms=50)
    try:
        yield store.unit
    finally:
        store.close()


def put(open_unit: OpenUnit, *cases: Case) -> None:
    with open_unit() as unit:
        for case in cases:
            unit.cases.add(case)
        unit.commit()


def many() -> list[Case]:
    """Three of each time of receipt: the place breaks the ties."""
    return [replace(a_case(n), received_at=NOW + timedelta(minutes=n // 3)) for n in range(1, COUNT + 1)]


def ids(open_unit: OpenUnit, wanted: ListWanted, start: Start = Start(), limit: int = 100) -> list[str]:  # noqa: B008 - frozen
    with open_unit() as unit:
        places = unit.lists.places(wanted, TODAY, start, limit)
        return [case.id for case in unit.cases.at([place.place for place in places])]


def promised(case: Case, day: date, state: SubCaseState = SubCaseState.DISPATCHED) -> Case:
    subs = tuple(replace(sub, promised_on=day, state=state) for sub in case.sub_cases)
    return replace(case, status=CaseStatus.DISPATCHED, sub_cases=subs)


@pytest.mark.parametrize("order", [None, Order.RECEIPT])
@pytest.mark.parametrize("descending", [None, False, True])
def test_pages_from_either_end_and_by_any_step_are_the_whole_list(
    open_unit: OpenUnit, order: Order | None, descending: bool | None
) -> None:
    put(open_unit, *many())
    wanted = ListWanted(order=order, descending=descending)
    whole = ids(open_unit, wanted)
    assert len(set(whole)) == COUNT
    assert whole == sorted(whole, reverse=descending is not False)
    with open_unit() as unit:
        for row in (0, 4, 5, 11, COUNT - 1):
            (at,) = unit.lists.places(wanted, TODAY, Start(skip=row), 1)
            behind = unit.lists.places(wanted, TODAY, Start(at, 2), 5)
            before = unit.lists.places(wanted, TODAY, Start(at, 2, backward=True), 5)
            read = [case.id for case in unit.cases.at([each.place for each in (*before, *behind)])]
            assert read == [*whole[max(row - 7, 0) : max(row - 2, 0)], *whole[row + 3 : row + 8]]
            assert unit.lists.before(wanted, TODAY, whole[row]) == row
        assert unit.lists.before(wanted, TODAY, "nobody") is None
        last = unit.lists.places(wanted, TODAY, Start(backward=True), 3)
        assert [case.id for case in unit.cases.at([each.place for each in last])] == whole[-3:]


def test_each_list_holds_just_its_cases(open_unit: OpenUnit) -> None:
    base = [a_case(n) for n in range(1, 9)]
    asked = Correction(NOW, TODAY - timedelta(days=1), None, ())
    cases = [
        base[0],  # received
        promised(base[1], TODAY),
        promised(base[2], TODAY - timedelta(days=3)),
        promised(base[3], TODAY, SubCaseState.DECIDED),  # what is decided is not due
        replace(base[4], status=CaseStatus.CORRECTION_REQUIRED, corrections=(asked,)),
        replace(base[5], provisional=True, project_no="P1"),
        replace(base[6], status=CaseStatus.DECIDED, concluded_at=NOW, seal="s"),
        replace(base[7], status=CaseStatus.DELIVERED, concluded_at=NOW + timedelta(hours=1), seal="s"),
    ]
    put(open_unit, *cases)
    with open_unit() as unit:
        unit.proposals.add(a_proposal("p-1", cases[0].id))
        unit.commit()
    at = [case.id for case in cases]
    assert ids(open_unit, ListWanted(ListKind.DUE_TODAY)) == [at[1]]
    assert ids(open_unit, ListWanted(ListKind.OVERDUE)) == [at[2], at[4]]
    assert ids(open_unit, ListWanted(ListKind.TO_CORRECT)) == [at[4]]
    assert ids(open_unit, ListWanted(ListKind.TO_ACCEPT)) == [at[0], at[5]]
    assert ids(open_unit, ListWanted(ListKind.TO_SIGN)) == [at[0]]
    assert ids(open_unit, ListWanted(ListKind.TO_REPLACE)) == [at[5]]
    assert ids(open_unit, ListWanted(ListKind.RESULTS_WAITING)) == [at[6]]
    assert ids(open_unit, ListWanted(ListKind.RESULTS)) == [at[7], at[6]]
    there = {kind: len(ids(open_unit, ListWanted(kind))) for kind in LISTS}
    with open_unit() as unit:
        assert {kind: unit.lists.count(ListWanted(kind), TODAY) for kind in LISTS} == there
        unit.cases.save(replace(cases[2], status=CaseStatus.DECIDED, concluded_at=NOW, seal="s"))
        assert unit.lists.count(ListWanted(ListKind.OVERDUE), TODAY) == 1


def test_conditions_narrow_a_list(open_unit: OpenUnit) -> None:
    first, second, third = (a_case(n) for n in range(1, 4))
    old = replace(third, received_at=NOW - timedelta(days=7))
    put(open_unit, first, replace(second, clerk="other", status=CaseStatus.ACCEPTED), old)
    assert ids(open_unit, ListWanted(clerk=first.clerk)) == [first.id, old.id]
    assert ids(open_unit, ListWanted(status=CaseStatus.ACCEPTED)) == [second.id]
    assert ids(open_unit, ListWanted(clerk=first.clerk, status=CaseStatus.ACCEPTED)) == []
    assert ids(open_unit, ListWanted(days=7)) == [second.id, first.id]
    assert ids(open_unit, ListWanted(days=8)) == [second.id, first.id, old.id]


def test_all_cases_are_counted_as_they_come_and_go(open_unit: OpenUnit) -> None:
    for n in range(1, 4):
        put(open_unit, a_case(n))
        with open_unit() as unit:
            assert unit.lists.count(ListWanted(), TODAY) == n
    with open_unit() as unit:
        unit.cases.add(a_case(9))
        assert unit.lists.count(ListWanted(), TODAY) == 4  # and is rolled back
    put(open_unit, a_case(10))
    with open_unit() as unit:
        assert unit.lists.count(ListWanted(), TODAY) == 4


def test_moment_is_another_one_after_a_deed(open_unit: OpenUnit) -> None:
    with open_unit() as unit:
        before = unit.lists.moment()
        unit.audit.note(at=NOW, actor="clerk", deed="looked_up")
        assert unit.lists.moment() != before


def test_filters_are_a_clerks_own(open_unit: OpenUnit) -> None:
    mine = SavedFilter("我的今天", ListKind.DUE_TODAY, mine=True)
    with open_unit() as unit:
        unit.lists.keep_filter("clerk", mine)
        unit.lists.keep_filter("other", replace(mine, name="别人的"))
        unit.lists.keep_filter("clerk", replace(mine, days=7))
        assert unit.lists.filters("clerk") == (replace(mine, days=7),)
        unit.lists.drop_filter("clerk", mine.name)
        assert unit.lists.filters("clerk") == ()
        assert len(unit.lists.filters("other")) == 1


def test_a_sheet_leads_to_its_case(open_unit: OpenUnit) -> None:
    put(open_unit, a_case(1))
    serial = "440104261126RCP0001X"
    with open_unit() as unit:
        unit.prints.add(
            Print(serial, a_case(1).id, SlipKind.RECEIPT, 0, "1", "clerk", NOW, "0" * 64, "x.pdf")
        )
        found = unit.cases.by_slip(serial)
        assert found is not None
        assert found.id == a_case(1).id
        assert unit.cases.by_slip("440104261126RCP0002Y") is None


def test_cases_of_before_the_columns_get_them_beside_the_counter(tmp_path: Path) -> None:
    store = open_store(tmp_path / "station.db", bytes(32), busy_ms=50)
    put(store.unit, *(promised(a_case(n), TODAY) for n in range(1, 6)))
    with store._engine.begin() as db:
        db.execute(text("UPDATE cases SET listed = 0, due_on = '', clerk = ''"))
    wanted = ListWanted(ListKind.DUE_TODAY)
    assert ids(store.unit, wanted) == []
    with store.unit() as unit:
        assert unit.cases.make_listable(0) == 1  # at most: there are some
        assert unit.cases.make_listable(2) == 1
        assert unit.cases.make_listable(10) == 0
        unit.commit()
    assert len(ids(store.unit, wanted)) == 5
    assert len(ids(store.unit, ListWanted(clerk=a_case(1).clerk))) == 5
    store.close()


def test_what_stands_still_is_not_due_and_a_correction_is(open_unit: OpenUnit) -> None:
    case = promised(a_case(1), TODAY)
    asked = Correction(NOW, TODAY + timedelta(days=9), None, ())
    assert due_on(case) == TODAY
    assert due_on(replace(case, corrections=(asked,))) == TODAY + timedelta(days=9)
    assert due_on(replace(case, status=CaseStatus.WITHDRAWN)) is None
    silent = replace(a_case(2), notice_by=TODAY)
    assert due_on(silent) == TODAY
    answered = replace(asked, answered_at=NOW)
    assert due_on(replace(silent, corrections=(answered,))) != TODAY  # a word was said
    assert answer_by(case) is None
    assert not to_replace(replace(case, provisional=True, project_no=None))


def test_several_departments_owe_by_their_joint_day_unless_a_procedure_runs() -> None:
    joint = TODAY + timedelta(days=5)
    told = DatesTold(NOW, DatesWhy.ACCEPTED, "v", TODAY, (), joint_on=joint)
    case = replace(promised(a_case(1), TODAY + timedelta(days=20)), dates=told)
    assert due_on(case) == joint
    hearing = Procedure("p", ProcedureKind.HEARING, NOW, 3, DayUnit.WORKING, "r", "n", "a")
    stopped = tuple(replace(sub, procedures=(hearing,)) for sub in case.sub_cases)
    assert due_on(replace(case, sub_cases=stopped)) is None
    over = tuple(replace(sub, procedures=(replace(hearing, ended_at=NOW),)) for sub in case.sub_cases)
    assert due_on(replace(case, sub_cases=over)) == joint
