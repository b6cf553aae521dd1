"""办件: every case of this station and the search among them, where its items are, acceptance from the list, the receipt once more."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from wire.messages import Role
from workstation.domain.case import Step
from workstation.domain.failures import Refused
from workstation.domain.slip import SlipKind
from workstation.domain.work_lists import ListKind
from workstation.services.desk import DeskApi
from workstation.services.forward_case import Takeover
from workstation.services.views import CaseView, FoundView, PrintView
from workstation.ui.background import Background
from workstation.ui.language import translate
from workstation.ui.offices.handover_box import HandoverBox
from workstation.ui.pages.case_list import CaseList
from workstation.ui.pages.find_line import FindLine
from workstation.ui.scans.scan_panel import ScanPanel
from workstation.ui.widgets.button import KeyButton
from workstation.ui.widgets.empty import Empty
from workstation.ui.widgets.printed import Printed

_PROPOSED = frozenset({Step.REFUSE, Step.TOLERATE, Step.VOID, Step.RETURN, Step.REOPEN})
_FURTHER = frozenset({Step.ASK_CORRECTION, Step.TAKE_CORRECTION, Step.WITHDRAW_ITEM, Step.AMEND})
KINDS = (
    ListKind.ALL,
    ListKind.DUE_TODAY,
    ListKind.OVERDUE,
    ListKind.TO_ACCEPT,
    ListKind.TO_CORRECT,
    ListKind.TO_SIGN,
    ListKind.TO_REPLACE,
    ListKind.CHECKS,
)


class CasesPage(CaseList):
    """Buttons stand there only for a role that may press them."""

    propose_asked = Signal(object)  # CaseView: somebody wants a second person for it
    steps_asked = Signal(object)  # CaseView: 补正, 撤回, 更正
    preview_asked = Signal(object)  # CaseView: its sheets, before they are printed

    def __init__(
        self,
        desk: DeskApi,
        background: Background,
        roles: tuple[Role, ...],
        parent: QWidget | None = None,
    ) -> None:
        title = translate("CasesPage", "办件")
        super().__init__("cases", title, KINDS, desk, background, parent, parked=True)
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
        self.look = KeyButton("cases.look", self.tr("先看再打"), "F3", self)
        self.look.setToolTip(self.tr("看这个办件能打的单子，选纸张和文字，再打印"))
        self.look.clicked.connect(self._look_at)
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
        self.scans = ScanPanel(desk, background, self)
        self.scans.refused.connect(self.refused)
        self.scans.closed.connect(self._close_scans)
        self.scans.hide()
        self.see_scans = KeyButton("cases.scans", self.tr("查看扫描件"), "F6", self)
        self.see_scans.clicked.connect(self._see_scans)
        self._may_see = Role.CLERK in roles or Role.AGENT in roles
        self.print_proxy = KeyButton("cases.print_proxy", self.tr("打印代办单"), "", self)
        self.print_proxy.clicked.connect(self._print_proxy)
        self.handover = HandoverBox(self)
        self.handover.forward_asked.connect(self._forward)
        self.handover.taken.connect(self._take_papers)
        self.steps = KeyButton("cases.steps", self.tr("补正、撤回、更正"), "F8", self)
        self.steps.setToolTip(self.tr("补正告知、收到补正、撤回、更正收件"))
        self.steps.clicked.connect(self._further)
        self.print_correction = KeyButton("cases.print_correction", self.tr("补打补正告知书"), "", self)
        self.print_correction.clicked.connect(lambda: self._print(SlipKind.CORRECTION))
        self.print_return = KeyButton("cases.print_return", self.tr("补打退件通知"), "", self)
        self.print_return.clicked.connect(lambda: self._print(SlipKind.RETURN))
        self._lay_out_search()
        for part in (
            self.printed,
            self.handover,
            self.accept,
            self.steps,
            self.brought,
            self.look,
            self.see_scans,
            self.print_receipt,
            self.print_acceptance,
            self.print_checks,
            self.print_refusal,
            self.print_correction,
            self.print_return,
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
        self.table.typed.connect(self.search_line.begin_with)
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
        self._looked_for = ""  # whose answer the table shows
        self._left = 0

    def is_searching(self) -> bool:
        """Say whether the table shows what was searched for, in the place of a list."""
        return bool(self.search_line.text())

    def refresh(self) -> None:
        """Ask how long the lists are; what was found stays as it is, unless more cases can be found meanwhile."""
        super().refresh()
        if self.is_searching() and self._left:
            self._look(self.search_line.text())

    def open_list(self, kind: ListKind) -> None:
        """Open a list in the place of what was searched for."""
        if self.is_searching():
            self._looks += 1
            self._looked_for = ""
            with QSignalBlocker(self.search_line):
                self.search_line.clear()
        super().open_list(kind)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Leave no name in the line and no picture on a page that nobody looks at."""
        super().hideEvent(event)
        self.search_line.clear()
        if self._list.isHidden():
            self.scans.clear()
            self.put_in_front(None, (self.scans,))

    def _see_scans(self) -> None:
        case = self.table.current()
        if case is not None and not self.see_scans.isHidden():
            self.put_in_front(self.scans, (self.scans,))
            self.scans.show_case(case)

    def _close_scans(self) -> None:
        self.put_in_front(None, (self.scans,))
        self.focus()

    def _again(self) -> None:
        """Show what a deed has changed."""
        if self.is_searching():
            self._look(self.search_line.text())
        else:
            self.refresh()

    def _look(self, typed: str) -> None:
        self._looks += 1
        look = self._looks
        if not typed:
            self._left = 0
            self._looked_for = ""
            self._open(self.wanted)
            return
        self._background.desk(
            lambda: self._desk.find_cases(typed),
            lambda found: self._found(look, typed, found),
            lambda refused: self._not_found(look, refused),
        )

    def _not_found(self, look: int, refused: Refused) -> None:
        """Of a search that nobody waits for any more nothing is told: it may have met a desk that was locked meanwhile."""
        if look == self._looks:
            self.refused.emit(refused)

    def _found(self, look: int, typed: str, found: FoundView) -> None:
        if look != self._looks:
            return
        self._left = found.left
        if not found.rest or typed != self._looked_for:
            nothing = self._more_wanted if found.by is None else self._nothing
            self._show(found.cases, self.search_line.said(found), nothing)
            self._looked_for = typed
        if found.rest:
            # What stands below the first screen comes while that is read. A search that is repeated is shown when it is
            # whole: a chosen case that stands below would leave the table, and the next key meet another.
            self._background.desk(
                lambda: self._desk.found_rest(typed, found.rest),
                lambda rest: self._found(look, typed, replace(found, cases=found.cases + rest, rest=())),
                lambda refused: self._not_found(look, refused),
            )

    def show_actions(self, case: CaseView) -> None:
        """Offer acceptance for a received case, the receipt for every case, the notice of an accepted one."""
        here = case.offices is None or case.offices.steps_here
        elsewhere = case.offices is not None and case.offices.handover is not None and not here
        self.accept.setVisible(self._may_accept and here and Step.ACCEPT in case.steps)
        self.print_proxy.setVisible(self._may_forward and case.offices is not None and case.offices.community)
        self.handover.show_case(case, may_forward=self._may_forward, may_take=self._may_accept)
        self.steps.setVisible(self._may_print and not elsewhere and bool(_FURTHER & set(case.steps)))
        self.print_correction.setVisible(self._may_accept and SlipKind.CORRECTION in case.printable)
        self.print_return.setVisible(SlipKind.RETURN in case.printable)
        self.print_receipt.setVisible(self._may_print and SlipKind.RECEIPT in case.printable)
        self.print_acceptance.setVisible(self._may_accept and SlipKind.ACCEPTANCE in case.printable)
        self.look.setVisible(self._may_print or SlipKind.RESULT in case.printable)
        self.brought.setVisible(self._may_print and case.lapsed)
        self.print_checks.setVisible(self._may_print and SlipKind.VERIFICATION in case.printable)
        self.print_refusal.setVisible(self._may_refuse and SlipKind.REFUSAL in case.printable)
        self.propose.setVisible(self._may_propose and not elsewhere and bool(_PROPOSED & set(case.steps)))
        self.see_scans.setVisible(self._may_see and bool(case.scanned))
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

    def _look_at(self) -> None:
        case = self.table.current()
        if case is not None and not self.look.isHidden():
            self.preview_asked.emit(case)

    def show_printed(self, sheet: PrintView) -> None:
        """Say what became of a sheet that was looked at first."""
        self._print_done(sheet)

    def _propose(self) -> None:
        case = self.table.current()
        if case is not None and not self.propose.isHidden():
            self.propose_asked.emit(case)

    def _further(self) -> None:
        case = self.table.current()
        if case is not None and not self.steps.isHidden():
            self.steps_asked.emit(case)

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
