"""差评 on 督办: the orders with their days, sums of the station, and one order to see to; for supervisors only."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from wire.evaluation import Grade, code_of
from wire.reviews import EvaluationSums, ReviewStep
from workstation.domain.failures import Refused
from workstation.services.desk import DeskApi
from workstation.services.views import ReviewsView, ReviewView
from workstation.ui import text
from workstation.ui.background import Background
from workstation.ui.second.review_form import ReviewForm
from workstation.ui.widgets.empty import Empty
from workstation.ui.widgets.mark import Sign, picture_of
from workstation.ui.words import evaluation as words

_LIST_PX = 330


class Reviews(QWidget):
    """Everything is the hall's: without it there is nothing to see here."""

    refused = Signal(object)
    settled = Signal()
    counted = Signal(int)  # open ones

    def __init__(self, desk: DeskApi, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._background = desk, background
        self._shown: tuple[ReviewView, ...] = ()
        self._busy = False
        self.sums = QLabel(self)
        self.sums.setObjectName("reviews.sums")
        self.sums.setWordWrap(True)
        self.list = QListWidget(self)
        self.list.setObjectName("reviews.list")
        self.list.setAccessibleName(self.tr("差评"))
        self.list.setWordWrap(True)
        self.list.setFixedWidth(_LIST_PX)
        self.list.currentRowChanged.connect(self._choose)
        self.form = ReviewForm(self)
        self.form.taken.connect(self._take)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setWidget(self.form)
        empty = Empty(
            self.tr("没有差评要处理"),
            self.tr("办事人给出最低两档评价时，大厅会派到这里，被评价的人看不到。"),
        )
        self._right = QStackedWidget(self)
        for part in (empty, scroll):
            self._right.addWidget(part)
        body = QHBoxLayout()
        body.setSpacing(8)
        body.addWidget(self.list)
        body.addWidget(self._right, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.sums)
        column.addLayout(body, 1)
        self.list.hide()
        self.sums.hide()

    def refresh(self) -> None:
        """Ask the hall."""
        self._background.net(self._desk.reviews, self._fetched, self.refused.emit)

    def focus(self) -> None:
        """Put the focus where work begins."""
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fetched(self, view: ReviewsView) -> None:
        self._busy = False
        chosen = self._chosen()
        self._shown = view.items
        self.counted.emit(sum(each.order.closed_at is None for each in view.items))
        self.sums.setText(_sums(view.sums))
        self.sums.show()
        self.list.setVisible(bool(view.items))
        self.list.blockSignals(True)
        self.list.clear()
        for each in view.items:
            self.list.addItem(_line(each))
        ids = [each.order.id for each in view.items]
        at = ids.index(chosen.order.id) if chosen is not None and chosen.order.id in ids else 0
        self.list.setCurrentRow(at if ids else -1)
        self.list.blockSignals(False)
        self._choose(at if ids else -1)

    def _chosen(self) -> ReviewView | None:
        row = self.list.currentRow()
        return self._shown[row] if 0 <= row < len(self._shown) else None

    def _choose(self, row: int) -> None:
        if 0 <= row < len(self._shown):
            self.form.show_review(self._shown[row])
            self._right.setCurrentIndex(1)
        else:
            self._right.setCurrentIndex(0)

    def _take(self, order: str, step: ReviewStep, said: str, grade: Grade | None) -> None:
        if self._busy:
            return
        self._busy = True
        desk = self._desk
        self._background.net(
            lambda: desk.handle_review(order, step, said, grade), self._taken, self._not_taken
        )

    def _taken(self, view: ReviewsView) -> None:
        self.settled.emit()
        self._fetched(view)

    def _not_taken(self, refused: Refused) -> None:
        self._busy = False
        self.refused.emit(refused)


def _line(view: ReviewView) -> QListWidgetItem:
    order = view.order
    sign = Sign.GOOD if order.closed_at is not None else Sign.BAD if order.overdue else Sign.OPEN
    name = view.names.get(order.assignee, order.assignee)
    item = QListWidgetItem(words.review_line(order, words.review_state(order), name))
    item.setIcon(picture_of(sign))
    return item


def _sums(sums: EvaluationSums) -> str:
    """Say how the station was rated; what is no sum yet is not told."""
    if not sums.told:
        return words.too_few(sums)
    counts = [(words.grade(grade), sums.grades.get(str(code_of(grade)), 0)) for grade in Grade]
    return words.sums(sums, text.listed(f"{name} {count}" for name, count in counts))
