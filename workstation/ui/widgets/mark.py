"""A small mark that says a state by its shape first and by its colour second."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

_PX = 18


class Sign(StrEnum):
    """The shapes: a disc with a tick, a square with a cross, a triangle, a diamond, a ring, a ring of dots."""

    GOOD = "good"
    BAD = "bad"
    CARE = "care"  # it cannot be had now
    NOTHING = "nothing"  # nothing was found, which says nothing
    OPEN = "open"
    BUSY = "busy"


# Each has at least 3:1 against white and against the dark theme's ground (WCAG 1.4.11).
_COLOURS = {
    Sign.GOOD: "#2b8551",
    Sign.BAD: "#c8372d",
    Sign.CARE: "#b06a00",
    Sign.NOTHING: "#8a5a9e",
    Sign.OPEN: "#7b8594",
    Sign.BUSY: "#2a6fb5",
}


class Mark(QWidget):
    """Paints one sign; the words beside it say the same, so it has no accessible name of its own."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sign = Sign.OPEN
        self.setFixedSize(QSize(_PX, _PX))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_sign(self, sign: Sign) -> None:
        """Change the sign."""
        if sign is not self.sign:
            self.sign = sign
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802, ARG002 - Qt's name and shape
        """Paint the shape in the middle of the square."""
        painter = QPainter(self)
        _paint(painter, self.sign)
        painter.end()


def picture_of(sign: Sign) -> QPixmap:
    """Return a sign as a picture, for a cell of a table; the words beside it say the same."""
    picture = QPixmap(_PX, _PX)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    _paint(painter, sign)
    painter.end()
    return picture


def _paint(painter: QPainter, sign: Sign) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    colour = QColor(_COLOURS[sign])
    box = QRectF(2, 2, _PX - 4, _PX - 4)
    line = QPen(colour, 1.8)
    line.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(line)
    if sign in (Sign.GOOD, Sign.BAD, Sign.CARE):
        painter.setBrush(colour)
    _SHAPES[sign](painter, box)


def _white(painter: QPainter) -> None:
    pen = QPen(QColor("white"), 1.8)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)


def _good(painter: QPainter, box: QRectF) -> None:
    painter.drawEllipse(box)
    _white(painter)
    x, y = box.left(), box.top()
    painter.drawPolyline(
        QPolygonF([QPointF(x + 3.5, y + 7.3), QPointF(x + 6, y + 9.8), QPointF(x + 10.5, y + 4.6)])
    )


def _bad(painter: QPainter, box: QRectF) -> None:
    painter.drawRoundedRect(box, 3, 3)
    _white(painter)
    inner = box.adjusted(4, 4, -4, -4)
    painter.drawLine(inner.topLeft(), inner.bottomRight())
    painter.drawLine(inner.topRight(), inner.bottomLeft())


def _care(painter: QPainter, box: QRectF) -> None:
    painter.drawPolygon(
        QPolygonF([QPointF(box.center().x(), box.top()), box.bottomRight(), box.bottomLeft()])
    )
    _white(painter)
    x = box.center().x()
    painter.drawLine(QPointF(x, box.top() + 5), QPointF(x, box.top() + 8.5))
    painter.drawPoint(QPointF(x, box.bottom() - 2.5))


def _nothing(painter: QPainter, box: QRectF) -> None:
    c = box.center()
    painter.drawPolygon(
        QPolygonF(
            [
                QPointF(c.x(), box.top()),
                QPointF(box.right(), c.y()),
                QPointF(c.x(), box.bottom()),
                QPointF(box.left(), c.y()),
            ]
        )
    )
    painter.drawLine(QPointF(c.x() - 2.5, c.y()), QPointF(c.x() + 2.5, c.y()))


def _open(painter: QPainter, box: QRectF) -> None:
    painter.drawEllipse(box.adjusted(0.5, 0.5, -0.5, -0.5))


def _busy(painter: QPainter, box: QRectF) -> None:
    pen = painter.pen()
    pen.setStyle(Qt.PenStyle.DotLine)
    painter.setPen(pen)
    painter.drawEllipse(box.adjusted(0.5, 0.5, -0.5, -0.5))
    c = box.center()
    for dx in (-3.0, 0.0, 3.0):
        painter.drawPoint(QPointF(c.x() + dx, c.y()))


_SHAPES = {
    Sign.GOOD: _good,
    Sign.BAD: _bad,
    Sign.CARE: _care,
    Sign.NOTHING: _nothing,
    Sign.OPEN: _open,
    Sign.BUSY: _busy,
}
