"""Hands on the real window: keys and clicks by object name, counted, with waiting and pictures."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLabel, QLineEdit, QWidget

W = TypeVar("W", bound=QWidget)


class Stuck(AssertionError):
    """What was waited for did not come."""


class Hands:
    """Plays a person at the window. `keystrokes` and `clicks` count what the person did."""

    def __init__(self, window: QWidget, pictures: Path) -> None:
        self.window = window
        self.keystrokes = 0
        self.clicks = 0
        self.pictures: list[Path] = []
        self._folder = pictures
        pictures.mkdir(parents=True, exist_ok=True)
        # A bare Xvfb has no window manager that would give a new window the keyboard.
        window.activateWindow()

    # -- seeing --------------------------------------------------------------------------------------
    def find(self, name: str, kind: type[W]) -> W:
        """Return the visible widget of that name."""
        for found in self.window.findChildren(kind, name):
            if found.isVisible():
                return found
        raise Stuck(f"no visible {kind.__name__} named {name}; banner: {self.banner()!r}")

    def sees(self, name: str) -> bool:
        return any(found.isVisible() for found in self.window.findChildren(QWidget, name))

    def banner(self) -> str:
        found = [b for b in self.window.findChildren(QLabel, "banner.text") if b.isVisible()]
        return found[0].text() if found else ""

    def wait(self, what: Callable[[], bool], saying: str, seconds: float = 60.0) -> None:
        """Let the window live until `what` holds."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
            # Deferred deletions are only run by a nested loop of exec(); do it by hand.
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            if what():
                return
            time.sleep(0.005)
        self.shot("stuck")
        raise Stuck(f"{saying}; banner: {self.banner()!r}; picture: {self.pictures[-1]}")

    def wait_for(self, name: str, seconds: float = 60.0) -> None:
        self.wait(lambda: self.sees(name), f"{name} did not show", seconds)

    def wait_enabled(self, name: str, seconds: float = 60.0) -> None:
        self.wait(
            lambda: self.sees(name) and self.find(name, QWidget).isEnabled(),
            f"{name} was not enabled",
            seconds,
        )

    def settle(self, seconds: float = 0.3) -> None:
        """Let what is under way finish before a picture is taken."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
            time.sleep(0.005)

    def shot(self, name: str) -> Path:
        self.settle()
        path = self._folder / f"{name}.png"
        if not self.window.grab().save(str(path)):
            raise Stuck(f"could not save {path}")
        self.pictures.append(path)
        return path

    # -- doing ---------------------------------------------------------------------------------------
    def focused(self) -> QWidget:
        return QApplication.focusWidget() or self.window

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.keystrokes += 1
        QTest.keyClick(self.focused(), key, modifier)

    def write(self, text: str) -> None:
        """Type into whatever has the focus; Chinese comes in as an input method commits it."""
        target = self.focused()
        self.keystrokes += len(text)
        if text.isascii():
            QTest.keyClicks(target, text)
            return
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(target, event)

    def click(self, name: str) -> None:
        self.wait_enabled(name)
        self.clicks += 1
        QTest.mouseClick(self.find(name, QWidget), Qt.MouseButton.LeftButton)

    def focus(self, name: str) -> None:
        """Click into a field."""
        self.wait_for(name)
        # A window shown a moment ago may not have the keyboard yet; what is typed then goes nowhere.
        self.wait(self.window.isActiveWindow, "the window did not come to the front")
        widget = self.find(name, QWidget)
        if QApplication.focusWidget() is not widget:
            self.clicks += 1
            QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
            widget.setFocus(Qt.FocusReason.MouseFocusReason)

    def fill(self, name: str, text: str) -> None:
        """Click into a field, replace what stands there, and leave it by Enter."""
        self.focus(name)
        widget = self.focused()
        if isinstance(widget, QLineEdit) and widget.text():
            widget.selectAll()
        self.write(text)

    def choose_row(self, name: str, row: int) -> None:
        view = self.find(name, QAbstractItemView)
        index = view.model().index(row, 0)
        view.scrollTo(index)
        point: QPoint = view.visualRect(index).center()
        self.clicks += 1
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, point)
