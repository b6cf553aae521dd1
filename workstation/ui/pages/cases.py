"""办件: every case of this station and the search among them, where its items are, acceptance from the list, the receipt once more."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from wire.messages import Role
from workstation.domain.case import CaseStatus
from workstation.domain.failures import Refused
from workstation.domain.slip import SlipKind
from workstation.services.desk import DeskApi
from workstation.services.forward_case import Takeover
from workstation.services.views import CaseView, FoundView, PrintView
from workstation.ui.background import Background
from workstation.ui.language import translate
from workstation.ui.offices.handover_box import HandoverBox
from workstation.ui.pages.case_list import CaseList, columns
from workstation.ui.pages.find_line import FindLine
from workstation.ui.widgets.button import KeyButton
from workstation.ui.widgets.empty import Empty
from workstation.ui.widgets.printed import Printed
from workstation.ui.widgets.table import CaseTable

_PROPOSABLE = (CaseStatus.RECEIVED, CaseStatus.NOT_ACCEPTED, CaseStatus.VOIDED)


class CasesPage(CaseList):
    """Buttons stand there only for a role that may press them."""

    propose_asked = Signal(object)  # CaseView: somebody wants a second person for it

    def __init__(
        self,
        desk: DeskApi,
        background: Background,
        roles: tuple[Role, ...],
        parent: QWidget | None = None,
    ) -> None:
        title = translate("CasesPage", "办件")
        super().__init__(
            title,
            Empty(
                translate("CasesPage", "还没有办件"),
                translate("CasesPage", "在“受理”里收件后会出现在这里，Ctrl+1。"),
            ),
            CaseTable("cases.table", title, columns()),
            desk.cases,
            background,
            parent,
        )
        self.setObjectName("casesPage")
        self._desk = desk
        # The buttons stay enabled meanwhile: a disabled one would hand its focus to another.
        self._busy = False
        self._may_accept = Role.CLERK in roles
        self._may_forward = Role.CLERK in roles or Role.AGENT in roles
        self._may_print = Role.CLERK in roles or Role.AGENT in roles
        self._may_propose = bool({Role.CLERK, Role.AGENT, Role.SUPERVISOR} & set(roles))
        self._may_refuse = bool({Role.CLERK, Role.SUPERVISOR} & set(roles))
        self.accept = KeyButton("cases.accept", self.tr("受理"), "F10", self)
        self.accept.make_primary()
        self.accept.clicked.connect(self._accept)
        self.print_receipt = KeyButton("cases.print_receipt", self.tr("打印收件凭证"), "Ctrl+P", self)
        self.print_receipt.clicked.connect(lambda: self._print(SlipKind.RECEIPT))
        self.printed = Printed("cases.path", self)
        self.print_acceptance = KeyButton(
            "cases.print_acceptance", self.tr("打印受理通知书"), "Ctrl+Shift+P", self
        )
        self.print_acceptance.clicked.connect(lambda: self._print(SlipKind.ACCEPTANCE))
        self.print_checks = KeyButton("cases.print_checks", self.tr("打印核验结果单"), "Ctrl+Alt+P", self)
        self.print_checks.clicked.connect(lambda: self._print(SlipKind.VERIFICATION))
        self.brought = KeyButton("cases.brought", self.tr("已补看原件"), "F5", self)
        self.brought.clicked.connect(self._brought)
        self.print_refusal = KeyButton("cases.print_refusal", self.tr("打印不予受理通知书"), "", self)
        self.print_refusal.clicked.connect(lambda: self._print(SlipKind.REFUSAL))
        self.propose = KeyButton("cases.propose", self.tr("提请会签"), "F7", self)
        self.propose.setToolTip(self.tr("不予受理、容缺、作废、恢复办理：要另一个人会签"))
        self.propose.clicked.connect(self._propose)
        self.print_proxy = KeyButton("cases.print_proxy", self.tr("打印代办单"), "", self)
        self.print_proxy.clicked.connect(self._print_proxy)
        self.handover = HandoverBox(self)
        self.handover.forward_asked.connect(self._forward)
        self.handover.taken.connect(self._take_papers)
        self._lay_out_search()
        for part in (
            self.printed,
            self.handover,
            self.accept,
            self.brought,
            self.print_receipt,
            self.print_acceptance,
            self.print_checks,
            self.print_refusal,
            self.print_proxy,
            self.propose,
        ):
            self.detail.foot.addWidget(part)

    def _lay_out_search(self) -> None:
        self.search_line = FindLine(self)
        self.search_line.asked.connect(self._look)
        self.search_line.went_on.connect(self.focus)
        self.add_to_head(self.search_line)
        slash = QShortcut(QKeySequence("/"), self.table)
        slash.setContext(Qt.ShortcutContext.WidgetShortcut)
        slash.activated.connect(self.search_line.begin)
        self._nothing = Empty(
            self.tr("没有找到"),
            self.tr("可查姓名、拼音首字母、证件号末 4–6 位、收件号和办件编号。只查本工位的办件。"),
        )
        self._more_wanted = Empty(
            self.tr("再输几个字"),
            self.tr("姓名至少两个字，拼音首字母至少两个，号码至少末四位。"),
        )
        self._stack.addWidget(self._nothing)
        self._stack.addWidget(self._more_wanted)
        self._looks = 0  # the answer to an older one is let go
        self._left = 0

    def refresh(self) -> None:
        """Fetch the list; what was found stays as it is, unless more cases can be found meanwhile."""
        if not self.search_line.text():
            super().refresh()
        elif self._left:
            self._look(self.search_line.text())

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Leave no name in the line of a page that nobody looks at."""
        super().hideEvent(event)
        self.search_line.clear()

    def _again(self) -> None:
        """Show what a deed has changed."""
        self._look(self.search_line.text())

    def _look(self, typed: str) -> None:
        self._looks += 1
        look = self._looks
        if not typed:
            self._left = 0
            super().refresh()
            return
        self._background.desk(
            lambda: self._desk.find_cases(typed), lambda found: self._found(look, found), self._not_done
        )

    def _found(self, look: int, found: FoundView) -> None:
        if look == self._looks:
            self._left = found.left
            nothing = self._more_wanted if found.by is None else self._nothing
            self._show(found.cases, self.search_line.said(found), nothing)

    def _fetched(self, cases: tuple[CaseView, ...]) -> None:
        if self.search_line.text():
            self._fetching = False
        else:
            super()._fetched(cases)

    def show_actions(self, case: CaseView) -> None:
        """Offer acceptance for a received case, the receipt for every case, the notice of an accepted one."""
        here = case.offices is None or case.offices.steps_here
        self.accept.setVisible(self._may_accept and here and case.status is CaseStatus.RECEIVED)
        self.print_proxy.setVisible(self._may_forward and case.offices is not None and case.offices.community)
        self.handover.show_case(case, may_forward=self._may_forward, may_take=self._may_accept)
        self.print_receipt.setVisible(self._may_print and SlipKind.RECEIPT in case.printable)
        self.print_acceptance.setVisible(self._may_accept and SlipKind.ACCEPTANCE in case.printable)
        self.brought.setVisible(self._may_print and case.lapsed)
        self.print_checks.setVisible(self._may_print and SlipKind.VERIFICATION in case.printable)
        self.print_refusal.setVisible(self._may_refuse and SlipKind.REFUSAL in case.printable)
        elsewhere = case.offices is not None and case.offices.handover is not None and not here
        self.propose.setVisible(self._may_propose and not elsewhere and case.status in _PROPOSABLE)
        self.printed.show_for(case.case)

    def _print_proxy(self) -> None:
        case = self.table.current()
        if case is not None and not self._busy:
            self._busy = True
            self._background.desk(lambda: self._desk.print_proxy(case.case), self._print_done, self._not_done)

    def _forward(self) -> None:
        case = self.table.current()
        if case is not None and not self._busy and not self.handover.forward.isHidden():
            self._busy = True
            self._background.desk(lambda: self._desk.forward(case.case), self._forwarded, self._not_done)

    def _forwarded(self, done: tuple[CaseView, PrintView | None]) -> None:
        if done[1] is not None:
            self._print_done(done[1])
        self._changed_office(done[0])

    def _take_papers(self, found: Takeover) -> None:
        case = self.table.current()
        if case is not None and not self._busy and not self.handover.take.isHidden():
            self._busy = True
            take = self._desk.take_papers
            self._background.desk(lambda: take(case.case, found), self._changed_office, self._not_done)

    def _changed_office(self, _: CaseView) -> None:
        self._busy = False
        self._again()
        self.focus()

    def _propose(self) -> None:
        case = self.table.current()
        if case is not None and not self.propose.isHidden():
            self.propose_asked.emit(case)

    def _accept(self) -> None:
        case = self.table.current()
        if case is not None and not self._busy:
            self._busy = True
            self._background.desk(lambda: self._desk.accept_case(case.case), self._accepted, self._not_done)

    def _accepted(self, done: tuple[CaseView, PrintView]) -> None:
        self._print_done(done[1])
        self._again()
        self.focus()

    def _brought(self) -> None:
        case = self.table.current()
        if case is not None and not self._busy:
            self._busy = True
            self._background.desk(
                lambda: self._desk.bring_papers(case.case), self._papers_brought, self._not_done
            )

    def _papers_brought(self, _: CaseView) -> None:
        self._busy = False
        self._again()
        self.focus()

    def _print(self, kind: SlipKind) -> None:
        case = self.table.current()
        if case is not None and not self._busy:
            self._busy = True
            self._background.desk(
                lambda: self._desk.print_slip(case.case, kind), self._print_done, self._not_done
            )

    def _print_done(self, sheet: PrintView) -> None:
        self._busy = False
        self.printed.show_print(sheet)
        if sheet.trouble is not None:
            self.refused.emit(Refused(sheet.trouble))

    def _not_done(self, refused: Refused) -> None:
        self._busy = False
        self.refused.emit(refused)
