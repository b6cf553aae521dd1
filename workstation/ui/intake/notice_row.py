"""What the citizen is told before the first look-up: one line, the whole text on demand, one key to note it."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from workstation.services.views import NoticeView, VisitView
from workstation.ui import text
from workstation.ui.widgets.mark import Mark, Sign


class NoticeRow(QFrame):
    """Hidden once it was given, and while nothing is to be asked. F6 gives it, for it is the key that asks."""

    given = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("noticeRow")
        self._case = ""
        mark = Mark(self)
        mark.show_sign(Sign.CARE)
        self.said = QLabel(self)
        self.said.setObjectName("notice.said")
        self.said.setWordWrap(True)  # how the citizen may say no stands at its end: it is never cut
        self.said.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.whole = QPushButton(self.tr("全文"), self)
        self.whole.setObjectName("notice.whole")
        self.whole.setCheckable(True)
        self.whole.setMinimumHeight(32)
        self.whole.setAutoDefault(True)
        self.whole.setAccessibleName(self.tr("显示告知全文"))
        self.give = QPushButton(self.tr("已告知，核验  F6"), self)
        self.give.setObjectName("notice.give")
        self.give.setMinimumHeight(32)
        self.give.setAutoDefault(True)
        self.give.setAccessibleName(self.tr("已把告知内容讲给办事人，开始核验"))
        self.give.clicked.connect(self.given)
        self.parts = QLabel(self)
        self.parts.setObjectName("notice.parts")
        self.parts.setWordWrap(True)
        self.parts.setTextFormat(Qt.TextFormat.RichText)
        self.parts.hide()
        self.whole.toggled.connect(self.parts.setVisible)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(mark)
        row.addWidget(self.said, 1)
        row.addWidget(self.whole)
        row.addWidget(self.give)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 4, 10, 4)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self.parts)
        self.hide()

    def show_visit(self, view: VisitView | None) -> None:
        """Show the notice of this visit until it was given."""
        notice = view.notice if view is not None else None
        if view is None or view.case != self._case:
            self._case = view.case if view is not None else ""
            self.whole.setChecked(False)
        wanted = (
            notice is not None and notice.given_at is None and view is not None and view.person is not None
        )
        if notice is not None and wanted:
            words = self.tr("先告知办事人：{0}").format(text.said(notice.short))
            self.said.setText(words)
            self.said.setToolTip(words)
            self.parts.setText(_whole(notice))
        self.setVisible(wanted)


def _whole(notice: NoticeView) -> str:
    lines = [f"<b>{escape(text.said(notice.title))}（{escape(notice.version)}）</b>"]
    lines += [f"<b>{escape(text.said(head))}</b>　{escape(text.said(body))}" for head, body in notice.parts]
    return "<br>".join(lines)
