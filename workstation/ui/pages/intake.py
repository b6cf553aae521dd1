"""The counter screen: person, what, form, checks and papers, gaps and steps, in the order of the talk."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from wire.evaluation import Stage
from wire.lifecycle import BEFORE_ACCEPTANCE
from workstation.domain.case import CaseStatus
from workstation.domain.failures import Failure, Refused
from workstation.domain.slip import SlipKind
from workstation.forms.model import GapPlace
from workstation.services.desk import DeskApi
from workstation.services.ports import CardPin
from workstation.services.views import PersonView, PrintView, VisitView
from workstation.ui.background import Background
from workstation.ui.form.panel import FormPanel
from workstation.ui.intake.agency_row import AgencyRow
from workstation.ui.intake.card_proof import CardProof, line_of
from workstation.ui.intake.checks_panel import ChecksPanel
from workstation.ui.intake.earlier_row import EarlierRow
from workstation.ui.intake.gaps_panel import GapsPanel
from workstation.ui.intake.item_picker import ItemPicker
from workstation.ui.intake.materials_panel import MaterialsPanel
from workstation.ui.intake.no_card_row import NoCardRow
from workstation.ui.intake.notice_row import NoticeRow
from workstation.ui.intake.person_strip import PersonStrip
from workstation.ui.intake.release_row import ReleaseRow
from workstation.ui.intake.route_row import RouteRow
from workstation.ui.intake.start_panel import StartPanel
from workstation.ui.intake.steps_panel import StepsPanel
from workstation.ui.intake.talk import Talk
from workstation.ui.reveal import REVEAL_S
from workstation.ui.widgets.banner import Banner

# Widths in Chinese characters, so that they grow with the text; capped, so that the form keeps its share.
_PAPERS_EM, _PAPERS_MAX_PX = 20.2, 420
# What a banner says of a card is over once the card is out; not that it was out too early, which is heard before that or after.
_OF_THE_CARD = (
    Failure.CARD_OF_ANOTHER_PERSON,
    Failure.CARD_MUTE,
    Failure.CARD_HUNG,
    Failure.CARD_FOREIGN,
    Failure.CARD_UNREADABLE,
    Failure.CARD_CHANGED,
)
_SIDE_EM, _SIDE_MAX_PX = 18.0, 380


class IntakePage(QWidget):
    """One dense page, no wizard. Every call to the desk goes through `talk`; `served` tells what was done for whom, so that
    the citizen can be asked what they think of it."""

    served = Signal(str, object)  # case, wire.evaluation.Stage

    def __init__(
        self,
        desk: DeskApi,
        background: Background,
        parent: QWidget | None = None,
        *,
        reveal_s: float = REVEAL_S,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("intakePage")
        self.talk = Talk(desk, background, self)
        self._go_to_form = False
        self._go_on = False  # with a draft: to what it still lacks
        self._person: PersonView | None = None
        self._tab_chain: list[QWidget] = []
        self.person = PersonStrip(self, reveal_s=reveal_s)
        self.no_card = NoCardRow(self)
        self.banner = Banner(self)
        self.items = ItemPicker(self)
        self.agency = AgencyRow(self)
        self.release = ReleaseRow(self)
        self.earlier = EarlierRow(self)
        self.notice = NoticeRow(self)
        self.card_proof = CardProof(self)
        self.routes = RouteRow(self)
        self.start = StartPanel(self)
        self.form = FormPanel(self, reveal_s=reveal_s)
        self.checks = ChecksPanel(self)
        self.materials = MaterialsPanel(self)
        self.gaps = GapsPanel(self)
        self.steps = StepsPanel(self)
        self._lay_out()
        self._wire_talk()
        self._wire_panels()
        self._wire_keys()
        self._show(None)

    # -- what the shell calls ----------------------------------------------------------------------------
    def refresh(self) -> None:
        """Fetch what is under way: after sign-in, and when the page is shown again."""
        self.talk.refresh()

    def cover(self) -> None:
        """Hide all that was revealed: the window is not looked at any more, or by somebody else."""
        self.person.hide_clear()
        self.form.cover()
        self.no_card.cover()
        self.agency.cover()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Mask when another page, the lock or the gate takes the place."""
        super().hideEvent(event)
        self.cover()

    def card_present(self) -> None:
        """A card was put in: read it. Once a visit is over, another person's card opens the next one."""
        self._read()

    def card_gone(self) -> None:
        """The card was taken out: a wrong card holds nothing any more."""
        self.banner.over(*_OF_THE_CARD)
        if self.talk.view is not None and self.talk.view.wrong_card:
            self.talk.look_again()

    def card_mute(self) -> None:
        """Something is in the reader that does not answer."""
        self._refused(Refused(Failure.CARD_MUTE))

    def hall_is_there(self) -> None:
        """The hall answers: a number that was provisional may be confirmed by now."""
        if self.talk.view is not None and self.talk.view.provisional:
            self.talk.look_again()

    def code_scanned(self, code: str) -> None:
        """A scanner at a serial port has read a code."""
        self.banner.hide()
        self.talk.check_code(code)

    # -- building ----------------------------------------------------------------------------------------
    def _lay_out(self) -> None:
        papers = QWidget(self)
        papers.setObjectName("papersContent")
        column = QVBoxLayout(papers)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.checks)
        column.addWidget(self.materials)
        column.addStretch(1)
        self._papers = QScrollArea(self)
        self._papers.setObjectName("papers")
        self._papers.setFrameShape(QFrame.Shape.NoFrame)
        self._papers.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._papers.setWidgetResizable(True)
        self._papers.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        em = self.fontMetrics().horizontalAdvance("国")
        self._papers.setFixedWidth(min(round(em * _PAPERS_EM), _PAPERS_MAX_PX))
        self._papers.setWidget(papers)
        side = QVBoxLayout()
        side.setSpacing(8)
        side.addWidget(self.gaps, 1)
        side.addWidget(self.steps)
        for panel in (self.gaps, self.steps):
            panel.setFixedWidth(min(round(em * _SIDE_EM), _SIDE_MAX_PX))
        self._body = QWidget(self)
        row = QHBoxLayout(self._body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.form, 1)
        row.addWidget(self._papers)
        row.addLayout(side)
        page = QVBoxLayout(self)
        page.setContentsMargins(8, 8, 8, 8)
        page.setSpacing(8)
        page.addWidget(self.person)
        page.addWidget(self.no_card)
        page.addWidget(self.banner)
        page.addWidget(self.items)
        page.addWidget(self.routes)
        page.addWidget(self.agency)
        page.addWidget(self.release)
        page.addWidget(self.earlier)
        page.addWidget(self.notice)
        page.addWidget(self.start, 1)
        page.addWidget(self.card_proof)
        page.addWidget(self._body, 1)
        self._page = page

    def _wire_talk(self) -> None:
        talk = self.talk
        talk.changed.connect(self._show)
        talk.refused.connect(self._refused)
        talk.reading.connect(lambda on: self.person.show_reading(on=on))
        talk.glimpsed.connect(self.person.show_glimpse)
        talk.person_revealed.connect(self.person.show_clear)
        talk.hits.connect(self.items.show_hits)
        talk.drafts.connect(self.start.show_drafts)
        talk.answered.connect(lambda key, kept: self.form.settled(key, kept=kept))
        talk.reason_wanted.connect(self.form.ask_reason)
        talk.revealed.connect(self.form.unmask)
        talk.asking.connect(self.checks.show_asking)
        talk.nothing_to_ask.connect(self.checks.say_nothing_to_ask)
        talk.printed.connect(self._printed)

    def _wire_panels(self) -> None:
        talk = self.talk
        self.person.read_asked.connect(self._read)
        self.person.pin_given.connect(self._read_with_pin)
        self.person.no_card_asked.connect(self.no_card.open)
        self.no_card.scanned.connect(self.code_scanned)
        self.no_card.typed.connect(self._type_person)
        self.no_card.closed.connect(lambda: self.person.read.setFocus(Qt.FocusReason.OtherFocusReason))
        self.person.reveal_asked.connect(talk.reveal_person)
        self.person.new_asked.connect(self._new)
        self.items.searched.connect(talk.search)
        self.items.chosen.connect(self._choose)
        self.items.member_set.connect(talk.set_member)
        self.release.adopted.connect(talk.adopt_release)
        self.earlier.agreed.connect(talk.reuse)
        self.routes.print_asked.connect(talk.print_route)
        self.agency.print_asked.connect(talk.print_power)
        self.agency.given.connect(talk.take_agency)
        self.agency.dropped.connect(talk.drop_agency)
        self.notice.given.connect(self._ask)
        self.items.opened.connect(self._arrange)
        self.items.given_up.connect(self._back_to_form)
        self.start.resumed.connect(self._resume)
        self.start.discarded.connect(talk.discard)
        self.form.committed.connect(talk.answer)
        self.form.wanted.connect(talk.reveal)
        self.form.picked.connect(talk.attach_photo)
        self.form.finished.connect(self._after_form)
        self.checks.asked.connect(self._ask)
        self.materials.seen_changed.connect(talk.see_original)
        self.materials.scan_chosen.connect(talk.attach_scan)
        self.materials.promise_asked.connect(talk.print_promise)
        self.materials.signed_changed.connect(talk.sign_promise)
        self.checks.consented.connect(talk.consent)
        self.checks.deferred.connect(talk.leave_pending)
        self.checks.disputed.connect(talk.dispute)
        self.checks.print_asked.connect(talk.print_checks)
        self.gaps.jumped.connect(self._jump)
        self.steps.receive_asked.connect(lambda: self._step(talk.receive))
        self.steps.accept_asked.connect(lambda: self._step(talk.accept))
        self.steps.gaps_asked.connect(self._tell_gaps)

    def _wire_keys(self) -> None:
        keys: dict[str, Callable[[], object]] = {
            "F2": self._read,
            "F3": self.items.open,
            "F4": self._to_form,
            "F5": self._to_papers,
            "F6": self._ask,
            "F7": self._open_no_card,
            "F8": self._tell_gaps,
            "F9": lambda: self._step_by_key(self.steps.receive, self.talk.receive),
            "F11": self.agency.open,
            "F12": self._next,
            "F10": lambda: self._step_by_key(self.steps.accept, self.talk.accept),
        }
        for key, call in keys.items():
            QShortcut(QKeySequence(key), self).activated.connect(call)

    # -- showing -----------------------------------------------------------------------------------------
    def _show(self, view: VisitView | None) -> None:
        self.person.show_person(
            view.person if view is not None else None, wrong_card=view is not None and view.wrong_card
        )
        self.person.new.setVisible(view is not None)
        if view is not None and view.person is not None:
            if view.person != self._person:
                self.no_card.close_row()
            if not view.wrong_card:
                self.banner.over(Failure.CARD_OF_ANOTHER_PERSON)
        self._person = view.person if view is not None else None
        self.items.show_visit(view)
        self.routes.show_visit(view)
        self.agency.show_visit(view)
        self.release.show_visit(view)
        self.earlier.show_visit(view)
        self.notice.show_visit(view)
        self.card_proof.show_visit(view)
        self.person.show_proof(line_of(view.card) if view is not None else "")
        if view is None:
            self.form.clear()
        else:
            # A receipt fixes what was said; papers and checks may still be mended for the acceptance.
            received = view.receipt_no is not None
            done = view.status is not None and view.status not in BEFORE_ACCEPTANCE
            self.form.show_visit(view, locked=received)
            self.checks.show_visit(view, locked=done)
            self.materials.show_visit(view, locked=done)
            self.gaps.show_visit(view)
            self._show_steps(view)
            self._order_tabs()
        self._arrange()
        if self._go_to_form and view is not None and view.title is not None:
            self._go_to_form = False
            self.form.focus_first()
        if self._go_on and view is not None:
            self._go_on = False
            self._to_next_step()

    def _show_steps(self, view: VisitView) -> None:
        """Show what may be done. From a step that is held or done Qt would go on to the next button there is, which may be
        one that confirms a sheet of paper: the keyboard goes to the card, or to the next person."""
        at = QApplication.focusWidget()
        at_step = at in (self.steps.receive, self.steps.accept)
        self.steps.show_visit(view)
        if at_step and at is not None and not at.isEnabled():
            done = view.receipt_no is not None and not view.wrong_card
            (self.person.new if done else self.person.read).setFocus(Qt.FocusReason.OtherFocusReason)

    def _arrange(self) -> None:
        view = self.talk.view
        searching = self.items.searching
        self._page.setStretchFactor(self.items, 1 if searching else 0)
        self.start.setVisible(view is None and not searching)
        self.card_proof.setVisible(view is not None and view.title is None and view.card is not None)
        self._body.setVisible(view is not None and view.title is not None and not searching)

    def _order_tabs(self) -> None:
        """New fields come last in Qt's chain: put Tab back into the order of the talk."""
        chain = [
            *self.items.focus_chain(),
            self.notice.whole,
            self.notice.give,
            *self.form.focus_chain(),
            *self.checks.focus_chain(),
        ]
        chain += [
            *self.materials.focus_chain(),
            self.gaps.list,
            self.steps.tell,
            self.steps.receive,
            self.steps.accept,
        ]
        if chain != self._tab_chain:
            self._tab_chain = chain
            for before, after in pairwise(chain):
                QWidget.setTabOrder(before, after)

    def _refused(self, refused: Refused) -> None:
        self.banner.show_refusal(refused)
        if refused.failure is Failure.CARD_PIN_LAST_TRY:
            self.person.offer_last_try()

    def _printed(self, sheet: PrintView) -> None:
        if sheet.trouble is not None:
            # The number is given and kept; only the sheet has to come out of a printer that works.
            self._refused(Refused(sheet.trouble))
        self.steps.show_print(sheet)
        view = self.talk.view
        if sheet.kind is SlipKind.ACCEPTANCE:
            self.served.emit(sheet.case, Stage.ACCEPTANCE)
        elif sheet.kind is SlipKind.RECEIPT and view is not None and not view.may_accept:
            self.served.emit(sheet.case, Stage.RECEIPT)  # nothing more is done here today
        if view is not None and view.status is CaseStatus.ACCEPTED:
            self.person.new.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.steps.accept.isEnabled():
            self.steps.accept.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- doing -------------------------------------------------------------------------------------------
    def _read(self) -> None:
        self.banner.hide()
        self.talk.read_card()

    def _read_with_pin(self, digits: str, last_try: bool) -> None:
        """Read on, and go back to the work: the line of the PIN has gone, the next button is not meant."""
        self.talk.read_card(CardPin(digits, last_try))
        if self.items.searching:
            self.items.line.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._body.isVisible():
            self.form.focus_first()
        else:
            self.person.read.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_no_card(self) -> None:
        if not self.person.no_card.isHidden():
            self.no_card.open()

    def _type_person(self, name: str, number: str) -> None:
        self.banner.hide()
        self.talk.type_person(name, number)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Before anybody is there, what no field takes is a scanner that pretends to be a keyboard."""
        typed = event.text()
        if self.talk.view is None and typed.isascii() and typed.isprintable() and typed.strip():
            self.no_card.open(typed)
            return
        super().keyPressEvent(event)

    def _ask(self) -> None:
        if not self.checks.ask.isEnabled():
            return
        self.form.commit_typing()
        notice = self.talk.view.notice if self.talk.view is not None else None
        if notice is not None and notice.given_at is None:
            if self.notice.isAncestorOf(self.focusWidget()):
                # The row goes, and Qt would take the focus to the first field, filled and masked.
                self.form.focus_first()
            self.talk.acknowledge_notice()
        else:
            self.talk.ask_all()

    def _choose(self, chosen: str) -> None:
        self._go_to_form = True
        self.talk.choose(chosen)

    def _resume(self, case: str) -> None:
        self._go_on = True
        self.talk.resume(case)

    def _back_to_form(self) -> None:
        self._arrange()
        self.form.focus_first()

    def _next(self) -> None:
        if not self.person.new.isHidden():
            self._new()

    def _to_form(self) -> None:
        self.items.give_up()
        self.form.focus_first()

    def _new(self) -> None:
        self.form.commit_typing()
        self.banner.hide()
        view = self.talk.view
        if view is not None and view.receipt_no is not None:
            self.served.emit(view.case, Stage.RECEIPT)  # unless the acceptance was asked about already
        self.talk.new()
        self.person.read.setFocus(Qt.FocusReason.OtherFocusReason)

    def _after_form(self) -> None:
        """Go where the work is: to a missing paper, else to the next step, after the desk has heard all."""
        self.talk.after_all(self._to_next_step)

    def _to_next_step(self) -> None:
        view = self.talk.view
        if view is None:
            return
        places = [gap.place for gap in view.gaps]
        if GapPlace.FORM in places:
            self._jump(GapPlace.FORM.value, next(g.key for g in view.gaps if g.place is GapPlace.FORM))
        elif GapPlace.MATERIALS in places:
            self._to_papers()
        elif view.may_receive:
            self.steps.receive.setFocus(Qt.FocusReason.OtherFocusReason)
        elif view.may_accept:
            self.steps.accept.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.gaps.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _jump(self, place: str, key: str) -> None:
        there = {
            GapPlace.FORM: self.form.focus_field,
            GapPlace.CHECKS: self.checks.focus_rule,
            GapPlace.MATERIALS: self.materials.focus_material,
        }.get(GapPlace(place))
        if there is None or not there(key):
            self.form.focus_first()
        self._bring_into_sight()

    def _to_papers(self) -> None:
        self.materials.focus_first()
        self._bring_into_sight()

    def _bring_into_sight(self) -> None:
        """A long list of checks may have pushed the place of the focus below the edge."""
        widget = self.focusWidget()
        if widget is not None and self._papers.isAncestorOf(widget):
            self._papers.ensureWidgetVisible(widget, 0, 40)

    def _tell_gaps(self) -> None:
        """Before the receipt, with or without gaps: the sheet says what is there and what is still to come."""
        view = self.talk.view
        if view is not None and view.title is not None and view.receipt_no is None:
            self._step(self.talk.print_gaps)

    def _step(self, step: Callable[[], None]) -> None:
        """Send what is being typed first: the desk takes things in order."""
        self.banner.hide()
        self.form.commit_typing()
        self.talk.after_all(lambda: self._step_unless_reason_waits(step))

    def _step_unless_reason_waits(self, step: Callable[[], None]) -> None:
        """Whether a change wants a reason is known for certain only once the desk has heard it."""
        if self.form.focus_open_reason():
            self.steps.say_reason_waits()
        else:
            step()

    def _step_by_key(self, button: QPushButton, step: Callable[[], None]) -> None:
        """The field being typed may be the last gap: let the desk hear it, then look whether the step is open."""

        def look() -> None:
            if button.isEnabled():
                step()
            else:
                self.steps.stress_why()

        self.form.commit_typing()
        self.talk.after_all(lambda: self._step_unless_reason_waits(look))
