"""One bad review on the right: what was said, what was done about it, and the next step; `taken` carries a step."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QFrame, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from wire.evaluation import Grade
from wire.reviews import ReviewDone, ReviewStep
from workstation.services.views import ReviewView
from workstation.ui import text
from workstation.ui.citizen.ink import InkView
from workstation.ui.widgets.button import KeyButton
from workstation.ui.widgets.facts import Facts
from workstation.ui.words import evaluation as words
from workstation.ui.words.times import minute


class ReviewForm(QFrame):
    """Shows no grade: that it was one of the lowest two is why it is here."""

    taken = Signal(str, object, str, object)  # order, ReviewStep, words, Grade or None

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self._view: ReviewView | None = None
        self.facts = Facts(self)
        self.ink = InkView(self)
        self.ink.setAccessibleName(self.tr("办事人手写的话"))
        self.history = QLabel(self)
        self.history.setObjectName("reviews.history")
        self.history.setWordWrap(True)
        self.step = QComboBox(self)
        self.step.setObjectName("reviews.step")
        self.step.setAccessibleName(self.tr("这一步"))
        self.grade = QComboBox(self)
        self.grade.setObjectName("reviews.grade")
        self.grade.setAccessibleName(self.tr("再评结果"))
        for code in Grade:
            self.grade.addItem(words.grade(code), code)
        for combo in (self.step, self.grade):
            combo.setMinimumHeight(32)
        self.words = QPlainTextEdit(self)
        self.words.setObjectName("reviews.text")
        self.words.setAccessibleName(self.tr("情况"))
        self.words.setTabChangesFocus(True)
        self.words.setFixedHeight(84)
        self.note = KeyButton("reviews.note", self.tr("记下这一步"), "F10", self)
        self.note.make_primary()
        self.note.clicked.connect(self._take)
        self.step.currentIndexChanged.connect(self._show_step)
        self._lay_out()

    def _lay_out(self) -> None:
        self._form = QFormLayout()
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        self._form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        self._form.setVerticalSpacing(8)
        for label, part in (
            (self.tr("这一步"), self.step),
            (self.tr("再评结果"), self.grade),
            (self.tr("情况"), self.words),
        ):
            self._form.addRow(label, part)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(10)
        column.addWidget(self.facts)
        column.addWidget(self.ink)
        column.addWidget(self.history)
        column.addLayout(self._form)
        column.addWidget(self.note, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)

    def show_review(self, view: ReviewView) -> None:
        """Show an order; what is being typed stays while it is the same one at the same step."""
        same = self._view is not None and self._view.order.id == view.order.id
        fresh = not same or self._view is None or self._view.order.done != view.order.done
        self._view = view
        order = view.order
        self.facts.show_facts(
            (
                (self.tr("被评价"), self._who(order.clerk, order.window)),
                (self.tr("环节"), f"{words.stage(order.stage)} · {minute(order.given_at)}"),
                (self.tr("办事人说"), text.listed(map(words.tag, order.tags)) or self.tr("没有选原因")),
                (self.tr("回访"), order.receipt_no or self.tr("不记名，不回访")),
                (self.tr("办理"), self._deadline(view)),
            )
        )
        self.ink.show_ink(order.ink)
        self.history.setText("\n".join(self._done(each) for each in order.done))
        self.history.setVisible(bool(order.done))
        open_ = order.closed_at is None
        for part in (self.step, self.words, self.note):
            part.setEnabled(open_)
        if fresh:
            self._offer(view)

    def _who(self, login: str, window: str) -> str:
        name = self._view.names.get(login, login) if self._view is not None else login
        return self.tr("{0} · {1} 号窗口").format(name, window)

    def _deadline(self, view: ReviewView) -> str:
        order = view.order
        who = view.names.get(order.assignee, order.assignee) or self.tr("还没有人：本站没有别的主管")
        if order.closed_at is not None:
            return self.tr("{0} · {1} 办结").format(who, minute(order.closed_at))
        if order.overdue:
            return self.tr("{0} · 期限 {1}，已逾期：今天核实、答复并办结，说明里写清拖延的原因").format(
                who, order.due.isoformat()
            )
        return self.tr("{0} · 期限 {1}").format(who, order.due.isoformat())

    def _done(self, each: ReviewDone) -> str:
        name = self._view.names.get(each.by, each.by) if self._view is not None else each.by
        said = f"{minute(each.at)}  {words.review_step(each.step)}  {name}"
        return f"{said}  {each.text}" if each.text else said

    def _offer(self, view: ReviewView) -> None:
        self.words.clear()
        self.step.clear()
        left = view.order.open_steps
        taken = {each.step for each in view.order.done}
        offered = left or (() if view.order.closed_at else (ReviewStep.CLOSED,))
        if left and ReviewStep.FIXED not in left:
            # What was explained may be mended as well.
            offered = (*left, *({ReviewStep.FIXED, ReviewStep.EXPLAINED} - taken))
        for step in offered:
            self.step.addItem(words.review_step(step), step)
        self._show_step()

    def _show_step(self) -> None:
        data = self.step.currentData()
        step = ReviewStep(data) if data is not None else None
        self._form.setRowVisible(self.grade, step is ReviewStep.REGRADED)
        self.words.setPlaceholderText(words.review_step_detail(step) if step is not None else "")

    def _take(self) -> None:
        view, data = self._view, self.step.currentData()
        if view is None or data is None:
            return
        step = ReviewStep(data)
        grade = Grade(self.grade.currentData()) if step is ReviewStep.REGRADED else None
        self.taken.emit(view.order.id, step, self.words.toPlainText(), grade)
