"""The line that asks why a value from the card or a register is overruled."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from workstation.ui.form.line import Line


class ReasonLine(QWidget):
    """Hidden until it is asked for; Enter gives the reason, Escape gives the change up."""

    given = Signal(str)
    onward = Signal()
    dropped = Signal()

    def __init__(self, key: str, label: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("reasonRow")
        self.line = Line(self)
        self.line.setObjectName(f"reason.{key}")
        self.line.setMinimumHeight(32)
        self.line.setAccessibleName(self.tr("改动{0}的理由").format(label))
        self.line.setPlaceholderText(self.tr("改动理由，回车确认，Esc 放弃"))
        word = QLabel(self.tr("理由"), self)
        word.setBuddy(self.line)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 2, 0, 2)
        row.addWidget(word)
        row.addWidget(self.line, 1)
        self.setFocusProxy(self.line)
        self.line.entered.connect(self._enter)
        self.line.left.connect(self._give)
        self.line.installEventFilter(self)
        self.hide()

    def open(self) -> None:
        """Show the empty line."""
        self.line.clear()
        self.show()

    def close_up(self) -> None:
        """Hide the line and forget what stood in it."""
        self.line.clear()
        # Hiding a line that has the focus would hand it to the next field, as if a person had gone there.
        self.line.clearFocus()
        self.hide()

    def eventFilter(self, watched: object, event: QEvent) -> bool:  # noqa: N802, ARG002 - Qt's name and shape
        """Give the change up on Escape."""
        escape = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        if escape and event.type() is QEvent.Type.KeyPress:
            self.dropped.emit()
            return True
        return False

    def _enter(self) -> None:
        if self.line.text().strip():
            self._give()
            self.onward.emit()

    def _give(self) -> None:
        reason = self.line.text().strip()
        if reason:
            self.given.emit(reason)
