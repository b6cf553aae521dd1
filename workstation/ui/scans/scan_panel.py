"""扫描件: the scans of a case one after the other, page by page, in the place of the list."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QPixmap, QResizeEvent
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from workstation.domain.failures import Refused
from workstation.services.desk import DeskApi
from workstation.services.see_scans import ScanPage
from workstation.services.views import CaseView
from workstation.ui import text
from workstation.ui.background import Background
from workstation.ui.widgets.button import KeyButton


class ScanPanel(QFrame):
    """Nothing of a picture stays once it is closed. `refused` goes to the banner, `closed` gives the list back."""

    refused = Signal(object)
    closed = Signal()

    def __init__(self, desk: DeskApi, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self._desk, self._background = desk, background
        self._case: CaseView | None = None
        self._page, self._asked = 1, 0
        self._whole = QPixmap()
        self.choice = QComboBox(self)
        self.choice.setObjectName("scans.choice")
        self.choice.setAccessibleName(self.tr("扫描件"))
        self.choice.setMinimumHeight(32)
        self.choice.currentIndexChanged.connect(lambda: self._ask(1))
        self.said = QLabel(self)
        self.said.setObjectName("scans.said")
        self.said.setProperty("note", True)
        self.said.setWordWrap(True)
        self.picture = QLabel(self)
        self.picture.setObjectName("scans.picture")
        self.picture.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._area = QScrollArea(self)
        self._area.setWidget(self.picture)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.back = KeyButton("scans.back", self.tr("上一页"), "PgUp", self)
        self.forth = KeyButton("scans.forth", self.tr("下一页"), "PgDown", self)
        self.shut = KeyButton("scans.close", self.tr("关闭"), "Esc", self)
        self.back.clicked.connect(lambda: self._ask(self._page - 1))
        self.forth.clicked.connect(lambda: self._ask(self._page + 1))
        self.shut.clicked.connect(self._close)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.choice)
        row.addWidget(self.said, 1)
        for button in (self.back, self.forth, self.shut):
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(8)
        column.addLayout(row)
        column.addWidget(self._area, 1)

    def show_case(self, case: CaseView) -> None:
        """Open the first scan of a case."""
        self._case = case
        with QSignalBlocker(self.choice):
            self.choice.clear()
            for at, (name, _) in enumerate(case.scanned):
                alike = [n for n, (other, _) in enumerate(case.scanned) if other == name]
                nth = self.tr("{0} {1}/{2}").format(text.said(name), alike.index(at) + 1, len(alike))
                self.choice.addItem(nth if len(alike) > 1 else text.said(name))
        self._ask(1)
        self.choice.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask(self, page: int) -> None:
        case, at = self._case, self.choice.currentIndex()
        if case is None or not 0 <= at < len(case.scanned):
            return
        self._asked += 1
        asked, sha256 = self._asked, case.scanned[at][1]
        self._show(QPixmap())
        self.said.setText(self.tr("正在打开…"))
        for button in (self.back, self.forth):
            button.hide()
        self._background.net(
            lambda: self._desk.see_scan(case.case, sha256, page),
            lambda shown: self._opened(asked, shown),
            lambda refused: self._not_opened(asked, refused),
        )

    def _opened(self, asked: int, shown: ScanPage) -> None:
        if asked != self._asked:
            return  # of a scan that was left, or of a panel that was closed
        self._page = shown.page
        picture = QPixmap()
        picture.loadFromData(shown.picture)
        self.said.setText(
            self.tr("第 {0} / {1} 页，指纹 {2}").format(shown.page, shown.pages, shown.sha256[:16])
        )
        self.picture.setAccessibleName(f"{self.choice.currentText()} {self.said.text()}")
        self._show(picture)
        self.back.setVisible(shown.page > 1)
        self.forth.setVisible(shown.page < shown.pages)

    def _not_opened(self, asked: int, refused: Refused) -> None:
        if asked == self._asked:
            self.said.setText(text.failure_and_remedy(refused.failure, refused.details))
            self.refused.emit(refused)

    def _show(self, picture: QPixmap) -> None:
        self._whole = picture
        width = self._area.viewport().width()
        if not picture.isNull() and picture.width() > width > 0:
            picture = picture.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation)
        self.picture.setPixmap(picture)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """A page is as wide as there is room for it."""
        super().resizeEvent(event)
        self._show(self._whole)

    def _close(self) -> None:
        self.clear()
        self.closed.emit()

    def clear(self) -> None:
        """Let go of case and picture; what is still under way is not shown any more."""
        self._case = None
        self._asked += 1
        self._show(QPixmap())
        self.said.setText("")
        with QSignalBlocker(self.choice):
            self.choice.clear()
