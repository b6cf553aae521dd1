"""Everything around the pages once somebody is signed in: strip, rail, banner, and the pages of that person."""

from __future__ import annotations

from collections.abc import Callable

import shiboken6
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from wire.messages import Role
from workstation.domain.audit import Standing
from workstation.domain.failures import Failure, Refused
from workstation.domain.slip import SlipKind
from workstation.domain.staleness import Stage, Staleness
from workstation.services.desk import DeskApi
from workstation.services.ports import CardPresence
from workstation.services.views import (
    CaseView,
    Link,
    LinkView,
    PrintView,
    ReaderView,
    StationStep,
    StationView,
)
from workstation.ui.background import Background
from workstation.ui.pages.audit import AuditPage
from workstation.ui.pages.case_list import CaseList
from workstation.ui.pages.cases import CasesPage
from workstation.ui.pages.intake import IntakePage
from workstation.ui.pages.printing import PrintingPage
from workstation.ui.pages.results import ResultsPage
from workstation.ui.pages.station import StationPage
from workstation.ui.pages.steps import StepsPage
from workstation.ui.pages.supervision import SupervisionPage
from workstation.ui.pages.transfer import TransferPage
from workstation.ui.printing.bar import PrintBar
from workstation.ui.printing.follower import PrintFollower
from workstation.ui.printing.sheet_page import SheetPage
from workstation.ui.queue.bar import QueueBar
from workstation.ui.queue.page import QueuePage
from workstation.ui.rail import Rail
from workstation.ui.reveal import Privacy
from workstation.ui.strip import Strip
from workstation.ui.widgets.banner import Banner
from workstation.ui.words import transfer as transfer_words

POLL_MS = 1000
_AT_THE_COUNTER = ("intake", "cases", "results", "supervision", "station", "transfer", "printing")
_PAGES = {
    Role.CLERK: _AT_THE_COUNTER,
    Role.AGENT: _AT_THE_COUNTER,
    Role.SUPERVISOR: ("cases", "results", "supervision", "station", "transfer", "printing"),
    Role.AUDITOR: ("audit", "supervision", "station"),
    Role.AUTHOR: ("station",),
    Role.ADMIN: ("station",),
}
# What each state of the reader shows to be over: the service runs, a reader is there, a card can be read.
_OVER_WITH = {
    CardPresence.NO_READER: (Failure.CARD_SERVICE_DOWN,),
    CardPresence.EMPTY: (Failure.CARD_SERVICE_DOWN, Failure.READER_MISSING, Failure.CARD_MUTE),
    CardPresence.MUTE: (Failure.CARD_SERVICE_DOWN, Failure.READER_MISSING, Failure.CARD_MISSING),
    CardPresence.PRESENT: (Failure.CARD_SERVICE_DOWN, Failure.READER_MISSING, Failure.CARD_MISSING),
}
_CHAIN = {
    Standing.LATE: Failure.AUDIT_LATE,
    Standing.STOPPED: Failure.AUDIT_STOPPED,
    Standing.REFUSED: Failure.AUDIT_REFUSED,
}
_ORDER = ("intake", "cases", "results", "supervision", "station", "audit", "transfer", "printing")


_FIRST = ("intake", "results", "audit", "station")  # what a person sees first, of the pages they have


