"""出件: decided cases with the result of each item, and the result slip - first print and numbered reprints."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from wire.evaluation import Stage
from wire.messages import Role
from workstation.domain.failures import Refused
from workstation.domain.slip import SlipKind
from workstation.domain.work_lists import ListKind
from workstation.services.desk import DeskApi
from workstation.services.views import CaseView, PrintView
from workstation.ui.background import Background
from workstation.ui.language import translate
from workstation.ui.offices.hand_out_box import HandOutBox
from workstation.ui.offices.handing import Handing
from workstation.ui.pages.case_list import CaseList
from workstation.ui.widgets.button import KeyButton
from workstation.ui.widgets.printed import Printed


class ResultsPage(CaseList):
    """The slip for the supervisor, handing out for whoever sits at a window."""

    served = Signal(str, object)  # case, wire.evaluation.Stage: the citizen may be asked what they think
    preview_asked = Signal(object)  # CaseView

    def __init__(
        self,
        desk: DeskApi,
        background: Background,
        parent: QWidget | None = None,
        *,
        roles: tuple[Role, ...] = (Role.SUPERVISOR,),
    ) -> None:
        title = translate("ResultsPage", "出件")
        kinds = (ListKind.RESULTS_WAITING, ListKind.RESULTS)
        super().__init__("results", title, kinds, desk, background, parent)
        # The buttons stay enabled meanwhile: a disabled one would hand its focus to another.
        self._busy = False
        self._times = QLabel(self)
        self._times.setObjectName("results.times")
        self.printed = Printed("results.path", self)
        self.print = KeyButton("results.print", self.tr("打印结果单"), "Ctrl+P", self)
        self.print.make_primary()
        self.print.clicked.connect(self._print)
        self._may_print = Role.SUPERVISOR in roles
        self._may_hand_out = bool({Role.CLERK, Role.AGENT} & set(roles))
        self.box = HandOutBox(self)
        self.handing = Handing(self.box, desk, background, self)
        self.handing.done.connect(self._handed)
        self.handing.refused.connect(self.refused)
        self.detail.add_above(self.box)
        self.preview = KeyButton("results.preview", self.tr("先看再打"), "F3", self)
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
        self._times.setVisible(self._may_print)
        self.print.setVisible(self._may_print and SlipKind.RESULT in case.printable)
        self.printed.show_for(case.case)
        self.handing.show_case(case, may=self._may_hand_out)

    def _handed(self, sheet: PrintView | None) -> None:
        if sheet is not None:
            self._print_done(sheet)
        else:
            self.refresh()

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

    def show_printed(self, sheet: PrintView) -> None:
        """Say what became of a slip that was looked at first."""
        self._print_done(sheet)

    def _print_done(self, sheet: PrintView) -> None:
        self._busy = False
        self.printed.show_print(sheet)
        self.served.emit(sheet.case, Stage.RESULT)
        if sheet.trouble is not None:
            self.refused.emit(Refused(sheet.trouble))
        self.refresh()

    def _not_printed(self, refused: Refused) -> None:
        self._busy = False
        self.refused.emit(refused)
