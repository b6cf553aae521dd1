"""Paints a list line of two: what it is, and below it, quieter, what belongs to it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

ROW_PX = 50
_LEFT_PX = 12


class TwoLines(QStyledItemDelegate):
    """The text of an item, split at its first line break."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: N802, ARG002 - Qt's name and shape
        """Give every line the same height, and the width there is: what is too long is elided, not scrolled to."""
        item: Any = option  # PySide's type stubs leave the members of the option out.
        height = max(ROW_PX, 2 * item.fontMetrics.lineSpacing() + 12)
        return QSize(0, height)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint the ground by the style, then both lines."""
        item: Any = option  # as above
        self.initStyleOption(item, index)
        head, _, below = str(index.data(Qt.ItemDataRole.DisplayRole)).partition("\n")
        item.text = ""
        QApplication.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, item, painter, item.widget)
        chosen = bool(item.state & QStyle.StateFlag.State_Selected)
        top = QPalette.ColorRole.HighlightedText if chosen else QPalette.ColorRole.Text
        quiet = top if chosen else QPalette.ColorRole.PlaceholderText
        box = item.rect.adjusted(_LEFT_PX, 5, -_LEFT_PX, -5)
        half = box.height() // 2
        painter.save()
        font = item.font
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(item.palette.color(top))
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        head = QFontMetrics(font).elidedText(head, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(QRect(box.left(), box.top(), box.width(), half), flags, head)
        font.setBold(False)
        painter.setFont(font)
        painter.setPen(item.palette.color(quiet))
        below = item.fontMetrics.elidedText(below, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(QRect(box.left(), box.top() + half, box.width(), half), flags, below)
        painter.restore()
