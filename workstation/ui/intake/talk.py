"""The talk at the counter as the page knows it: every call to the desk goes out here, every new view comes in here."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from catalogue.model import Offer
from wire.messages import VerificationQuery
from workstation.domain.failures import Failure, Refused
from workstation.domain.identity import Glimpse, Identity
from workstation.domain.verification import Check
from workstation.services.desk import DeskApi
from workstation.services.ports import CardPin
from workstation.services.read_scan import ReadScan
from workstation.services.take_agency import AgencyTold
from workstation.services.views import FieldView, PrintView, VisitView
from workstation.ui.background import Background


class Talk(QObject):
    """Holds the latest view. Everything is asked in the background; the answers arrive in the order of the desk."""

    changed = Signal(object)  # VisitView, or None when there is no visit
    refused = Signal(object)  # Refused
    reading = Signal(bool)
    glimpsed = Signal(object)  # Glimpse
    person_revealed = Signal(str, str)
    hits = Signal(object)  # tuple[Offer, ...]
    drafts = Signal(object)  # tuple[VisitView, ...]
    answered = Signal(str, bool)  # key, taken
    reason_wanted = Signal(str, str)  # key, typed
    revealed = Signal(object)  # FieldView
    nothing_to_ask = Signal()
    asking = Signal(object)  # frozenset of the rules under way
    printed = Signal(object)  # PrintView

    def __init__(self, desk: DeskApi, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._background = background
        self._reading = False
        self._citizen = 0  # counts those who were called
        self._asked: set[str] = set()  # query prints that were sent once by themselves
        self._under_way: frozenset[str] = frozenset()
        self._search = 0
        self.view: VisitView | None = None

    # -- person ------------------------------------------------------------------------------------------
    def read_card(self, pin: CardPin | None = None) -> None:
        """Read the card in the reader and take its holder. A second call while reading does nothing."""
        if self._reading:
            return
        self._reading = True
        self.reading.emit(True)
        self._background.net(lambda: self._desk.read_card(self._told, pin), self._read(), self._not_read)

    def check_code(self, code: str) -> None:
        """Have the code of an electronic card confirmed and take its holder. While reading it does nothing."""
        if self._reading:
            return
        self._reading = True
        self.reading.emit(True)
        self._background.net(lambda: self._desk.check_code(code), self._read(), self._not_read)

    def type_person(self, name: str, number: str) -> None:
        """Take the person typed from an original."""
        self._background.desk(lambda: self._desk.type_person(name, number), self._take, self._not_read)

    def _told(self, glimpse: Glimpse) -> None:
        """Called beside the window, as soon as the card has said who it is."""
        self._background.post(lambda: self.glimpsed.emit(glimpse))

    def _read(self) -> Callable[[Identity], None]:
        """Take whoever was read for the citizen who sits here now; who got up meanwhile is nobody's person."""
        citizen = self._citizen

        def read(identity: Identity) -> None:
            if citizen == self._citizen:
                take = self._desk.take_person
                self._background.desk(lambda: take(identity), self._person_taken, self._not_read)
            else:
                self._stop_reading()

        return read

    def _person_taken(self, view: VisitView) -> None:
        self._stop_reading()
        self._take(view)

    def _not_read(self, refused: Refused) -> None:
        self._stop_reading()
        self.refused.emit(refused)
        if refused.failure is Failure.CARD_OF_ANOTHER_PERSON:
            self.look_again()

    def look_again(self) -> None:
        """Fetch the visit under way once more: the card in the reader has changed."""
        self._background.desk(self._desk.visit, self._take_here, self.refused.emit)

    def _stop_reading(self) -> None:
        self._reading = False
        self.reading.emit(False)

    def reveal_person(self) -> None:
        """Ask for name and number in clear; an answer that comes after the person has left is let go."""
        case = self.view.case if self.view is not None else ""

        def revealed(who: tuple[str, str]) -> None:
            if self._is_here(case):
                self.person_revealed.emit(*who)

        self._background.desk(self._desk.reveal_person, revealed, self.refused.emit)

    # -- the visit ---------------------------------------------------------------------------------------
    def refresh(self) -> None:
        """Fetch the visit under way, and the drafts left over when there is none."""
        self._background.desk(self._desk.visit, self._refreshed, self.refused.emit)

    def _refreshed(self, view: VisitView | None) -> None:
        self._take(view)
        if view is None:
            self._background.desk(self._desk.drafts, self.drafts.emit, self.refused.emit)

    def resume(self, case: str) -> None:
        """Go on with a draft."""
        self._background.desk(lambda: self._desk.resume(case), self._take, self.refused.emit)

    def discard(self, case: str) -> None:
        """Throw a draft away, and list those that are left."""
        self._background.desk(
            lambda: self._desk.discard_draft(case), lambda _: self.refresh(), self.refused.emit
        )

    def new(self) -> None:
        """Put the visit away and be ready for the next citizen; answers still under way are let go."""
        self._citizen += 1
        self._take(None)
        self._background.desk(self._desk.drop_visit, lambda _: self.refresh(), self.refused.emit)

    def search(self, words: str) -> None:
        """Find items; only the answer to the latest search is told."""
        self._search += 1
        mine = self._search

        def found(hits: tuple[Offer, ...]) -> None:
            if mine == self._search:
                self.hits.emit(hits)

        self._background.desk(lambda: self._desk.search(words), found, self.refused.emit)

    def choose(self, chosen: str) -> None:
        """Choose a bundle or an item."""
        self._background.desk(lambda: self._desk.choose(chosen), self._take, self.refused.emit)

    def reuse(self) -> None:
        """Take over what the person gave before and agreed to."""
        self._background.desk(self._desk.reuse, self._take_here, self.refused.emit)

    def adopt_release(self) -> None:
        """Go on under the newest release of the catalogue."""
        self._background.desk(self._desk.adopt_release, self._take_here, self.refused.emit)

    def set_member(self, item: str, wanted: bool) -> None:
        """Leave an optional member out, or take it in again."""
        self._background.desk(
            lambda: self._desk.set_member(item, wanted), self._take_here, self._show_again_after
        )

    # -- form --------------------------------------------------------------------------------------------
    def answer(self, key: str, typed: str, reason: str) -> None:
        """Commit one field; `answered` tells what became of it, before the new view is shown."""

        def taken(view: VisitView) -> None:
            self.answered.emit(key, True)
            self._take_here(view)

        def failed(refused: Refused) -> None:
            if refused.failure is Failure.REASON_MISSING:
                self.reason_wanted.emit(key, typed)
                return
            self.answered.emit(key, False)
            self.refused.emit(refused)

        self._background.desk(lambda: self._desk.answer(key, typed, reason), taken, failed)

    def reveal(self, key: str) -> None:
        """Ask for a masked value in clear."""
        case = self.view.case if self.view is not None else ""

        def revealed(field: FieldView) -> None:
            if self._is_here(case):
                self.revealed.emit(field)

        self._background.desk(lambda: self._desk.reveal(key), revealed, self.refused.emit)

    # -- agents ------------------------------------------------------------------------------------------
    def take_agency(self, told: AgencyTold) -> None:
        """Note the power of attorney of whoever is here for the person."""
        self._background.desk(lambda: self._desk.take_agency(told), self._take_here, self.refused.emit)

    def print_power(self, told: AgencyTold) -> None:
        """授权委托书, to be signed."""
        self._background.desk(lambda: self._desk.print_power(told), self._stepped, self.refused.emit)

    def print_route(self, item: str) -> None:
        """办理去向告知单: where an item is taken."""
        self._background.desk(lambda: self._desk.print_route(item), self.printed.emit, self.refused.emit)

    def drop_agency(self) -> None:
        """The person acts alone."""
        self._background.desk(self._desk.drop_agency, self._take_here, self.refused.emit)

    # -- checks ------------------------------------------------------------------------------------------
    def ask_all(self) -> None:
        """Ask everything that can be asked, also what was unavailable before."""
        self._background.desk(self._desk.ready_queries, self._ask_or_say, self.refused.emit)

    def _ask_or_say(self, queries: tuple[VerificationQuery, ...]) -> None:
        if queries or self._under_way:
            self._ask(queries)
        else:
            self.nothing_to_ask.emit()

    def _ask_new(self) -> None:
        view = self.view
        if view is not None and any(c.ready and c.rule not in self._under_way for c in view.checks):
            self._background.desk(self._desk.ready_queries, self._ask_unasked, self.refused.emit)

    def _ask_unasked(self, queries: tuple[VerificationQuery, ...]) -> None:
        self._ask(tuple(query for query in queries if _print_of(query) not in self._asked))

    def _ask(self, queries: tuple[VerificationQuery, ...]) -> None:
        for query in queries:
            if query.rule in self._under_way or not self._is_here(query.case):
                continue
            self._asked.add(_print_of(query))
            self._under_way |= {query.rule}
            self._background.net(self._asking(query), self._asked_one, self._not_asked(query.rule))
        self.asking.emit(self._under_way)

    def _asking(self, query: VerificationQuery) -> Callable[[], Check]:
        return lambda: self._desk.ask(query)

    def _asked_one(self, check: Check) -> None:
        self._end(check.query.rule)
        if self._is_here(check.query.case):
            self._background.desk(lambda: self._desk.take_check(check), self._take_here, self.refused.emit)

    def _not_asked(self, rule: str) -> Callable[[Refused], None]:
        def failed(refused: Refused) -> None:
            self._end(rule)
            self.refused.emit(refused)

        return failed

    def _end(self, rule: str) -> None:
        self._under_way -= {rule}
        self.asking.emit(self._under_way)

    def _is_here(self, case: str) -> bool:
        return self.view is not None and self.view.case == case

    # -- verification: notice, consent, what is left open, disputed or promised ----------------------------
    def acknowledge_notice(self) -> None:
        """The citizen was told; whatever can be asked is asked at once."""
        self._background.desk(self._desk.acknowledge_notice, self._take_here, self.refused.emit)

    def consent(self, rule: str, given: bool) -> None:
        """The citizen agreed to one look-up, or not any more."""
        self._background.desk(lambda: self._desk.consent(rule, given), self._take_here, self.refused.emit)

    def leave_pending(self, rule: str) -> None:
        """Go on while a department owes its answer."""
        self._background.desk(lambda: self._desk.leave_pending(rule), self._take_here, self.refused.emit)

    def dispute(self, rule: str, words: str) -> None:
        """异议, in the citizen's words."""
        self._background.desk(lambda: self._desk.dispute(rule, words), self._stepped, self.refused.emit)

    def print_promise(self, material: str) -> None:
        """告知承诺书, to be signed."""
        self._background.desk(lambda: self._desk.print_promise(material), self._stepped, self.refused.emit)

    def sign_promise(self, material: str, signed: bool) -> None:
        """The promise was signed, or is not any more."""
        self._background.desk(
            lambda: self._desk.sign_promise(material, signed), self._take_here, self._show_again_after
        )

    def print_checks(self) -> None:
        """核验结果单."""
        self._background.desk(self._desk.print_checks, self._stepped, self.refused.emit)

    def print_gaps(self) -> None:
        """一次性告知单."""
        self._background.desk(self._desk.print_gaps, self._stepped, self.refused.emit)

    # -- papers and steps --------------------------------------------------------------------------------
    def see_original(self, material: str, seen: bool) -> None:
        """Mark a paper as seen, or take the mark back."""
        self._background.desk(
            lambda: self._desk.see_original(material, seen), self._take_here, self._show_again_after
        )

    def attach_scan(self, material: str, path: str) -> None:
        """Take a file for a paper: it is drawn anew beside the desk, then sealed."""

        def attach(scan: ReadScan) -> None:
            self._background.desk(
                lambda: self._desk.attach_scan(material, scan), self._take_here, self.refused.emit
            )

        self._draw_anew(path, attach)

    def attach_photo(self, key: str, path: str) -> None:
        """Take a picture for a photo of the form."""

        def attach(scan: ReadScan) -> None:
            self._background.desk(
                lambda: self._desk.attach_photo(key, scan), self._take_here, self.refused.emit
            )

        self._draw_anew(path, attach)

    def _draw_anew(self, path: str, attach: Callable[[ReadScan], None]) -> None:
        case = self.view.case if self.view is not None else ""
        self._background.net(lambda: self._desk.read_scan(case, path), attach, self.refused.emit)

    def receive(self) -> None:
        """收件, after everything sent before."""
        self._background.desk(self._desk.receive, self._stepped, self.refused.emit)

    def accept(self) -> None:
        """受理, after everything sent before."""
        self._background.desk(self._desk.accept, self._stepped, self.refused.emit)

    def after_all(self, then: Callable[[], None]) -> None:
        """Call `then` once the desk has dealt with everything sent so far."""
        self._background.desk(self._desk.visit, lambda _: then(), self.refused.emit)

    def _stepped(self, done: tuple[VisitView, PrintView]) -> None:
        view, sheet = done
        self._take_here(view)
        self.printed.emit(sheet)

    def _show_again_after(self, refused: Refused) -> None:
        self.refused.emit(refused)
        self.changed.emit(self.view)

    def _take_here(self, view: VisitView | None) -> None:
        """Show a view of the visit on the page; one of a visit put away meanwhile is let go."""
        if view is not None and self._is_here(view.case):
            self._take(view)

    def _take(self, view: VisitView | None) -> None:
        if view is None or self.view is None or view.case != self.view.case:
            self._asked = set()
            self._under_way = frozenset()
        self.view = view
        self.changed.emit(view)
        self._ask_new()


def _print_of(query: VerificationQuery) -> str:
    return f"{query.rule}|{sorted(query.params.items())}"
