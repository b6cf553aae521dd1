"""A state in a small frame: a mark whose shape says it, and the words beside it."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from workstation.ui.widgets.mark import Mark, Sign

_CHIP_PX = 30


class Chip(QFrame):
    """`name` becomes the object name of the words."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("chip", True)
        self._mark = Mark(self)
        self.words = QLabel(self)
        self.words.setObjectName(name)
        self.setFixedHeight(_CHIP_PX)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 10, 0)
        row.setSpacing(6)
        row.addWidget(self._mark)
        row.addWidget(self.words)

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
