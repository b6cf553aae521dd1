"""What is still to do, each line leading to its place, and the dates an acceptance today would promise."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QListWidget, QListWidgetItem, QSizePolicy, QVBoxLayout, QWidget

from wire.lifecycle import BEFORE_ACCEPTANCE
from workstation.domain.counter_time import today_at
from workstation.forms.model import GapPlace
from workstation.services.views import GapView, PromiseView, VisitView
from workstation.ui import text
from workstation.ui.intake.two_lines import ROW_PX, TwoLines
from workstation.ui.words import dates

_ROW_PX = 26
_WITHOUT_SCROLLING = 6
_AROUND_PX = 28  # margins of the panel and of a line


class GapsPanel(QFrame):
    """Two lists; the first is worked by click or Enter."""

    jumped = Signal(str, str)  # place, key

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("gaps")
        self._gaps: tuple[GapView, ...] = ()
        self.title = QLabel(self)
        self.title.setObjectName("panelTitle")
        self.list = QListWidget(self)
        self.list.setObjectName("gaps.list")
        self.list.setAccessibleName(self.tr("还差什么"))
        # What is missing and what to do about it is read to its end: in two lines where one does not do.
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # The list takes what is left: where banners make the page short, nothing is painted over anything.
        self.list.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.list.itemClicked.connect(self._jump)
        self.list.itemActivated.connect(self._jump)
        self._promised = QLabel(self)
        self._promised.setObjectName("panelTitle")
        self._promised.setWordWrap(True)
        self.promises = QListWidget(self)
        self.promises.setObjectName("promises.list")
        self.promises.setAccessibleName(self.tr("承诺时限"))
        self.promises.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.promises.setSelectionMode(QListWidget.SelectionMode.NoSelection)
        self.promises.setItemDelegate(TwoLines(self.promises))
        self.promises.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 6, 10, 6)
        column.setSpacing(4)
        column.addWidget(self.title)
        column.addWidget(self.list, 1)
        column.addWidget(self._promised)
        # 收件 is not 受理: how long somebody may say nothing stands below what an acceptance would mean.
        self.silence = QLabel(self)
        self.silence.setObjectName("promises.silence")
        self.silence.setProperty("quiet", True)
        self.silence.setWordWrap(True)
        column.addWidget(self.promises)
        column.addWidget(self.silence)

    def show_visit(self, view: VisitView) -> None:
        """List the gaps and the dates; the line that was marked stays marked."""
        if view.gaps != self._gaps or not self.title.text():
            self._list_gaps(view.gaps)
        accepted = view.status is not None and view.status not in BEFORE_ACCEPTANCE
        self._promised.setText(self.tr("承诺时限") if accepted else dates.whole(view.what_if))
        self._promised.setVisible(bool(view.promises))
        silence = "" if accepted else dates.silence(view.what_if)
        self.silence.setText(silence)
        self.silence.setVisible(bool(silence))
        today = view.what_if.today if view.what_if is not None else today_at(view.opened_at)
        self.promises.clear()
        self.promises.setVisible(bool(view.promises))
        for promise in view.promises:
            words = f"{text.said(promise.item)}\n{self._promise_words(promise, today)}"
            item = QListWidgetItem(words)
            item.setToolTip("\n".join(filter(None, (words, dates.by_law(promise)))))
            self.promises.addItem(item)
        row = max(ROW_PX, self.promises.sizeHintForRow(0))
        around = 2 * self.promises.frameWidth()
        self.promises.setMinimumHeight(row + around)
        self.promises.setMaximumHeight(row * max(1, min(3, len(view.promises))) + around)

    def _list_gaps(self, gaps: tuple[GapView, ...]) -> None:
        marked = self.list.currentRow()
        self._gaps = gaps
        self.list.clear()
        for gap in gaps:
            label, problem = text.said(gap.label), text.problem(gap.problem)
            words = label if gap.place is GapPlace.CONDITIONS else self.tr("{0}：{1}").format(label, problem)
            item = QListWidgetItem(words)
            item.setSizeHint(QSize(0, self._height(words, scrolled=len(gaps) > _WITHOUT_SCROLLING)))
            place, key = (GapPlace.FORM, gap.field) if gap.field else (gap.place, gap.key)
            item.setData(Qt.ItemDataRole.UserRole, (place.value, key))
            item.setToolTip(words)
            self.list.addItem(item)
        self.list.setMinimumHeight(_ROW_PX * min(len(gaps), 2) + 2 * self.list.frameWidth())
        if marked >= 0:
            self.list.setCurrentRow(min(marked, self.list.count() - 1))
        self.title.setText(self.tr("还差 {0} 项").format(len(gaps)) if gaps else self.tr("齐了，没有缺项"))

    def _promise_words(self, promise: PromiseView, today: date) -> str:
        if promise.due is not None:
            return dates.of_item(promise, today)
        if promise.limit is not None and promise.limit.n < 0:
            return self.tr("没有约定期限")
        if promise.after:
            return self.tr("待{0}办结").format(text.listed(text.said(after) for after in promise.after))
        return self.tr("工作日表没有那一天，算不出")

    def _jump(self, item: QListWidgetItem) -> None:
        place, key = item.data(Qt.ItemDataRole.UserRole)
        self.jumped.emit(place, key)

    def _height(self, words: str, *, scrolled: bool) -> int:
        """One line, or as many as the words take."""
        bar = self.list.verticalScrollBar().sizeHint().width() if scrolled else 0
        room = self.maximumWidth() - _AROUND_PX - bar
        metrics = self.list.fontMetrics()
        # As the list itself breaks lines: an English word is not cut, so it may need one line more.
        lines = (
            metrics.boundingRect(QRect(0, 0, room, 0), Qt.TextFlag.TextWordWrap, words).height()
            // metrics.height()
        )
        return _ROW_PX + (max(1, lines) - 1) * metrics.height()
