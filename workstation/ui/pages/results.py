"""出件: decided cases with the result of each item, and the result slip - first print and numbered reprints."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from workstation.domain.failures import Refused
from workstation.domain.slip import SlipKind
from workstation.services.desk import DeskApi
from workstation.services.views import CaseView, PrintView
from workstation.ui.background import Background
from workstation.ui.language import translate
from workstation.ui.pages.case_list import CaseList, columns
from workstation.ui.widgets.button import KeyButton
from workstation.ui.widgets.empty import Empty
from workstation.ui.widgets.printed import Printed
from workstation.ui.widgets.table import CaseTable


class ResultsPage(CaseList):
    """For the supervisor."""

    preview_asked = Signal(object)  # CaseView

    def __init__(self, desk: DeskApi, background: Background, parent: QWidget | None = None) -> None:
        title = translate("ResultsPage", "出件")
        super().__init__(
            title,
            Empty(
                translate("ResultsPage", "还没有可出的结果"),
                translate("ResultsPage", "各部门办结后会自动出现在这里。进展看“办件”，Ctrl+2。"),
            ),
            CaseTable("results.table", title, columns()),
            desk.results,
            background,
            parent,
        )
        self.setObjectName("resultsPage")
        self._desk = desk
        # The buttons stay enabled meanwhile: a disabled one would hand its focus to another.
        self._busy = False
        self._times = QLabel(self)
        self._times.setObjectName("results.times")
        self.printed = Printed("results.path", self)
        self.print = KeyButton("results.print", self.tr("打印结果单"), "Ctrl+P", self)
        self.print.make_primary()
        self.print.clicked.connect(self._print)
        self.preview = KeyButton("results.preview", self.tr("先看再打"), "Ctrl+Shift+P", self)
        self.preview.clicked.connect(self._preview)
        self.ledger = KeyButton("results.ledger", self.tr("打印台账"), "", self)
        self.ledger.clicked.connect(self._ledger)
        for part in (self.printed, self._times, self.print):
            self.detail.foot.addWidget(part)
        beside = QHBoxLayout()
        beside.setSpacing(8)
        beside.addWidget(self.preview, 1)
        beside.addWidget(self.ledger, 1)
        self.detail.foot.addLayout(beside)

    def show_actions(self, case: CaseView) -> None:
        """Say how often the slip was printed, and offer it."""
        self._times.setText(
            self.tr("已开出 {0} 张，再打会标明“补打 {0}”").format(case.result_prints)
            if case.result_prints
            else self.tr("还没有开出过")
        )
        self.print.setVisible(SlipKind.RESULT in case.printable)
        self.printed.show_for(case.case)

    def _preview(self) -> None:
        case = self.table.current()
        if case is not None and SlipKind.RESULT in case.printable:
            self.preview_asked.emit(case)

    def _ledger(self) -> None:
        case = self.table.current()
        if case is not None:
            self.ledger_asked.emit(case.case)

    def _print(self) -> None:
        case = self.table.current()
        if case is not None and not self._busy:
            self._busy = True
            self._background.desk(
                lambda: self._desk.print_slip(case.case, SlipKind.RESULT), self._print_done, self._not_printed
            )

    def _print_done(self, sheet: PrintView) -> None:
        self._busy = False
        self.printed.show_print(sheet)
        if sheet.trouble is not None:
            self.refused.emit(Refused(sheet.trouble))
        self.refresh()

    def _not_printed(self, refused: Refused) -> None:
        self._busy = False
        self.refused.emit(refused)
