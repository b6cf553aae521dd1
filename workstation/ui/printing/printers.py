"""Where to print: the printers of the print service with their state, this station's own first."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QWidget

from workstation.services.print_views import PrinterView
from workstation.ui.words import printing as words


class PrinterBox(QComboBox):
    """Hidden where sheets go into a folder. `printer` is "" for this station's own."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(self.tr("打印机"))
        self.setMinimumWidth(150)
        self._known: tuple[PrinterView, ...] = ()
        self.hide()

    def show_printers(self, printers: tuple[PrinterView, ...]) -> None:
        """Show them; what was chosen stays chosen while it is there."""
        if printers == self._known:
            return
        chosen, self._known = self.currentData(), printers
        self.blockSignals(True)
        self.clear()
        for printer in printers:
            self.addItem(self._said(printer), printer.name)
        at = self.findData(chosen)
        self.setCurrentIndex(max(at, 0))
        self.blockSignals(False)
        self.setVisible(bool(printers))

    @property
    def printer(self) -> str:
        """The chosen one, "" where there is none to choose."""
        return str(self.currentData() or "")

    def _said(self, printer: PrinterView) -> str:
        if not printer.accepts:
            return self.tr("{0}（不收任务）").format(printer.name)
        if printer.is_stopped:
            why = words.reason(printer.reason) or self.tr("停住")
            return self.tr("{0}（{1}）").format(printer.name, why)
        return printer.name
