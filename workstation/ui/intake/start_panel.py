"""Before anybody is there: what to do first, and the drafts left over."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from workstation.services.views import VisitView
from workstation.ui import text
from workstation.ui.intake.two_lines import ROW_PX, TwoLines


class StartPanel(QFrame):
    """An empty state that says what comes next."""

    resumed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("start")
        lead = QLabel(self.tr("把社会保障卡放上读卡器"), self)
        lead.setObjectName("emptyLead")
        lead.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        more = QLabel(self.tr("放上就读，也可按 F2。没有卡，按 F3 先选事项。"), self)
        more.setObjectName("emptyState")
        more.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._title = QLabel(self.tr("没办完的"), self)
        self._title.setObjectName("panelTitle")
        self.list = QListWidget(self)
        self.list.setObjectName("drafts.list")
        self.list.setAccessibleName(self.tr("没办完的草稿"))
        self.list.setFixedWidth(560)
        self.list.setItemDelegate(TwoLines(self.list))
        self.list.itemActivated.connect(lambda _: self._resume())
        self.button = QPushButton(self.tr("接着办"), self)
        self.button.setObjectName("drafts.resume")
        self.button.setMinimumHeight(36)
        self.button.setAccessibleName(self.tr("接着办这份草稿"))
        self.button.clicked.connect(self._resume)
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addStretch(2)
        column.addWidget(lead)
        column.addWidget(more)
        column.addSpacing(24)
        centre = Qt.AlignmentFlag.AlignHCenter
        column.addWidget(self._title, 0, centre)
        column.addWidget(self.list, 0, centre)
        column.addWidget(self.button, 0, centre)
        column.addStretch(3)
        self.show_drafts(())

    def show_drafts(self, drafts: tuple[VisitView, ...]) -> None:
        """List the drafts, newest first."""
        self.list.clear()
        for draft in drafts:
            item = QListWidgetItem(self._words(draft), self.list)
            item.setData(Qt.ItemDataRole.UserRole, draft.case)
        if drafts:
            self.list.setCurrentRow(0)
        self.list.setFixedHeight(ROW_PX * max(1, min(5, len(drafts))) + 4)
        for part in (self._title, self.list, self.button):
            part.setVisible(bool(drafts))

    def _words(self, draft: VisitView) -> str:
        who = draft.person.name if draft.person is not None else self.tr("未读卡")
        what = text.said(draft.title) if draft.title is not None else self.tr("未选事项")
        if draft.receipt_no is not None:
            below = self.tr("已收件，待受理  {0}").format(draft.receipt_no)
        else:
            below = self.tr("已填 {0}/{1} 项，还差 {2} 项").format(
                draft.fields_filled, draft.fields_total, len(draft.gaps)
            )
        return f"{who}  {what}\n{below}"

    def _resume(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            self.resumed.emit(str(item.data(Qt.ItemDataRole.UserRole)))
