"""A list of a million rows in the real table: what is asked of the desk, and what is shown meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.fakes.worklist import cases
from workstation.domain.work_lists import Order, Place, Start
from workstation.services.list_views import ListPage
from workstation.services.views import CaseView
from workstation.ui.widgets.column import Column
from workstation.ui.widgets.rows import HOP, PAGE
from workstation.ui.widgets.table import CaseTable

COUNT = 1_000_000
_CASE = cases()[0]


class Desk:
    """A list of `count` cases; answers wait until they are let go."""

    def __init__(self, count: int = COUNT, shift: int = 0) -> None:
        self.count, self.shift = count, shift
        self.asked: list[tuple[Start, int]] = []
        self.waiting: list[Callable[[], None]] = []

    def case(self, row: int) -> CaseView:
        return replace(_CASE, case=f"c-{row + self.shift}", receipt_no=f"R{row + self.shift:07d}")

    def page(self, start: Start, limit: int) -> ListPage:
        at = start.after.place if start.after is not None else (self.count if start.backward else -1)
        first = at - start.skip - limit if start.backward else at + 1 + start.skip
        rows = range(max(first, 0), min(first + limit, self.count))
        places = [Place("", row) for row in rows]
        found = tuple(self.case(row) for row in rows)
        return ListPage(found, places[0], places[-1]) if places else ListPage((), None, None)

    def fetch(self, start: Start, limit: int, take: Callable[[ListPage], None]) -> None:
        self.asked.append((start, limit))
        self.waiting.append(lambda: take(self.page(start, limit)))

    def answer(self) -> None:
        self.waiting.pop(0)()


@pytest.fixture
def table(qtbot: QtBot) -> CaseTable:
    columns = (
        Column("收件号", lambda case: case.receipt_no, "R0000000", Order.RECEIPT),
        Column("申请人", lambda case: case.applicant, wide=True),
    )
    made = CaseTable("t", "t", columns)
    qtbot.addWidget(made)
    made.resize(600, 500)
    made.show()
    return made


def opened(table: CaseTable, desk: Desk) -> None:
    table.show_list(desk.page(Start(), PAGE), desk.fetch)
    table.rows.grow(desk.count)


def shown(table: CaseTable, row: int) -> str:
    return str(table.rows.index(row, 0).data())


def settle(qtbot: QtBot, desk: Desk, there: Callable[[], bool]) -> None:
    def turn() -> bool:
        while desk.waiting:
            desk.answer()
        return there()

    qtbot.waitUntil(turn)


def test_the_end_is_one_question_away_and_rows_say_that_they_come(qtbot: QtBot, table: CaseTable) -> None:
    desk = Desk()
    opened(table, desk)
    assert shown(table, 0) == "R0000000"
    QTest.keyClick(table, Qt.Key.Key_End)
    assert shown(table, COUNT - 1) == "…"
    assert table.current() is None
    qtbot.waitUntil(lambda: bool(desk.waiting))
    settle(qtbot, desk, lambda: shown(table, COUNT - 1) == "R0999999")
    first, _ = desk.asked[0]
    assert (first.after, first.backward) == (None, True)
    assert len(desk.asked) <= 2
    current = table.current()
    assert current is not None
    assert current.case == "c-999999"
    QTest.keyClick(table, Qt.Key.Key_Home)
    assert shown(table, 0) == "R0000000"


def test_the_middle_is_reached_in_hops_that_are_short_for_the_desk(qtbot: QtBot, table: CaseTable) -> None:
    desk = Desk()
    opened(table, desk)
    table.select_row(400_000)
    settle(qtbot, desk, lambda: shown(table, 400_000) == "R0400000")
    assert all(start.skip <= HOP for start, _ in desk.asked)
    assert sum(limit for _, limit in desk.asked) <= 400_000 // HOP + 5 * PAGE
    before = len(desk.asked)
    table.select_row(401_000)
    settle(qtbot, desk, lambda: shown(table, 401_000) == "R0401000")
    assert len(desk.asked) - before <= 3  # the way is known by now


def test_of_many_pages_that_pass_by_only_the_last_are_fetched(qtbot: QtBot, table: CaseTable) -> None:
    desk = Desk(20_000)
    opened(table, desk)
    for row in range(0, 20_000, 500):
        table.scrollTo(table.rows.index(row, 0))
        table.viewport().repaint()
    settle(qtbot, desk, lambda: shown(table, 19_500) == "R0019500")
    assert len(desk.asked) < 12


def test_a_late_answer_for_another_list_is_let_go(qtbot: QtBot, table: CaseTable) -> None:
    desk, other = Desk(), Desk(shift=5_000_000)
    opened(table, desk)
    table.select_row(700)
    qtbot.waitUntil(lambda: bool(desk.waiting))
    opened(table, other)
    desk.answer()
    assert shown(table, 700) == "…"
    table.select_row(700)
    settle(qtbot, other, lambda: shown(table, 700) == "R5000700")


def test_the_selected_case_stays_selected_when_rows_move_and_nothing_else_is_acted_upon(
    qtbot: QtBot, table: CaseTable
) -> None:
    desk = Desk(300)
    opened(table, desk)
    table.select_row(3)
    told: list[object] = []
    table.picked.connect(told.append)
    desk.shift, desk.count = -1, 301  # a new case came first
    table.rows.renew(301)
    current = table.current()
    assert current is not None
    assert current.case == "c-3"  # what stood there stands until the row comes anew
    qtbot.waitUntil(lambda: bool(desk.waiting))
    settle(qtbot, desk, lambda: table.rows.is_fresh(4))
    current = table.current()
    assert current is not None
    assert (current.case, table.selectionModel().selectedRows()[0].row()) == ("c-3", 4)
    assert told == []


def test_letters_typed_into_the_list_begin_a_search(qtbot: QtBot, table: CaseTable) -> None:
    opened(table, Desk(3))
    typed: list[str] = []
    table.typed.connect(typed.append)
    QTest.keyClicks(table, "z4")
    QTest.keyClick(table, Qt.Key.Key_Space)
    assert typed == ["z", "4"]


def test_a_shorter_list_has_no_rows_that_are_gone(qtbot: QtBot, table: CaseTable) -> None:
    desk = Desk(120)
    opened(table, desk)
    desk.count = 2
    table.rows.renew(2)
    settle(qtbot, desk, lambda: table.rows.rowCount() == 2)
    table.rows.renew(0)
    assert table.current() is None
