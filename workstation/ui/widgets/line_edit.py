"""Lines for the gate: labelled for eye and screen reader, secret ones without input method; Enter is `entered`."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from workstation.ui.form.line import Line


class LabelledLine(QWidget):
    """A label above a line."""

    def __init__(self, name: str, label: str, parent: QWidget, *, secret: bool = False) -> None:
        super().__init__(parent)
        self.line = Line(self)
        self.line.setObjectName(name)
        self.line.setAccessibleName(label)
        # Room for the frame and 30 px of text: the same on every desktop.
        self.line.setMinimumHeight(36)
        if secret:
            self.line.setEchoMode(QLineEdit.EchoMode.Password)
        else:
            self.line.setInputMethodHints(
                Qt.InputMethodHint.ImhLatinOnly | Qt.InputMethodHint.ImhNoPredictiveText
            )
        above = QLabel(label, self)
        above.setObjectName("gateLabel")
        above.setBuddy(self.line)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(above)
        column.addWidget(self.line)

    def text(self) -> str:
        """Return what stands in the line."""
        return self.line.text()
