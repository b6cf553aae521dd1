"""A table of short lines, shown anew without losing the selected one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from workstation.ui.widgets.mark import Sign, picture_of

_ROW_PX = 34


class Lines(QTableWidget):
    """`wide` is the column that takes the room left."""

    def __init__(
        self, name: str, title: str, columns: Sequence[str], wide: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(0, len(columns), parent)
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setHorizontalHeaderLabels(list(columns))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(_ROW_PX)
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(wide, QHeaderView.ResizeMode.Stretch)
        self._ids: tuple[str, ...] = ()
        self._lines: tuple[tuple[str, tuple[str, ...], Sign | None], ...] = ()

    def show_lines(self, lines: Sequence[tuple[str, Sequence[str], Sign | None]]) -> None:
        """Show (id, words of each column, mark before the first); only what has changed is touched."""
        wanted = tuple((each, tuple(words), sign) for each, words, sign in lines)
        if wanted == self._lines:
            return
        chosen, before = self.chosen(), self._lines
        self._lines, self._ids = wanted, tuple(line[0] for line in wanted)
        header = self.horizontalHeader()
        # Each cell would have every column measured anew over all its rows.
        modes = [header.sectionResizeMode(column) for column in range(self.columnCount())]
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setRowCount(len(wanted))
        for row, (_, words, sign) in enumerate(wanted):
            known = before[row] if row < len(before) else None
            if known is None or known[1:] != (words, sign):
                self._show_row(row, words, sign)
        for column, mode in enumerate(modes):
            header.setSectionResizeMode(column, mode)
        if self._ids:
            self.selectRow(self._ids.index(chosen) if chosen in self._ids else 0)

    def _show_row(self, row: int, words: Sequence[str], sign: Sign | None) -> None:
        for column, said in enumerate(words):
            cell = QTableWidgetItem(said)
            cell.setToolTip(said)
            if column == 0 and sign is not None:
                cell.setIcon(picture_of(sign))
            self.setItem(row, column, cell)

    def chosen(self) -> str:
        """Return the id of the selected line, "" when there is none."""
        row = self.currentRow()
        return self._ids[row] if 0 <= row < len(self._ids) else ""
