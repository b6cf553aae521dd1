"""工作日表 on the page 工位: days are toggled, nothing counts before it is saved, and the hall's table is only looked at."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.fakes.calendars import a_calendar
from tests.fakes.desk import FakeDesk
from workstation.domain.failures import Failure, Refused
from workstation.services.calendar_views import CalendarOwner
from workstation.ui.background import Background
from workstation.ui.pages.calendar_panel import CalendarPanel

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")
TODAY = date(2026, 11, 26)


def opened(qtbot: QtBot, background: Background, owner: CalendarOwner) -> tuple[CalendarPanel, FakeDesk]:
    desk = FakeDesk()
    desk.calendar_view = a_calendar(owner)
    panel = CalendarPanel(desk, background, TODAY)
    qtbot.addWidget(panel)
    panel.show()
    qtbot.waitUntil(lambda: "chinesecalendar" in words(panel) or "hall-" in words(panel))
    return panel, desk


def words(panel: CalendarPanel) -> str:
    return " ".join(label.text() for label in panel.findChildren(QLabel) if label.isVisible())


def press(panel: CalendarPanel, day: date) -> None:
    panel.grid.go_to(day)
    at = next(cell for cell in range(42) if panel.grid.day_of(cell) == day)
    panel.grid.cells[at].click()


def shown(panel: CalendarPanel, day: date) -> str:
    panel.grid.go_to(day)
    at = next(cell for cell in range(42) if panel.grid.day_of(cell) == day)
    return panel.grid.cells[at].text().replace("\n", " ").strip()


def test_days_off_and_make_up_days_say_so_in_words(qtbot: QtBot, background: Background) -> None:
    panel, _ = opened(qtbot, background, CalendarOwner.NATIONAL)
    assert shown(panel, date(2026, 10, 1)) == "1 休"
    assert shown(panel, date(2026, 10, 10)) == "10 班"
    assert shown(panel, date(2026, 10, 12)) == "12"
    panel.grid.go_to(date(2026, 12, 1))
    assert not panel.grid.on.isEnabled()  # the table ends here


def test_a_change_waits_until_it_is_saved_with_basis_and_reason(qtbot: QtBot, background: Background) -> None:
    panel, desk = opened(qtbot, background, CalendarOwner.NATIONAL)
    assert not panel.save.isEnabled()
    press(panel, date(2026, 12, 3))
    assert "2026-12-03 休息" in words(panel)
    assert shown(panel, date(2026, 12, 3)) == "3* 休"
    press(panel, date(2026, 12, 3))
    assert not panel.save.isEnabled()  # pressed twice it is what it was
    press(panel, date(2026, 12, 3))
    panel.source.setText("停工通知")
    panel.reason.setText("台风")
    assert desk.calendar_view.works(date(2026, 12, 3))
    panel.save.click()  # nobody has signed yet
    assert not [call for call in desk.calls if call[0] == "set_calendar"]
    panel.login.line.setText("supervisor2")
    panel.password.line.setText("x")
    panel.save.click()
    qtbot.waitUntil(lambda: ("set_calendar", "台风", "supervisor2") in desk.calls)
    qtbot.waitUntil(lambda: "440104-1-0a1b2c3d" in words(panel))
    assert not desk.calendar_view.works(date(2026, 12, 3))
    assert "supervisor + supervisor2" in words(panel)
    assert (panel.reason.text(), panel.password.text()) == ("", "")
    assert not panel.save.isEnabled()


def test_a_year_is_added_and_dropped_again(qtbot: QtBot, background: Background) -> None:
    panel, _ = opened(qtbot, background, CalendarOwner.NATIONAL)
    panel.longer.click()
    assert "加长到 2027-12-31" in words(panel)
    # What is off by law is off at once, by the moon too; the rest is the notice's to say.
    assert (shown(panel, date(2027, 1, 1)), shown(panel, date(2027, 2, 8))) == ("1* 休", "8* 休")
    assert shown(panel, date(2027, 2, 9)) == "9"
    press(panel, date(2027, 2, 9))
    assert shown(panel, date(2027, 2, 9)) == "9* 休"
    panel.undo.click()
    panel.grid.go_to(date(2026, 12, 1))
    assert not panel.grid.on.isEnabled()
    assert "加长到" not in words(panel)


def test_what_the_desk_refuses_is_said_and_the_change_stays(qtbot: QtBot, background: Background) -> None:
    panel, desk = opened(qtbot, background, CalendarOwner.NATIONAL)
    desk.refuse["set_calendar"] = Refused(Failure.CALENDAR_WRONG, mistake="holiday_works", day="2027-01-01")
    panel.longer.click()
    panel.login.line.setText("supervisor2")
    panel.password.line.setText("x")
    panel.save.click()
    qtbot.waitUntil(lambda: "2027-01-01 这一天不对" in words(panel))
    assert panel.password.text() == ""
    assert "加长到 2027-12-31" in words(panel)
    assert panel.save.isEnabled()


def test_the_halls_table_is_only_looked_at(qtbot: QtBot, background: Background) -> None:
    panel, desk = opened(qtbot, background, CalendarOwner.HALL)
    assert "大厅下发，本机不能改" in words(panel)
    assert "hall-1-90fe5a11" in words(panel)  # the version before, which older cases stay with
    assert not panel.save.isVisible()
    press(panel, date(2026, 12, 3))
    assert "未存的改动" not in words(panel)
    assert not [call for call in desk.calls if call[0] == "set_calendar"]
