"""The whole window over the fake desk, with hands: shared by the tests of the shell."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.fakes.desk import FakeDesk
from workstation.ui import app
from workstation.ui.shell import Shell
from workstation.ui.widgets.table import CaseTable
from workstation.ui.window import MainWindow

W = TypeVar("W", bound=QWidget)
Opened = Callable[..., "Hands"]  # what `window` opens, closed down with the test
INITIAL = {"hall_url": "http://127.0.0.1:8700", "code": "X7Q4"}


class Hands:
    """Presses keys and looks at what is visible."""

    def __init__(self, qtbot: QtBot, window: MainWindow, desk: FakeDesk) -> None:
        self.qtbot = qtbot
        self.window = window
        self.desk = desk

    def find(self, kind: type[W], name: str) -> W:
        """Return the one of this name, once it is there to be seen."""

        def seen() -> list[W]:
            return [each for each in self.window.findChildren(kind, name) if each.isVisible()]

        if len(seen()) != 1:
            self.wait(lambda: len(seen()) == 1)
        [found] = seen()
        return found

    def sees(self, name: str) -> bool:
        return any(each.isVisible() for each in self.window.findChildren(QWidget, name))

    def wait_for(self, name: str) -> None:
        self.wait(lambda: self.sees(name))

    def wait(self, what: Callable[[], bool]) -> None:
        def so() -> bool:
            try:
                return what()
            except LookupError:  # the row that is looked at is not there yet
                return False

        self.qtbot.waitUntil(so)

    def calm(self) -> None:
        """Wait until the window has heard all that it asked for, and what it asked for then."""
        self.wait(lambda: not self.window.background._jobs)

    def line(self, name: str) -> QLineEdit:
        return self.find(QLineEdit, name)

    def words(self, name: str) -> str:
        return self.find(QLabel, name).text()

    def click(self, name: str) -> None:
        """Click once the window is calm: a person looks before."""
        button = self.find(QAbstractButton, name)
        self.calm()
        button.click()

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press once the window is calm: a person looks before."""
        self.calm()
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifier)

    def ctrl(self, key: Qt.Key) -> None:
        self.key(key, Qt.KeyboardModifier.ControlModifier)

    def focus(self) -> str:
        widget = QApplication.focusWidget()
        return widget.objectName() if widget is not None else ""

    def asked(self, name: str) -> list[tuple[str, ...]]:
        return [call for call in self.desk.calls if call[0] == name]

    def table(self, name: str) -> CaseTable:
        return self.find(CaseTable, name)

    def shell(self) -> Shell:
        self.wait(lambda: self.window.shell is not None)
        assert self.window.shell is not None
        return self.window.shell


@contextmanager
def window(qtbot: QtBot, desk: FakeDesk, language: str = "zh") -> Iterator[Hands]:
    """Open the window as bootstrap does; it is closed down with the block."""
    made = app.build(load_desk=lambda: desk, initial=INITIAL, language=language)
    try:
        made.activateWindow()
        qtbot.waitUntil(made.isActiveWindow)
        yield Hands(qtbot, made, desk)
    finally:
        made.close_down()
        made.deleteLater()
