"""传输: what waits, what needs a person, both sides of a conflict, scans, the stick - in the whole window."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QFileDialog, QLabel, QListWidget, QTabBar, QTableWidget
from pytestqt.qtbot import QtBot

from tests.fakes import transfers
from tests.fakes.desk import FakeDesk
from tests.fakes.newborn import NOW
from tests.ui.shell_hands import Hands, window
from wire.messages import Role
from workstation.domain.counter_time import COUNTER_ZONE
from workstation.domain.failures import Failure, Refused
from workstation.domain.needs_fixing import Act
from workstation.domain.staleness import Cause, Stage, Staleness
from workstation.services.views import Link, LinkView


def busy_desk() -> FakeDesk:
    desk = FakeDesk()
    desk.transfer_view = transfers.busy()
    desk.uploads_view = transfers.scans()
    return desk


@pytest.fixture
def hands(qtbot: QtBot) -> Iterator[Hands]:
    with window(qtbot, busy_desk()) as made:
        made.shell()
        made.ctrl(Qt.Key.Key_7)
        made.wait_for("transfer.parked")
        yield made


def tab(hands: Hands, number: int) -> None:
    hands.key(getattr(Qt.Key, f"Key_{number}"), Qt.KeyboardModifier.AltModifier)


def cell(table: QTableWidget, row: int, column: int) -> str:
    found = table.item(row, column)
    assert found is not None
    return found.text()


def shown(hands: Hands) -> str:
    return " ".join(label.text() for label in hands.window.findChildren(QLabel) if label.isVisible())


def test_the_page_opens_where_a_person_is_needed_with_reason_remedy_and_both_sides(hands: Hands) -> None:
    assert hands.find(QListWidget, "transfer.parked").count() == 2
    said = shown(hands)
    assert "大厅那边已经受理过了" in said
    assert "采用大厅结果" in said
    assert "窗口员一" in said
    assert "窗口员二" in said
    assert "窗口 03" in said
    assert "窗口 05" in said
    assert "测**" in said
    table = hands.find(QTableWidget, "transfer.differs")
    cells = [[cell(table, row, column) for column in range(3)] for row in range(table.rowCount())]
    assert ["受理时间", "2026-01-05 09:10", "2026-01-05 08:40"] in cells


def test_the_halls_word_is_taken_with_the_second_press_only(hands: Hands) -> None:
    hands.click("transfer.take_halls_word")
    assert not hands.asked("take_halls_word")
    assert "不删除" in hands.words("transfer.told")
    hands.click("transfer.take_halls_word")
    hands.wait(lambda: bool(hands.asked("take_halls_word")))
    hands.wait(lambda: hands.find(QListWidget, "transfer.parked").count() == 1)


def test_looking_at_another_step_takes_the_first_press_back(hands: Hands) -> None:
    hands.click("transfer.take_halls_word")
    rows = hands.find(QListWidget, "transfer.parked")
    rows.setCurrentRow(1)
    rows.setCurrentRow(0)
    hands.click("transfer.take_halls_word")
    assert not hands.asked("take_halls_word")


def test_only_what_the_table_allows_is_offered(hands: Hands) -> None:
    hands.find(QListWidget, "transfer.parked").setCurrentRow(1)  # a matter of staff
    assert hands.sees(f"transfer.{Act.ASK_HALL.value}")
    assert not hands.sees(f"transfer.{Act.RE_ENROL.value}")
    assert not hands.sees(f"transfer.{Act.OPEN_CASE.value}")
    assert "没有附上它的记录" in shown(hands)
    hands.click("transfer.ask_hall")
    assert QApplication.clipboard().text() == transfers.busy().parked[1].step.event
    hands.click("transfer.retry")
    hands.wait(lambda: hands.asked("retry_step") == [("retry_step", transfers.busy().parked[1].step.event)])


def test_a_step_leads_to_its_case(hands: Hands) -> None:
    case = transfers.busy().parked[0].step.case
    hands.click("transfer.open_case")
    hands.wait_for("cases.table")
    hands.wait(lambda: (found := hands.table("cases.table").current()) is not None and found.case == case)


def test_what_waits_says_since_when_how_often_why_and_when_next(hands: Hands) -> None:
    tab(hands, 2)
    table = hands.find(QTableWidget, "transfer.waiting")
    assert table.rowCount() == 12
    cells = [cell(table, 4, column) for column in range(8)]
    assert cells[2] == "测**"
    assert cells[5] == "3 次"
    assert cells[6].count(":") == 2
    assert cells[7] == "大厅处理这一条时出错"
    hands.key(Qt.Key.Key_F5)
    hands.wait(lambda: bool(hands.asked("try_now")))
    hands.wait(lambda: cell(table, 4, 6) == "随时")


def test_without_the_line_the_next_try_is_told_by_its_time(qtbot: QtBot) -> None:
    desk = busy_desk()
    at = datetime.now(UTC) + timedelta(seconds=50)
    desk.transfer_view = replace(transfers.busy(), link=Link.DOWN, next_at=at)
    with window(qtbot, desk) as hands:
        hands.shell()
        hands.ctrl(Qt.Key.Key_7)
        hands.wait_for("transfer.parked")
        tab(hands, 2)
        table = hands.find(QTableWidget, "transfer.waiting")
        told = {cell(table, row, 6) for row in range(table.rowCount())}
        assert told == {f"{at.astimezone(COUNTER_ZONE):%H:%M:%S}"}
        desk.transfer_view = replace(desk.transfer_view, next_at=at - timedelta(minutes=5))
        hands.key(Qt.Key.Key_F5)
        hands.wait(lambda: cell(table, 0, 6) == "一分钟内")


def test_scans_show_how_far_they_are_and_can_be_held(hands: Hands) -> None:
    tab(hands, 3)
    table = hands.find(QTableWidget, "transfer.scans")
    assert "60%" in cell(table, 1, 3)
    assert cell(table, 2, 4) == "大厅不收：超过大小上限，分开或调低清晰度重扫"
    hands.key(Qt.Key.Key_F6)
    hands.wait(lambda: hands.asked("pause_uploads") == [("pause_uploads", "True")])
    hands.wait(lambda: cell(table, 1, 4) == "已暂停")
    hands.find(QCheckBox, "transfer.metered").click()
    hands.wait(lambda: hands.asked("meter_uploads") == [("meter_uploads", "True")])
    hands.wait(lambda: cell(table, 0, 4) != "大厅不收")
    hands.wait(lambda: hands.shell().pages["transfer"]._busy is False)  # type: ignore[attr-defined]
    hands.key(Qt.Key.Key_F9)
    hands.wait(lambda: bool(hands.asked("retry_uploads")))


def test_the_stick_is_written_and_its_receipts_are_read(
    hands: Hands, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    tab(hands, 4)
    assert "5 条" in shown(hands)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    hands.key(Qt.Key.Key_F9)
    hands.wait(lambda: "已导出 12 步" in hands.words("transfer.done"))
    assert "还有 1 份扫描件放不下" in hands.words("transfer.done")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(tmp_path / "r"), ""))
    hands.key(Qt.Key.Key_F10)
    hands.wait(lambda: "大厅签收 10 步" in hands.words("transfer.done"))
    assert "第 2 个文件" in hands.words("transfer.done")


def test_a_stick_that_is_refused_is_told_in_the_banner(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    hands.desk.refuse["read_stick"] = Refused(Failure.STICK_FOREIGN)
    tab(hands, 4)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("/r", ""))
    hands.click("transfer.read")
    hands.wait_for("banner.text")
    assert hands.words("banner.text") == "这不是大厅给本工位的回执。"


def test_when_nothing_waits_each_part_says_what_to_do_next(qtbot: QtBot) -> None:
    with window(qtbot, FakeDesk()) as hands:
        hands.shell()
        hands.ctrl(Qt.Key.Key_7)
        hands.wait(lambda: "没有待传的" in shown(hands))
        tab(hands, 1)
        assert "没有要处理的" in shown(hands)
        tab(hands, 3)
        assert "没有等待上传的扫描件" in shown(hands)


def test_the_strip_leads_to_what_waits(qtbot: QtBot) -> None:
    with window(qtbot, busy_desk()) as hands:
        shell = hands.shell()
        shell.strip.link.setFocus()
        hands.key(Qt.Key.Key_Return)
        hands.wait_for("transfer.parked")
        assert hands.find(QTabBar, "transfer.tabs").tabText(0).startswith("需处理 2")


@pytest.mark.parametrize(
    ("role", "has"), [(Role.AGENT, True), (Role.SUPERVISOR, True), (Role.AUDITOR, False)]
)
def test_who_works_on_cases_has_the_page(qtbot: QtBot, role: Role, has: bool) -> None:
    desk = busy_desk()
    desk.roles = (role,)
    with window(qtbot, desk) as hands:
        assert ("transfer" in hands.shell().pages) is has


def test_a_station_alone_is_warned_once_with_what_to_do_before_anything_is_held(qtbot: QtBot) -> None:
    desk = FakeDesk()
    with window(qtbot, desk) as hands:
        shell = hands.shell()
        warned = Staleness(Stage.WARNED, Cause.SILENT, 3.0, 4.0)
        desk.link_view = LinkView(Link.DOWN, NOW, 5, 0, NOW, alone=warned)
        shell.poll()
        hands.wait_for("banner.text")
        assert hands.words("banner.text") == "3 小时没有联系大厅，快到上限"
        assert "U 盘" in hands.words("banner.remedy")
        assert "4 小时" in hands.words("banner.remedy")
        assert "快到离线上限" in hands.words("strip.link")
        hands.click("banner.close")
        shell.poll()
        hands.wait(lambda: not shell._polling)
        assert not hands.sees("banner.text")  # a banner that comes back could not be closed
        desk.link_view = LinkView(
            Link.DOWN, NOW, 5, 0, NOW, alone=Staleness(Stage.RESTRICTED, Cause.SILENT, 130.0)
        )
        shell.poll()
        hands.wait_for("banner.text")
        desk.link_view = LinkView(Link.UP, NOW, 0, 0, None)
        shell.poll()
        hands.wait(lambda: not hands.sees("banner.text"))


def test_the_strip_says_first_what_a_person_has_to_see_to(qtbot: QtBot) -> None:
    desk = FakeDesk()
    desk.link_view = LinkView(Link.UP, NOW, 7, 2, NOW, staff_days_left=1, clock_behind_s=-600)
    with window(qtbot, desk) as hands:
        shell = hands.shell()
        shell.poll()
        hands.wait(lambda: "需处理 2 条" in hands.words("strip.link"))
        said = hands.words("strip.link").split(" · ")
        assert said[1:4] == ["需处理 2 条", "本机时钟快 10 分钟", "账号名单剩 2 天"]
        assert "连上大厅会更新" in shell.strip.link.toolTip()


def test_a_copied_station_is_told_in_the_strip_what_to_do(qtbot: QtBot) -> None:
    desk = FakeDesk()
    desk.link_view = LinkView(Link.REFUSED, NOW, 0, 0, None, copied=True)
    with window(qtbot, desk) as hands:
        hands.shell().poll()
        hands.wait(lambda: hands.words("strip.link").startswith("大厅拒收：要重新登记"))


def test_the_strip_says_why_the_hall_refuses(qtbot: QtBot) -> None:
    desk = FakeDesk()
    desk.link_view = LinkView(Link.REFUSED, NOW, 0, 0, None, trouble="device_revoked")
    with window(qtbot, desk) as hands:
        hands.shell().poll()
        hands.wait(lambda: "大厅拒收：工位已停用" in hands.words("strip.link"))
