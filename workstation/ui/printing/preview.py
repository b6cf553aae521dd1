"""A sheet as it stands in the archive: the very bytes that a printer gets, page by page."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeySequence, QPainter, QPixmap, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from workstation.services.print_views import Preview
from workstation.ui.widgets.button import KeyButton


class PreviewPanel(QFrame):
    """Takes the place of the lists while somebody looks; nothing of the picture stays when it is closed."""

    page_asked = Signal(str, int)
    print_asked = Signal(str)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None, *, enter: bool = False) -> None:
        """With `enter` that key prints: nothing else on the page has a use for it."""
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
        self.send = KeyButton("preview.print", self.tr("打印这一份"), "Enter" if enter else "Ctrl+P", self)
        self.send.make_primary()
        for key in ("Return", "Ctrl+P") if enter else ():
            QShortcut(QKeySequence(key), self.send).activated.connect(self.send.click)
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

    def show_page(self, preview: Preview, *, printable: bool, specimen: bool = False) -> None:
        """Show one page. Across a `specimen` stands 样张: on the screen alone, for the bytes are those of the paper."""
        self._serial, self._page = preview.serial, preview.page
        picture = QPixmap()
        picture.loadFromData(preview.png)
        if specimen and not picture.isNull():
            self._mark(picture)
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

    def _mark(self, picture: QPixmap) -> None:
        """Write 样张 across the page, so that a picture of the screen is taken for no sheet."""
        painter = QPainter(picture)
        font = QFont(self.font())
        font.setPixelSize(max(picture.width() // 5, 24))
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(QColor(176, 32, 32, 56))
        painter.translate(picture.width() / 2, picture.height() * 0.38)  # in sight without scrolling
        painter.rotate(-35)
        across = QRectF(-picture.width(), -picture.height() / 2, 2 * picture.width(), picture.height())
        painter.drawText(across, Qt.AlignmentFlag.AlignCenter, self.tr("样张"))
        painter.end()

    def clear(self) -> None:
        """Let go of the picture."""
        self._serial, self._page = "", 0
        self.picture.setPixmap(QPixmap())
        self.said.setText("")
