"""A list of cases with real columns: one row selected, refreshed without losing selection or place, of any length."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QItemSelection, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHeaderView, QTableView, QWidget

from workstation.domain.work_lists import Order
from workstation.services.list_views import ListPage
from workstation.services.views import CaseView
from workstation.ui.widgets.column import Column
from workstation.ui.widgets.rows import Fetch, Rows

_ROW_PX = 46  # two lines of words: what an item is called is read to its end
_AROUND_PX = 22  # of a cell's words
_ARROW_PX = 16  # of the order
_SIGN_PX = 24  # of a mark before them


class CaseTable(QTableView):
    """Shows cases; `picked` tells the selected one, or None, whenever it or its content changes.

    `typed` tells what was typed into the list: it belongs into the search. `order_asked` tells an Order, or None for the
    list's own, and whether the largest comes first.
    """

    picked = Signal(object)
    typed = Signal(str)
    order_asked = Signal(object, bool)

    def __init__(
        self, name: str, title: str, columns: Sequence[Column], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.rows = Rows(columns, self)
        self.setModel(self.rows)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(True)
        # Tab goes on to the detail; the arrows move within the table.
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._set_headers(columns)
        self._fit()
        self._settling = False
        self._chosen = ""  # the id of the selected case, "" while its row has not come
        self._shown: CaseView | None = None
        self._by: Order | None = None
        self._down = True
        self.selectionModel().selectionChanged.connect(self._selected)
        self.rows.came.connect(self._settle)

    def _set_headers(self, columns: Sequence[Column]) -> None:
        rows = self.verticalHeader()
        rows.hide()
        # Fixed heights: a million rows must not be measured one by one.
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(_ROW_PX)
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        header.setMinimumSectionSize(60)
        for at, column in enumerate(columns):
            if column.wide:
                header.setSectionResizeMode(at, QHeaderView.ResizeMode.Stretch)
        header.setSortIndicatorShown(True)
        header.setSortIndicatorClearable(True)
        header.setSortIndicator(-1, Qt.SortOrder.DescendingOrder)
        header.setSectionsClickable(True)
        header.sectionClicked.connect(self._header_clicked)

    def _fit(self) -> None:
        """Give every column the room of its sample: a million rows must not be measured one by one."""
        wide = self.fontMetrics().horizontalAdvance
        for at, column in enumerate(self.rows.columns):
            if not column.wide:
                said = wide(column.sample) + (_SIGN_PX if column.sign is not None else 0)
                # The title is bold, and has the arrow of the order behind it.
                title = wide(column.title) * 11 // 10 + (_ARROW_PX if column.order is not None else 0)
                self.horizontalHeader().resizeSection(at, max(said, title) + _AROUND_PX)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """The letters are of another font or size: the rare characters have come, or the text was made larger."""
        super().changeEvent(event)
        if event.type() in (
            QEvent.Type.FontChange,
            QEvent.Type.ApplicationFontChange,
            QEvent.Type.StyleChange,
        ):
            self._fit()

    # -- what is shown -----------------------------------------------------------------------------------
    def show_cases(self, cases: tuple[CaseView, ...]) -> None:
        """Show cases that are all there; the selected case stays selected, the first row is when none was."""
        self._settling = True
        self.rows.show_all(cases)
        self._settling = False
        self._settle()

    def show_list(self, first: ListPage, fetch: Fetch) -> None:
        """Show another list from its beginning; rows that are not there yet come by `fetch`."""
        self._settling = True
        self.rows.show_list(first, fetch)
        self.scrollToTop()
        self._settling = False
        self._settle()

    def mark_order(self, by: Order | None, *, down: bool) -> None:
        """Show by what the list is sorted; None while it is in its own order."""
        self._by, self._down = by, down
        at = next(
            (at for at, column in enumerate(self.rows.columns) if column.order is by and by is not None), -1
        )
        way = Qt.SortOrder.DescendingOrder if down else Qt.SortOrder.AscendingOrder
        self.horizontalHeader().setSortIndicator(at, way)

    def current(self) -> CaseView | None:
        """Return the selected case; None while its row has not come."""
        row = self._row()
        case = self.rows.case_at(row) if row is not None else None
        return case if case is not None and case.case == self._chosen else None

    def choose(self, case: str) -> bool:
        """Select a case that is there, and show it; False for one that is not."""
        row = self.rows.row_of(case)
        if row is None:
            return False
        self.select_row(row)
        return True

    def select_row(self, row: int) -> None:
        """Select a row, and show it."""
        self.selectRow(row)
        self.scrollTo(self.rows.index(row, 0))

    # -- selecting ---------------------------------------------------------------------------------------
    def _row(self) -> int | None:
        indexes = self.selectionModel().selectedRows()
        return indexes[0].row() if indexes else None

    def _selected(self, _new: QItemSelection, _old: QItemSelection) -> None:
        if self._settling:
            return
        row = self._row()
        case = self.rows.case_at(row) if row is not None else None
        self._chosen = case.case if case is not None else ""
        self._tell(case)

    def _settle(self) -> None:
        """Rows came: the selected case stays selected wherever it stands now."""
        if self._settling:
            return
        self._settling = True
        at = self.rows.row_of(self._chosen) if self._chosen else None
        if at is not None and at != self._row():
            self.selectRow(at)
        elif self._row() is None and self.rows.rowCount():
            self.selectRow(0)
        self._settling = False
        row = self._row()
        case = self.rows.case_at(row) if row is not None else None
        if row is not None and case is not None and not self.rows.is_fresh(row):
            return  # What it was before stands until the row comes anew.
        self._chosen = case.case if case is not None else ""
        self._tell(case)

    def _tell(self, case: CaseView | None) -> None:
        if case != self._shown or case is None:
            self._shown = case
            self.picked.emit(case)

    # -- keys and header ---------------------------------------------------------------------------------
    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Home and End go to the first and the last row; letters and digits go into the search."""
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
        ends = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: self.rows.rowCount() - 1}
        if plain and event.key() in ends and self.rows.rowCount():
            self.select_row(ends[Qt.Key(event.key())])
        elif plain and event.text() and event.text().isalnum():
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)

    def _header_clicked(self, section: int) -> None:
        """An order that an index serves: down, up, and the list's own again; any other stays as it was."""
        order = self.rows.columns[section].order
        if order is None:
            self.mark_order(self._by, down=self._down)
        elif order is not self._by:
            self.order_asked.emit(order, True)
        else:
            self.order_asked.emit(order if self._down else None, False)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Show the focus as a frame; the style sheet's frame would be painted over by the rows."""
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self.viewport())
            accent = QApplication.palette().color(QPalette.ColorRole.Highlight)
            painter.setPen(QPen(accent, 2))
            painter.drawRect(self.viewport().rect().adjusted(1, 0, -1, -1))
            painter.end()
