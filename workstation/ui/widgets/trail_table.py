"""A list of any length: only the lines that are seen are fetched, and some around them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from workstation.services.views import AuditLine

_ROW_PX = 32
_PAGE = 100  # lines fetched at once
_KEPT_PAGES = 20
_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


@dataclass(frozen=True, slots=True)
class TrailColumn:
    """A column: its title, the words of a cell, its width in pixels; 0 takes the room left."""

    title: str
    words: Callable[[AuditLine], str]
    width: int = 0


class TrailModel(QAbstractTableModel):
    """Knows the places of all lines, and the lines of the pages that were looked at last."""

    def __init__(
        self,
        columns: Sequence[TrailColumn],
        fetch: Callable[[tuple[int, ...], Callable[[tuple[AuditLine, ...]], None]], None],
        parent: QObject,
    ) -> None:
        """`fetch` gets lines by their places and hands them to its second argument, later."""
        super().__init__(parent)
        self._columns = columns
        self._fetch = fetch
        self._places: tuple[int, ...] = ()
        self._pages: dict[int, tuple[AuditLine, ...]] = {}
        self._asked: set[int] = set()
        self._shown = 0  # counts the lists, so that a late answer for an older one is let go
        self._wanted: list[int] = []
        # Scrolling passes many pages: only those that are still wanted a moment later are fetched.
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(20)
        self._soon.timeout.connect(self._fetch_wanted)

    def show_places(self, places: tuple[int, ...]) -> None:
        """Show another list."""
        self.beginResetModel()
        self._places, self._pages, self._asked, self._wanted = places, {}, set(), []
        self._shown += 1
        self.endResetModel()

    def line(self, row: int) -> AuditLine | None:
        """Return the line of a row; None while it is being fetched, which this begins."""
        page, at = divmod(row, _PAGE)
        lines = self._pages.get(page)
        if lines is None:
            if page not in self._asked and page not in self._wanted:
                self._wanted = [*self._wanted[-2:], page]
                # Not started anew: a page that is painted often would be fetched never.
                if not self._soon.isActive():
                    self._soon.start()
            return None
        return lines[at] if at < len(lines) else None

    def _fetch_wanted(self) -> None:
        wanted, self._wanted = self._wanted, []
        for page in wanted:
            if page in self._pages or page in self._asked:
                continue
            self._asked.add(page)
            places = self._places[page * _PAGE : (page + 1) * _PAGE]
            self._fetch(places, partial(self._take, self._shown, page))

    def _take(self, shown: int, page: int, lines: tuple[AuditLine, ...]) -> None:
        if shown != self._shown:
            return
        self._asked.discard(page)
        self._pages[page] = lines
        while len(self._pages) > _KEPT_PAGES:
            self._pages.pop(next(iter(self._pages)))
        last = min((page + 1) * _PAGE, len(self._places)) - 1
        self.dataChanged.emit(self.index(page * _PAGE, 0), self.index(last, len(self._columns) - 1))

    def rowCount(self, parent: _Index = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        """Qt's."""
        return 0 if parent.isValid() else len(self._places)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        """Qt's."""
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Qt's."""
        if not index.isValid() or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        line = self.line(index.row())
        return "…" if line is None else self._columns[index.column()].words(line)

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Qt's."""
        if role == Qt.ItemDataRole.DisplayRole and orientation is Qt.Orientation.Horizontal:
            return self._columns[section].title
        return None


class TrailTable(QTableView):
    """Shows the trail; nothing in it can be edited."""

    def __init__(
        self, name: str, title: str, model: TrailModel, widths: Sequence[int], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setModel(model)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        rows = self.verticalHeader()
        rows.hide()
        # Fixed heights: a hundred thousand lines must not be measured one by one.
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(_ROW_PX)
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        for at, width in enumerate(widths):
            if width:
                header.resizeSection(at, width)
            else:
                header.setSectionResizeMode(at, QHeaderView.ResizeMode.Stretch)
