"""Before anybody is there: what to do first, and the drafts left over."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from workstation.services.views import VisitView
from workstation.ui import text
from workstation.ui.intake.two_lines import ROW_PX, TwoLines
from workstation.ui.words.times import minute

SURE_MS = 4000


class StartPanel(QFrame):
    """An empty state that says what comes next."""

    resumed = Signal(str)
    discarded = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("start")
        self._received: set[str] = set()
        lead = QLabel(self.tr("把社会保障卡放上读卡器"), self)
        lead.setObjectName("emptyLead")
        lead.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        more = QLabel(self.tr("放上就读，也可按 F2。没有卡，按 F7 扫码或录入；也可按 F3 先选事项。"), self)
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
        self.delete = QPushButton(self)
        self.delete.setObjectName("drafts.delete")
        self.delete.setMinimumHeight(36)
        self.delete.setAutoDefault(True)
        self.delete.clicked.connect(self._delete)
        self.button.setAutoDefault(True)
        self._sure = QTimer(self)
        self._sure.setSingleShot(True)
        self._sure.setInterval(SURE_MS)
        self._sure.timeout.connect(self._ask_again)
        self.list.currentRowChanged.connect(lambda _: self._ask_again())
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(self.button)
        buttons.addWidget(self.delete)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addStretch(2)
        column.addWidget(lead)
        column.addWidget(more)
        column.addSpacing(24)
        centre = Qt.AlignmentFlag.AlignHCenter
        column.addWidget(self._title, 0, centre)
        column.addWidget(self.list, 0, centre)
        column.addLayout(buttons)
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
        self._received = {draft.case for draft in drafts if draft.receipt_no is not None}
        for part in (self._title, self.list, self.button, self.delete):
            part.setVisible(bool(drafts))
        self._ask_again()

    def _words(self, draft: VisitView) -> str:
        who = f"{draft.person.name} {draft.person.id_no[-4:]}" if draft.person else self.tr("未读卡")
        what = text.said(draft.title) if draft.title is not None else self.tr("未选事项")
        if draft.receipt_no is not None:
            below = self.tr("已收件，待受理  {0}").format(draft.receipt_no)
        else:
            below = self.tr("已填 {0}/{1} 项，还差 {2} 项").format(
                draft.fields_filled, draft.fields_total, len(draft.gaps)
            )
        return f"{who}  {what}\n{minute(draft.opened_at)}  {below}"

    def _ask_again(self) -> None:
        """What was received is no draft any more: it cannot be thrown away."""
        self._sure.stop()
        self.delete.setEnabled(self._marked() not in self._received)
        self.delete.setText(self.tr("删除"))
        self.delete.setAccessibleName(self.tr("删除这份草稿"))

    def _delete(self) -> None:
        """Throw away only on the second press within some seconds."""
        if self._sure.isActive():
            self._ask_again()
            self.discarded.emit(self._marked())
            return
        self._sure.start()
        self.delete.setText(self.tr("再按一次，删除"))
        self.delete.setAccessibleName(self.tr("再按一次，删除这份草稿"))

    def _resume(self) -> None:
        if self._marked():
            self.resumed.emit(self._marked())

    def _marked(self) -> str:
        """Return the case of the marked line, "" when none is marked."""
        marked = self.list.selectedItems()
        return str(marked[0].data(Qt.ItemDataRole.UserRole)) if marked else ""
