"""Labels and their values, below each other; the values can be marked and copied."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget


class Facts(QWidget):
    """A small table of two columns; its lines are kept and only their words change."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)
        self._lines: list[tuple[QLabel, QLabel]] = []

    def show_facts(self, facts: Sequence[tuple[str, str]], names: Sequence[str] = ()) -> None:
        """Show `facts`; `names` are the object names of the values, where somebody looks for them."""
        while len(self._lines) < len(facts):
            self._add()
        for at, (label, value) in enumerate(self._lines):
            there = at < len(facts)
            label.setVisible(there)
            value.setVisible(there)
            if there:
                _say(label, facts[at][0])
                _say(value, facts[at][1])
            if at < len(names):
                value.setObjectName(names[at])

    def _add(self) -> None:
        label, value = QLabel(self), QLabel(self)
        label.setObjectName("caption")
        value.setWordWrap(True)
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        value.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        at = len(self._lines)
        self._grid.addWidget(label, at, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(value, at, 1)
        self._lines.append((label, value))


def _say(label: QLabel, words: str) -> None:
    # Setting the same words again would take away what is being marked for copying.
    if label.text() != words:
        label.setText(words)
