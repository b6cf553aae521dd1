"""督办 beside the tray: the board, reports, the handover of a shift; and the lists and filters of 办件."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QTableWidget

from tests.fakes.desk import FakeDesk
from tests.fakes.newborn import NOW
from tests.ui.shell_hands import Hands, Opened
from wire.messages import Role
from workstation.domain.failures import Failure, Refused
from workstation.domain.work_lists import ListKind
from workstation.ui.pages.supervision import SupervisionPage

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")
Open = Callable[..., Hands]


@pytest.fixture
def on(opened: Opened) -> Open:
    def open_on(page: str, role: Role, change: Callable[[FakeDesk], object] = lambda _: None) -> Hands:
        desk = FakeDesk()
        desk.roles = (role,)
        change(desk)
        hands = opened(desk)
        hands.shell().open(page)
        hands.calm()
        return hands

    return open_on


def cells(hands: Hands, name: str) -> list[list[str]]:
    table = hands.find(QTableWidget, name)
    return [
        [item.text() if (item := table.item(row, column)) else "" for column in range(table.columnCount())]
        for row in range(table.rowCount())
    ]


@pytest.mark.parametrize(
    ("role", "tabs"),
    [
        (Role.CLERK, {"tray", "report", "shift"}),
        (Role.AGENT, {"tray", "report", "shift"}),
        (Role.SUPERVISOR, {"tray", "board", "report", "shift"}),
        (Role.AUDITOR, {"board"}),
    ],
)
def test_everybody_has_the_tabs_of_their_roles(on: Open, role: Role, tabs: set[str]) -> None:
    hands = on("supervision", role)
    seen = {name for name in ("tray", "board", "report", "shift") if hands.sees(f"supervision.{name}")}
    assert seen == tabs


def test_the_board_shows_all_counters_as_bars_and_as_numbers(on: Open) -> None:
    hands = on("supervision", Role.SUPERVISOR)
    hands.click("supervision.board")
    hands.wait(lambda: len(cells(hands, "board.table")) == 3)
    assert cells(hands, "board.table")[0] == ["测试街政务服务中心 01 号窗口", "42", "5", "2", "3", "2 天"]
    hands.wait_for("board.local.over")  # this workstation's own numbers come by another way
    assert hands.words("board.local.over") == "2 件"
    assert "大厅数据 2026-01-05" in hands.words("board.state")


def test_the_board_counts_by_level_and_by_who_decides_and_goes_into_a_file(on: Open) -> None:
    hands = on("supervision", Role.SUPERVISOR)
    hands.click("supervision.board")
    hands.wait(lambda: len(cells(hands, "board.table")) == 3)
    by = hands.find(QComboBox, "board.by")
    by.setCurrentIndex(1)
    assert [row[:5] for row in cells(hands, "board.table")] == [
        ["区级（1 个机构）", "7", "1", "0", "0"],
        ["街道（1 个机构）", "60", "5", "2", "4"],
    ]
    by.setCurrentIndex(2)
    assert cells(hands, "board.table")[0] == ["民政", "31", "4", "1", "6", "24 小时"]
    table = hands.find(QTableWidget, "board.table")
    head = table.horizontalHeaderItem(4)
    assert head is not None
    assert head.text() == "待接办"
    page = hands.shell().pages["supervision"]
    page._panels.currentWidget().export_to("/tmp/board.xlsx")  # type: ignore[attr-defined]
    hands.wait(lambda: bool(hands.asked("export_report")))
    (file,) = hands.desk.written
    assert [each.title for each in file.tables] == ["按窗口", "按层级", "按决定部门"]
    assert file.tables[2].heads[4] == "待接办"
    assert file.tables[1].rows[1][:2] == ("街道（1 个机构）", 60)
    hands.wait(lambda: "已导出" in hands.words("board.why"))


def test_without_the_hall_the_own_numbers_stand_there_and_say_how_old_the_halls_are(on: Open) -> None:
    away = Refused(Failure.HALL_UNREACHABLE)
    hands = on("supervision", Role.AUDITOR, lambda desk: desk.refuse.update(hall_board=away))
    hands.wait(lambda: hands.words("board.state") == "只有本机数据")
    hands.wait(
        lambda: (
            cells(hands, "board.table")
            == [["本工位", "18", "1", "2", "1", cells(hands, "board.table")[0][5]]]
        )
    )
    assert hands.words("board.why")
    assert not hands.sees("board.export")  # an auditor looks and takes nothing away
    del hands.desk.refuse["hall_board"]
    page = hands.shell().pages["supervision"]
    assert isinstance(page, SupervisionPage)
    page._panels.currentWidget().refresh()  # type: ignore[attr-defined]
    hands.wait(lambda: len(cells(hands, "board.table")) == 3)


def test_a_report_is_shown_by_day_and_by_item_and_exported_in_the_words_of_the_page(on: Open) -> None:
    hands = on("supervision", Role.SUPERVISOR)
    hands.click("supervision.report")
    hands.wait(lambda: bool(cells(hands, "report.table")))
    assert cells(hands, "report.table")[0][:4] == ["2026-01-04", "8", "7", "1"]
    assert cells(hands, "report.table")[-1][:2] == ["合计", "12"]
    hands.find(QComboBox, "report.by").setCurrentIndex(1)
    assert cells(hands, "report.table")[0][0] == "广州市老年人优待卡 首次申领"
    page = hands.shell().pages["supervision"]
    page._panels.currentWidget().export_to("/tmp/report.xlsx")  # type: ignore[attr-defined]
    hands.wait(lambda: bool(hands.asked("export_report")))
    (file,) = hands.desk.written
    assert [table.title for table in file.tables] == [
        "合计",
        "按日",
        "按事项",
        "按人员",
        "按窗口",
        "按收件机构",
        "按层级",
        "按决定部门",
    ]
    assert file.tables[6].rows[0][:2] == ("街道", 12)
    assert file.tables[2].rows[0][:2] == ("广州市老年人优待卡 首次申领", 8)
    hands.wait(lambda: "已导出" in hands.words("report.note"))


def test_a_clerk_sees_a_report_and_is_offered_no_file(on: Open) -> None:
    hands = on("supervision", Role.CLERK)
    hands.click("supervision.report")
    hands.wait(lambda: bool(cells(hands, "report.table")))
    assert not hands.sees("report.export")


def test_a_shift_is_handed_over_and_taken(on: Open) -> None:
    hands = on("supervision", Role.CLERK)
    hands.click("supervision.shift")
    hands.wait(lambda: bool(hands.asked("shift")))
    assert hands.focus() == "shift.login"
    hands.find(QLineEdit, "shift.remark").setText("草稿两份")
    hands.line("shift.login").setText("clerk")
    hands.line("shift.password").setText("x")
    hands.click("shift.sign")
    hands.wait_for("banner.text")  # nobody signs for two
    assert hands.line("shift.password").text() == ""
    hands.line("shift.login").setText("supervisor")
    hands.line("shift.password").setText("x")
    hands.click("shift.sign")
    hands.wait_for("shift.path")
    assert hands.asked("hand_over")[-1] == ("hand_over", "草稿两份", "supervisor")
    assert "SHF0001X" in hands.words("shift.path").replace("\u200b", "")
    hands.key(Qt.Key.Key_F8)
    hands.wait(lambda: bool(hands.asked("take_shift")))
    hands.wait(lambda: not hands.sees("shift.take"))


# -- the lists of 办件 -------------------------------------------------------------------------------------
def overdue(desk: FakeDesk) -> None:
    first, second, *others = desk.case_views
    desk.case_views = [dataclasses.replace(first, due_on=NOW.date()), second, *others]
    desk.parked = 2


def test_lists_tell_their_counts_and_open_by_key(on: Open) -> None:
    hands = on("cases", Role.CLERK, overdue)
    hands.wait_for("cases.table")
    hands.wait(lambda: hands.sees("cases.parked"))
    page = hands.shell().pages["cases"]
    said = {kind: page.lists._buttons[kind].text() for kind in page.lists.kinds}  # type: ignore[attr-defined]
    assert said[ListKind.DUE_TODAY] == "今天到期  1"
    assert said[ListKind.OVERDUE] == "超期  0"
    hands.key(Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    hands.wait(lambda: hands.table("cases.table").rows.rowCount() == 1)
    hands.click("cases.overdue")
    hands.wait(lambda: hands.sees("emptyTitle") and hands.words("emptyTitle") == "这个清单是空的")
    hands.click("cases.parked")
    hands.wait(lambda: hands.sees("transferPage"))


def test_conditions_are_kept_under_a_name_and_go_when_the_row_is_closed(on: Open) -> None:
    hands = on("cases", Role.CLERK)
    hands.wait_for("cases.table")
    hands.click("filter.show")
    hands.find(QComboBox, "filter.status").setCurrentIndex(
        hands.find(QComboBox, "filter.status").findText("已办结")
    )
    hands.wait(lambda: hands.table("cases.table").rows.rowCount() == 1)
    hands.line("filter.name").setText("办完的")
    hands.click("filter.keep")
    hands.wait(lambda: hands.find(QComboBox, "filter.saved").count() == 1)
    assert hands.desk.filters()[0].status == "decided"
    hands.click("filter.show")
    hands.wait(lambda: hands.table("cases.table").rows.rowCount() == 3)
    hands.click("filter.show")
    hands.wait(lambda: hands.find(QComboBox, "filter.saved").currentIndex() == -1)
    saved = hands.find(QComboBox, "filter.saved")
    saved.setCurrentIndex(0)
    saved.activated.emit(0)
    hands.wait(lambda: hands.table("cases.table").rows.rowCount() == 1)
    hands.find(QCheckBox, "filter.mine").setChecked(True)
    hands.wait(lambda: hands.sees("emptyTitle"))  # "agent" received them all
    hands.click("filter.drop")
    hands.wait(lambda: hands.find(QComboBox, "filter.saved").count() == 0)
