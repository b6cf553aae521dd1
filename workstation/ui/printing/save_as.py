"""另存: where a copy of a sheet goes, and in which of the two formats."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from workstation.ui.widgets.button import KeyButton


class SaveAs(KeyButton):
    """`wanted` carries the serial and the file that was chosen, its name always ending in .ofd or .pdf."""

    wanted = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("ledger.save", self.tr("另存"), parent=parent)
        self._serial = ""
        self.menu_ = QMenu(self)
        self.menu_.addAction(self.tr("OFD 版式文件"), lambda: self._ask(".ofd"))
        self.menu_.addAction(self.tr("PDF 文件"), lambda: self._ask(".pdf"))
        self.setMenu(self.menu_)

    def offer(self, serial: str) -> None:
        """Say which sheet it is about."""
        self._serial = serial

    def _ask(self, suffix: str) -> None:
        kind = self.tr("OFD 版式文件 (*.ofd)") if suffix == ".ofd" else self.tr("PDF 文件 (*.pdf)")
        chosen, _ = QFileDialog.getSaveFileName(self, self.tr("单子另存为"), f"{self._serial}{suffix}", kind)
        if chosen:
            self.save_to(chosen, suffix)

    def save_to(self, chosen: str, suffix: str) -> None:
        """Want the sheet in this file; the name gets the ending of its format."""
        named = chosen if chosen.lower().endswith(suffix) else chosen + suffix
        self.wanted.emit(self._serial, named)
