"""The counter screen over the fake desk, with hands that press keys and click: shared by the tests of the page."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QListWidget, QWidget
from pytestqt.qtbot import QtBot

from tests.fakes.desk import FakeDesk
from workstation.services.views import FieldView
from workstation.ui.background import Background
from workstation.ui.intake.check_row import CheckRow
from workstation.ui.pages.intake import IntakePage

W = TypeVar("W", bound=QWidget)

FATHER = {"father.name": "测试二", "father.id_no": "440100189901010011"}
REST = {
    "mother.phone": "13800000000",
    "child.birth_certificate_no": "t440000123",
    "child.name": "测小宝",
    "household.settle_with": "1",
    "insurance.start": "20260103",
    "card.bank": "jsyh",
}


class Counter:
    """The page in the size it has at 1366×768."""

    def __init__(self, qtbot: QtBot, desk: FakeDesk, background: Background) -> None:
        self.qtbot = qtbot
        self.desk = desk
        self.page = IntakePage(desk, background)
        qtbot.addWidget(self.page)
        self.page.resize(1278, 724)
        self.page.show()
        self.page.activateWindow()
        qtbot.waitUntil(self.page.isActiveWindow)
        self.page.refresh()
        qtbot.waitUntil(lambda: ("drafts",) in desk.calls)

    # -- looking -----------------------------------------------------------------------------------------
    def find(self, kind: type[W], name: str) -> W:
        widget = self.page.findChild(kind, name)
        assert isinstance(widget, kind), name
        return widget

    def field(self, key: str) -> QLineEdit:
        return self.find(QLineEdit, f"field.{key}")

    def field_named(self, name: str) -> QLineEdit:
        return self.find(QLineEdit, name)

    def words(self, name: str) -> str:
        return self.find(QLabel, name).text()

    def check(self, rule: str) -> CheckRow:
        return self.find(CheckRow, f"check.{rule}")

    def gaps(self) -> list[str]:
        shown = self.find(QListWidget, "gaps.list")
        return [shown.item(row).text() for row in range(shown.count())]

    def focus(self) -> str:
        widget = QApplication.focusWidget()
        return widget.objectName() if widget is not None else ""

    def known(self, key: str) -> FieldView:
        view = self.page.talk.view
        assert view is not None
        return next(f for section in view.sections for f in section.fields if f.key == key)

    def asked(self, name: str) -> list[tuple[str, ...]]:
        return [call for call in self.desk.calls if call[0] == name]

    # -- doing -------------------------------------------------------------------------------------------
    def key(self, key: Qt.Key) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.page, key)

    def type(self, text: str) -> None:
        """Type into whatever has the focus, Chinese too."""
        for character in text:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, character)
                QApplication.sendEvent(QApplication.focusWidget() or self.page, event)

    def fill(self, key: str, text: str) -> None:
        """Go to a field, type, press Enter and wait for the desk."""
        before = len(self.asked("answer"))
        self.field(key).setFocus()
        self.field(key).selectAll()
        if text:
            self.type(text)
        else:
            self.key(Qt.Key.Key_Delete)
        self.key(Qt.Key.Key_Return)
        self.qtbot.waitUntil(lambda: len(self.asked("answer")) > before)
        self.calm()

    def reveal(self, key: str) -> None:
        """Go to a masked field and ask to see it."""
        self.field(key).setFocus()
        self.key(Qt.Key.Key_Space)

    def click(self, name: str) -> None:
        self.find(QAbstractButton, name).click()

    def calm(self) -> None:
        """Wait until the desk has dealt with all that was sent, and what that brought about."""
        for _ in range(4):
            done: list[bool] = []
            self.page.talk.after_all(lambda done=done: done.append(True))  # type: ignore[misc]
            self.qtbot.waitUntil(lambda done=done: bool(done))  # type: ignore[misc]

    def put_card(self) -> None:
        before = len(self.asked("take_person"))
        self.page.card_present()
        self.qtbot.waitUntil(lambda: len(self.asked("take_person")) > before)
        self.calm()

    def to_form(self) -> None:
        """Card in, the newborn bundle chosen by its initials; ends when the mother's household was checked."""
        self.put_card()
        self.qtbot.waitUntil(lambda: self.focus() == "items.search")
        self.type("xsr")
        self.qtbot.waitUntil(lambda: self.find(QListWidget, "items.hits").count() == 1)
        self.key(Qt.Key.Key_Return)
        self.qtbot.waitUntil(lambda: bool(self.asked("take_check")))
        self.calm()

    def to_ready(self) -> None:
        """Everything filled, checked and seen."""
        self.to_form()
        for key, text in (FATHER | REST).items():
            self.fill(key, text)
        self.qtbot.waitUntil(lambda: len(self.asked("take_check")) == 4)
        self.click("material.head_consent.seen")
        self.qtbot.waitUntil(lambda: self.gaps() == [])
