"""A sheet as it stands in the archive: the very bytes that a printer gets, page by page."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from workstation.services.print_views import Preview
from workstation.ui.widgets.button import KeyButton


class PreviewPanel(QFrame):
    """Takes the place of the lists while somebody looks; nothing of the picture stays when it is closed."""

    page_asked = Signal(str, int)
    print_asked = Signal(str)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self._serial, self._page = "", 0
        self.said = QLabel(self)
        self.said.setObjectName("preview.said")
        self.said.setWordWrap(True)
        self.picture = QLabel(self)
        self.picture.setObjectName("preview.picture")
        self.picture.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        area = QScrollArea(self)
        area.setWidget(self.picture)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        self.back = KeyButton("preview.back", self.tr("上一页"), "PgUp", self)
        self.forth = KeyButton("preview.forth", self.tr("下一页"), "PgDown", self)
        self.send = KeyButton("preview.print", self.tr("打印这一份"), "Ctrl+P", self)
        self.send.make_primary()
        self.shut = KeyButton("preview.close", self.tr("关闭"), "Esc", self)
        self.back.clicked.connect(lambda: self.page_asked.emit(self._serial, self._page - 1))
        self.forth.clicked.connect(lambda: self.page_asked.emit(self._serial, self._page + 1))
        self.send.clicked.connect(lambda: self.print_asked.emit(self._serial))
        self.shut.clicked.connect(self.closed)
        row = QHBoxLayout()
        row.addWidget(self.said, 1)
        for button in (self.back, self.forth, self.shut, self.send):
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(8)
        column.addLayout(row)
        column.addWidget(area, 1)

    def show_page(self, preview: Preview, *, printable: bool) -> None:
        """Show one page."""
        self._serial, self._page = preview.serial, preview.page
        picture = QPixmap()
        picture.loadFromData(preview.png)
        self.picture.setPixmap(picture)
        self.said.setText(
            self.tr("{0}，第 {1} / {2} 页。存档、预览和送打印机的是同一份，指纹 {3}").format(
                preview.serial, preview.page, preview.pages, preview.sha256[:16]
            )
        )
        self.picture.setAccessibleName(self.said.text())
        self.back.setVisible(preview.page > 1)
        self.forth.setVisible(preview.page < preview.pages)
        self.send.setVisible(printable)

    def clear(self) -> None:
        """Let go of the picture."""
        self._serial, self._page = "", 0
        self.picture.setPixmap(QPixmap())
        self.said.setText("")
