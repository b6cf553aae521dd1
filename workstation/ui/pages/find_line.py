"""The line that looks for cases: asks as something is typed, and says in words what came of it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from workstation.services.views import FoundView
from workstation.ui.form.line import Line

SETTLE_MS = 250  # after the last key: every search leaves an entry in the audit chain
_WIDTH_PX = 330


class FindLine(QWidget):
    """`asked` tells what to look for, "" when nothing is any more; `went_on` when the list should have the focus."""

    asked = Signal(str)
    went_on = Signal()

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self.line = Line(self)
        self.line.setObjectName("cases.find")
        self.line.setAccessibleName(self.tr("查找办件"))
        self.line.setPlaceholderText(self.tr("姓名、首字母、证件号末位、收件号、单号"))
        self.line.setToolTip(
            self.tr(
                "姓名至少两个字，或拼音首字母；证件号末 4 至 6 位（含 X）或全号；收件号、办件编号的末几位或全号；单据编号，或扫单据上的二维码。"
                "按 Ctrl+F 或 / 到这里，Esc 清空。"
            )
        )
        self.line.setClearButtonEnabled(True)
        self.line.setFixedWidth(_WIDTH_PX)
        name = QLabel(self.tr("查找  Ctrl+F"), self)
        name.setObjectName("caption")
        name.setBuddy(self.line)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(name)
        row.addWidget(self.line)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MS)
        self._settle.timeout.connect(self._ask)
        self.line.textChanged.connect(self._changed)
        self.line.entered.connect(self.went_on)
        self.line.installEventFilter(self)
        QShortcut(QKeySequence.StandardKey.Find, page).activated.connect(self.begin)

    def text(self) -> str:
        """Return what stands there, without blanks around it."""
        return self.line.text().strip()

    def begin(self) -> None:
        """Go into the line; what stands there is marked, so that the next word takes its place."""
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.line.selectAll()

    def begin_with(self, typed: str) -> None:
        """Go into the line with what was typed elsewhere, a letter or the code of a sheet."""
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.line.setText(typed)

    def clear(self) -> None:
        """Look for nothing any more."""
        self.line.clear()

    def said(self, found: FoundView) -> str:
        """Say what came of it, for the note beside the title of the page."""
        if found.by is None:
            return self.tr("再输一点：姓名两个字，号码四位")
        many = self.tr("{0} 件以上，再输几个字") if found.more else self.tr("找到 {0} 件")
        told = many.format(found.count)
        if found.left:
            told += self.tr("；以前的办件还在建检索，最多 {0} 件暂时查不到").format(found.left)
        return told

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Esc empties the line and goes back to the list, Down goes into what was found."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and not self.line.composing:
            if event.key() == Qt.Key.Key_Escape:
                self.clear()
                self.went_on.emit()
                return True
            if event.key() == Qt.Key.Key_Down:
                self.went_on.emit()
                return True
        return super().eventFilter(watched, event)

    def _changed(self) -> None:
        if self.text():
            self._settle.start()
        else:
            self._settle.stop()
            self.asked.emit("")

    def _ask(self) -> None:
        self.asked.emit(self.text())
