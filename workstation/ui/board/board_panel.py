"""看板: all counters, levels or departments of the hall as bars and as a table; without the hall what this workstation knows,
with its age."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from wire.board import HallBoard
from workstation.domain.failures import Refused
from workstation.domain.report import Span
from workstation.services.board import LocalBoard
from workstation.services.desk import DeskApi
from workstation.services.ports import Table, TableFile
from workstation.ui import text
from workstation.ui.background import Background
from workstation.ui.board.bars import Bar, Bars
from workstation.ui.board.board_lines import Grouping, Line, levels, owners, windows
from workstation.ui.board.numbers_table import Cell, NumbersTable
from workstation.ui.widgets.button import KeyButton
from workstation.ui.widgets.chip import Chip
from workstation.ui.widgets.facts import Facts
from workstation.ui.widgets.mark import Sign
from workstation.ui.widgets.panel import titled_panel
from workstation.ui.words import supervision as words
from workstation.ui.words.breaks import breakable
from workstation.ui.words.times import age, minute, now

REFRESH_MS = 30_000


class BoardPanel(QWidget):
    """Asks the hall twice a minute while it is seen; `refused` takes what is wrong with this workstation's own numbers."""

    refused = Signal(object)

    def __init__(self, desk: DeskApi, background: Background, parent: QWidget, *, may_export: bool) -> None:
        super().__init__(parent)
        self._desk = desk
        self._background = background
        self._board: HallBoard | None = None
        self._away: Refused | None = None
        self._asking = False
        self._local: LocalBoard | None = None
        self.state = Chip("board.state", self)
        self._why = QLabel(self)
        self._why.setObjectName("board.why")
        self._why.setProperty("note", True)
        self._why.setWordWrap(True)
        legend = (self.tr("在办"), self.tr("今天到期"), self.tr("超期"))
        self.open = Bars("board.open", legend, self)
        self.queue = Bars("board.queue", (words.queue(owner=False),), self)
        self.table = NumbersTable("board.table", self.tr("在办情况"), words.board_heads(owner=False), self)
        self.setFocusProxy(self.table)
        self.by = QComboBox(self)
        self.by.setObjectName("board.by")
        self.by.setAccessibleName(self.tr("统计方式"))
        self.by.setMinimumHeight(32)
        for each in Grouping:
            self.by.addItem(words.grouping(each.value), each)
        self.by.currentIndexChanged.connect(self._show)
        self.export = KeyButton("board.export", self.tr("导出"), "Ctrl+E", self)
        self.export.clicked.connect(self._choose_file)
        self.export.setVisible(may_export)
        self.export.setEnabled(False)
        self.local = Facts(self)
        self._lay_out()
        self._timer = QTimer(self)
        self._timer.setInterval(REFRESH_MS)
        self._timer.timeout.connect(self.refresh)

    def _lay_out(self) -> None:
        charts = QWidget(self)
        column = QVBoxLayout(charts)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(titled_panel(self.tr("在办件数"), self.open, parent=charts))
        column.addWidget(titled_panel(self.tr("等着的件数"), self.queue, parent=charts))
        column.addStretch(1)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(charts)
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addWidget(titled_panel(self.tr("同样的数字"), self.table, parent=self, grows=True), 1)
        right.addWidget(titled_panel(self.tr("本工位（本机数据）"), self.local, parent=self))
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self.by)
        head.addWidget(self.state)
        head.addWidget(self._why, 1)
        head.addWidget(self.export)
        body = QHBoxLayout()
        body.setSpacing(8)
        body.addWidget(scroll, 1)
        body.addLayout(right, 1)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(8)
        page.addLayout(head)
        page.addLayout(body, 1)

    def refresh(self) -> None:
        """Ask the hall, and this workstation beside it."""
        self._background.desk(self._desk.local_board, self._show_local, self.refused.emit)
        if not self._asking:
            self._asking = True
            self._background.net(self._desk.hall_board, self._show_hall, self._hall_is_away)

    def _show_hall(self, board: HallBoard) -> None:
        self._asking = False
        self._board, self._away = board, None
        self.export.setEnabled(True)
        self._show()
        self._show_state()

    def _hall_is_away(self, refused: Refused) -> None:
        self._asking = False
        self._away = refused
        self._show_state()

    def _show_state(self) -> None:
        if self._away is None and self._board is not None:
            self.state.show_state(Sign.GOOD, self.tr("大厅数据 {0}").format(minute(self._board.at)))
            self._why.setText(self.tr("只有件数，没有办件和个人；每 30 秒更新。"))
            return
        self.state.show_state(
            Sign.CARE,
            self.tr("大厅数据 {0}").format(age(self._board.at))
            if self._board is not None
            else self.tr("只有本机数据"),
        )
        if self._away is not None:
            self._why.setText(text.failure_and_remedy(self._away.failure, self._away.details))

    def _show_local(self, local: LocalBoard) -> None:
        row, self._local = local.row, local
        heard = age(local.heard_at) if local.heard_at is not None else self.tr("还没有连上过")
        self.local.show_facts(
            [
                (self.tr("在办"), self.tr("{0} 件").format(f"{row.open:,}")),
                (self.tr("今天到期"), self.tr("{0} 件").format(f"{row.due_today:,}")),
                (self.tr("超期"), self.tr("{0} 件").format(f"{row.overdue:,}")),
                (self.tr("等受理"), self.tr("{0} 件").format(f"{row.queue:,}")),
                (self.tr("最久已等"), words.waited(row.oldest, local.at) or self.tr("没有人等")),
                (self.tr("排队等候"), self._queue(local)),
                (self.tr("最近听到大厅"), heard),
            ],
            (
                "board.local.open",
                "board.local.due",
                "board.local.over",
                "board.local.queue",
                "board.local.waited",
                "board.local.numbers",
                "board.local.heard",
            ),
        )
        if self._board is None:
            self._show()
            self._show_state()

    def _queue(self, local: LocalBoard) -> str:
        if not local.waiting:
            return self.tr("没有人等")
        longest = words.waited(local.waits_since, local.at)
        return self.tr("{0} 人，最久 {1}").format(local.waiting, longest)

    def _show(self) -> None:
        """Show the lines of the chosen kind; without the hall nobody knows of other offices nor of departments."""
        by = Grouping(self.by.currentData())
        owner = by is Grouping.OWNER
        self.queue.name_parts((words.queue(owner=owner),))
        self.table.setHorizontalHeaderLabels(list(words.board_heads(owner=owner)))
        self._show_lines(self._lines(by))

    def _lines(self, by: Grouping) -> tuple[Line, ...]:
        if self._board is None:
            rows = (self._local.row,) if self._local is not None else ()
            return {Grouping.WINDOW: windows(rows), Grouping.LEVEL: levels(rows)}.get(by, ())
        if by is Grouping.OWNER:
            return owners(self._board.owners)
        return windows(self._board.rows) if by is Grouping.WINDOW else levels(self._board.rows)

    def _show_lines(self, lines: tuple[Line, ...]) -> None:
        self.open.show_bars(
            tuple(
                Bar(
                    line.name,
                    (max(line.open - line.due_today - line.overdue, 0), line.due_today, line.overdue),
                )
                for line in lines
            )
        )
        self.queue.show_bars(tuple(Bar(line.name, (line.queue,)) for line in lines))
        self.table.show_rows([self._cells(line) for line in lines])

    def _cells(self, line: Line) -> tuple[Cell, ...]:
        at = now() if self._board is None else self._board.at
        waited = words.waited(line.oldest, at)
        return line.name, line.open, line.due_today, line.overdue, line.queue, waited

    # -- a file ------------------------------------------------------------------------------------------
    def _choose_file(self) -> None:
        if self._board is None:
            return
        name = f"board-{self._board.today:%Y%m%d}.xlsx"
        kinds = self.tr("工作簿 (*.xlsx);;表格文本 (*.csv)")
        chosen, _ = QFileDialog.getSaveFileName(self, self.tr("导出看板"), name, kinds)
        if chosen:
            self.export_to(chosen)

    def export_to(self, path: str) -> None:
        """Write the hall's board to a file, by window, level and department, in the words of the page."""
        board = self._board
        if board is None:
            return
        tables = tuple(
            Table(
                words.grouping(by.value),
                words.board_heads(owner=by is Grouping.OWNER),
                tuple(self._cells(line) for line in self._lines(by)),
            )
            for by in Grouping
        )
        file, day = (
            TableFile(self.tr("看板 {0}").format(minute(board.at)), tables),
            Span(board.today, board.today),
        )
        self._background.net(
            lambda: self._desk.export_report(file, path, day), self._exported, self.refused.emit
        )

    def _exported(self, path: str) -> None:
        self._why.setText(self.tr("已导出：{0}").format(breakable(path)))

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Ask while it is seen."""
        super().showEvent(event)
        self.refresh()
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Rest while it is not."""
        super().hideEvent(event)
        self._timer.stop()
