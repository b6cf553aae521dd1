"""A line of words that says by an ellipsis, or by how many more there are, when there is no room for all of it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QWidget

PARTED_BY = " · "


class Elided(QLabel):
    """`text` stays whole, for the tip and the screen reader.

    With `whole_parts` nothing is cut in the middle: of parts between dots the first are shown, and how many follow.
    """

    def __init__(self, words: str, parent: QWidget | None = None, *, whole_parts: bool = False) -> None:
        super().__init__(words, parent)
        self._whole_parts = whole_parts

    def shown(self) -> str:
        """Return what there is room for."""
        width, metrics = self.contentsRect().width(), self.fontMetrics()
        whole = self.text()
        if metrics.horizontalAdvance(whole) <= width:
            return whole
        parts = whole.split(PARTED_BY) if self._whole_parts else []
        for count in range(len(parts) - 1, 0, -1):
            fewer = PARTED_BY.join([*parts[:count], f"+{len(parts) - count}"])
            if metrics.horizontalAdvance(fewer) <= width:
                return fewer
        return metrics.elidedText(whole, Qt.TextElideMode.ElideRight, width)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint what there is room for."""
        shown = self.shown()
        if shown == self.text():
            super().paintEvent(event)
            return
        with QPainter(self) as painter:
            self.style().drawItemText(
                painter,
                self.contentsRect(),
                Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft,
                self.palette(),
                self.isEnabled(),
                shown,
                self.foregroundRole(),
            )
