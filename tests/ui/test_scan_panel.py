"""扫描件 on the page 办件: opened in the place of the list, page by page, and gone from the screen with the page."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel
from pytestqt.qtbot import QtBot

from catalogue.model import Text
from tests.fakes.desk import FakeDesk
from tests.ui.shell_hands import window
from tests.ui.test_offices import open_page, shot
from wire.messages import Role
from workstation.domain.failures import Failure, Refused

BOOK, CARD = Text("户口簿", "Household book"), Text("身份证", "Identity card")
SCANS = ((BOOK, "a" * 64), (BOOK, "b" * 64), (CARD, "c" * 64))


def a_desk(role: Role = Role.CLERK) -> FakeDesk:
    desk = FakeDesk()
    desk.roles = (role,)
    desk.case_views[0] = replace(desk.case_views[0], scanned=SCANS, scans=3)
    return desk


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_scans_of_a_case_are_turned_over_one_by_one(qtbot: QtBot, language: str) -> None:
    desk = a_desk()
    with window(qtbot, desk, language) as hands:
        open_page(hands, Qt.Key.Key_2, "cases.table")
        hands.wait_for("cases.scans")
        shot(hands, f"scans-button-{language}")
        hands.key(Qt.Key.Key_F6)
        hands.wait(lambda: hands.sees("scans.forth"))
        assert not hands.sees("cases.table")
        choice = hands.find(QComboBox, "scans.choice")
        names = [choice.itemText(at) for at in range(choice.count())]
        assert names == (
            ["户口簿 1/2", "户口簿 2/2", "身份证"]
            if language == "zh"
            else ["Household book 1/2", "Household book 2/2", "Identity card"]
        )
        assert not hands.sees("scans.back")
        shot(hands, f"scans-{language}")
        hands.click("scans.forth")
        hands.wait(lambda: hands.sees("scans.back"))
        assert not hands.sees("scans.forth")
        choice.setCurrentIndex(2)
        hands.wait(lambda: hands.asked("see_scan")[-1][2:] == ("c" * 64, "1"))
        hands.wait(lambda: hands.sees("scans.forth"))
        assert [call[2:] for call in hands.asked("see_scan")] == [
            ("a" * 64, "1"),
            ("a" * 64, "2"),
            ("c" * 64, "1"),
        ]
        hands.key(Qt.Key.Key_Escape)
        hands.wait(lambda: hands.sees("cases.table"))
        assert hands.focus() == "cases.table"
        # A picture does not outlast the page.
        hands.key(Qt.Key.Key_F6)
        hands.wait(lambda: hands.sees("scans.forth"))
        held = hands.find(QLabel, "scans.picture")
        assert held.pixmap().width() > 0
        hands.shell().open("station")
        hands.wait(lambda: not held.isVisible())
        assert held.pixmap().isNull()
        hands.shell().open("cases")
        hands.wait(lambda: hands.sees("cases.table"))


def test_what_is_not_at_the_hall_yet_is_said_in_words(qtbot: QtBot) -> None:
    desk = a_desk()
    desk.refuse["see_scan"] = Refused(Failure.SCAN_COMING)
    with window(qtbot, desk) as hands:
        open_page(hands, Qt.Key.Key_2, "cases.table")
        hands.key(Qt.Key.Key_F6)
        hands.wait(lambda: "还没有把这份扫描件传到大厅" in hands.words("scans.said"))
        assert not hands.sees("scans.forth")


def test_only_the_counter_is_offered_scans(qtbot: QtBot) -> None:
    with window(qtbot, a_desk(Role.SUPERVISOR)) as hands:
        open_page(hands, Qt.Key.Key_2, "cases.table")
        hands.wait_for("detailTitle")
        assert not hands.sees("cases.scans")
