"""What 办件 and 出件 share: the bar of work lists, the rows, the detail of the selected case, a refresh while it is seen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from wire.lifecycle import UNDER_WAY
from wire.messages import SubCaseState
from workstation.domain.case import ENDED_EARLY, CaseStatus
from workstation.domain.failures import Failure, Refused
from workstation.domain.work_lists import ListKind, ListWanted, Order, SavedFilter, Start
from workstation.services.desk import DeskApi
from workstation.services.list_views import ListCounts, ListHead, ListPage
from workstation.services.views import CaseView
from workstation.ui import text
from workstation.ui.background import Background
from workstation.ui.language import translate
from workstation.ui.lists.filter_row import FilterRow
from workstation.ui.lists.list_bar import ListBar
from workstation.ui.widgets.column import Column
from workstation.ui.widgets.detail import CaseDetail
from workstation.ui.widgets.empty import Empty
from workstation.ui.widgets.light import sign_of
from workstation.ui.widgets.mark import Sign
from workstation.ui.widgets.rows import PAGE
from workstation.ui.widgets.table import CaseTable
from workstation.ui.words import dates
from workstation.ui.words import work_lists as words

REFRESH_MS = 1500


class CaseList(QWidget):
    """The lists above, the table on the left, the detail on the right; `refused` goes to the banner.

    `parked_asked` leads to the steps that need a person, on another page.
    """

    refused = Signal(object)
    parked_asked = Signal()
    ledger_asked = Signal(str)  # the sheets of a case

    def __init__(
        self,
        name: str,
        title: str,
        kinds: Sequence[ListKind],
        desk: DeskApi,
        background: Background,
        parent: QWidget | None = None,
        *,
        parked: bool = False,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(f"{name}Page")
        self.setAccessibleName(title)
        self._background = background
        self._desk = desk
        self._wanted = ListWanted(kinds[0])
        self._opened = False
        self._head_known: ListHead | None = None
        self._counts: ListCounts | None = None
        self._fetching = False
        self._to_choose = ""
        self._trouble: Failure | None = None
        self._focus_waits = False
        self.table = CaseTable(f"{name}.table", title, columns())
        self.detail = CaseDetail(self)
        self.lists = ListBar(name, kinds, self, parked=parked)
        self.filters = FilterRow(self)
        self._count = QLabel(self)
        self._count.setObjectName("pageNote")
        self._lay_out(title)
        self.table.picked.connect(self._picked)
        self.table.order_asked.connect(self._order)
        self.lists.chosen.connect(self.open_list)
        self.lists.parked_asked.connect(self.parked_asked)
        self._connect_filters()
        self._refresh = QTimer(self)
        self._refresh.setInterval(REFRESH_MS)
        self._refresh.timeout.connect(self.refresh)
        self.detail.hide()

    def _lay_out(self, title: str) -> None:
        name = QLabel(title, self)
        name.setObjectName("pageTitle")
        head = self._head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(name)
        head.addWidget(self._count)
        head.addStretch(1)
        self.show_filters = QPushButton(self.tr("筛选"), self)
        self.show_filters.setObjectName("filter.show")
        self.show_filters.setAccessibleName(self.tr("筛选"))
        self.show_filters.setProperty("list", True)
        self.show_filters.setCheckable(True)
        self.show_filters.toggled.connect(self._filters_shown)
        self.lists.add(self.show_filters)
        panel = QFrame(self)
        panel.setObjectName("panel")
        inside = QVBoxLayout(panel)
        inside.setContentsMargins(1, 1, 1, 1)
        self._stack = QStackedWidget(panel)
        self._empty = Empty("", "")
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self.table)
        inside.addWidget(self._stack)
        self._list = panel
        body = self._body = QHBoxLayout()
        body.setSpacing(8)
        body.addWidget(panel, 1)
        body.addWidget(self.detail)
        page = QVBoxLayout(self)
        page.setContentsMargins(12, 10, 12, 12)
        page.setSpacing(8)
        page.addLayout(head)
        page.addWidget(self.lists)
        page.addWidget(self.filters)
        page.addLayout(body, 1)
        self.filters.hide()

    def put_in_front(self, part: QWidget | None, parts: Sequence[QWidget]) -> None:
        """Show one of some parts in the place of the list, None for the list itself."""
        for each in parts:
            if self._body.indexOf(each) < 0:
                self._body.insertWidget(0, each, 1)
            each.setVisible(each is part)
        self._list.setVisible(part is None)

    def add_to_head(self, part: QWidget) -> None:
        """Put something at the right end of the line with the title."""
        self._head.addWidget(part)

    # -- lists -------------------------------------------------------------------------------------------
    @property
    def wanted(self) -> ListWanted:
        """The list that is open."""
        return self._wanted

    def open_list(self, kind: ListKind) -> None:
        """Open another list; the conditions go with it."""
        self.lists.mark(kind)
        self.filters.of_list(kind)
        self._open(self._narrowed(ListWanted(kind)))

    def _narrowed(self, wanted: ListWanted) -> ListWanted:
        mine, status, days = self.filters.conditions()
        login = self._login if mine else ""
        return replace(wanted, clerk=login, status=status, days=days)

    @property
    def _login(self) -> str:
        return self._me

    def _open(self, wanted: ListWanted) -> None:
        self._wanted = wanted
        self._opened = True
        self._head_known = None
        self.table.mark_order(wanted.order, down=wanted.backwards)
        self._background.desk(
            lambda: self._desk.list_page(wanted, Start(), PAGE),
            lambda page: self._first_came(wanted, page),
            self._not_fetched,
        )

    def _first_came(self, wanted: ListWanted, page: ListPage) -> None:
        if wanted != self._wanted or self.is_searching():
            return
        self._trouble = None
        self.table.show_list(page, partial(self._fetch, wanted))
        self._show_state(len(page.cases))
        self.refresh()

    def _fetch(self, wanted: ListWanted, start: Start, limit: int, take: Callable[[ListPage], None]) -> None:
        self._background.desk(lambda: self._desk.list_page(wanted, start, limit), take, self._not_fetched)

    def is_searching(self) -> bool:
        """Say whether the table shows what was searched for, in the place of a list."""
        return False

    def refresh(self) -> None:
        """Ask how long the lists are, unless the last question is still under way; what has changed is fetched."""
        if not self._opened:
            self._open(self._wanted)
            return
        if self._fetching:
            return
        self._fetching = True
        wanted, head, counts = self._wanted, self._head_known, self._counts
        self._background.desk(
            lambda: (self._desk.list_head(wanted, head), self._desk.list_counts(self.lists.kinds, counts)),
            lambda said: self._heard(wanted, *said),
            self._not_fetched,
        )

    def _heard(self, wanted: ListWanted, head: ListHead, counts: ListCounts) -> None:
        self._fetching = False
        self._trouble = None
        if counts is not self._counts:
            self._counts = counts
            self.lists.show_counts(counts)
        if wanted != self._wanted or self.is_searching() or head is self._head_known:
            return
        before, self._head_known = self._head_known, head
        if head.count and not self.table.rows.rowCount():
            self._open(wanted)  # From nothing to something: the first page brings the rows.
            return
        if before is None:
            self.table.rows.grow(head.count)
        else:
            self.table.rows.renew(head.count)
        self._show_state(head.count)
        self._choose_waiting()

    def _show_state(self, count: int) -> None:
        self._show_count(count)
        if not count:
            self._empty.say(*words.nothing(self._wanted.kind))
        self._show_stack(self.table if count else self._empty)

    def _show_stack(self, part: QWidget) -> None:
        self._stack.setCurrentWidget(part)
        if part is self.table and self._focus_waits and self.hasFocus():
            self.focus()

    def _show_count(self, count: int) -> None:
        said = self.tr("{0} 件").format(f"{count:,}") if count else ""
        if self.filters.is_set():
            said = self.tr("{0}，按条件筛选").format(said or self.tr("没有"))
        if self._counts is not None and self._counts.unlisted:
            said = self.tr("{0}；以前的办件还在整理期限").format(said)
        self._count.setText(said)

    def _show(self, cases: tuple[CaseView, ...], told: str, empty: Empty) -> None:
        """Show cases that were searched for, in the place of a list."""
        self._count.setText(told)
        self._stack.setCurrentWidget(self.table if cases else empty)
        self.table.show_cases(cases)
        if cases and self._focus_waits and self.hasFocus():
            self.focus()

    def _order(self, order: Order | None, down: bool) -> None:
        if not self.is_searching():
            self._open(self._wanted.sorted_by(order, descending=down if order is not None else None))

    def choose(self, case: str) -> None:
        """Select a case, now or as soon as the list is there; one that is not in this list is looked for among all."""
        self._to_choose = case
        self._choose_waiting()

    def _choose_waiting(self) -> None:
        case, wanted = self._to_choose, self._wanted
        if not case or self._head_known is None:
            return
        self._to_choose = ""
        if not self.table.choose(case):
            self._background.desk(
                lambda: self._desk.list_row(wanted, case),
                lambda row: self._row_known(wanted, case, row),
                self._not_fetched,
            )

    def _row_known(self, wanted: ListWanted, case: str, row: int | None) -> None:
        if wanted != self._wanted:
            return
        if row is not None:
            self.table.select_row(row)
        elif wanted.kind is not ListKind.ALL and ListKind.ALL in self.lists.kinds:
            self.filters.clear()
            self._to_choose = case
            self.open_list(ListKind.ALL)

    def _not_fetched(self, refused: Refused) -> None:
        self._fetching = False
        # Once: a banner that comes back with every refresh could not be closed.
        if refused.failure is not self._trouble:
            self._trouble = refused.failure
            self.refused.emit(refused)

    # -- conditions --------------------------------------------------------------------------------------
    def _connect_filters(self) -> None:
        self._me = ""
        self.filters.changed.connect(lambda: self._open(self._narrowed(self._wanted)))
        self.filters.chosen.connect(self._use_filter)
        self.filters.kept.connect(
            lambda saved: self._change_filters(lambda: self._desk.keep_filter(saved), saved.name)
        )
        self.filters.dropped.connect(
            lambda name: self._change_filters(lambda: self._desk.drop_filter(name), "")
        )

    def _filters_shown(self, shown: bool) -> None:
        """Closing the row takes its conditions back: nothing is left out of a list unseen."""
        self.filters.setVisible(shown)
        if shown:
            self._change_filters(self._desk.filters, "")
        elif self.filters.is_set():
            self.filters.clear()
            self._open(self._narrowed(self._wanted))

    def _use_filter(self, saved: SavedFilter) -> None:
        if saved.kind in self.lists.kinds:
            self.open_list(saved.kind)
        else:
            self._open(self._narrowed(self._wanted))

    def _change_filters(self, ask: Callable[[], tuple[SavedFilter, ...]], chosen: str) -> None:
        self._background.desk(
            lambda: (ask(), self._desk.station().login),
            lambda said: self._filters_came(said[0], said[1], chosen),
            self.refused.emit,
        )

    def _filters_came(self, saved: tuple[SavedFilter, ...], login: str, chosen: str) -> None:
        self._me = login
        self.filters.show_saved(saved, chosen)

    # -- the selected case -------------------------------------------------------------------------------
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
    """The columns of both lists. What has an order has an index that serves it."""
    none_yet = translate("CaseList", "临时")
    return (
        Column(translate("CaseList", "收件号"), lambda c: c.receipt_no, "000000000000000000W", Order.RECEIPT),
        Column(translate("CaseList", "办件编号"), lambda c: c.project_no or none_yet, "0000000000000000000W"),
        Column(translate("CaseList", "事项"), lambda c: text.said(c.title), wide=True),
        Column(translate("CaseList", "申请人"), lambda c: c.applicant, "测试名"),
        Column(
            translate("CaseList", "状态"),
            lambda c: text.status(c.status),
            text.status(CaseStatus.NOT_ACCEPTED),
        ),
        Column(
            translate("CaseList", "进展"),
            progress,
            translate("CaseList", "{0}/{1} 办结").format(10, 10),
            sign=_sign,
            more=waiting,
        ),
        Column(
            translate("CaseList", "期限"),
            dates.row,
            dates.longest_row(),
            Order.DUE,
            sign=lambda c: sign_of(c.dates.light),
            more=dates.row_more,
        ),
    )


def progress(case: CaseView) -> str:
    """Say how many items are decided; what waits for a department's answer, or lacks a paper, says so first."""
    handover = case.offices.handover if case.offices is not None else None
    if handover is not None and handover.taken_at is None:
        came, went = translate("CaseList", "转来，待接收"), translate("CaseList", "已转送，在路上")
        return came if handover.came_in else went
    if case.status in ENDED_EARLY:
        return ""  # the state says all; "0/1" would sound as if something were to come
    return _held_by(case) or translate("CaseList", "{0}/{1} 办结").format(_decided(case), len(case.sub_cases))


def _held_by(case: CaseView) -> str:
    if case.status is CaseStatus.CORRECTION_REQUIRED and case.corrections:
        return translate("CaseList", "等补正到 {0}").format(f"{case.corrections[-1].until:%m-%d}")
    if case.deemed_on is not None and case.status in UNDER_WAY:
        return translate("CaseList", "视为受理 {0}/{1}").format(_decided(case), len(case.sub_cases))
    if case.waiting:
        return translate("CaseList", "等部门答复 {0}").format(f"{case.waiting[0][1]:%m-%d}")
    return translate("CaseList", "部门没有证实，补看原件") if case.lapsed else ""


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


def _decided(case: CaseView) -> int:
    return sum(sub.state is SubCaseState.DECIDED for sub in case.sub_cases)
