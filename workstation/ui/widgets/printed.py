"""What came out of the printer: sheet, serial, whether it is a reprint, and where the copy stands."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from workstation.services.views import PrintView
from workstation.ui import text
from workstation.ui.words.breaks import breakable


class Printed(QFrame):
    """Hidden until something was printed, and while another case is selected. `name` names the line of the path."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("printed")
        self._case = ""
        self._said = QLabel(self)
        self._said.setWordWrap(True)
        self._path = QLabel(self)
        self._path.setObjectName(name)
        self._path.setWordWrap(True)
        self._path.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._path.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 8)
        column.setSpacing(3)
        column.addWidget(self._said)
        column.addWidget(self._path)
        self.hide()

    def show_print(self, sheet: PrintView) -> None:
        """Show one sheet, out or not, and tell the screen reader."""
        self._case = sheet.case
        self.setProperty("kind", "good" if sheet.trouble is None and not sheet.held else "care")
        self.style().unpolish(self)
        self.style().polish(self)
        again = self.tr("补打 {0}").format(sheet.reprint) if sheet.reprint else self.tr("首次打印")
        out = self.tr("{0}已送打印 · {1}\n编号 {2}")
        not_out = self.tr("{0}没有送到打印机 · {1}\n编号 {2}\n到“打印”里再送，不用补打")
        held = self.tr("{0}等着先看再打 · {1}\n编号 {2}\n按 Ctrl+Shift+O 看，回车打印")
        said = held if sheet.held else out if sheet.trouble is None else not_out
        words = said.format(text.slip(sheet.kind), again, sheet.serial)
        self._said.setText(words)
        self._path.setText(breakable(sheet.path))
        self._path.setToolTip(sheet.path)
        self._path.setVisible(bool(sheet.path))
        self.setAccessibleName(words)
        self.show()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def show_for(self, case: str) -> None:
        """Show the sheet only beside its own case."""
        self.setVisible(bool(case) and case == self._case)
