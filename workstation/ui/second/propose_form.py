"""The first person's wish: what, why in a code and in words, and for a paper that may come later until when."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDateEdit,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from workstation.domain.approval import REASONS, ProposalKind, Reason, Wish
from workstation.services.views import CaseView, ProposalOptions
from workstation.ui import text
from workstation.ui.widgets.button import KeyButton


class ProposeForm(QFrame):
    """`asked` carries the Wish."""

    asked = Signal(object)
    given_up = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self._options = ProposalOptions((), ())
        self.title = QLabel(self)
        self.title.setObjectName("panelTitle")
        self.title.setWordWrap(True)
        self.kind = _combo("propose.kind", self.tr("要办的"), self)
        self.reason = _combo("propose.reason", self.tr("理由"), self)
        self.reason.setPlaceholderText(self.tr("选一条理由"))
        self.words = QPlainTextEdit(self)
        self.words.setObjectName("propose.text")
        self.words.setAccessibleName(self.tr("说明"))
        self.words.setTabChangesFocus(True)
        self.words.setPlaceholderText(self.tr("写明这一件的情况，会印在通知书上或留在记录里"))
        self.words.setFixedHeight(96)
        self.body = QLineEdit(self)
        self.body.setObjectName("propose.body")
        self.body.setAccessibleName(self.tr("该找的机关"))
        self.paper = _combo("propose.paper", self.tr("容缺材料"), self)
        self.until = QDateEdit(self)
        self.until.setObjectName("propose.until")
        self.until.setAccessibleName(self.tr("补交期限"))
        self.until.setDisplayFormat("yyyy-MM-dd")
        self.until.setMinimumHeight(32)
        self.effect = QLabel(self)
        self.effect.setObjectName("caption")
        self.effect.setWordWrap(True)
        self.submit = KeyButton("propose.submit", self.tr("提请"), "F10", self)
        self.submit.make_primary()
        self.submit.clicked.connect(self._submit)
        self.give_up = KeyButton("propose.giveup", self.tr("不提了"), "Esc", self)
        self.give_up.clicked.connect(self.given_up)
        self._lay_out()
        self.kind.currentIndexChanged.connect(self._show_kind)
        self.reason.currentIndexChanged.connect(self._show_reason)
        self.paper.currentIndexChanged.connect(self._show_paper)

    def _lay_out(self) -> None:
        self._form = QFormLayout()
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        self._form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        self._form.setVerticalSpacing(8)
        for label, part in (
            (self.tr("要办的"), self.kind),
            (self.tr("理由"), self.reason),
            (self.tr("该找的机关"), self.body),
            (self.tr("容缺材料"), self.paper),
            (self.tr("补交期限"), self.until),
            (self.tr("说明"), self.words),
        ):
            self._form.addRow(label, part)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.submit)
        buttons.addWidget(self.give_up)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(10)
        column.addWidget(self.title)
        column.addLayout(self._form)
        column.addWidget(self.effect)
        column.addLayout(buttons)
        column.addStretch(1)

    def show_case(self, case: CaseView, options: ProposalOptions) -> None:
        """Begin a wish for a case."""
        self._options = options
        self.title.setText(f"{text.said(case.title)}  {case.receipt_no}  {case.applicant}")
        self.words.clear()
        self.body.clear()
        self.paper.clear()
        for paper, name, _ in options.papers:
            self.paper.addItem(text.said(name), paper)
        self.kind.clear()
        for kind in options.kinds:
            self.kind.addItem(text.proposal_kind(kind), kind)
        self.submit.setEnabled(bool(options.kinds))
        if not options.kinds:
            self.effect.setText(self.tr("这件办件现在没有可提请的。"))
        self.kind.setFocus(Qt.FocusReason.OtherFocusReason)

    def to_what_is_missing(self) -> None:
        """Go to the place that the refusal speaks of: the other body where it is asked for, else the words."""
        asked = not self.body.isHidden() and not self.body.text().strip()
        (self.body if asked else self.words).setFocus(Qt.FocusReason.OtherFocusReason)

    def wish(self) -> Wish:
        """Return what stands in the form."""
        kind = ProposalKind(self.kind.currentData())
        tolerate = kind is ProposalKind.TOLERATE
        day = self.until.date()
        return Wish(
            kind=kind,
            reason=Reason(self.reason.currentData()),
            text=self.words.toPlainText(),
            competent_body=self.body.text() if not self.body.isHidden() else "",
            material=str(self.paper.currentData() or "") if tolerate else "",
            until=_day(day) if tolerate else None,
        )

    def _submit(self) -> None:
        if self.reason.currentData() is None:
            self.effect.setText(self.tr("先选一条理由。"))
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.asked.emit(self.wish())

    def _show_kind(self) -> None:
        data = self.kind.currentData()
        if data is None:
            return
        kind = ProposalKind(data)
        self.reason.clear()
        for reason in REASONS[kind]:
            self.reason.addItem(text.reason(reason), reason)
        if self.reason.count() > 1:
            # The ground of a refusal is law: nobody signs the one that happened to stand first.
            self.reason.setCurrentIndex(-1)
        tolerate = kind is ProposalKind.TOLERATE
        self._form.setRowVisible(self.paper, tolerate)
        self._form.setRowVisible(self.until, tolerate)
        self.effect.setText(text.proposal_effect(kind))

    def _show_reason(self) -> None:
        competent = self.reason.currentData() == Reason.NOT_COMPETENT
        self._form.setRowVisible(self.body, competent)

    def _show_paper(self) -> None:
        last = next(
            (day for paper, _, day in self._options.papers if paper == self.paper.currentData()), None
        )
        if last is not None:
            end = QDate(last.year, last.month, last.day)
            self.until.setDateRange(min(QDate.currentDate(), end), end)
            self.until.setDate(end)


def _day(day: QDate) -> date:
    return date(day.year(), day.month(), day.day())


def _combo(name: str, label: str, parent: QWidget) -> QComboBox:
    made = QComboBox(parent)
    made.setObjectName(name)
    made.setAccessibleName(label)
    made.setMinimumHeight(32)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return made
