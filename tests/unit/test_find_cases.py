"""The search of a clerk, on the whole desk with the real store: masked rows, and an entry that names nobody."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.fakes.counter import WholeDesk
from tests.fakes.people import MOTHER_ID, MOTHER_NAME
from tests.unit.test_audit_first import received
from workstation.domain.clerk import Deed
from workstation.domain.finding import FindBy
from workstation.services.index_cases import CaseIndex
from workstation.services.purge import _index_anew


@pytest.fixture
def whole(tmp_path: Path) -> Iterator[WholeDesk]:
    made = WholeDesk(tmp_path)
    yield made
    made.close()


def test_a_case_just_received_is_found_and_shown_masked(whole: WholeDesk) -> None:
    desk = received(whole)
    (shown,) = desk.cases()
    for typed in (MOTHER_NAME[:2], MOTHER_ID[-4:], MOTHER_ID, shown.receipt_no[-5:], shown.receipt_no):
        found = desk.find_cases(typed)
        assert (found.cases, found.more, found.left) == ((shown,), False, 0), typed
    assert MOTHER_NAME not in repr(found)
    assert desk.find_cases("没有此人").cases == ()
    assert desk.find_cases("测").by is None


def test_a_search_leaves_who_and_by_what_and_never_the_words(whole: WholeDesk) -> None:
    desk = received(whole)
    assert desk.find_cases(MOTHER_NAME).by is FindBy.NAME
    desk.find_cases("9999")
    with whole.stores[-1].unit() as unit:
        looked = [entry for entry in unit.audit.entries() if entry.deed is Deed.LOOKED_UP]
    assert [(entry.actor, entry.case, entry.note) for entry in looked] == [
        ("clerk", "", "search name 1"),
        ("clerk", "", "search number 0"),
    ]


def test_the_rest_of_what_was_found_is_opened_without_another_entry(whole: WholeDesk) -> None:
    desk = received(whole)
    (first,) = desk.cases()
    store = whole.stores[-1]
    with store.unit() as unit:
        case = unit.cases.get(first.case)
        for n in range(40):
            unit.cases.add(replace(case, id=f"case-{n:02d}", receipt_no=f"4401042601050399{n:03d}"))
        while unit.cases.make_findable(100):
            pass
        unit.commit()
    found = desk.find_cases(MOTHER_NAME)
    assert (len(found.cases), len(found.rest), found.count, found.more) == (12, 18, 30, True)
    rest = desk.found_rest(MOTHER_NAME, found.rest)
    assert [each.case for each in (*found.cases, *rest)] == [f"case-{n:02d}" for n in range(39, 9, -1)]
    assert desk.found_rest("没有此人", found.rest) == ()
    assert desk.found_rest("测", found.rest) == ()
    with store.unit() as unit:
        notes = [entry.note for entry in unit.audit.entries() if entry.deed is Deed.LOOKED_UP]
    assert notes == ["search name 30"]


def test_beside_the_counter_everything_becomes_findable(whole: WholeDesk) -> None:
    received(whole)
    store = whole.stores[-1]
    with store.unit() as unit:
        assert unit.cases.hidden() == 1
    assert CaseIndex(store.unit).carry() is False
    with store.unit() as unit:
        assert unit.cases.hidden() == 0
    assert not _index_anew(store)
