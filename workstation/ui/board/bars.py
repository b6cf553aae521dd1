"""Bars for the counters of the hall: how much is open, and what of it is due today or overdue. Each part has a pattern of its
own and its number; the legend says what it means."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

_ROW_PX = 34
_BAR_PX = 20
_LEGEND_PX = 34
_NAME_SHARE = 0.34
_NUMBER_PX = 48
_COLOURS = (QColor("#2a6fb5"), QColor("#b06a00"), QColor("#c8372d"))
_PATTERNS = (Qt.BrushStyle.Dense6Pattern, Qt.BrushStyle.BDiagPattern, Qt.BrushStyle.DiagCrossPattern)


@dataclass(frozen=True, slots=True)
class Bar:
    """One counter: its name and the lengths of its parts, in the order of the legend."""

    name: str
    parts: tuple[int, ...]


class Bars(QWidget):
    """Paints bars that share one scale; a screen reader gets the table beside it."""

    def __init__(self, name: str, legend: tuple[str, ...], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._legend = legend
        self._bars: tuple[Bar, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def name_parts(self, legend: tuple[str, ...]) -> None:
        """Call the parts something else."""
        if legend != self._legend:
            self._legend = legend
            self.update()

    def show_bars(self, bars: tuple[Bar, ...]) -> None:
        """Show other bars."""
        if bars != self._bars:
            self._bars = bars
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As high as its bars."""
        return QSize(360, _LEGEND_PX + _ROW_PX * max(len(self._bars), 1) + 6)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """The same, narrower."""
        return QSize(260, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802, ARG002 - Qt's name and shape
        """Paint legend, names, bars and numbers."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_legend(painter)
        most = max((sum(bar.parts) for bar in self._bars), default=0) or 1
        left = self.width() * _NAME_SHARE
        room = self.width() - left - _NUMBER_PX
        for at, bar in enumerate(self._bars):
            top = _LEGEND_PX + at * _ROW_PX
            painter.setPen(self.palette().color(QPalette.ColorRole.Text))
            name = painter.fontMetrics().elidedText(bar.name, Qt.TextElideMode.ElideMiddle, int(left) - 10)
            middle = Qt.AlignmentFlag.AlignVCenter
            painter.drawText(QRectF(0, top, left - 8, _ROW_PX), Qt.AlignmentFlag.AlignLeft | middle, name)
            x = left
            for part, length in enumerate(bar.parts):
                wide = room * length / most
                if length:
                    _fill(painter, QRectF(x, top + (_ROW_PX - _BAR_PX) / 2, max(wide, 3.0), _BAR_PX), part)
                x += wide
            painter.setPen(self.palette().color(QPalette.ColorRole.Text))
            number = QRectF(x + 6, top, _NUMBER_PX, _ROW_PX)
            painter.drawText(number, Qt.AlignmentFlag.AlignLeft | middle, f"{sum(bar.parts):,}")
        painter.end()

    def _paint_legend(self, painter: QPainter) -> None:
        x = 0.0
        for part, words in enumerate(self._legend):
            _fill(painter, QRectF(x, 9, 22, 14), part)
            painter.setPen(self.palette().color(QPalette.ColorRole.Text))
            wide = painter.fontMetrics().horizontalAdvance(words)
            box = QRectF(x + 28, 0, wide + 4, 32)
            painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)
            x += 28 + wide + 22


def _fill(painter: QPainter, box: QRectF, part: int) -> None:
    colour = _COLOURS[part % len(_COLOURS)]
    painter.setPen(QPen(colour, 1.2))
    painter.setBrush(QBrush(colour, _PATTERNS[part % len(_PATTERNS)]))
    painter.drawRect(box)
