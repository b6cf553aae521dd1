"""打印台账: the sheets of today or of one case, what became of each, and what can be done with the selected one."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from workstation.domain.sheet import Fate, SpoolState
from workstation.services.print_views import PrinterView, SheetView
from workstation.ui import text
from workstation.ui.printing.printers import PrinterBox
from workstation.ui.printing.save_as import SaveAs
from workstation.ui.printing.signs import sign
from workstation.ui.transfer.lines import Lines
from workstation.ui.widgets.button import KeyButton
from workstation.ui.widgets.empty import Empty
from workstation.ui.widgets.facts import Facts
from workstation.ui.words import printing as words
from workstation.ui.words.breaks import breakable
from workstation.ui.words.times import minute

_UNDER_WAY = frozenset({SpoolState.QUEUED, SpoolState.PRINTING, SpoolState.STOPPED})


class LedgerPanel(QWidget):
    """`acted` carries what is to be done, the serial, and the printer; `whole_asked` that the case is left again."""

    confirmed = Signal(str)
    sent_again = Signal(str, str)
    reprinted = Signal(str, str)
    voided = Signal(str)
    previewed = Signal(str)
    saved_as = Signal(str, str)
    whole_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sheets: dict[str, SheetView] = {}
        self._case = ""
        self.title = QLabel(self)
        self.title.setObjectName("panelTitle")
        self.whole = KeyButton("ledger.whole", self.tr("回到全部"), "Esc", self)
        self.whole.clicked.connect(self.whole_asked)
        self.table = Lines(
            "ledger.table",
            self.tr("打印台账"),
            (self.tr("单子"), self.tr("收件号"), self.tr("情况")),
            2,
            self,
        )
        self.table.itemSelectionChanged.connect(self._picked)
        self.facts = Facts(self)
        self.printer = PrinterBox("ledger.printer", self)
        self.out = self._button("ledger.out", self.tr("出来了"), "F2", self.confirmed.emit)
        self.again = self._button("ledger.again", self.tr("再送打印"), "F3", self._send)
        self.redo = self._button("ledger.redo", self.tr("作废重打"), "F4", self._reprint)
        self.void = self._button("ledger.void", self.tr("作废"), "", self.voided.emit)
        self.preview = self._button("ledger.preview", self.tr("看单子"), "F7", self.previewed.emit)
        self.save = SaveAs(self)
        self.save.wanted.connect(self.saved_as)
        self.saved = QLabel(self)
        self.saved.setObjectName("ledger.saved")
        self.saved.setProperty("note", True)
        self.saved.setWordWrap(True)
        self.saved.hide()
        self._lay_out()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.whole)
        where = QHBoxLayout()
        where.addWidget(self.printer)
        where.addStretch(1)
        where.addWidget(self.save)
        where.addWidget(self.preview)
        where.addWidget(self.void)
        deeds = QHBoxLayout()
        deeds.addStretch(1)
        for button in (self.redo, self.again, self.out):
            deeds.addWidget(button)
        listed = QWidget(self)
        column = QVBoxLayout(listed)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.table, 1)
        column.addWidget(self.facts)
        column.addWidget(self.saved)
        column.addLayout(where)
        column.addLayout(deeds)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(
            Empty(self.tr("还没有打印过"), self.tr("打出的每张单子都记在这里，看到纸再确认。"))
        )
        self._stack.addWidget(listed)
        page = QVBoxLayout(self)
        page.setContentsMargins(12, 10, 12, 10)
        page.setSpacing(8)
        page.addLayout(head)
        page.addWidget(self._stack, 1)

    def _button(self, name: str, said: str, key: str, deed: Callable[[str], object]) -> KeyButton:
        button = KeyButton(name, said, key, self)
        button.clicked.connect(lambda: self._do(deed))
        return button

    def _do(self, deed: Callable[[str], object]) -> None:
        serial = self.table.chosen()
        if serial:
            deed(serial)

    def _send(self, serial: str) -> None:
        self.sent_again.emit(serial, self.printer.printer)

    def _reprint(self, serial: str) -> None:
        self.reprinted.emit(serial, self.printer.printer)

    def show_sheets(
        self, sheets: tuple[SheetView, ...], printers: tuple[PrinterView, ...], case: str = ""
    ) -> None:
        """Show sheets; with `case` they are the whole paper of one."""
        self._case = case
        self._sheets = {each.serial: each for each in sheets}
        receipt = next((each.receipt_no for each in sheets if each.receipt_no), "")
        counted = sum(each.counts for each in sheets)
        self.title.setText(
            self.tr("办件 {0} 的单子：{1} 张，已出纸 {2} 张").format(receipt, len(sheets), counted)
            if case
            else self.tr("打印台账")
        )
        self.whole.setVisible(bool(case))
        self._stack.setCurrentIndex(1 if sheets else 0)
        self.printer.show_printers(printers)
        self.table.show_lines([(each.serial, _line(each), sign(each)) for each in sheets])
        self._picked()

    def choose(self, serial: str) -> None:
        """Select a sheet."""
        found = list(self._sheets)
        if serial in found:
            self.table.selectRow(found.index(serial))

    def chosen(self) -> SheetView | None:
        """Return the selected sheet."""
        return self._sheets.get(self.table.chosen())

    def show_saved(self, path: str) -> None:
        """Say where a copy went."""
        self.saved.setText(self.tr("已另存：{0}").format(breakable(path)))
        self.saved.show()

    def focus(self) -> None:
        """Put the focus into the list."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _picked(self) -> None:
        sheet = self.chosen()
        self.facts.setVisible(sheet is not None)
        is_open = sheet is not None and sheet.fate is Fate.OPEN
        self.out.setVisible(is_open and sheet is not None and sheet.state is SpoolState.COMPLETED)
        # What is surely on no paper goes out again as it is; whatever may be there is printed anew with its number.
        fresh = is_open and sheet is not None and not sheet.may_exist
        self.again.setVisible(fresh)
        self.redo.setVisible(sheet is not None and bool(sheet.receipt_no) and not fresh)
        self.void.setVisible(is_open)
        self.preview.setVisible(sheet is not None)
        self.save.setVisible(sheet is not None and sheet.fate is not Fate.VOID)
        self.save.offer(sheet.serial if sheet is not None else "")
        self.printer.setEnabled(sheet is not None)
        if sheet is not None:
            self.facts.show_facts(self._told(sheet))

    def _told(self, sheet: SheetView) -> tuple[tuple[str, str], ...]:
        where = f"{sheet.printer} / {sheet.job}" if sheet.printer else self.tr("文件夹")
        job = where if sheet.job or sheet.state is SpoolState.COMPLETED else self.tr("没有送到打印机")
        times = [self.tr("送出 {0}").format(minute(sheet.handed_at))] if sheet.handed_at else []
        if sheet.ended_at:
            times.append(self.tr("打完 {0}").format(minute(sheet.ended_at)))
        told = [
            (self.tr("编号"), breakable(sheet.serial)),
            (self.tr("开出"), f"{minute(sheet.made_at)}  {sheet.clerk}"),
            (self.tr("打印任务"), text.sentences([job])),
            (self.tr("情况"), words.standing(sheet)),
        ]
        if times:
            told.append((self.tr("时间"), text.listed(times)))
        if sheet.settled_at:
            told.append(
                (
                    self.tr("谁确认"),
                    self.tr("{0}，{1}").format(sheet.settled_by, minute(sheet.settled_at)),
                )
            )
        elif sheet.state in _UNDER_WAY or sheet.state is SpoolState.COMPLETED:
            told.append((self.tr("算不算"), self.tr("没确认出纸，不算已打印")))
        told.append((self.tr("存档指纹"), sheet.sha256[:16]))
        return tuple(told)


def _line(sheet: SheetView) -> tuple[str, ...]:
    name = text.slip(sheet.kind)
    which = f"{name} · {words.number(sheet.reprint)}" if sheet.reprint else name
    return (which, sheet.receipt_no, words.standing(sheet))
