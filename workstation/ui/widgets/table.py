"""A list of cases with real columns: sortable, one row selected, refreshed without losing selection or place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelection,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHeaderView, QTableView, QWidget

from workstation.services.views import CaseView
from workstation.ui.widgets.mark import Sign, picture_of

_ROW_PX = 36
_SORT_ROLE = Qt.ItemDataRole.UserRole
_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its title, the words of a cell, what it is sorted by; one column takes the room left."""

    title: str
    words: Callable[[CaseView], str]
    order: Callable[[CaseView], str | int]
    wide: bool = False
    sign: Callable[[CaseView], Sign | None] = lambda _: None  # a mark before the words
    more: Callable[[CaseView], str] = lambda _: ""  # the tip, where it says more than the words


class _Cases(QAbstractTableModel):
    def __init__(self, columns: Sequence[Column], parent: QObject) -> None:
        super().__init__(parent)
        self._columns = columns
        self.rows: tuple[CaseView, ...] = ()

    def replace(self, rows: tuple[CaseView, ...]) -> None:
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: _Index = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        case, column = self.rows[index.row()], self._columns[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return column.more(case) or column.words(case)
        if role == Qt.ItemDataRole.DisplayRole:
            return column.words(case)
        if role == Qt.ItemDataRole.DecorationRole:
            sign = column.sign(case)
            return picture_of(sign) if sign is not None else None
        return column.order(case) if role == _SORT_ROLE else None

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and orientation is Qt.Orientation.Horizontal:
            return self._columns[section].title
        return None


class CaseTable(QTableView):
    """Shows cases; `picked` tells the selected one, or None, whenever it or its content changes."""

    picked = Signal(object)

    def __init__(
        self, name: str, title: str, columns: Sequence[Column], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(title)
        self._model = _Cases(columns, self)
        self._sorted = QSortFilterProxyModel(self)
        self._sorted.setSourceModel(self._model)
        self._sorted.setSortRole(_SORT_ROLE)
        self.setModel(self._sorted)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        # Tab goes on to the detail; the arrows move within the table.
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._set_headers(columns)
        self._refreshing = False
        self.selectionModel().selectionChanged.connect(self._selected)

    def _set_headers(self, columns: Sequence[Column]) -> None:
        rows = self.verticalHeader()
        rows.hide()
        rows.setDefaultSectionSize(_ROW_PX)
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        header.setMinimumSectionSize(60)
        # Numbers are compared digit by digit: they are never cut, in either language.
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        for at, column in enumerate(columns):
            if column.wide:
                header.setSectionResizeMode(at, QHeaderView.ResizeMode.Stretch)
        header.setSortIndicatorClearable(True)
        # Until somebody sorts, the desk's order holds: newest first.
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)

    def show_cases(self, cases: tuple[CaseView, ...]) -> None:
        """Show the list; the selected case stays selected and in place, the first row is when none was."""
        if cases == self._model.rows:
            return
        chosen, scroll = self.current(), self.verticalScrollBar().value()
        before = chosen.case if chosen is not None else ""
        self._refreshing = True
        self._model.replace(cases)
        self._refreshing = False
        self._choose(before)
        self.verticalScrollBar().setValue(scroll)
        self.picked.emit(self.current())

    def current(self) -> CaseView | None:
        """Return the selected case."""
        indexes = self.selectionModel().selectedRows()
        return self._model.rows[self._sorted.mapToSource(indexes[0]).row()] if indexes else None

    def choose(self, case: str) -> None:
        """Select a case that is there, and show it."""
        if any(each.case == case for each in self._model.rows):
            self._choose(case)
            self.scrollTo(self.currentIndex())
            self.picked.emit(self.current())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Show the focus as a frame; the style sheet's frame would be painted over by the rows."""
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self.viewport())
            accent = QApplication.palette().color(QPalette.ColorRole.Highlight)
            painter.setPen(QPen(accent, 2))
            painter.drawRect(self.viewport().rect().adjusted(1, 0, -1, -1))
            painter.end()

    def _choose(self, case: str) -> None:
        if not self._model.rows:
            return
        at = next((row for row, each in enumerate(self._model.rows) if each.case == case), None)
        self._refreshing = True
        if at is None:
            self.selectRow(0)
        else:
            self.selectRow(self._sorted.mapFromSource(self._model.index(at, 0)).row())
        self._refreshing = False

    def _selected(self, _new: QItemSelection, _old: QItemSelection) -> None:
        if not self._refreshing:
            self.picked.emit(self.current())
