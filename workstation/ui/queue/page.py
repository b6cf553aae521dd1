"""取号叫号: numbers are taken on the left, called on the right."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from workstation.domain.failures import Refused
from workstation.domain.queue import Matter, Ticket, TicketAct, TicketState
from workstation.services.desk import DeskApi
from workstation.services.queueing import QueueView
from workstation.services.views import PrintView
from workstation.ui.background import Background
from workstation.ui.transfer.lines import Lines
from workstation.ui.widgets.button import KeyButton
from workstation.ui.widgets.empty import Empty
from workstation.ui.widgets.mark import Sign
from workstation.ui.widgets.printed import Printed
from workstation.ui.words import queue as words
from workstation.ui.words.supervision import waited

REFRESH_MS = 2000
_TAKE = {Matter.APPLY: "F5", Matter.COLLECT: "F6", Matter.ASK: "F7"}
_SIGNS = {TicketState.WAITING: Sign.OPEN, TicketState.MISSED: Sign.CARE, TicketState.CALLED: Sign.BUSY}
T = TypeVar("T")


class QueuePage(QWidget):
    """No page of the rail: Ctrl+9 opens it, Esc goes back to where one was. `moved` carries how the queue stands."""

    refused = Signal(object)
    settled = Signal()
    left = Signal()
    moved = Signal(object)

    def __init__(self, desk: DeskApi, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("queuePage")
        self.setAccessibleName(self.tr("取号叫号"))
        self._desk, self._background = desk, background
        self._busy = self._asking = False
        self._called = ""
        self._tickets: dict[str, Ticket] = {}
        self._note = QLabel(self)
        self._note.setObjectName("pageNote")
        self.back = KeyButton("queue.back", self.tr("返回"), "Esc", self)
        self.back.clicked.connect(self.left)
        self.take = [self._take_button(matter, key) for matter, key in _TAKE.items()]
        self.printed = Printed("queue.path", self)
        heads = (self.tr("号"), self.tr("事由"), self.tr("情况"), self.tr("等了"))
        self.table = Lines("queue.table", self.tr("今天的号"), heads, 1, self)
        self.table.itemSelectionChanged.connect(self._picked)
        self._empty = Empty(self.tr("没有人在等"), self.tr("按 F5、F6 或 F7 取号。"), self.table.viewport())
        QVBoxLayout(self.table.viewport()).addWidget(self._empty)
        self.return_ = self._act(
            "queue.return", self.tr("过号的来了，叫他"), "F8", TicketAct.RECALL, chosen=True
        )
        self.gone = self._act("queue.gone", self.tr("走了"), "", TicketAct.LEAVE, chosen=True)
        self.number = QLabel(self)
        self.number.setObjectName("queue.number")
        self.number.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._about = QLabel(self)
        self._about.setObjectName("queue.about")
        self._about.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.call = KeyButton("queue.call", self.tr("叫下一号"), "F9", self)
        self.call.make_primary()
        self.call.clicked.connect(lambda: self._do(self._desk.call_next, self.show_queue))
        self.again = self._act("queue.again", self.tr("再叫一遍"), "F2", TicketAct.RECALL)
        self.miss = self._act("queue.miss", self.tr("过号"), "F3", TicketAct.MISS)
        self.serve = self._act("queue.serve", self.tr("办完"), "F10", TicketAct.SERVE)
        self._lay_out()
        self._timer = QTimer(self)
        self._timer.setInterval(REFRESH_MS)
        self._timer.timeout.connect(self.refresh)

    def _take_button(self, matter: Matter, key: str) -> KeyButton:
        button = KeyButton(f"queue.take.{matter.value}", words.matter(matter), key, self)
        button.clicked.connect(lambda: self._do(lambda: self._desk.take_ticket(matter), self._taken))
        return button

    def _act(self, name: str, said: str, key: str, act: TicketAct, *, chosen: bool = False) -> KeyButton:
        button = KeyButton(name, said, key, self)

        def do() -> None:
            ticket = self.table.chosen() if chosen else self._called
            if ticket:
                self._do(lambda: self._desk.move_ticket(ticket, act), self.show_queue)

        button.clicked.connect(do)
        return button

    def _lay_out(self) -> None:
        title = QLabel(self.tr("取号叫号"), self)
        title.setObjectName("pageTitle")
        head = QHBoxLayout()
        head.setSpacing(12)
        for part in (title, self._note):
            head.addWidget(part)
        head.addStretch(1)
        head.addWidget(self.back)
        takes = QHBoxLayout()
        takes.setSpacing(8)
        for button in self.take:
            takes.addWidget(button, 1)
        below = QHBoxLayout()
        below.addStretch(1)
        below.addWidget(self.gone)
        below.addWidget(self.return_)
        tickets = _panel(self, self.tr("取号"))
        tickets.addLayout(takes)
        tickets.addWidget(self.printed)
        tickets.addWidget(self.table, 1)
        tickets.addLayout(below)
        window = _panel(self, self.tr("在窗口"))
        window.addStretch(1)
        window.addWidget(self.number)
        window.addWidget(self._about)
        window.addStretch(1)
        for button in (self.call, self.again, self.miss, self.serve):
            window.addWidget(button)
        body = QHBoxLayout()
        body.setSpacing(8)
        for column, share in ((tickets, 3), (window, 2)):
            body.addWidget(column.parentWidget(), share)
        page = QVBoxLayout(self)
        page.setContentsMargins(12, 10, 12, 12)
        page.setSpacing(8)
        page.addLayout(head)
        page.addLayout(body, 1)

    # -- showing -----------------------------------------------------------------------------------------
    def focus(self) -> None:
        """Put the focus where the keys are for."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Ask how the queue stands, unless the last question is still under way."""
        if not self._asking:
            self._asking = True
            self._background.desk(self._desk.queue, self.show_queue, self._not_heard)

    def show_queue(self, view: QueueView) -> None:
        """Show how it stands."""
        self._asking = False
        self._called = view.called.id if view.called else ""
        self.number.setText(view.called.name if view.called else "—")
        self._about.setText(self._told(view))
        self._note.setText(self.tr("今天已办 {0} 个号").format(view.served))
        rows = (*view.waiting, *view.missed)
        self._tickets = {each.id: each for each in rows}
        self.table.show_lines([(each.id, _line(each, view), _SIGNS[each.state]) for each in rows])
        self._empty.setVisible(not rows)
        for button in (self.again, self.miss, self.serve):
            button.setVisible(bool(self._called))
        self.call.setVisible(bool(view.waiting))
        self._picked()
        self.moved.emit(view)

    def _told(self, view: QueueView) -> str:
        if view.called is None:
            return self.tr("窗口空着")
        return self.tr("{0} · 叫过 {1} 次").format(words.matter(view.called.matter), view.called.calls)

    def _picked(self) -> None:
        ticket = self._tickets.get(self.table.chosen())
        self.return_.setVisible(ticket is not None and ticket.state is TicketState.MISSED)
        self.gone.setVisible(ticket is not None)

    def _taken(self, taken: tuple[QueueView, PrintView]) -> None:
        self.printed.show_print(taken[1])
        self.show_queue(taken[0])
        if taken[1].trouble is not None:
            self.refused.emit(Refused(taken[1].trouble))

    def _not_heard(self, _: Refused) -> None:
        self._asking = False

    # -- doing -------------------------------------------------------------------------------------------
    def _do(self, work: Callable[[], T], then: Callable[[T], object]) -> None:
        if self._busy:
            return
        self._busy = True

        def done(answer: T) -> None:
            self._busy = False
            self.settled.emit()
            then(answer)

        def not_done(refused: Refused) -> None:
            self._busy = False
            self.refused.emit(refused)
            self.refresh()

        self._background.desk(work, done, not_done)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Refresh while the page is seen."""
        super().showEvent(event)
        self.printed.hide()
        self.refresh()
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Rest while it is not."""
        super().hideEvent(event)
        self._timer.stop()


def _line(ticket: Ticket, view: QueueView) -> tuple[str, ...]:
    return (ticket.name, words.matter(ticket.matter), words.state(ticket), waited(ticket.taken_at, view.at))


def _panel(parent: QWidget, title: str) -> QVBoxLayout:
    panel = QFrame(parent)
    panel.setObjectName("panel")
    head = QLabel(title, panel)
    head.setObjectName("panelTitle")
    column = QVBoxLayout(panel)
    column.setContentsMargins(12, 10, 12, 10)
    column.setSpacing(8)
    column.addWidget(head)
    return column
