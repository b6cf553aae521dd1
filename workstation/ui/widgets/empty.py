"""An empty state: what is not there, and what to do next."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget


class Empty(QWidget):
    """Two lines in the middle of the room that a list would take."""

    def __init__(self, title: str, next_step: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        lead = self._lead = QLabel(title, self)
        lead.setObjectName("emptyTitle")
        after = self._after = QLabel(next_step, self)
        after.setObjectName("emptyNext")
        column = QVBoxLayout(self)
        column.setSpacing(6)
        column.addStretch(2)
        for label in (lead, after):
            label.setWordWrap(True)
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(label)
        column.addStretch(3)

    def say(self, title: str, next_step: str) -> None:
        """Say something else."""
        self._lead.setText(title)
        self._after.setText(next_step)
