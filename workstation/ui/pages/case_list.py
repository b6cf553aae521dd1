"""What 办件 and 出件 share: a list, the detail of the selected case, a refresh while the page is seen."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from wire.lifecycle import UNDER_WAY
from wire.messages import SubCaseState
from workstation.domain.case import ENDED_EARLY, CaseStatus
from workstation.domain.failures import Failure, Refused
from workstation.services.views import CaseView
from workstation.ui import text
from workstation.ui.background import Background
from workstation.ui.language import translate
from workstation.ui.widgets.detail import CaseDetail
from workstation.ui.widgets.empty import Empty
from workstation.ui.widgets.mark import Sign
from workstation.ui.widgets.table import CaseTable, Column

REFRESH_MS = 1500
_STEPS = list(CaseStatus)


class CaseList(QWidget):
    """The table on the left, the detail on the right; `refused` goes to the banner."""

    refused = Signal(object)

    def __init__(
        self,
        title: str,
        empty: Empty,
        table: CaseTable,
        fetch: Callable[[], tuple[CaseView, ...]],
        background: Background,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(title)
        self._background = background
        self._fetch = fetch
        self._fetching = False
        self._wanted = ""
        self._trouble: Failure | None = None
        self._focus_waits = False
        self.table = table
        self.detail = CaseDetail(self)
        self._count = QLabel(self)
        self._count.setObjectName("pageNote")
        self._lay_out(title, empty)
        table.picked.connect(self._picked)
        self._refresh = QTimer(self)
        self._refresh.setInterval(REFRESH_MS)
        self._refresh.timeout.connect(self.refresh)
        self.detail.hide()

    def _lay_out(self, title: str, empty: Empty) -> None:
        name = QLabel(title, self)
        name.setObjectName("pageTitle")
        head = self._head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(name)
        head.addWidget(self._count)
        head.addStretch(1)
        panel = QFrame(self)
        panel.setObjectName("panel")
        inside = QVBoxLayout(panel)
        inside.setContentsMargins(1, 1, 1, 1)
        self._stack = QStackedWidget(panel)
        self._empty = empty
        self._stack.addWidget(empty)
        self._stack.addWidget(self.table)
        inside.addWidget(self._stack)
        body = QHBoxLayout()
        body.setSpacing(8)
        body.addWidget(panel, 1)
        body.addWidget(self.detail)
        page = QVBoxLayout(self)
        page.setContentsMargins(12, 10, 12, 12)
        page.setSpacing(8)
        page.addLayout(head)
        page.addLayout(body, 1)

    def add_to_head(self, part: QWidget) -> None:
        """Put something at the right end of the line with the title."""
        self._head.addWidget(part)

    def refresh(self) -> None:
        """Fetch the list, unless the last fetch is still under way."""
        if self._fetching:
            return
        self._fetching = True
        self._background.desk(self._fetch, self._fetched, self._not_fetched)

    def _fetched(self, cases: tuple[CaseView, ...]) -> None:
        self._fetching = False
        self._trouble = None
        self._show(cases, self.tr("{0} 件").format(len(cases)) if cases else "", self._empty)

    def _show(self, cases: tuple[CaseView, ...], told: str, empty: Empty) -> None:
        self._count.setText(told)
        self._stack.setCurrentWidget(self.table if cases else empty)
        self.table.show_cases(cases)
        if self._wanted:
            self.table.choose(self._wanted)
            self._wanted = ""
        if cases and self._focus_waits and self.hasFocus():
            self.focus()

    def choose(self, case: str) -> None:
        """Select a case, now or as soon as the list is there."""
        self._wanted = case
        self.table.choose(case)

    def _not_fetched(self, refused: Refused) -> None:
        self._fetching = False
        # Once: a banner that comes back with every refresh could not be closed.
        if refused.failure is not self._trouble:
            self._trouble = refused.failure
            self.refused.emit(refused)

    def _picked(self, case: CaseView | None) -> None:
        self.detail.setVisible(case is not None)
        if case is not None:
            self.detail.show_case(case)
            self.show_actions(case)

    def show_actions(self, case: CaseView) -> None:
        """Show what can be done with the selected case; each page has its own."""

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Refresh while the page is seen."""
        super().showEvent(event)
        self.refresh()
        self._refresh.start()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Rest while it is not."""
        super().hideEvent(event)
        self._refresh.stop()

    def focus(self) -> None:
        """Put the focus into the list; while it is empty the page keeps it, so that no key hits a button."""
        self._focus_waits = self._stack.currentWidget() is not self.table
        (self if self._focus_waits else self.table).setFocus(Qt.FocusReason.OtherFocusReason)


def columns() -> tuple[Column, ...]:
    """The columns of both lists."""
    none_yet = translate("CaseList", "临时")
    return (
        Column(translate("CaseList", "收件号"), lambda c: c.receipt_no, lambda c: c.receipt_no),
        Column(
            translate("CaseList", "办件编号"),
            lambda c: c.project_no or none_yet,
            lambda c: c.project_no or "",
        ),
        Column(
            translate("CaseList", "事项"),
            lambda c: text.said(c.title),
            lambda c: text.said(c.title),
            wide=True,
        ),
        Column(translate("CaseList", "申请人"), lambda c: c.applicant, lambda c: c.applicant),
        Column(
            translate("CaseList", "状态"), lambda c: text.status(c.status), lambda c: _STEPS.index(c.status)
        ),
        Column(
            translate("CaseList", "进展"),
            progress,
            lambda c: _decided(c) * 100 // max(1, len(c.sub_cases)),
            sign=_sign,
            more=waiting,
        ),
        Column(translate("CaseList", "承诺日期"), promised, lambda c: promised(c) or "9999"),
    )


def progress(case: CaseView) -> str:
    """Say how many items are decided; what waits for a department's answer, or lacks a paper, says so first."""
    if case.status in ENDED_EARLY:
        return ""  # the state says all; "0/1" would sound as if something were to come
    if case.status is CaseStatus.CORRECTION_REQUIRED and case.corrections:
        return translate("CaseList", "等补正到 {0}").format(f"{case.corrections[-1].until:%m-%d}")
    if case.deemed_on is not None and case.status in UNDER_WAY:
        return translate("CaseList", "视为受理 {0}/{1}").format(_decided(case), len(case.sub_cases))
    if case.waiting:
        return translate("CaseList", "等部门答复 {0}").format(f"{case.waiting[0][1]:%m-%d}")
    if case.lapsed:
        return translate("CaseList", "部门没有证实，补看原件")
    return translate("CaseList", "{0}/{1} 办结").format(_decided(case), len(case.sub_cases))


def waiting(case: CaseView) -> str:
    """Say what a case waits for, "" when it is nothing."""
    if not case.waiting:
        return ""
    return translate("CaseList", "等待部门答复，最迟 {0}").format(case.waiting[0][1].isoformat())


def _sign(case: CaseView) -> Sign | None:
    if case.deemed_on is not None and case.status in UNDER_WAY:
        return Sign.BAD
    if case.waiting or case.status is CaseStatus.CORRECTION_REQUIRED:
        return Sign.BUSY
    return Sign.CARE if case.lapsed else None


def promised(case: CaseView) -> str:
    """Return the last date promised for an open item, "" when there is none."""
    dates = [sub.promised_on for sub in case.sub_cases if sub.promised_on is not None]
    return max(dates).isoformat() if dates else ""


def _decided(case: CaseView) -> int:
    return sum(sub.state is SubCaseState.DECIDED for sub in case.sub_cases)
