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

    def show_lines(self, lines: Sequence[tuple[str, Sequence[str], Sign | None]]) -> None:
        """Show (id, words of each column, mark before the first)."""
        chosen = self.chosen()
        self._ids = tuple(line[0] for line in lines)
        self.setRowCount(len(lines))
        for row, (_, words, sign) in enumerate(lines):
            for column, said in enumerate(words):
                cell = QTableWidgetItem(said)
                cell.setToolTip(said)
                if column == 0 and sign is not None:
                    cell.setIcon(picture_of(sign))
                self.setItem(row, column, cell)
        if self._ids:
            self.selectRow(self._ids.index(chosen) if chosen in self._ids else 0)

    def chosen(self) -> str:
        """Return the id of the selected line, "" when there is none."""
        row = self.currentRow()
        return self._ids[row] if 0 <= row < len(self._ids) else ""
