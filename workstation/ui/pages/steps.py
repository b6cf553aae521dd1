"""办件 after the receipt: 补正告知, 收到补正, 撤回, 更正 - one case, the step that fits first."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from wire.corrections import Amendment, CorrectionGap, GapAnswer
from workstation.domain.approval import ProposalKind, Reason, Wish
from workstation.domain.failures import Failure, Refused
from workstation.services.desk import DeskApi
from workstation.services.step_views import StepOptions
from workstation.services.views import CaseView, PrintView
from workstation.ui import text
from workstation.ui.background import Background
from workstation.ui.steps.amend_form import AmendForm
from workstation.ui.steps.ask_form import AskForm
from workstation.ui.steps.take_form import TakeForm
from workstation.ui.steps.withdraw_form import WithdrawForm
from workstation.ui.widgets.button import KeyButton
from workstation.ui.widgets.printed import Printed

_ASK, _TAKE, _WITHDRAW, _AMEND, _NOTHING = range(5)


class StepsPage(QWidget):
    """`left` asks for the list again, with the case chosen; `proposed` leads to the tray of the second person."""

    refused = Signal(object)
    settled = Signal()
    left = Signal(str)
    proposed = Signal()

    def __init__(self, desk: DeskApi, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("stepsPage")
        self._desk, self._background = desk, background
        self._case = ""
        self._busy = False
        self._title = QLabel(self)
        self._title.setObjectName("pageTitle")
        self._note = QLabel(self)
        self._note.setObjectName("pageNote")
        self.ask, self.take = AskForm(self), TakeForm(self)
        self.withdraw, self.amend = WithdrawForm(self), AmendForm(self)
        self._nothing = QLabel(self)
        self._stack = QStackedWidget(self)
        for form in (self.ask, self.take, self.withdraw, self.amend, self._nothing):
            self._stack.addWidget(form)
        self._tabs = [
            self._tab("steps.ask", self.tr("补正告知"), _ASK),
            self._tab("steps.take", self.tr("收到补正"), _TAKE),
            self._tab("steps.withdraw", self.tr("撤回"), _WITHDRAW),
            self._tab("steps.amend", self.tr("更正"), _AMEND),
        ]
        self._group = QButtonGroup(self)
        for tab in self._tabs:
            self._group.addButton(tab)
        self.back = KeyButton("steps.back", self.tr("回到办件"), "Esc", self)
        self.back.clicked.connect(lambda: self.left.emit(self._case))
        self.printed = Printed("steps.path", self)
        self._lay_out()
        self.ask.asked.connect(self._ask)
        self.take.taken.connect(self._take)
        self.withdraw.withdrawn.connect(self._withdraw)
        self.amend.amended.connect(self._amend)
        self.amend.proposed.connect(self._propose)

    def _tab(self, name: str, words: str, at: int) -> QPushButton:
        tab = QPushButton(words, self)
        tab.setObjectName(name)
        tab.setCheckable(True)
        tab.setProperty("tab", True)
        tab.setMinimumHeight(32)
        tab.clicked.connect(lambda: self._open(at))
        return tab

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._title)
        head.addWidget(self._note)
        head.addStretch(1)
        head.addWidget(self.back)
        tabs = QHBoxLayout()
        tabs.setSpacing(8)
        for tab in self._tabs:
            tabs.addWidget(tab)
        tabs.addStretch(1)
        panel = QFrame(self)
        panel.setObjectName("panel")
        inside = QVBoxLayout(panel)
        inside.setContentsMargins(14, 12, 14, 12)
        inside.setSpacing(10)
        inside.addLayout(tabs)
        inside.addWidget(self.printed)
        inside.addWidget(self._stack, 1)
        page = QVBoxLayout(self)
        page.setContentsMargins(12, 10, 12, 12)
        page.setSpacing(8)
        page.addLayout(head)
        page.addWidget(panel, 1)
        self.printed.hide()

    # -- what the shell calls ----------------------------------------------------------------------------
    def begin(self, case: CaseView) -> None:
        """Take a case in hand."""
        self._case = case.case
        self._show_case(case)
        self.printed.hide()
        # No step of the case before stands there meanwhile, where F10 would hit it.
        self._nothing.setText("")
        self._open(_NOTHING)
        self._fetch(self._choose_first)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Leave nothing typed on a page that nobody looks at."""
        super().hideEvent(event)
        self.amend.clear()

    # -- showing -----------------------------------------------------------------------------------------
    def _show_case(self, case: CaseView) -> None:
        self._title.setText(text.said(case.title))
        version = self.tr("第 {0} 版").format(case.version) if case.version > 1 else ""
        parts = (case.receipt_no, version, case.applicant, text.status(case.status))
        self._note.setText("  ".join(part for part in parts if part))

    def _fetch(self, then: Callable[[StepOptions], None]) -> None:
        case = self._case
        self._background.desk(lambda: self._desk.step_options(case), then, self._not_done)

    def _fill(self, options: StepOptions) -> list[int]:
        open_ = [
            at
            for at, there in enumerate(
                (options.may_ask, options.may_take, bool(options.items), bool(options.fields))
            )
            if there
        ]
        for form in (self.ask, self.take, self.withdraw, self.amend):
            form.show_options(options)
        for at, tab in enumerate(self._tabs):
            tab.setVisible(at in open_)
        return open_

    def _choose_first(self, options: StepOptions) -> None:
        open_ = self._fill(options)
        self._nothing.setText(self.tr("这件办件现在没有可办的步骤。"))
        self._open(open_[0] if open_ else _NOTHING)

    def _choose_next(self, options: StepOptions) -> None:
        """A step is done: what else could be done stands there, and the keyboard is at the way back, for it is seldom wanted."""
        self._choose_first(options)
        self.back.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open(self, at: int) -> None:
        self._stack.setCurrentIndex(at)
        for number, tab in enumerate(self._tabs):
            self._group.setExclusive(at != _NOTHING)
            tab.setChecked(number == at)
        form = self._stack.currentWidget()
        if isinstance(form, (AskForm, TakeForm, WithdrawForm, AmendForm)):
            form.focus()

    # -- doing -------------------------------------------------------------------------------------------
    def _ask(self, gaps: tuple[CorrectionGap, ...]) -> None:
        case = self._case
        self._do(lambda: self._desk.ask_correction(case, gaps))

    def _take(self, answers: tuple[GapAnswer, ...]) -> None:
        case = self._case
        self._do(lambda: self._desk.take_correction(case, answers))

    def _withdraw(self, items: tuple[str, ...], words: str, signed_by: str) -> None:
        case = self._case
        self._do(lambda: self._desk.withdraw_case(case, items, words, signed_by))

    def _amend(self, changes: tuple[Amendment, ...], words: str) -> None:
        case = self._case
        self._do(lambda: self._desk.amend_receipt(case, changes, words))

    def _propose(self, changes: tuple[Amendment, ...], words: str) -> None:
        if self._busy:
            return
        self._busy = True
        case = self._case
        wish = Wish(ProposalKind.AMEND, Reason.WRITTEN_WRONG, words, changes=changes)
        self._background.desk(lambda: self._desk.propose(case, wish), self._was_proposed, self._not_done)

    def _was_proposed(self, _: object) -> None:
        self._busy = False
        self.settled.emit()
        self.proposed.emit()

    def _do(self, work: Callable[[], tuple[CaseView, PrintView | None]]) -> None:
        if self._busy:
            return
        self._busy = True
        self._background.desk(work, self._done, self._not_done)

    def _done(self, done: tuple[CaseView, PrintView | None]) -> None:
        self._busy = False
        view, sheet = done
        self.settled.emit()
        self._show_case(view)
        if sheet is not None:
            self.printed.show_print(sheet)
            if sheet.trouble is not None:
                self.refused.emit(Refused(sheet.trouble))
        self._fetch(self._choose_next)

    def _not_done(self, refused: Refused) -> None:
        self._busy = False
        self.refused.emit(refused)
        if refused.failure is Failure.CORRECTION_INCOMPLETE:
            self.ask.go_to(refused.details.get("paper", ""))
