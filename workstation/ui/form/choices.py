"""The list under a code field: found by code, by label, by pinyin or its initials, worked from the line above it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import islice, product
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

Option = tuple[str, str]  # code, label in the interface language

_ROW_PX = 28
_ROWS = 8
_MOST_READINGS = 64  # of one label


@lru_cache(maxsize=4096)
def spelled(label: str) -> tuple[str, ...]:
    """Return how a label is typed in letters: its pinyin in full and by first letters, in every reading of its
    characters that people may know. 汉族 is hanzu and hz; other letters stay."""
    from pypinyin import Style, pinyin  # noqa: PLC0415 - loads tables, wanted only once a letter is typed

    def plain(
        rest: str,
    ) -> Any:  # What is not Chinese is its own sound; the stub says text, the code takes lists.
        return [[c.lower()] for c in rest if c.isalnum()]

    # A word is read one way, its characters each by itself in others: whoever misreads 重庆 still finds it.
    usual: Any = pinyin(label, style=Style.NORMAL, errors=plain)
    every: Any = pinyin(list(label), style=Style.NORMAL, heteronym=True, errors=plain)
    sounds = [tuple(dict.fromkeys([u[0], *rest])) for u, rest in zip(usual, every, strict=True)]
    found: dict[str, None] = {}
    for reading in islice(product(*sounds), _MOST_READINGS):
        found["".join(reading)] = None
        found["".join(sound[0] for sound in reading)] = None
    return tuple(found)


def rank(options: Sequence[Option], typed: str) -> list[Option]:
    """Return the options that fit what was typed, best first: code, label, pinyin, part of the label."""
    wanted = typed.strip().lower()
    if not wanted:
        return list(options)
    places: list[tuple[int, int, Option]] = []
    for n, (code, label) in enumerate(options):
        place = _place(code, label, wanted)
        if place is not None:
            places.append((place, n, (code, label)))
    return [option for _, _, option in sorted(places)]


def _place(code: str, label: str, wanted: str) -> int | None:
    low = label.lower()
    if wanted in (code.lower(), low):
        return 0
    if low.startswith(wanted) or code.lstrip("0") == wanted:
        return 1
    if wanted.isascii() and wanted.isalpha() and any(way.startswith(wanted) for way in spelled(label)):
        return 2
    if code.lower().startswith(wanted):
        return 3
    return 4 if wanted in low else None


class Choices(QListWidget):
    """A child of the window, not a popup: it never takes the focus, so keys stay with the line."""

    chosen = Signal(str)

    def __init__(self, line: QWidget) -> None:
        super().__init__(line.window())
        self._line = line
        self.setObjectName("choices")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.itemClicked.connect(self._clicked)
        self._watched: list[QWidget] = []
        self.hide()

    def offer(self, options: Sequence[Option], *, mark: bool) -> None:
        """Show the options under the line, the best one marked if wanted; hide when there is none."""
        self.clear()
        for code, label in options:
            item = QListWidgetItem(f"{code}  {label}", self)
            item.setData(Qt.ItemDataRole.UserRole, code)
            item.setSizeHint(QSize(0, _ROW_PX))
        if not options:
            self.hide()
            return
        self.setCurrentRow(0 if mark else -1)
        window = self._line.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        self._watch(window)
        self._place_under_line()
        self.raise_()
        self.show()

    def _watch(self, window: QWidget) -> None:
        """Hear of every move of the line: a form that just came, or a row that went, lays itself out after the focus came."""
        above: list[QWidget] = []
        widget: QWidget | None = self._line
        while widget is not None and widget is not window:
            above.append(widget)
            widget = widget.parentWidget()
        for gone in self._watched:
            gone.removeEventFilter(self)
        self._watched = above
        for each in above:
            each.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Stay under the line wherever it goes."""
        if event.type() in (QEvent.Type.Move, QEvent.Type.Resize) and not self.isHidden():
            self._place_under_line()
        return super().eventFilter(watched, event)

    def _place_under_line(self) -> None:
        window = self._line.window()
        height = _ROW_PX * min(_ROWS, self.count()) + 2 * self.frameWidth()
        below = self._line.mapTo(window, QPoint(0, self._line.height()))
        if below.y() + height > window.height():
            below = self._line.mapTo(window, QPoint(0, -height))
        self.setGeometry(below.x(), below.y(), max(self._line.width(), 160), height)

    def current_code(self) -> str | None:
        """Return the code that is marked, or None when none is or the list is hidden."""
        item = self.currentItem()
        return str(item.data(Qt.ItemDataRole.UserRole)) if self.isVisible() and item is not None else None

    def step(self, by: int) -> None:
        """Move the mark up or down, staying in the list."""
        self.setCurrentRow(max(0, min(self.count() - 1, self.currentRow() + by)))

    def _clicked(self, item: QListWidgetItem) -> None:
        self.chosen.emit(str(item.data(Qt.ItemDataRole.UserRole)))
