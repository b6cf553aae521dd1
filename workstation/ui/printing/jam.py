"""The batch has stopped: why, what to do at the printer, and from which sheet it goes on."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSpinBox, QVBoxLayout, QWidget

from workstation.services.print_views import BatchView, PrinterView
from workstation.ui.printing.printers import PrinterBox
from workstation.ui.widgets.button import KeyButton
from workstation.ui.widgets.mark import Mark, Sign
from workstation.ui.words import printing as words


class JamPanel(QFrame):
    """The person counts the paper: what came out before the place counts, what may be on paper from there on is void."""

    resume_asked = Signal(int, str)
    end_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("jam")
        self._halt = ""
        self._mark = Mark(self)
        self._mark.show_sign(Sign.BAD)
        self.said = QLabel(self)
        self.said.setObjectName("jam.said")
        self.remedy = QLabel(self)
        self.remedy.setObjectName("jam.remedy")
        self.rule = QLabel(
            self.tr(
                "填第一张没有打好的。它前面打完的算已出纸；从它起，可能沾过纸的作废，重打时标明补打；没动过的原样再送。"
            ),
            self,
        )
        self.rule.setProperty("note", True)
        for label in (self.said, self.remedy, self.rule):
            label.setWordWrap(True)
        self.place = QSpinBox(self)
        self.place.setObjectName("jam.place")
        self.place.setAccessibleName(self.tr("从第几张接着打"))
        self.place.setMinimumHeight(32)
        self.place.valueChanged.connect(self._name)
        self.printer = PrinterBox("jam.printer", self)
        self.resume = KeyButton("jam.resume", self.tr("接着打"), "F9", self)
        self.resume.make_primary()
        self.resume.clicked.connect(lambda: self.resume_asked.emit(self.place.value(), self.printer.printer))
        self.end = KeyButton("jam.end", self.tr("结束这一批"), "", self)
        self.end.setToolTip(self.tr("打完的算已出纸，其余作废，办件回到等打印的列表。"))
        self.end.clicked.connect(self.end_asked)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._mark)
        head.addWidget(self.said, 1)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(QLabel(self.tr("从第"), self))
        row.addWidget(self.place)
        row.addWidget(QLabel(self.tr("张起"), self))
        row.addWidget(self.printer)
        row.addStretch(1)
        row.addWidget(self.end)
        row.addWidget(self.resume)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self.remedy)
        column.addWidget(self.rule)
        column.addLayout(row)
        self.hide()

    def show_halt(self, view: BatchView, printers: tuple[PrinterView, ...]) -> None:
        """Show why it stopped; what a person has filled in already stays."""
        at = view.halted_at or len(view.places)
        why = words.reason(view.reason)
        self.said.setText(
            self.tr("停在第 {0} 张：{1}").format(at, why) if why else self.tr("停在第 {0} 张").format(at)
        )
        self.remedy.setText(words.remedy(view.reason))
        self.printer.show_printers(printers)
        halt = f"{view.id} {at} {view.reason}"
        if halt != self._halt:
            self._halt = halt
            self.place.setRange(1, len(view.places))
            self.place.setValue(at)
            chosen = self.printer.findData(view.printer)
            if chosen >= 0:
                self.printer.setCurrentIndex(chosen)
        self._name()

    def _name(self) -> None:
        self.resume.setText(self.tr("从第 {0} 张接着打").format(self.place.value()) + "  F9")
