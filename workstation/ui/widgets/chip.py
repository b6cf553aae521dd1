"""A state in a small frame: a mark whose shape says it, and the words beside it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from workstation.ui.widgets.elided import Elided
from workstation.ui.widgets.mark import Mark, Sign

_CHIP_PX = 30


class Chip(QFrame):
    """`name` becomes the object name of the words. One that can be pressed leads to its page."""

    pressed = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("chip", True)
        self._pressable = False
        self._mark = Mark(self)
        self.words = Elided("", self, whole_parts=True)
        self.words.setObjectName(name)
        self.setFixedHeight(_CHIP_PX)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 10, 0)
        row.setSpacing(6)
        row.addWidget(self._mark)
        row.addWidget(self.words)

    def make_pressable(self, what: str) -> None:
        """Let mouse and keyboard press it; `what` names that for a screen reader."""
        self._pressable = True
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(what)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Press by mouse."""
        super().mouseReleaseEvent(event)
        if self._pressable and self.rect().contains(event.position().toPoint()):
            self.pressed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Press by keyboard."""
        if self._pressable and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.pressed.emit()
            return
        super().keyPressEvent(event)

    @property
    def sign(self) -> Sign:
        """The sign shown now."""
        return self._mark.sign

    def show_state(self, sign: Sign, words: str, tip: str = "") -> None:
        """Show a state; nothing is touched when it is the same."""
        if self.property("state") != sign.value:
            self.setProperty("state", sign.value)
            self._mark.show_sign(sign)
            self.style().unpolish(self)
            self.style().polish(self)
        if self.words.text() != words:
            self.words.setText(words)
        if self.toolTip() != tip:
            self.setToolTip(tip)
