"""A batch under way: how far, each place with its sheet, and what to do when it stops."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QVBoxLayout, QWidget

from workstation.domain.sheet import BatchState, Fate
from workstation.services.print_views import BatchView, PlaceView, PrinterView
from workstation.ui.printing.jam import JamPanel
from workstation.ui.printing.signs import sign
from workstation.ui.transfer.lines import Lines
from workstation.ui.widgets.button import KeyButton
from workstation.ui.widgets.mark import Sign
from workstation.ui.words import printing as words


class BatchPanel(QWidget):
    """What a person wants done is told; the page does it."""

    stop_asked = Signal()
    resume_asked = Signal(int, str)  # from which place, on which printer
    redo_asked = Signal(int)
    confirm_asked = Signal()
    end_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._places: tuple[PlaceView, ...] = ()
        self._scrolled = 0
        self.said = QLabel(self)
        self.said.setObjectName("batch.said")
        self.said.setProperty("strong", True)
        self.bar = QProgressBar(self)
        self.bar.setObjectName("batch.bar")
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(8)
        self.jam = JamPanel(self)
        self.jam.resume_asked.connect(self.resume_asked)
        self.jam.end_asked.connect(self.end_asked)
        self.table = Lines(
            "batch.places",
            self.tr("这一批的单子"),
            (self.tr("序"), self.tr("收件号"), self.tr("申请人"), self.tr("单子编号"), self.tr("情况")),
            4,
            self,
        )
        self.stop = KeyButton("batch.stop", self.tr("打完这张就停"), "Ctrl+.", self)
        self.stop.clicked.connect(self.stop_asked)
        self.redo = KeyButton("batch.redo", self.tr("选中的打坏了，重打"), "F8", self)
        self.redo.clicked.connect(self._redo)
        self.confirm = KeyButton("batch.confirm", self.tr("全部出纸，确认"), "F10", self)
        self.confirm.make_primary()
        self.confirm.clicked.connect(self.confirm_asked)
        foot = QHBoxLayout()
        foot.addWidget(self.stop)
        foot.addWidget(self.redo)
        foot.addStretch(1)
        foot.addWidget(self.confirm)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(8)
        column.addWidget(self.said)
        column.addWidget(self.bar)
        column.addWidget(self.jam)
        column.addWidget(self.table, 1)
        column.addLayout(foot)

    def show_batch(self, view: BatchView, printers: tuple[PrinterView, ...]) -> None:
        """Show how it stands."""
        total = len(view.places)
        self._places = view.places
        running = view.state is BatchState.RUNNING
        every = view.done == total and not any(
            each.sheet and each.sheet.fate is Fate.VOID for each in view.places
        )
        self.said.setText(self._said(view, every=every))
        self.bar.setRange(0, total)
        self.bar.setValue(view.done)
        self.bar.setAccessibleName(self.tr("已打完 {0} 张，共 {1} 张").format(view.done, total))
        self.table.show_lines([(str(each.place), _line(each), _sign(each)) for each in view.places])
        self._follow(view)
        self.jam.setVisible(view.state is BatchState.HALTED)
        if view.state is BatchState.HALTED:
            self.jam.show_halt(view, printers)
        self.stop.setVisible(running and not every)
        self.redo.setVisible(every)
        self.confirm.setVisible(every)

    def _said(self, view: BatchView, *, every: bool) -> str:
        total = len(view.places)
        if every:
            return self.tr("{0} 张都打完了。数一数纸，都在就确认；没确认的不算已打印。").format(total)
        state = words.batch(view.state)
        where = self.tr("，打印机 {0}").format(view.printer) if view.printer else ""
        return self.tr("结果单 {0}：已打完 {1} / {2} 张{3}").format(state, view.done, total, where)

    def _follow(self, view: BatchView) -> None:
        """Keep the place that prints in sight, without taking the list from somebody who reads in it."""
        at = view.halted_at or len(view.places)
        if at != self._scrolled and self.table.currentRow() in (-1, 0, self._scrolled - 1):
            self._scrolled = at
            item = self.table.item(at - 1, 0)
            if item is not None:
                self.table.scrollToItem(item)
                self.table.selectRow(at - 1)

    def focus(self) -> None:
        """Put the focus where work begins."""
        place = self.jam.place if self.jam.isVisible() else self.table
        place.setFocus(Qt.FocusReason.OtherFocusReason)

    def _redo(self) -> None:
        chosen = self.table.chosen()
        if chosen:
            self.redo_asked.emit(int(chosen))


def _line(place: PlaceView) -> tuple[str, ...]:
    sheet = place.sheet
    said = words.standing(sheet) if sheet else ""
    if sheet and sheet.reprint:
        said = f"{words.number(sheet.reprint)} · {said}"
    return (str(place.place), place.receipt_no, place.applicant, sheet.serial if sheet else "", said)


def _sign(place: PlaceView) -> Sign | None:
    return sign(place.sheet) if place.sheet else None
