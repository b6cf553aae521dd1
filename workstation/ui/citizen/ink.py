"""Words written by finger: strokes as numbers, so that no keyboard is needed on the citizen's side, and none has a part in it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from wire.evaluation import MOST_INK

_RANGE = 999  # coordinates of a stroke, whatever the size of the field
_STEP_PX = 6  # points closer than this say nothing more
_PAPER, _RULE = QColor("#ffffff"), QColor("#cfd8de")


class InkPad(QWidget):
    """Takes strokes by pointer; `ink()` gives them as in wire.evaluation.Opinion."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMinimumHeight(120)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._strokes: list[list[tuple[int, int]]] = []
        self._last = QPoint()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Four to one: a few words in a line or two."""
        return QSize(720, 160)

    def clear(self) -> None:
        """Take everything away."""
        self._strokes = []
        self.changed.emit()
        self.update()

    def ink(self) -> str:
        """Return the strokes, cut where there is no more room."""
        return written(self._strokes)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Begin a stroke."""
        self._last = event.position().toPoint()
        self._strokes.append([self._place(self._last)])
        self.changed.emit()
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Draw it on."""
        at = event.position().toPoint()
        if self._strokes and (at - self._last).manhattanLength() >= _STEP_PX:
            self._last = at
            self._strokes[-1].append(self._place(at))
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802, ARG002 - Qt's name and shape
        """Paint the paper and what stands on it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(_RULE))
        painter.setBrush(_PAPER)
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 4, 4)
        paint_ink(painter, self._strokes, self.size())
        painter.end()

    def _place(self, at: QPoint) -> tuple[int, int]:
        return _part(at.x(), self.width()), _part(at.y(), self.height())


class InkView(QWidget):
    """Shows handwritten words; nobody writes here."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(110)
        self._strokes: list[list[tuple[int, int]]] = []

    def show_ink(self, ink: str) -> None:
        """Show strokes as Opinion.ink has them; hidden without any."""
        self._strokes = read(ink)
        self.setVisible(bool(self._strokes))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802, ARG002 - Qt's name and shape
        """Paint them."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), _PAPER)
        paint_ink(painter, self._strokes, self.size())
        painter.end()


def paint_ink(painter: QPainter, strokes: list[list[tuple[int, int]]], size: QSize) -> None:
    """Draw strokes into a field of this size."""
    pen = QPen(QColor("#1c2733"), 3)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    for stroke in strokes:
        points = [QPoint(x * size.width() // _RANGE, y * size.height() // _RANGE) for x, y in stroke]
        if len(points) == 1:
            painter.drawPoint(points[0])
        else:
            painter.drawPolyline(points)


def written(strokes: list[list[tuple[int, int]]]) -> str:
    """Write strokes down; whole ones only, at most MOST_INK characters."""
    text = ""
    for stroke in strokes:
        said = " ".join(f"{x},{y}" for x, y in stroke)
        longer = f"{text};{said}" if text else said
        if len(longer) > MOST_INK:
            break
        text = longer
    return text


def read(ink: str) -> list[list[tuple[int, int]]]:
    """Read strokes; what is none is left out: it came from another machine."""
    strokes: list[list[tuple[int, int]]] = []
    for part in ink[:MOST_INK].split(";"):
        points = [point.split(",") for point in part.split()]
        if points and all(len(p) == 2 and all(n.isdecimal() and len(n) < 4 for n in p) for p in points):
            strokes.append([(int(x), int(y)) for x, y in points])
    return strokes


def _part(at: int, of: int) -> int:
    return max(0, min(_RANGE, at * _RANGE // max(of, 1)))
