"""督办: what waits for a second person side by side, the board of the hall, reports, the handover of a shift."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from wire.evaluation import Stage
from wire.messages import Role
from wire.rights import STATION_ITSELF
from workstation.domain.approval import Wish
from workstation.domain.case import CaseStatus
from workstation.domain.failures import Failure, Refused
from workstation.services.desk import DeskApi
from workstation.services.views import CaseView, PrintView, ProposalOptions, ProposalView, StationView
from workstation.ui import text
from workstation.ui.background import Background
from workstation.ui.board.board_panel import BoardPanel
from workstation.ui.board.report_panel import ReportPanel
from workstation.ui.board.shift_panel import ShiftPanel
from workstation.ui.second.compare import Compare
from workstation.ui.second.propose_form import ProposeForm
from workstation.ui.second.reviews import Reviews
from workstation.ui.second.sign_box import SignBox
from workstation.ui.widgets.button import KeyButton
from workstation.ui.widgets.empty import Empty
from workstation.ui.widgets.printed import Printed
from workstation.ui.words.times import minute

REFRESH_MS = 2000
_LIST_PX = 330


class SupervisionPage(QWidget):
    """A tab for each, as far as the person's roles go; `refused` goes to the banner.

    The tray has its list on the left, what is chosen of it on the right.
    """

    refused = Signal(object)
    settled = Signal()  # a step went through: what was refused before is over
    served = Signal(str, object)  # case, wire.evaluation.Stage: the citizen may be asked what they think

    def __init__(
        self, desk: DeskApi, background: Background, station: StationView, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("supervisionPage")
        self.setAccessibleName(self.tr("督办"))
        self._desk = desk
        self._background = background
        self._roles = station.roles
        self._has_tray = bool({Role.CLERK, Role.AGENT, Role.SUPERVISOR} & set(station.roles))
        self._shown: tuple[ProposalView, ...] = ()
        self._case: CaseView | None = None
        self._busy = False
        self._trouble: Failure | None = None
        self.list = QListWidget(self)
        self.list.setObjectName("proposals.list")
        self.list.setAccessibleName(self.tr("等待会签"))
        self.list.setWordWrap(True)
        self.list.setFixedWidth(_LIST_PX)
        self.list.currentRowChanged.connect(self._choose)
        self.list.hide()
        self.compare = Compare(self)
        self.sign = SignBox(station.login, self)
        self.form = ProposeForm(self)
        self.printed = Printed("proposals.path", self)
        self.done = QLabel(self)
        self.done.setObjectName("proposals.done")
        self.done.setWordWrap(True)
        self.reviews = Reviews(desk, background, self) if Role.SUPERVISOR in station.roles else None
        self._lay_out()
        if self.reviews is not None:
            self.reviews.refused.connect(self.refused)
            self.reviews.settled.connect(self.settled)
            self.reviews.counted.connect(self._show_reviews)
        self.form.asked.connect(self._propose)
        self.form.given_up.connect(self._back)
        self.sign.signed.connect(self._sign)
        self.sign.declined.connect(lambda: self._end(decline=True))
        self.sign.withdrawn.connect(lambda: self._end(decline=False))
        self._timer = QTimer(self)
        self._timer.setInterval(REFRESH_MS)
        self._timer.timeout.connect(self.refresh)

    def _lay_out(self) -> None:
        title = QLabel(self.tr("督办"), self)
        title.setObjectName("pageTitle")
        self._note = QLabel(self)
        self._note.setObjectName("pageNote")
        head = self._head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(title)
        head.addSpacing(8)
        both = QWidget(self)
        column = QVBoxLayout(both)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        scroll = QScrollArea(both)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setWidget(self.compare)
        column.addWidget(scroll, 1)
        column.addWidget(self.sign)
        empty = Empty(
            self.tr("没有等待会签的"),
            self.tr("在“办件”里选一件，按 F7 提请不予受理、容缺、作废或恢复办理。"),
        )
        self._right = QStackedWidget(self)
        for part in (empty, both, self.form):
            self._right.addWidget(part)
        side = QVBoxLayout()
        side.setSpacing(8)
        side.addWidget(self.done)
        side.addWidget(self.printed)
        side.addWidget(self._right, 1)
        tray = QWidget(self)
        body = QHBoxLayout(tray)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(8)
        body.addWidget(self.list)
        body.addLayout(side, 1)
        self._panels = QStackedWidget(self)
        self._add_tabs(tray)
        page = QVBoxLayout(self)
        page.setContentsMargins(12, 10, 12, 12)
        page.setSpacing(8)
        page.addLayout(head)
        page.addWidget(self._panels, 1)
        self.done.hide()
        self.printed.hide()

    def _add_tabs(self, tray: QWidget) -> None:
        """The tabs of a person: what no role of theirs may do does not stand there."""
        roles = set(self._roles)
        at_the_counter = bool(roles & {Role.CLERK, Role.AGENT, Role.SUPERVISOR})
        watches = bool(roles & {Role.SUPERVISOR, Role.AUDITOR})
        self._tabs = QButtonGroup(self)
        if at_the_counter:
            self._add_tab("tray", self.tr("会签"), tray)
        else:
            tray.hide()
        if watches:
            board = BoardPanel(self._desk, self._background, self, may_export=Role.SUPERVISOR in roles)
            board.refused.connect(self.refused)
            self._add_tab("board", self.tr("看板"), board)
        if at_the_counter:
            report = ReportPanel(self._desk, self._background, self, may_export=Role.SUPERVISOR in roles)
            report.refused.connect(self.refused)
            self._add_tab("report", self.tr("报表"), report)
            shift = ShiftPanel(self._desk, self._background, self)
            shift.refused.connect(self.refused)
            shift.settled.connect(self.settled)
            self._add_tab("shift", self.tr("交接班"), shift)
        self._add_reviews()
        self._head.addWidget(self._note)
        self._head.addStretch(1)
        first = self._tabs.buttons()[0]
        first.setChecked(True)

    def _add_reviews(self) -> None:
        """The bad reviews; the tab says how many wait."""
        if self.reviews is None:
            return
        self.to_reviews = self._add_tab("reviews", self.tr("差评处理"), self.reviews)
        self._show_reviews(0)

    def _add_tab(self, name: str, words: str, panel: QWidget) -> KeyButton:
        at = self._panels.addWidget(panel) + 1
        # A function key is for the panel that is open: the tabs have keys that no panel uses.
        button = KeyButton(f"supervision.{name}", words, f"Alt+{at}", self)
        button.setProperty("list", True)
        button.setCheckable(True)
        button.clicked.connect(lambda: self._open_panel(panel))
        self._tabs.addButton(button)
        self._head.addWidget(button)
        return button

    def _open_panel(self, panel: QWidget) -> None:
        self._panels.setCurrentWidget(panel)
        if panel is self.reviews:
            self.reviews.refresh()
            self.reviews.focus()
        else:
            panel.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_tray(self) -> None:
        self._tabs.buttons()[0].click()

    def _show_reviews(self, open_ones: int) -> None:
        words = self.tr("差评处理（{0}）").format(open_ones) if open_ones else self.tr("差评处理")
        self.to_reviews.setText(f"{words}  Alt+{self._panels.count()}")

    # -- what the shell calls ----------------------------------------------------------------------------
    def begin(self, case: CaseView) -> None:
        """Somebody wants a second person for this case."""
        self._open_tray()
        self._case = case
        self._background.desk(
            lambda: self._desk.proposal_options(case.case),
            lambda options: self._open_form(case, options),
            self._not_done,
        )

    def _open_form(self, case: CaseView, options: ProposalOptions) -> None:
        self._clear_done()
        self.form.show_case(case, options)
        self._right.setCurrentWidget(self.form)

    def focus(self) -> None:
        """Put the focus where work begins."""
        if self._panels.currentIndex() or not self._has_tray:
            self._panels.currentWidget().setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._right.currentWidget() is not self.form:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- showing -----------------------------------------------------------------------------------------
    def refresh(self) -> None:
        """Fetch the tray."""
        if not self._has_tray:
            return
        self._background.desk(self._desk.proposals, self._fetched, self._not_fetched)

    def _fetched(self, proposals: tuple[ProposalView, ...]) -> None:
        self._trouble = None
        if proposals == self._shown:
            return
        chosen = self._chosen()
        self._shown = proposals
        self._note.setText(self.tr("{0} 件等待会签").format(len(proposals)) if proposals else "")
        self.list.setVisible(bool(proposals))  # an empty box beside the words that it is empty says nothing
        self.list.blockSignals(True)
        self.list.clear()
        for view in proposals:
            who = self.tr("本工位") if view.proposer == STATION_ITSELF else view.proposer
            words = f"{text.proposal_kind(view.kind)} · {view.receipt_no}\n{who} · {minute(view.proposed_at)}"
            self.list.addItem(QListWidgetItem(words))
        ids = [view.id for view in proposals]
        at = ids.index(chosen.id) if chosen is not None and chosen.id in ids else (0 if ids else -1)
        self.list.setCurrentRow(at)
        self.list.blockSignals(False)
        if self._right.currentWidget() is not self.form:
            same = chosen is not None and at >= 0 and chosen == proposals[at]
            if not same:
                self._choose(at)

    def _not_fetched(self, refused: Refused) -> None:
        # Once: a banner that comes back with every refresh could not be closed.
        if refused.failure is not self._trouble:
            self._trouble = refused.failure
            self.refused.emit(refused)

    def _chosen(self) -> ProposalView | None:
        row = self.list.currentRow()
        return self._shown[row] if 0 <= row < len(self._shown) else None

    def _choose(self, row: int) -> None:
        if not 0 <= row < len(self._shown):
            self._right.setCurrentIndex(0)
            return
        self.compare.show_proposal(self._shown[row])
        self.sign.show_proposal(self._shown[row])
        self._right.setCurrentIndex(1)

    def _back(self) -> None:
        self._case = None
        self._choose(self.list.currentRow())

    # -- doing -------------------------------------------------------------------------------------------
    def _propose(self, wish: Wish) -> None:
        case = self._case
        if case is None or self._busy:
            return
        self._busy = True
        self._background.desk(lambda: self._desk.propose(case.case, wish), self._proposed, self._not_proposed)

    def _not_proposed(self, refused: Refused) -> None:
        self._not_done(refused)
        if refused.failure is Failure.REASON_NEEDED:
            self.form.to_what_is_missing()

    def _proposed(self, made: ProposalView) -> None:
        self._busy = False
        self.settled.emit()
        self._case = None
        others = tuple(view for view in self._shown if view.id != made.id)
        self._right.setCurrentIndex(1)
        self._fetched((made, *others))
        self.list.setCurrentRow(0)
        self._choose(0)
        self.sign.login.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _sign(self, login: str, password: str) -> None:
        view = self._chosen()
        if view is None or self._busy:
            return
        self._busy = True
        self._background.desk(
            lambda: self._desk.approve(view.id, view.sha256, login, password),
            lambda done: self._signed(view, done),
            self._not_signed,
        )

    def _signed(self, view: ProposalView, done: tuple[CaseView, PrintView | None]) -> None:
        self._busy = False
        self.settled.emit()
        case, sheet = done
        self.sign.password.line.clear()
        self.done.setText(
            self.tr("已会签：{0}，{1} 现在是“{2}”。").format(
                text.proposal_kind(view.kind), case.receipt_no, text.status(case.status)
            )
        )
        self.done.show()
        if case.status is CaseStatus.NOT_ACCEPTED:
            self.served.emit(case.case, Stage.ACCEPTANCE)
        if sheet is not None:
            self.printed.show_print(sheet)
            if sheet.trouble is not None:
                self.refused.emit(Refused(sheet.trouble))
        else:
            self.printed.hide()
        self.refresh()

    def _end(self, *, decline: bool) -> None:
        view = self._chosen()
        if view is None or self._busy:
            return
        self._busy = True
        call = self._desk.decline if decline else self._desk.withdraw
        self._background.desk(lambda: call(view.id), self._ended, self._not_done)

    def _ended(self, left: tuple[ProposalView, ...]) -> None:
        self._busy = False
        self._fetched(left)

    def _not_signed(self, refused: Refused) -> None:
        self.sign.password.line.clear()
        self._not_done(refused)
        self.refresh()

    def _not_done(self, refused: Refused) -> None:
        self._busy = False
        self.refused.emit(refused)

    def _clear_done(self) -> None:
        self.done.hide()
        self.printed.hide()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Refresh while the page is seen."""
        super().showEvent(event)
        self.refresh()
        if self.reviews is not None:
            self.reviews.refresh()  # how many wait stands on the button
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Rest while it is not; a password that was begun is forgotten."""
        super().hideEvent(event)
        self._timer.stop()
        self.sign.password.line.clear()
        self._clear_done()