class Shell(QWidget):
    """Lives from sign-in to sign-out, so that nothing of one person is left for the next."""

    signed_out = Signal()
    lock_asked = Signal()
    ended = Signal(object)  # StationView: the account is no more
    served = Signal(str, object)  # case, wire.evaluation.Stage: the citizen may be asked what they think

    def __init__(
        self,
        desk: DeskApi,
        background: Background,
        station: StationView,
        parent: QWidget | None = None,
        *,
        privacy: Privacy | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("shell")
        self._privacy = privacy or Privacy()
        self._desk = desk
        self._background = background
        self._polling = False
        self._trouble: Failure | None = None
        self._presence: CardPresence | None = None
        self._chain = Standing.GOOD
        self._stage = Stage.FRESH
        self._told = 0  # how often the reader told of itself
        self._resting = False  # behind the lock page
        self._before: tuple[QWidget | None, QWidget | None] = (
            None,
            None,
        )  # beside the rail: page and field before
        self.banner = Banner(self)
        self.idle_warning = QLabel(self)
        self.idle_warning.setObjectName("idleWarning")
        self.idle_warning.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.idle_warning.hide()
        self.print_bar = PrintBar(self)
        self.strip = Strip(station, self)
        self.pages: dict[str, QWidget] = {}
        self._stack = QStackedWidget(self)
        self._build_pages(station)
        self.rail = Rail(tuple(self.pages), self)
        self._lay_out()
        self.rail.chosen.connect(self.open)
        self.strip.signed_out.connect(self._sign_out)
        self.strip.lock_asked.connect(self.lock_asked)
        self.strip.queue_asked.connect(self._open_queue)
        self._follow_prints()
        self._poll = QTimer(self)
        self._poll.setInterval(POLL_MS)
        self._poll.timeout.connect(self.poll)
        self._poll.start()
        self.open(next(name for name in _FIRST if name in self.pages))
        self.poll()
        background.net(desk.prepare_paper)

    @property
    def intake(self) -> IntakePage | None:
        """The counter page, for those who sit there."""
        page = self.pages.get("intake")
        return page if isinstance(page, IntakePage) else None

    def _build_pages(self, station: StationView) -> None:
        allowed = {page for role in station.roles for page in _PAGES[role]} | {"station"}
        for name in _ORDER:
            if name in allowed:
                page = self._build(name, station)
                self.pages[name] = page
                self._stack.addWidget(page)
                if isinstance(page, (CaseList, SupervisionPage, AuditPage, TransferPage, PrintingPage)):
                    page.refused.connect(self.show_refusal)
                if isinstance(page, CaseList):
                    page.ledger_asked.connect(self._open_ledger)
                if isinstance(page, ResultsPage):
                    page.preview_asked.connect(lambda case: self._preview(case, SlipKind.RESULT))
                if isinstance(page, (SupervisionPage, TransferPage, PrintingPage)):
                    page.settled.connect(self.banner.hide)
                if isinstance(page, (IntakePage, ResultsPage, SupervisionPage)):
                    page.served.connect(self.served)
                if isinstance(page, TransferPage):
                    page.case_asked.connect(self._open_case)
                    page.enrol_asked.connect(self._enrol_again)
                if isinstance(page, CasesPage):
                    page.preview_asked.connect(self._preview)
                    page.propose_asked.connect(self._propose)
                    page.steps_asked.connect(self._begin_steps)
                    page.parked_asked.connect(self._open_queue)
        # No page of the rail: one comes to it with a case in hand.
        self.steps = StepsPage(self._desk, self._background, self)
        self._stack.addWidget(self.steps)
        self.steps.refused.connect(self.show_refusal)
        self.steps.settled.connect(self.banner.hide)
        self.steps.left.connect(self._open_case)
        self.steps.proposed.connect(lambda: self.open("supervision"))
        self._build_sheets(station)
        self._build_queue(station)

    def _build_queue(self, station: StationView) -> None:
        """For whoever sits at a window: the line while somebody waits, the page at its key."""
        self.queue_bar: QueueBar | None = None
        if not {Role.CLERK, Role.AGENT} & set(station.roles):
            return
        self.queue_bar = QueueBar(self._desk, self._background, self)
        self.queue_page = QueuePage(self._desk, self._background, self)
        self._stack.addWidget(self.queue_page)
        self.queue_bar.refused.connect(self.show_refusal)
        self.queue_bar.asked.connect(self._open_numbers)
        self.queue_page.refused.connect(self.show_refusal)
        self.queue_page.settled.connect(self.banner.hide)
        self.queue_page.moved.connect(self.queue_bar.show_queue)
        self.queue_page.left.connect(lambda: self._go_back(self.queue_page))
        QShortcut(QKeySequence("Ctrl+9"), self).activated.connect(self._open_numbers)
        page = self.pages.get("station")
        if isinstance(page, StationPage):
            page.numbers.show()
            page.numbers.clicked.connect(self._open_numbers)

    def _open_numbers(self) -> None:
        self._visit(self.queue_page)
        self.queue_page.focus()

    def _build_sheets(self, station: StationView) -> None:
        self.sheets = SheetPage(self._desk, self._background, station.roles, self)
        self._stack.addWidget(self.sheets)
        self.sheets.refused.connect(self.show_refusal)
        self.sheets.settled.connect(self.banner.hide)
        self.sheets.left.connect(lambda: self._go_back(self.sheets))
        self.sheets.printed.connect(self._sheet_printed)

    def _build(self, name: str, station: StationView) -> QWidget:
        desk, beside = self._desk, self._background
        made: dict[str, Callable[[], QWidget]] = {
            "intake": lambda: IntakePage(desk, beside, self, reveal_s=self._privacy.reveal_s),
            "cases": lambda: CasesPage(desk, beside, station.roles, self),
            "results": lambda: ResultsPage(desk, beside, self, roles=station.roles),
            "supervision": lambda: SupervisionPage(desk, beside, station, self),
            "station": lambda: StationPage(desk, beside, station, self, privacy=self._privacy),
            "audit": lambda: AuditPage(desk, beside, self),
            "transfer": lambda: TransferPage(desk, beside, self),
            "printing": lambda: PrintingPage(desk, beside, station.roles, self),
        }
        return made[name]()

    def _lay_out(self) -> None:
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        around = QHBoxLayout()
        around.setContentsMargins(12, 0, 12, 0)
        around.addWidget(self.banner)
        beneath = QHBoxLayout()
        beneath.setContentsMargins(12, 0, 12, 0)
        beneath.setSpacing(8)
        beneath.addWidget(self.print_bar, 1)
        if self.queue_bar is not None:
            beneath.addWidget(self.queue_bar, 1)  # beside the other: the counter screen keeps its height
        right.addWidget(self.idle_warning)
        right.addLayout(around)
        right.addLayout(beneath)
        right.addWidget(self._stack, 1)
        body = QHBoxLayout()
        body.setSpacing(0)
        body.addWidget(self.rail)
        body.addLayout(right, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.strip)
        column.addLayout(body, 1)

    def open(self, name: str) -> None:
        """Open a page by its name."""
        page = self.pages[name]
        self.rail.mark(name)
        self.banner.hide()
        self._stack.setCurrentWidget(page)
        if isinstance(page, IntakePage):
            page.refresh()
        if isinstance(page, TransferPage):
            page.begin()
        self.focus()

    def focus(self) -> None:
        """Put the focus where work on the open page begins."""
        page = self._stack.currentWidget()
        if isinstance(page, IntakePage):
            page.person.read.setFocus(Qt.FocusReason.OtherFocusReason)
        elif isinstance(page, (CaseList, SupervisionPage, AuditPage, TransferPage, PrintingPage)):
            page.focus()
        elif isinstance(page, StationPage):
            page.look.setFocus(Qt.FocusReason.OtherFocusReason)

    def _propose(self, case: CaseView) -> None:
        """From the list of cases to the tray, with the case in hand."""
        page = self.pages.get("supervision")
        if isinstance(page, SupervisionPage):
            self.open("supervision")
            page.begin(case)

    def _begin_steps(self, case: CaseView) -> None:
        """From the list of cases to what may be done with one of them."""
        self.banner.hide()
        self._stack.setCurrentWidget(self.steps)
        self.steps.begin(case)

    def _open_queue(self) -> None:
        """The strip was pressed: to what waits, for those who have that page."""
        if "transfer" in self.pages:
            self.open("transfer")

    def _enrol_again(self) -> None:
        """From a step that the hall does not take to the place where the station is enrolled anew."""
        page = self.pages.get("station")
        if isinstance(page, StationPage):
            self.open("station")
            page.ask_enrol_again()

    # -- paper -------------------------------------------------------------------------------------------
    def _follow_prints(self) -> None:
        """Follow each sheet to its end, for those who print."""
        page = self.pages.get("printing")
        if not isinstance(page, PrintingPage):
            return
        self._follower = PrintFollower(self._desk, self._background, self)
        self._follower.told.connect(self.print_bar.show_sheets)
        self._follower.moved.connect(page.refresh)
        self.print_bar.asked.connect(lambda: self.open("printing"))
        self.print_bar.confirmed.connect(self._confirm)
        self.print_bar.look_asked.connect(self._preview_held)

    def _confirm(self, serials: tuple[str, ...]) -> None:
        self._background.desk(
            lambda: self._desk.confirm_sheets(serials),
            lambda _: self._follower.look(),
            self.show_refusal,
        )

    def _open_ledger(self, case: str) -> None:
        page = self.pages.get("printing")
        if isinstance(page, PrintingPage):
            self.open("printing")
            page.open_case(case)

    def _preview(self, case: CaseView, kind: SlipKind | None = None) -> None:
        """From a case to a look at its sheets."""
        if self.sheets.begin(case, kind):
            self._look_at_sheets()

    def _preview_held(self, serial: str) -> None:
        """From the line of sheets to one that waits for a look."""
        if self._stack.currentWidget() is not self.sheets:
            self.sheets.begin_held(serial)
            self._look_at_sheets()

    def _look_at_sheets(self) -> None:
        self._visit(self.sheets)
        self.sheets.focus()

    def _visit(self, page: QWidget) -> None:
        """Open a page that is none of the rail's, and remember where one was."""
        before = self._stack.currentWidget()
        if before is not page:
            self.banner.hide()
            # From one such page to another one goes back to the page before both.
            if before in self.pages.values() or before is self.steps:
                self._before = (before, QApplication.focusWidget())
            self._stack.setCurrentWidget(page)

    def _go_back(self, left: QWidget) -> None:
        """Back to the page and the field that one came from: a look interrupts nothing."""
        page, field = self._before
        if self._stack.currentWidget() is not left or page is None:
            return
        self._stack.setCurrentWidget(page)
        if field is not None and shiboken6.isValid(field) and field.isVisible():
            field.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.focus()

    def _sheet_printed(self, sheet: PrintView) -> None:
        page = self._before[0]
        if isinstance(page, (CasesPage, ResultsPage)):
            page.show_printed(sheet)
        elif sheet.trouble is not None:
            self.show_refusal(Refused(sheet.trouble))

    def _open_case(self, case: str) -> None:
        page = self.pages.get("cases")
        if isinstance(page, CasesPage):
            self.open("cases")
            page.choose(case)

    def show_evaluation(self, told: str) -> None:
        """Say that the citizen is asked, or that it is over; what was said is not here to be shown."""
        self.rail.show_evaluation(told)

    def show_refusal(self, refused: Refused) -> None:
        """Show what was refused, with its remedy."""
        self.banner.show_refusal(refused)

    def scanned(self, code: str) -> None:
        """A scanner at a serial port has read a code: it is for the counter page or the search, when that is open."""
        page = self._stack.currentWidget()
        if isinstance(page, CasesPage):
            page.search_line.begin_with(code)
        if self.intake is not None and self._stack.currentWidget() is self.intake:
            self.intake.code_scanned(code)

    def warn_idle(self, left: int) -> None:
        """Say that the desk is locked soon; any key or the mouse keeps it open. 0 takes it back."""
        self.idle_warning.setText(self.tr("{0} 秒后自动锁定。按任意键或动一下鼠标，接着办。").format(left))
        if left and self.idle_warning.isHidden():
            QAccessible.updateAccessibility(QAccessibleEvent(self.idle_warning, QAccessible.Event.Alert))
        self.idle_warning.setVisible(bool(left))

    def rest(self, *, on: bool) -> None:
        """Behind the lock page no card is read and nothing pops up; what was refused meanwhile is over with it."""
        self._resting = on
        for banner in self._banners():
            banner.over(Failure.SEAT_LOCKED)

    def _banners(self) -> tuple[Banner, ...]:
        return (self.banner,) if self.intake is None else (self.banner, self.intake.banner)

    def cover(self) -> None:
        """Hide all that was revealed, wherever it stands."""
        if self.intake is not None:
            self.intake.cover()

    def commit_typing(self) -> None:
        """Hand the field being typed to the desk before the page goes away."""
        if self.intake is not None:
            self.intake.form.commit_typing()

    def _sign_out(self) -> None:
        self.commit_typing()
        self.signed_out.emit()

    # -- link and reader ---------------------------------------------------------------------------------
    def show_presence(self, presence: CardPresence) -> None:
        """Show at once what the reader sees, without waiting for the next poll."""
        self._told += 1
        self.strip.show_reader(ReaderView(presence))
        self._see(presence)

    def poll(self) -> None:
        """Ask link and reader, unless the last question is still under way."""
        if self._polling:
            return
        self._polling = True
        told = self._told
        self._background.desk(
            lambda: (self._desk.link(), self._desk.reader(), self._desk.station()),
            lambda said: self._heard(said, stale=told != self._told),
            self._not_heard,
        )

    def _heard(self, said: tuple[LinkView, ReaderView, StationView], *, stale: bool) -> None:
        """Show link and reader; a reader that has told of itself meanwhile knows better than this answer."""
        self._polling = False
        self._trouble = None
        link, reader, station = said
        if station.step in (StationStep.SIGN_IN, StationStep.SHUT_OUT):
            self._poll.stop()
            self.ended.emit(station)
            return
        if link.link is Link.UP:
            for banner in self._banners():
                banner.over(Failure.HALL_UNREACHABLE, Failure.HALL_BUSY)
        self.strip.show_link(link)
        self._see_chain(link.audit)
        self._see_stage(link.alone)
        if self.intake is not None and link.link is Link.UP:
            self.intake.hall_is_there()
        page = self.pages["station"]
        if isinstance(page, StationPage):
            page.show_link(link)
        if stale:
            return
        self.strip.show_reader(reader)
        if isinstance(page, StationPage):
            page.show_reader(reader)
        self._see(reader.presence)

    def _see_chain(self, standing: Standing) -> None:
        """Tell once of an audit chain that the hall does not sign: a banner that comes back could not be closed."""
        before, self._chain = self._chain, standing
        if standing is before:
            return
        self.banner.over(*_CHAIN.values())
        if standing in _CHAIN:
            self.show_refusal(Refused(_CHAIN[standing]))

    def _see_stage(self, alone: Staleness) -> None:
        """Tell once of each stage of a station that is alone: early, while something can still be done about it."""
        before, self._stage = self._stage, alone.stage
        if alone.stage is before:
            return
        self.banner.over(Failure.STATION_STALE)
        if alone.stage is not Stage.FRESH:
            said = transfer_words.stage(alone)
            self.banner.show_care(said, transfer_words.stage_detail(alone), Failure.STATION_STALE)

    def _not_heard(self, refused: Refused) -> None:
        self._polling = False
        # Once: a banner that comes back every second could not be closed.
        if refused.failure is not self._trouble:
            self._trouble = refused.failure
            self.show_refusal(refused)

    def _see(self, presence: CardPresence) -> None:
        """Tell the counter page of a card that came or went; one left from before is nobody's yet."""
        before, self._presence = self._presence, presence
        if self.intake is None or before is None or presence is before or self._resting:
            return
        self.intake.banner.over(*_OVER_WITH.get(presence, ()))
        if presence is CardPresence.PRESENT:
            self.intake.card_present()
        elif presence is CardPresence.MUTE:
            self.intake.card_mute()
        elif before is CardPresence.PRESENT:
            self.intake.card_gone()
