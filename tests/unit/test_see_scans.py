"""Scans on the screen: what a case names and nothing else; another office's are fetched once, kept sealed, and go with the case."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.fakes.counter import WholeDesk
from tests.fakes.offices import came_in
from tests.fakes.seen_scans import pages, picture
from tests.fakes.staff import PASSWORD
from tests.unit.test_audit_first import received
from wire.messages import MaterialHow, MaterialOnWire
from workstation.domain.clerk import Deed
from workstation.domain.failures import Failure, Refused
from workstation.services.counter import Counter

PAPER, BOOK = picture(), pages(3)


@pytest.fixture
def whole(tmp_path: Path) -> Iterator[WholeDesk]:
    made = WholeDesk(tmp_path)
    yield made
    made.close()


def name_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def refused(failure: Failure) -> pytest.RaisesExc[Refused]:
    return pytest.raises(Refused, match=f"^{failure.value}$")


def with_scans(whole: WholeDesk, *contents: bytes, kept: bool = True) -> tuple[Counter, str]:
    """A received case that names scans; `kept` says whether this desk has taken them itself."""
    desk = received(whole)
    case = desk.cases()[0].case
    with whole.unit() as unit:
        for content in contents if kept else ():
            unit.blobs.put(content)
        paper = MaterialOnWire("id_mother", MaterialHow.SCANNED, None, tuple(map(name_of, contents)))
        found = unit.cases.get(case)
        others = tuple(each for each in found.materials if each.material != "id_mother")
        unit.cases.save(replace(found, materials=(*others, paper)))
        unit.commit()
    return desk, case


def looks(whole: WholeDesk) -> list[tuple[str, str]]:
    with whole.unit() as unit:
        return [(e.actor, e.note) for e in unit.audit.entries() if e.deed is Deed.SCAN_SEEN]


def test_own_scans_are_named_drawn_and_each_opening_is_noted_once(whole: WholeDesk) -> None:
    desk, case = with_scans(whole, PAPER, BOOK)
    assert [sha256 for _, sha256 in desk.case(case).scanned] == [name_of(PAPER), name_of(BOOK)]
    one = desk.see_scan(case, name_of(PAPER))
    assert (one.page, one.pages, one.picture[:4]) == (1, 1, b"\x89PNG")
    for page in (1, 2, 3):
        shown = desk.see_scan(case, name_of(BOOK), page)
        assert (shown.page, shown.pages) == (page, 3)
    assert looks(whole) == [("clerk", f"scan {name_of(each)[:16]}") for each in (PAPER, BOOK)]
    assert whole.hall.looks == []  # nobody is asked for what is here


def test_only_what_the_case_names_is_opened_and_only_at_the_counter(whole: WholeDesk) -> None:
    desk, case = with_scans(whole, PAPER)
    with whole.unit() as unit:
        unit.blobs.put(BOOK)  # of somebody else's case
        unit.commit()
    with refused(Failure.SCAN_UNKNOWN):
        desk.see_scan(case, name_of(BOOK))
    desk.sign_out()
    for login in ("supervisor", "auditor"):
        desk.sign_in(login, PASSWORD)
        with refused(Failure.ROLE_MISSING):
            desk.see_scan(case, name_of(PAPER))
        desk.sign_out()
    assert looks(whole) == []


def test_the_other_office_s_scan_comes_once_is_kept_and_is_not_sent_again(whole: WholeDesk) -> None:
    desk, case = with_scans(whole, BOOK, kept=False)
    came_in(whole, case)
    whole.hall.shared[case, name_of(BOOK)] = BOOK
    assert [desk.see_scan(case, name_of(BOOK), page).pages for page in (1, 2)] == [3, 3]
    whole.hall.down = True
    assert desk.see_scan(case, name_of(BOOK)).pages == 3
    assert whole.hall.looks == [(case, name_of(BOOK), "clerk")]
    assert looks(whole) == [("clerk", f"scan {name_of(BOOK)[:16]}")] * 2
    with whole.unit() as unit:
        assert unit.blobs.get(name_of(BOOK)) == BOOK
        assert unit.blobs.unsent(9) == ()
        # It goes with the case, as every scan does.
        unit.purges.purge(case)
        assert unit.purges.orphans() == 1
        with pytest.raises(KeyError):
            unit.blobs.get(name_of(BOOK))


def test_nothing_is_fetched_for_a_case_that_did_not_come_in_here(whole: WholeDesk) -> None:
    desk, case = with_scans(whole, PAPER, kept=False)
    whole.hall.shared[case, name_of(PAPER)] = PAPER
    with refused(Failure.SCAN_LOST):
        desk.see_scan(case, name_of(PAPER))
    assert whole.hall.looks == []


def test_other_bytes_than_were_asked_for_are_neither_shown_nor_kept(whole: WholeDesk) -> None:
    desk, case = with_scans(whole, PAPER, kept=False)
    came_in(whole, case)
    whole.hall.shared[case, name_of(PAPER)] = BOOK
    with refused(Failure.HALL_ANSWER_UNTRUSTED):
        desk.see_scan(case, name_of(PAPER))
    with whole.unit() as unit, pytest.raises(KeyError):
        unit.blobs.get(name_of(BOOK))


def test_what_is_no_picture_is_not_drawn(whole: WholeDesk) -> None:
    desk, case = with_scans(whole, b"%PDF-1.7 nothing", kept=False)
    came_in(whole, case)
    whole.hall.shared[case, name_of(b"%PDF-1.7 nothing")] = b"%PDF-1.7 nothing"
    with refused(Failure.SCAN_UNREADABLE):
        desk.see_scan(case, name_of(b"%PDF-1.7 nothing"))
