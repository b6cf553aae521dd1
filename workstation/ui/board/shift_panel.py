"""日结交接班: the figures of the shift, signed by both persons at this desk; below them the shifts before, for the next one to
confirm."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QVBoxLayout,
    QWidget,
)

from workstation.domain.failures import Failure, Refused
from workstation.services.desk import DeskApi
from workstation.services.handover import HandoverView, ShiftView
from workstation.services.views import PrintView
from workstation.ui.background import Background
from workstation.ui.widgets.button import KeyButton
from workstation.ui.widgets.facts import Facts
from workstation.ui.widgets.line_edit import LabelledLine
from workstation.ui.widgets.panel import titled_panel
from workstation.ui.widgets.printed import Printed
from workstation.ui.words import supervision as words
from workstation.ui.words.breaks import in_fours
from workstation.ui.words.times import minute

REFRESH_MS = 5000
_BEFORE_PX = 430
_DONE = 7  # the first figures are what was done, the others what is in hand


class ShiftPanel(QWidget):
    """`refused` goes to the banner; `settled` says that a step went through."""

    refused = Signal(object)
    settled = Signal()

    def __init__(self, desk: DeskApi, background: Background, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._background = background
        self._shift: ShiftView | None = None
        self._busy = False
        self._trouble: Failure | None = None
        self.span = QLabel(self)
        self.span.setObjectName("shift.span")
        self.span.setProperty("note", True)
        self._done, self._in_hand = Facts(self), Facts(self)
        self.remark = QLineEdit(self)
        self.remark.setObjectName("shift.remark")
        self.remark.setAccessibleName(self.tr("交接说明"))
        self.remark.setPlaceholderText(self.tr("交接说明，可以不填；不写群众的姓名和号码"))
        self.remark.setMaxLength(200)
        self.login = LabelledLine("shift.login", self.tr("会签人账号"), self)
        self.password = LabelledLine("shift.password", self.tr("会签人密码"), self, secret=True)
        self.login.line.entered.connect(self.password.line.setFocus)
        self.setFocusProxy(self.login.line)
        self.password.line.entered.connect(self._sign)
        self.sign = KeyButton("shift.sign", self.tr("会签并打印交接单"), "F9", self)
        self.sign.make_primary()
        self.sign.clicked.connect(self._sign)
        self.by_card = KeyButton("shift.card", self.tr("用操作员卡会签"), "", self)
        self.by_card.clicked.connect(lambda: self._hand_over(self.login.text().strip(), ""))
        self.printed = Printed("shift.path", self)
        self.printed.hide()
        self.before = QListWidget(self)
        self.before.setObjectName("shift.before")
        self.before.setAccessibleName(self.tr("交接记录"))
        self.before.setWordWrap(True)
        self.before.currentRowChanged.connect(self._choose)
        self.one = Facts(self)
        self.take = KeyButton("shift.take", self.tr("接班确认"), "F8", self)
        self.take.clicked.connect(self._take)
        self.take.hide()
        self._lay_out()
        self._timer = QTimer(self)
        self._timer.setInterval(REFRESH_MS)
        self._timer.timeout.connect(self.refresh)

    def _lay_out(self) -> None:
        both = QWidget(self)
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(24)
        for part in (self._done, self._in_hand):
            row.addWidget(part, 1, Qt.AlignmentFlag.AlignTop)
        signing = QFrame(self)
        signing.setObjectName("panel")
        note = QLabel(
            self.tr(
                "交班人是现在登录的人；另一位（接班人或主管）看过数字，在这里用自己的账号会签。本窗口不收现金。"
            ),
            signing,
        )
        note.setProperty("note", True)
        note.setWordWrap(True)
        lines = QHBoxLayout()
        lines.setSpacing(8)
        lines.addWidget(self.login, 1)
        lines.addWidget(self.password, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.sign, self.by_card):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(signing)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(8)
        column.addWidget(note)
        column.addWidget(self.remark)
        column.addLayout(lines)
        column.addLayout(buttons)
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(titled_panel(self.tr("这一班"), self.span, both, parent=self))
        left.addWidget(signing)
        left.addWidget(self.printed)
        left.addStretch(1)
        side = titled_panel(self.tr("交接记录"), self.before, self.one, self.take, parent=self)
        side.setFixedWidth(_BEFORE_PX)
        page = QHBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(8)
        page.addLayout(left, 1)
        page.addWidget(side)

    # -- showing -----------------------------------------------------------------------------------------
    def refresh(self) -> None:
        """Ask for the figures."""
        if not self._busy:
            self._background.desk(self._desk.shift, self._show, self._not_fetched)

    def _not_fetched(self, refused: Refused) -> None:
        # Once: a banner that comes back with every refresh could not be closed.
        if refused.failure is not self._trouble:
            self._trouble = refused.failure
            self.refused.emit(refused)

    def _show(self, shift: ShiftView) -> None:
        self._trouble = None
        before = self._shift.before if self._shift is not None else None
        self._shift = shift
        self.span.setText(self.tr("{0} 起，到现在").format(minute(shift.since)))
        figures = words.figures(shift.figures)
        self._done.show_facts(figures[:_DONE])
        self._in_hand.show_facts(figures[_DONE:])
        if shift.before != before:
            row = self.before.currentRow()
            self.before.clear()
            self.before.addItems([_line(each) for each in shift.before])
            self.before.setVisible(bool(shift.before))
            self.before.setCurrentRow(min(max(row, 0), len(shift.before) - 1))
        self._choose(self.before.currentRow())

    def _chosen(self) -> HandoverView | None:
        row, shift = self.before.currentRow(), self._shift
        return shift.before[row] if shift is not None and 0 <= row < len(shift.before) else None

    def _choose(self, _row: int) -> None:
        view = self._chosen()
        if view is None:
            self.one.show_facts([(self.tr("还没有交接过。"), "")])
            self.take.hide()
            return
        made = view.handover
        facts = [
            (self.tr("收件"), f"{made.figures.received:,}"),
            (self.tr("受理"), f"{made.figures.accepted:,}"),
            (self.tr("打印张数"), f"{made.figures.printed:,}"),
            (self.tr("在办"), f"{made.figures.open:,}"),
            (self.tr("草稿"), f"{made.figures.drafts:,}"),
            (self.tr("会签人"), view.second),
            (self.tr("单号"), made.serial),
            (self.tr("内容指纹"), in_fours(made.sha256[:16])),
        ]
        if made.remark:
            facts.insert(5, (self.tr("说明"), made.remark))
        if made.taken_at is not None:
            facts.append((self.tr("接班"), self.tr("{0}，{1}").format(view.taken_by, minute(made.taken_at))))
        self.one.show_facts(facts)
        self.take.setVisible(view.may_take)

    # -- doing -------------------------------------------------------------------------------------------
    def _sign(self) -> None:
        login, password = self.login.text().strip(), self.password.text()
        if login and password:
            self._hand_over(login, password)
        else:
            (self.password if login else self.login).line.setFocus()

    def _hand_over(self, login: str, password: str) -> None:
        seen, remark = self._shift, self.remark.text()
        if seen is None or self._busy:
            return
        if not login:
            self.login.line.setFocus()
            return
        self._busy = True
        self._background.desk(
            lambda: self._desk.hand_over(seen, remark, login, password), self._handed_over, self._not_done
        )

    def _handed_over(self, done: tuple[ShiftView, PrintView]) -> None:
        self._busy = False
        self.settled.emit()
        shift, sheet = done
        for line in (self.remark, self.login.line, self.password.line):
            line.clear()
        self._show(shift)
        self.before.setCurrentRow(0)
        self.printed.show_print(sheet)
        if sheet.trouble is not None:
            self.refused.emit(Refused(sheet.trouble))

    def _take(self) -> None:
        view = self._chosen()
        if view is None or self._busy or not view.may_take:
            return
        self._busy = True
        self._background.desk(lambda: self._desk.take_shift(view.handover.id), self._taken, self._not_done)

    def _taken(self, shift: ShiftView) -> None:
        self._busy = False
        self.settled.emit()
        self._show(shift)

    def _not_done(self, refused: Refused) -> None:
        self._busy = False
        self.password.line.clear()
        self.refused.emit(refused)
        self.refresh()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Refresh while it is seen."""
        super().showEvent(event)
        self.refresh()
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Rest while it is not; a password that was begun is forgotten."""
        super().hideEvent(event)
        self._timer.stop()
        self.password.line.clear()
        self.printed.hide()


def _line(view: HandoverView) -> str:
    made = view.handover
    return f"{minute(made.at)}  {view.first}\n{words.handover_state(made.state)}"
