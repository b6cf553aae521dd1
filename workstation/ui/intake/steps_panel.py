"""The two steps, 收件 and 受理: what holds them back, the receipt number, and the slip that was printed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from wire.lifecycle import BEFORE_ACCEPTANCE
from workstation.domain.case import CaseStatus
from workstation.domain.counter_time import COUNTER_ZONE
from workstation.forms.model import GapPlace
from workstation.services.views import PrintView, VisitView
from workstation.ui import text


class StepsPanel(QFrame):
    """Receipt is not acceptance: two buttons, two slips."""

    receive_asked = Signal()
    accept_asked = Signal()
    gaps_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("steps")
        self._case = ""
        self._saved = _label(self, "steps.saved")
        self._saved.setProperty("quiet", True)
        self.held = _label(self, "steps.held")
        self.held.setWordWrap(True)
        self.state = _label(self, "steps.state")
        self.state.setProperty("strong", True)
        self.state.setWordWrap(True)
        self.receipt = _label(self, "steps.receipt")
        self.receipt.setProperty("big", True)
        self.receipt.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.slip = _label(self, "steps.slip")
        self.slip.setProperty("quiet", True)
        self.slip.setWordWrap(True)
        # A path has no blanks to break at; it must not widen the column.
        self.slip.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.slip.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.tell = _button(self, "intake.tell", self.tr("一次性告知单  F8"), self.tr("一次性告知单"))
        self.tell.setMinimumHeight(32)
        self.tell.clicked.connect(self.gaps_asked)
        self.receive = _button(self, "intake.receive", self.tr("收件  F9"), self.tr("收件"))
        self.receive.clicked.connect(self.receive_asked)
        self.accept = _button(self, "intake.accept", self.tr("受理  F10"), self.tr("受理"))
        self.accept.clicked.connect(self.accept_asked)
        for button in (self.tell, self.receive, self.accept):
            button.setAutoDefault(True)  # Enter presses it, as Space does.
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.receive, 1)
        buttons.addWidget(self.accept, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 8)
        column.setSpacing(4)
        for part in (self.state, self.receipt, self.slip, self.held):
            column.addWidget(part)
        column.addWidget(self.tell)
        column.addLayout(buttons)
        column.addWidget(self._saved)
        self.slip.hide()

    def show_visit(self, view: VisitView) -> None:
        """Show the step the visit is at and what may be done."""
        received = view.receipt_no is not None
        self.receive.setEnabled(view.may_receive)
        self.accept.setEnabled(view.may_accept)
        # A community station receives and forwards: there is nothing to accept with (domain.md 5.6).
        self.accept.setVisible(not view.receives_only)
        self.tell.setVisible(not received)
        self.receive.setProperty("primary", not received)
        self.accept.setProperty("primary", received)
        for button in (self.receive, self.accept):
            button.style().unpolish(button)
            button.style().polish(button)
        self.state.setText(self._state_words(view))
        self.state.setVisible(received)
        self.receipt.setText(_grouped(view.receipt_no or ""))
        self.receipt.setVisible(received)
        if view.case != self._case:
            self._case = view.case
            self.slip.hide()
        why = self._why_held(view)
        if why != self.held.text():
            self._set_stress(on=False)
        self.held.setText(why)
        self.held.setVisible(bool(why))
        saved = (
            view.saved_at.astimezone(COUNTER_ZONE).strftime("%H:%M:%S") if view.saved_at is not None else ""
        )
        self._saved.setText(self.tr("草稿已封存 {0}").format(saved) if saved and not received else "")
        self._saved.setVisible(bool(self._saved.text()))

    def stress_why(self) -> None:
        """Bring what holds the step back to the eye and to the screen reader."""
        self._set_stress(on=True)
        QAccessible.updateAccessibility(QAccessibleEvent(self.held, QAccessible.Event.Alert))

    def say_reason_waits(self) -> None:
        """A change waits for its reason: the step goes on once it is given or taken back."""
        self.held.setText(self.tr("有一处改动还没写理由：写好回车，或按 Esc 放弃改动"))
        self.held.setVisible(True)
        self.stress_why()

    def _set_stress(self, *, on: bool) -> None:
        if self.held.property("bad") != on:
            self.held.setProperty("bad", on)
            self.held.style().unpolish(self.held)
            self.held.style().polish(self.held)

    def _why_held(self, view: VisitView) -> str:
        """Say what holds the next step back, "" when nothing does."""
        if view.wrong_card:
            return self.tr("读卡器里不是办事人的卡，换回来再收件或受理")
        if view.receipt_no is None:
            return "" if view.may_receive else self._why_not_receive(view)
        return self._why_not_accept(view)

    def _why_not_accept(self, view: VisitView) -> str:
        if view.status is CaseStatus.CORRECTION_REQUIRED:
            return self.tr("等申请人补正，到“办件”里按“收到补正”再受理")
        if view.status in BEFORE_ACCEPTANCE and not view.may_accept:
            if view.receives_only:
                return self.tr("这个工位只收件；到“办件”转送受理单位")
            if view.gaps:
                return self.tr("还差 {0} 项，补齐才能受理").format(len(view.gaps))
            return self.tr("这个工位只收件，由街道受理")
        return ""

    def _why_not_receive(self, view: VisitView) -> str:
        if view.person is None:
            return self.tr("先读卡，没有卡按 F7")
        if view.title is None:
            return self.tr("先选事项")
        open_fields = sum(gap.place in (GapPlace.FORM, GapPlace.CONDITIONS) for gap in view.gaps)
        if open_fields:
            return self.tr("表单还差 {0} 项，填好就能收件").format(open_fields)
        return self.tr("还没有一份材料，收到才能收件")

    def _state_words(self, view: VisitView) -> str:
        if view.status is CaseStatus.RECEIVED:
            return (
                self.tr("已收件（临时号，等大厅登记），未受理")
                if view.provisional
                else self.tr("已收件，未受理")
            )
        if view.status in BEFORE_ACCEPTANCE and view.status is not None:
            return self.tr("{0}，未受理").format(text.status(view.status))
        return self.tr("已受理") if view.status is not None else ""

    def show_print(self, sheet: PrintView) -> None:
        """Say which sheet was made and where it is."""
        name = text.slip(sheet.kind)
        if sheet.held:
            self.slip.setText(self.tr("{0}等着先看再打：Ctrl+Shift+O 看，回车打印").format(name))
        elif sheet.trouble is None:
            breakable = sheet.path.replace("/", "/\u200b")
            self.slip.setText(self.tr("{0}已送打印：{1}").format(name, breakable))
        else:
            self.slip.setText(self.tr("{0}没有送到打印机，到“打印”里再送").format(name))
        self.slip.setToolTip(sheet.path)
        self.slip.setProperty("path", sheet.path)
        self.slip.show()


def _grouped(number: str) -> str:
    """Write a receipt number in its parts: station, day, window, sequence and check (domain.md 3.4)."""
    cuts = ((0, 6), (6, 12), (12, 14), (14, 19))
    return " ".join(part for part in (number[a:b] for a, b in cuts) if part)


def _label(parent: QWidget, name: str) -> QLabel:
    label = QLabel(parent)
    label.setObjectName(name)
    return label


def _button(parent: QWidget, name: str, words: str, accessible: str) -> QPushButton:
    button = QPushButton(words, parent)
    button.setObjectName(name)
    button.setMinimumHeight(40)
    button.setAccessibleName(accessible)
    return button
