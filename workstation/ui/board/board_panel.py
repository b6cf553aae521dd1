"""看板: all counters of the hall as bars and as a table; without the hall what this workstation knows, with its age."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from wire.board import BoardRow, HallBoard
from workstation.domain.failures import Refused
from workstation.services.board import LocalBoard
from workstation.services.desk import DeskApi
from workstation.ui import text
from workstation.ui.background import Background
from workstation.ui.board.bars import Bar, Bars
from workstation.ui.board.numbers_table import NumbersTable
from workstation.ui.widgets.chip import Chip
from workstation.ui.widgets.facts import Facts
from workstation.ui.widgets.mark import Sign
from workstation.ui.widgets.panel import titled_panel
from workstation.ui.words import supervision as words
from workstation.ui.words.times import age, minute, now

REFRESH_MS = 30_000


class BoardPanel(QWidget):
    """Asks the hall twice a minute while it is seen; `refused` takes what is wrong with this workstation's own numbers."""

    refused = Signal(object)

    def __init__(self, desk: DeskApi, background: Background, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._background = background
        self._board: HallBoard | None = None
        self._away: Refused | None = None
        self._asking = False
        self.state = Chip("board.state", self)
        self._why = QLabel(self)
        self._why.setObjectName("board.why")
        self._why.setProperty("note", True)
        self._why.setWordWrap(True)
        legend = (self.tr("在办"), self.tr("今天到期"), self.tr("超期"))
        self.open = Bars("board.open", legend, self)
        self.queue = Bars("board.queue", (self.tr("等受理"),), self)
        heads = (
            self.tr("窗口"),
            self.tr("在办"),
            self.tr("今天到期"),
            self.tr("超期"),
            self.tr("等受理"),
            self.tr("最久已等"),
        )
        self.table = NumbersTable("board.table", self.tr("各窗口在办情况"), heads, self)
        self.setFocusProxy(self.table)
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
        column.addWidget(titled_panel(self.tr("各窗口在办"), self.open, parent=charts))
        column.addWidget(titled_panel(self.tr("各窗口等受理"), self.queue, parent=charts))
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
        head.addWidget(self.state)
        head.addWidget(self._why, 1)
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
        self._show_rows(board.rows, several=len({row.station for row in board.rows}) > 1)
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
        row = local.row
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
            self._show_rows((row,), several=False)
            self._show_state()

    def _queue(self, local: LocalBoard) -> str:
        if not local.waiting:
            return self.tr("没有人等")
        longest = words.waited(local.waits_since, local.at)
        return self.tr("{0} 人，最久 {1}").format(local.waiting, longest)

    def _show_rows(self, rows: tuple[BoardRow, ...], *, several: bool) -> None:
        at = now() if self._board is None else self._board.at
        names = [self._name(row, several=several) for row in rows]
        self.open.show_bars(
            tuple(
                Bar(name, (max(row.open - row.due_today - row.overdue, 0), row.due_today, row.overdue))
                for name, row in zip(names, rows, strict=True)
            )
        )
        self.queue.show_bars(tuple(Bar(name, (row.queue,)) for name, row in zip(names, rows, strict=True)))
        self.table.show_rows(
            [
                (name, row.open, row.due_today, row.overdue, row.queue, words.waited(row.oldest, at))
                for name, row in zip(names, rows, strict=True)
            ]
        )

    def _name(self, row: BoardRow, *, several: bool) -> str:
        window = self.tr("{0} 号窗口").format(row.window) if row.window else self.tr("本工位")
        return f"{row.station_name} {window}" if several else window

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Ask while it is seen."""
        super().showEvent(event)
        self.refresh()
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Rest while it is not."""
        super().hideEvent(event)
        self._timer.stop()
