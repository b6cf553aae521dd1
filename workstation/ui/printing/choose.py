"""Which result slips go into a batch: all that wait, or those with a tick."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QStackedWidget,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from workstation.services.print_views import WaitingResult
from workstation.ui import text
from workstation.ui.widgets.button import KeyButton
from workstation.ui.widgets.empty import Empty
from workstation.ui.words.times import minute

_ROW_PX = 34


class ChooseResults(QWidget):
    """`wanted` carries the cases in their order."""

    wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cases: tuple[str, ...] = ()
        self.table = QTableWidget(0, 4, self)
        self.table.setObjectName("printing.waiting")
        self.table.setAccessibleName(self.tr("等着打印的结果单"))
        self.table.setHorizontalHeaderLabels(
            [self.tr("收件号"), self.tr("申请人"), self.tr("事项"), self.tr("办结时间")]
        )
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setAlternatingRowColors(True)
        self.table.setShowGrid(False)
        self.table.setWordWrap(False)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(_ROW_PX)
        header = self.table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        self.table.itemChanged.connect(self._count)
        self.all = KeyButton("printing.all", self.tr("全选"), "Ctrl+A", self)
        self.all.clicked.connect(self._toggle)
        self.start = KeyButton("printing.start", self.tr("打印选中的"), "Ctrl+P", self)
        self.start.make_primary()
        self.start.clicked.connect(self._start)
        self._note = QLabel(self)
        self._note.setObjectName("pageNote")
        foot = QHBoxLayout()
        foot.setContentsMargins(10, 0, 10, 8)
        foot.addWidget(self._note, 1)
        foot.addWidget(self.all)
        foot.addWidget(self.start)
        listed = QWidget(self)
        column = QVBoxLayout(listed)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.table, 1)
        column.addLayout(foot)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(
            Empty(
                self.tr("没有等着打印的结果单"),
                self.tr("部门办结、还没有出纸确认的办件会排在这里，可以一次打完。"),
            )
        )
        self._stack.addWidget(listed)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(self._stack)

    def show_waiting(self, waiting: tuple[WaitingResult, ...]) -> None:
        """Show what waits; a tick that was taken out stays out, and what is new has one."""
        cases = tuple(each.case for each in waiting)
        self._stack.setCurrentIndex(1 if waiting else 0)
        if cases == self._cases:
            return
        left_out = set(self._cases) - set(self.chosen())
        self._cases = cases
        self.table.blockSignals(True)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)  # measured once, below
        self.table.setRowCount(len(waiting))
        for row, each in enumerate(waiting):
            when = minute(each.decided_at) if each.decided_at else ""
            for column, said in enumerate((each.receipt_no, each.applicant, text.said(each.title), when)):
                cell = QTableWidgetItem(said)
                cell.setToolTip(said)
                if column == 0:
                    cell.setFlags(cell.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                    ticked = each.case not in left_out
                    cell.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
                self.table.setItem(row, column, cell)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        self.table.blockSignals(False)
        self._count()

    def chosen(self) -> tuple[str, ...]:
        """Return the cases with a tick."""
        return tuple(
            case
            for row, case in enumerate(self._cases)
            if (cell := self.table.item(row, 0)) is not None and cell.checkState() is Qt.CheckState.Checked
        )

    def _toggle(self) -> None:
        every = len(self.chosen()) == len(self._cases)
        for row in range(self.table.rowCount()):
            cell = self.table.item(row, 0)
            if cell is not None:
                cell.setCheckState(Qt.CheckState.Unchecked if every else Qt.CheckState.Checked)

    def _count(self) -> None:
        chosen = len(self.chosen())
        self._note.setText(self.tr("等打印 {0} 张，选中 {1} 张").format(len(self._cases), chosen))
        every = chosen == len(self._cases)
        self.all.setText((self.tr("全不选") if every else self.tr("全选")) + "  Ctrl+A")
        self.start.setText(self.tr("打印选中的 {0} 张").format(chosen) + "  Ctrl+P")
        self.start.setEnabled(bool(chosen))

    def _start(self) -> None:
        self.wanted.emit(self.chosen())
