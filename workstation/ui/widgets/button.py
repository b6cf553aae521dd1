"""A push button that shows its key, works by it, and has a name for the screen reader."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QWidget


class KeyButton(QPushButton):
    """`words` name the button; `key` is written behind them and presses it while its page is shown."""

    def __init__(self, name: str, words: str, key: str = "", parent: QWidget | None = None) -> None:
        super().__init__(f"{words}  {key}" if key else words, parent)
        self.setObjectName(name)
        self.setAccessibleName(words)
        if key:
            # A shortcut of its own, not QPushButton.setShortcut: that one is lost with every new text.
            QShortcut(QKeySequence(key), self).activated.connect(self.click)

    def make_primary(self) -> None:
        """Show this as the step that comes next."""
        self.setProperty("primary", True)
