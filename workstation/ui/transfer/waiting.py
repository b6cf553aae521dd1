"""待传: what goes by itself - since when, how often it was tried, why not yet, when next - and one key to try now."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from workstation.domain.counter_time import COUNTER_ZONE
from workstation.services.transfer_views import StepView, TransferView
from workstation.services.views import Link
from workstation.ui import text
from workstation.ui.transfer.lines import Lines
from workstation.ui.widgets.button import KeyButton
from workstation.ui.widgets.empty import Empty
from workstation.ui.widgets.mark import Sign
from workstation.ui.words import transfer as words
from workstation.ui.words.times import minute, now


class WaitingPart(QWidget):
    """Emits `hurried` when somebody wants it now."""

    hurried = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = Lines(
            "transfer.waiting",
            self.tr("待传"),
            (
                self.tr("步骤"),
                self.tr("收件号"),
                self.tr("申请人"),
                self.tr("经办"),
                self.tr("排队时间"),
                self.tr("已试"),
                self.tr("下次"),
                self.tr("原因"),
            ),
            7,
            self,
        )
        self.try_now = KeyButton("transfer.try_now", self.tr("立即重试"), "F5", self)
        self.try_now.make_primary()
        self.try_now.clicked.connect(self.hurried)
        self._note = QLabel(self)
        self._note.setObjectName("pageNote")
        self._note.setWordWrap(True)
        empty = Empty(
            self.tr("没有待传的，都到大厅了"), self.tr("新收的件会先排在这里，连着大厅时一两秒就传完。")
        )
        listed = QWidget(self)
        column = QVBoxLayout(listed)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.table, 1)
        foot = QHBoxLayout()
        foot.addWidget(self._note, 1)
        foot.addWidget(self.try_now)
        column.addLayout(foot)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(empty)
        self._stack.addWidget(listed)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(self._stack)

    def show_view(self, view: TransferView) -> None:
        """Show what waits."""
        self._stack.setCurrentIndex(1 if view.waiting else 0)
        self.table.show_lines([(each.event, self._line(each, view), _sign(each)) for each in view.waiting])
        shown = len(view.waiting)
        more = view.waiting_total - shown
        self._note.setText(
            self.tr("只列出最早的 {0} 条，后面还有 {1} 条。").format(shown, more)
            if more > 0
            else self.tr("连上大厅后按办件的先后自动传，不用守着。")
        )

    def _line(self, each: StepView, view: TransferView) -> tuple[str, ...]:
        why = words.trouble(each.trouble)
        if each.behind:
            why = self.tr("同一办件前面有一条要处理")
        elif view.link is Link.REFUSED:
            why = words.link_trouble(view.trouble) or text.link(view.link)
        elif view.link is not Link.UP:
            why = text.link(view.link)
        elif not why:
            why = self.tr("大厅恢复后重报") if each.again else self.tr("等待发送")
        # Without the hall the whole queue is tried again, at most a minute apart (sync/pace); a time that is over says nothing.
        following = self.tr("随时") if view.link is Link.UP else self.tr("一分钟内")
        line = view.next_at if view.link is not Link.UP else None
        times = [at for at in (line if line and line > now() else None, each.next_at) if at is not None]
        if times:
            following = f"{max(times).astimezone(COUNTER_ZONE):%H:%M:%S}"
        return (
            words.step(each.kind),
            words.whose(each.kind, each.receipt_no),
            each.applicant,
            each.by,
            minute(each.queued_at),
            self.tr("{0} 次").format(each.tries),
            self.tr("先处理前面的") if each.behind else following,
            why,
        )

    def focus(self) -> None:
        """Put the focus where work begins."""
        (self.table if self._stack.currentIndex() else self).setFocus(Qt.FocusReason.OtherFocusReason)


def _sign(each: StepView) -> Sign:
    if each.behind:
        return Sign.CARE
    return Sign.CARE if each.trouble else Sign.BUSY
