"""The first page for the citizen: five grades and, as large and as near as they are, not to say anything."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from wire.evaluation import Grade
from workstation.ui.citizen.buttons import finger_button, skip_words
from workstation.ui.words import evaluation as words


class GradesPage(QWidget):
    """`chosen` tells a grade, to the window and nobody else."""

    chosen = Signal(object)  # Grade
    skipped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        title = QLabel(self.tr("您对这次服务满意吗？"), self)
        title.setObjectName("citizen.title")
        title.setProperty("role", "title")
        title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        row = QHBoxLayout()
        row.setSpacing(14)
        self.buttons = {grade: self._grade_button(grade) for grade in Grade}
        self.skip = finger_button(skip_words(), "citizen.skip", self)
        self.skip.clicked.connect(self.skipped)
        for button in (*self.buttons.values(), self.skip):
            button.setProperty("grade", True)  # the style sheet gives all six one size
            button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            row.addWidget(button, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addStretch(1)
        column.addWidget(title)
        column.addSpacing(24)
        column.addLayout(row)
        column.addStretch(2)

    def _grade_button(self, grade: Grade) -> QPushButton:
        button = finger_button(
            f"{words.stars(grade)}\n{words.grade(grade)}", f"citizen.grade.{grade.value}", self
        )
        button.setAccessibleName(words.grade(grade))
        button.clicked.connect(partial(self.chosen.emit, grade))
        return button
