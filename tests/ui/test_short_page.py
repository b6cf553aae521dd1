"""受理 at 1366×768 under all the lines that may stand above it: nothing is painted over, and no line takes the keyboard."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QLabel, QListWidget, QPushButton
from pytestqt.qtbot import QtBot

from tests.fakes import newborn
from tests.fakes.desk import FakeDesk
from tests.fakes.print_desk import a_sheet_view
from tests.ui.intake_counter import Counter
from tests.ui.shell_hands import window


class _InTheWindow(Counter):
    """The counter screen with the whole window around it."""

    def __init__(self, qtbot: QtBot, desk: FakeDesk, page: object) -> None:
        self.qtbot, self.desk = qtbot, desk
        self.page = page  # type: ignore[assignment] # the shell's own


def test_another_persons_card_under_a_sheet_to_confirm(qtbot: QtBot) -> None:
    desk = FakeDesk()
    with window(qtbot, desk) as hands:
        hands.window.resize(1366, 768)
        counter = _InTheWindow(qtbot, desk, hands.shell().intake)
        counter.to_ready()
        counter.click("intake.receive")
        accept = counter.find(QPushButton, "intake.accept")
        hands.wait(accept.isEnabled)
        desk.work = replace(desk.work, open=(a_sheet_view("RCP-1"),))
        hands.wait_for("printBar.out")
        hands.calm()
        accept.setFocus()
        desk.card = newborn.stranger()
        counter.put_card()
        hands.wait(lambda: not accept.isEnabled())
        hands.calm()
        assert hands.focus() == "intake.read_card"  # and not 出来了, which a space would press
        qtbot.wait(50)
        promises, silence = (
            counter.find(QListWidget, "promises.list"),
            counter.find(QLabel, "promises.silence"),
        )
        assert promises.isVisible()
        assert promises.geometry().bottom() < silence.geometry().top()
        assert silence.geometry().bottom() < counter.page.gaps.height()
