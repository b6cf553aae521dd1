"""受理: the visit under way, from the card to the receipt."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from catalogue.model import Catalogue, Offer
from wire.keys import new_id
from wire.lifecycle import BEFORE_ACCEPTANCE
from wire.messages import VerificationQuery
from wire.rights import Field
from workstation.domain.answers import Answer
from workstation.domain.case import Case, CaseStatus
from workstation.domain.clerk import Clerk, Deed, field_of
from workstation.domain.counter_time import today_at
from workstation.domain.failures import Failure, Refused
from workstation.domain.identity import DocumentKind, Glimpse, Identity
from workstation.domain.slip import SlipKind
from workstation.domain.verification import Check
from workstation.domain.visit import Visit
from workstation.forms.merge import merge
from workstation.forms.model import Form
from workstation.forms.prefill import defaults, from_card, from_holder, from_residence, put
from workstation.services import fill_form, handle_papers, receive_case, verify_status
from workstation.services.alone import is_high_risk
from workstation.services.courses import notice_by
from workstation.services.identify import electronic_person, typed_person
from workstation.services.ports import CardPin, Unit
from workstation.services.read_scan import ReadScan, read_scan
from workstation.services.reuse import MOST_CASES, earlier_data, earlier_papers, take_over
from workstation.services.rooms import Rooms
from workstation.services.routing import NATURAL_PERSON, subject_of
from workstation.services.seat import Seat
from workstation.services.show_visit import Scene, show_field, show_visit
from workstation.services.take_agency import in_the_form
from workstation.services.take_photo import take_photo
from workstation.services.views import FieldView, PrintView, StationStep, StationView, VisitView

_Work = tuple[Visit | None, Form | None, datetime | None]
_NOTHING: _Work = (None, None, None)

_MADE_KEPT = 100  # look-ups may still be under way when the next ones are made


class Intake(Seat):
    """Holds the visit; every change of it is sealed in its draft before it is shown."""

    def __init__(self, rooms: Rooms) -> None:
        super().__init__(rooms)
        self._visit: Visit | None = None
        self._form: Form | None = None
        self._saved_at: datetime | None = None
        self._earlier: tuple[Case, ...] = ()  # of the person who sits here
        self._earlier_of = ""
        self._made: dict[str, VerificationQuery] = {}  # look-ups with all their reasons, by id
        self._resting = _NOTHING  # of a locked desk

    def sign_out(self) -> StationView:
        """See DeskApi. The draft stays sealed; nothing of it stays in memory."""
        self._leave_desk()
        return self._gate.sign_out()

    def lock(self, why: str) -> StationView:
        """See DeskApi. What is under way rests: no verb reaches it before its own person comes back."""
        if not self._gate.locked:
            self._resting = (self._visit, self._form, self._saved_at)
            made = self._made
            self._put_away()
            self._made = made  # Answers that are under way are taken once their own person is back.
        return super().lock(why)

    def resume_work(self, password: str) -> StationView:
        """See DeskApi."""
        view = super().resume_work(password)
        self._visit, self._form, self._saved_at = self._resting
        self._resting = _NOTHING
        return view

    def sign_in(self, login: str, password: str) -> StationView:
        """See DeskApi. The one who left the desk locked comes back to it; anybody else finds it empty."""
        before = self._gate.view().login
        view = super().sign_in(login, password)
        if view.login == before:
            self._visit, self._form, self._saved_at = self._resting
        else:
            self._put_away()
        self._resting = _NOTHING
        return view

    def station(self) -> StationView:
        """See DeskApi. Whose account has ended leaves nothing behind."""
        view = super().station()
        if view.step is StationStep.SIGN_IN and (self._visit is not None or self._resting != _NOTHING):
            self._leave_desk()
        return view

    def _leave_desk(self) -> None:
        self._put_away()
        self._resting = _NOTHING

    def read_card(
        self, told: Callable[[Glimpse], object] = lambda _: None, pin: CardPin | None = None
    ) -> Identity:
        """See DeskApi. (net)"""
        self._gate.may(Deed.CARD_READ)
        line = self._gate.line
        keys = line.hall if line is not None and self._rooms.ask_hall_for_card_keys else None
        return self._rooms.cards.read(told=told, keys=keys, pin=pin)

    def take_person(self, identity: Identity) -> VisitView:
        """See DeskApi."""
        clerk = self._gate.may(Deed.CARD_READ)
        if identity.card is not None:
            self._in_reader.read(identity)
        if self._visit is not None and self._is_over(self._visit, identity):
            self._put_away()
        visit = self._visit
        if visit and self._is_other(visit, identity):
            with self._gate.open_unit() as unit:
                unit.audit.note(
                    at=self._now(),
                    actor=clerk.login,
                    deed=Deed.CARD_READ,
                    case=visit.case,
                    note="another person",
                )
                unit.commit()
            raise Refused(Failure.CARD_OF_ANOTHER_PERSON)
        if visit is None:
            visit = Visit(
                new_id(),
                clerk.login,
                self._now(),
                catalogue=self._rooms.catalogues.current().version,
                person=clerk.person,
            )
        if visit.receipt_no is not None:
            return self._show()
        if visit.identity is not None and identity.typed and not visit.identity.typed:
            # What a machine has read stays: typing it again makes nothing better.
            return self._show()
        visit = self._with_card(replace(_without_typed(visit), identity=identity))
        if self._form is not None:
            visit = fill_form.without_stale_checks(self._form, visit)
        shown = identity.document.kind.value if identity.document else ""
        return self._keep(visit, Deed.PERSON_TYPED if identity.typed else Deed.CARD_READ, shown)

    def check_code(self, token: str) -> Identity:
        """See DeskApi. (net)"""
        clerk = self._gate.may(Deed.CARD_READ)
        line = self._gate.line
        if line is None:
            raise Refused(Failure.STATION_NOT_ENROLLED)
        visit = self._visit
        self._note_asked(clerk, visit.case if visit else "", "electronic_card")
        return electronic_person(token, hall=line.hall, clerk=clerk, at=self._now())

    def type_person(self, name: str, number: str) -> VisitView:
        """See DeskApi."""
        self._gate.may(Deed.PERSON_TYPED)
        return self.take_person(typed_person(name, number, self._now()))

    def reveal_person(self) -> tuple[str, str]:
        """See DeskApi."""
        visit = self._here()
        if visit.identity is None:
            raise Refused(Failure.NO_PERSON)
        for field in (Field.NAME, Field.ID_NO):
            self._gate.may(Deed.REVEALED, field)
        self._note(Deed.REVEALED, visit.case, "person")
        return visit.identity.name, visit.identity.id_no

    def drafts(self) -> tuple[VisitView, ...]:
        """See DeskApi."""
        clerk = self._gate.may(Deed.VISIT_OPENED)
        with self._gate.open_unit() as unit:
            left = [visit for visit in unit.drafts.all() if visit.is_of(clerk.login, clerk.person)]
            return tuple(show_visit(v, self._form_of(v), self._scene(unit, v)) for v in left)

    def resume(self, case: str) -> VisitView:
        """See DeskApi."""
        clerk = self._gate.may(Deed.VISIT_OPENED)
        with self._gate.open_unit() as unit:
            found = next(
                (v for v in unit.drafts.all() if v.case == case and v.is_of(clerk.login, clerk.person)), None
            )
        if found is None:
            raise Refused(Failure.CASE_UNKNOWN)
        self._visit, self._form = found, self._form_of(found)
        return self._show()

    def visit(self) -> VisitView | None:
        """See DeskApi."""
        self._gate.may(Deed.VISIT_OPENED)
        return self._show() if self._visit else None

    def drop_visit(self) -> None:
        """See DeskApi."""
        self._gate.may(Deed.VISIT_DROPPED)
        visit = self._visit
        if visit is not None and not visit.items and visit.receipt_no is None:
            self._discard(visit)  # Only a card was read: nothing was said that could be lost.
        self._put_away()

    def discard_draft(self, case: str) -> None:
        """See DeskApi."""
        clerk = self._gate.may(Deed.VISIT_DROPPED)
        with self._gate.open_unit() as unit:
            found = next(
                (v for v in unit.drafts.all() if v.case == case and v.is_of(clerk.login, clerk.person)), None
            )
        if found is None or found.receipt_no is not None:
            raise Refused(Failure.NO_VISIT)
        self._discard(found)
        if self._visit is not None and self._visit.case == case:
            self._put_away()

    def _discard(self, visit: Visit) -> None:
        with self._gate.open_unit() as unit:
            unit.drafts.drop(visit.case)
            unit.audit.note(
                at=self._now(), actor=self._gate.clerk.login, deed=Deed.VISIT_DROPPED, case=visit.case
            )
            unit.commit()

    def search(self, text: str) -> tuple[Offer, ...]:
        """See DeskApi."""
        self._gate.may(Deed.VISIT_OPENED)
        today = today_at(self._now())
        return tuple(offer for offer in self._rooms.catalogues.find(text) if offer.in_force(today))

    def choose(self, id: str) -> VisitView:  # noqa: A002 - the name in DeskApi
        """See DeskApi."""
        clerk = self._gate.may(Deed.VISIT_OPENED)
        catalogue = self._rooms.catalogues.current()
        bundle = catalogue.bundles.get(id)
        if not bundle and id not in catalogue.items:
            raise Refused(Failure.NO_ITEM)
        today = today_at(self._now())
        needed = (m.item for m in bundle.members if not m.optional) if bundle else (id,)
        if not all(catalogue.items[item].in_force(today) for item in needed):
            raise Refused(Failure.ITEM_NOT_IN_FORCE)
        visit = self._visit or Visit(
            new_id(), clerk.login, self._now(), catalogue=catalogue.version, person=clerk.person
        )
        if visit.receipt_no is not None:
            raise Refused(Failure.STEP_NOT_ALLOWED, status=CaseStatus.RECEIVED.value)
        visit = replace(
            visit,
            bundle=id if bundle else None,
            items=() if bundle else (id,),
            left_out=tuple(m.item for m in bundle.members if not m.preset) if bundle else (),
            catalogue=catalogue.version,
        )
        if bundle:
            visit = replace(visit, items=receive_case.members_in(bundle, visit, today))
        self._form = self._form_of(visit)
        if self._form is None:
            raise Refused(Failure.NO_ITEM)
        visit = self._with_card(visit)
        visit = replace(visit, answers=put(visit.answers, defaults(self._form, self._now())))
        return self._keep(visit, Deed.VISIT_OPENED)

    def reuse(self) -> VisitView:
        """See DeskApi."""
        clerk = self._gate.may(Deed.REUSED)
        visit, form = self._open_form()
        today = today_at(self._now())
        offered = (
            *earlier_data(form, visit, self._earlier, today),
            *earlier_papers(form, visit, self._earlier, today),
        )
        if visit.identity is None or not offered:
            raise Refused(Failure.STEP_NOT_ALLOWED)
        with self._gate.open_unit() as unit:
            for case in {each.case.id: each.case for each in offered}.values():
                unit.audit.note(
                    at=self._now(), actor=clerk.login, deed=Deed.REUSED, case=visit.case, note=case.receipt_no
                )
            unit.commit()
        return self._keep(take_over(visit, offered, self._now()), None)

    def adopt_release(self) -> VisitView:
        """See DeskApi."""
        self._gate.may(Deed.VISIT_OPENED)
        visit, _ = self._open_form()
        current = self._rooms.catalogues.current()
        chosen = visit.bundle or visit.items[0]
        if chosen not in current.bundles and chosen not in current.items:
            raise Refused(Failure.ITEM_NOT_IN_FORCE)
        moved = replace(visit, catalogue=current.version)
        bundle = receive_case.bundle_of(current, moved)
        items = receive_case.members_in(bundle, moved, today_at(self._now())) if bundle else visit.items
        moved = replace(moved, items=items)
        form = self._form = self._form_of(moved)
        if form is None:
            raise Refused(Failure.NO_ITEM)
        moved = fill_form.without_stale_checks(form, self._with_card(moved))
        moved = replace(moved, answers=put(moved.answers, _unanswered(moved, defaults(form, self._now()))))
        return self._keep(moved, Deed.VISIT_OPENED, current.version)

    def set_member(self, item: str, wanted: bool) -> VisitView:
        """See DeskApi."""
        self._gate.may(Deed.VISIT_OPENED)
        visit, _ = self._open_form()
        bundle = receive_case.bundle_of(self._catalogue_of(visit), visit)
        member = next((m for m in bundle.members if m.item == item), None) if bundle else None
        if member is None or not member.optional:
            raise Refused(Failure.STEP_NOT_ALLOWED)
        others = tuple(left for left in visit.left_out if left != item)
        return self._keep(replace(visit, left_out=others if wanted else (*others, item)), None)

    def answer(self, key: str, typed: str, reason: str = "") -> VisitView:
        """See DeskApi."""
        visit, form = self._open_form()
        trusted = visit.answers.get(key)
        filled = fill_form.fill(self._catalogue_of(visit), form, visit, key, typed, reason, self._now())
        if filled is visit:
            return self._show()
        overruled = bool(reason.strip()) and trusted is not None
        return self._keep(filled, Deed.CHANGED_TRUSTED_VALUE if overruled else None, key)

    def reveal(self, key: str) -> FieldView:
        """See DeskApi."""
        visit, form = self._here(), self._form
        if form is None:
            raise Refused(Failure.NO_ITEM)
        self._gate.may(Deed.REVEALED, field_of(form.field(key).element))
        self._note(Deed.REVEALED, visit.case, key)
        today = today_at(self._now())
        shown = show_field(form.field(key), visit, form, self._catalogue_of(visit), today)
        return replace(shown, shown=shown.value)

    def ready_queries(self) -> tuple[VerificationQuery, ...]:
        """See DeskApi."""
        clerk = self._gate.may(Deed.VERIFIED)
        if self._visit is None or self._form is None or self._is_closed(self._visit):
            return ()
        now = self._now()
        made = verify_status.queries(self._form, verify_status.aged(self._visit, now), clerk, today_at(now))
        # Only what was made here may be asked: replaced as a whole, because `ask` looks from other threads.
        kept = dict(list(self._made.items())[-_MADE_KEPT:])
        self._made = kept | {query.id: query for query in made}
        return made

    def ask(self, query: VerificationQuery) -> Check:
        """See DeskApi. (net)"""
        clerk = self._gate.may(Deed.VERIFIED)
        line = self._gate.line
        if line is None:
            raise Refused(Failure.STATION_NOT_ENROLLED)
        # Made here, and by whoever sits here now: nobody asks in the name of who sat here before.
        if self._made.get(query.id) != query or query.clerk != clerk.login:
            raise Refused(Failure.QUERY_WITHOUT_REASON)
        # Before the register is asked: whatever becomes of the visit meanwhile, the question leaves its trace.
        self._note_asked(clerk, query.case, verify_status.asks_of(query))
        return verify_status.ask(query, hall=line.hall, clock=self._outer.clock)

    def _note_asked(self, clerk: Clerk, case: str, note: str) -> None:
        with self._gate.open_unit() as unit:
            unit.audit.note(at=self._now(), actor=clerk.login, deed=Deed.ASKED, case=case, note=note)
            unit.commit()

    def take_check(self, check: Check) -> VisitView:
        """See DeskApi."""
        visit, form = self._here(), self._form
        if form is None:
            raise Refused(Failure.NO_ITEM)
        if self._made.get(check.query.id) != check.query:
            raise Refused(Failure.QUERY_WITHOUT_REASON)
        if check.query.case != visit.case:
            raise Refused(Failure.NO_VISIT)  # An answer for another visit says nothing of this one.
        taken = verify_status.take(form, visit, check)
        return self._keep(taken, Deed.VERIFIED, verify_status.told_of(check))

    def see_original(self, material: str, seen: bool) -> VisitView:
        """See DeskApi."""
        visit = self._here()
        return self._keep(
            handle_papers.see_original(visit, material, seen, self._gate.clerk, self._now()),
            Deed.PAPER_SEEN,
            material if seen else f"{material} taken back",
        )

    def read_scan(self, case: str, path: str) -> ReadScan:
        """See DeskApi. (net)"""
        self._gate.may(Deed.VISIT_OPENED)
        return read_scan(case, Path(path))

    def attach_scan(self, material: str, scan: ReadScan) -> VisitView:
        """See DeskApi."""
        visit = self._here()
        _hold_same(scan, visit)
        with self._gate.open_unit() as unit:
            scanned = handle_papers.attach_scan(visit, material, scan, unit)
            self._save(scanned, unit)
            actor = self._gate.clerk.login
            unit.audit.note(at=self._now(), actor=actor, deed=Deed.SCAN_TAKEN, case=visit.case, note=material)
            unit.commit()
        return self._now_is(scanned)

    def attach_photo(self, key: str, scan: ReadScan) -> VisitView:
        """See DeskApi."""
        visit, form = self._open_form()
        _hold_same(scan, visit)
        with self._gate.open_unit() as unit:
            picture = take_photo(scan, unit)
            at = self._now()
            taken = fill_form.fill(self._catalogue_of(visit), form, visit, key, picture, "", at)
            unit.drafts.save(taken)
            unit.audit.note(
                at=at, actor=self._gate.clerk.login, deed=Deed.SCAN_TAKEN, case=visit.case, note=key
            )
            unit.commit()
        return self._now_is(taken)

    def receive(self) -> tuple[VisitView, PrintView]:
        """See DeskApi."""
        clerk = self._gate.may(Deed.RECEIVED)
        visit, form = self._open_form()
        self._hold_doubtful_card(visit)
        self._hold_unstamped()
        at = self._now()
        with self._gate.open_unit() as unit:
            stale = self._alone(unit)
        # What the station may not settle alone any more is received all the same, as 临时收件.
        settled = not stale.holds(
            Deed.ACCEPTED, high_risk=is_high_risk(visit.items, self._catalogue_of(visit))
        )
        place = receive_case.Counter(
            self._gate.enrolment.station,
            clerk.window,
            self._online() and settled,
            self._gate.enrolment.level,
        )
        with self._gate.open_unit() as unit:
            received, case = receive_case.receive_case(
                visit,
                form,
                catalogue=self._catalogue_of(visit),
                clerk=clerk,
                counter=place,
                at=at,
                unit=unit,
                notice_by=notice_by(at, self._tables(unit)),
            )
            printed = self._print(case, SlipKind.RECEIPT, unit)
            unit.commit()
        self._wake()
        return self._now_is(received), self._to_press(printed, case.id)

    def _is_over(self, visit: Visit, identity: Identity) -> bool:
        """Say whether nothing is left to do here and the next citizen sits at the desk."""
        return (
            self._is_done(visit) and visit.identity is not None and not visit.identity.same_person(identity)
        )

    def _is_closed(self, visit: Visit) -> bool:
        """Say whether the case of the visit waits for its acceptance no more: nothing is added to it here then."""
        if visit.receipt_no is None:
            return False
        with self._gate.open_unit() as unit:
            return unit.cases.get(visit.case).status not in BEFORE_ACCEPTANCE

    def _is_done(self, visit: Visit) -> bool:
        if visit.receipt_no is None:
            return False
        with self._gate.open_unit() as unit:
            status = unit.cases.get(visit.case).status
        return status not in BEFORE_ACCEPTANCE or not self._gate.clerk.may(Deed.ACCEPTED)

    def _is_other(self, visit: Visit, identity: Identity) -> bool:
        if visit.identity is None or visit.identity.same_person(identity):
            return False
        # A number typed wrong is typed again; whoever was read by a machine is somebody else.
        return not (visit.identity.typed and identity.typed and visit.receipt_no is None)

    def _hold_doubtful_card(self, visit: Visit) -> None:
        # Here the citizen sits at the desk: a card nobody has read yet may be anybody's.
        if visit.identity is not None and self._in_reader.is_doubtful(visit.identity.id_no):
            raise Refused(Failure.CARD_OF_ANOTHER_PERSON)

    def _here(self) -> Visit:
        self._gate.may(Deed.VISIT_OPENED)
        if self._visit is None:
            raise Refused(Failure.NO_VISIT)
        if self._visit.receipt_no is not None:
            # A register that was asked again beside the desk, or a department, may have put something into the draft.
            with self._gate.open_unit() as unit:
                self._visit = unit.drafts.get(self._visit.case) or self._visit
        return self._visit

    def _open_form(self) -> tuple[Visit, Form]:
        visit = self._here()
        if self._form is None:
            raise Refused(Failure.NO_ITEM)
        if visit.receipt_no is not None:
            raise Refused(Failure.STEP_NOT_ALLOWED, status=CaseStatus.RECEIVED.value)
        return visit, self._form

    def _catalogue_of(self, visit: Visit) -> Catalogue:
        """The release that the visit was started under: what is published meanwhile changes nothing of it."""
        return self._rooms.catalogues.of(visit.catalogue)

    def _form_of(self, visit: Visit) -> Form | None:
        if not visit.items:
            return None
        bundle = receive_case.bundle_of(self._catalogue_of(visit), visit)
        return merge(self._catalogue_of(visit), visit.items, bundle.questions if bundle else ())

    def _settled(self, visit: Visit) -> Visit:
        """Let the answers choose the members of the bundle; the form follows, and no answer is lost by it."""
        bundle = receive_case.bundle_of(self._catalogue_of(visit), visit)
        if bundle is None or visit.receipt_no is not None or not visit.items:
            return visit
        items = receive_case.members_in(bundle, visit, today_at(self._now()))
        if items == visit.items:
            return visit
        settled = replace(visit, items=items)
        form = self._form = self._form_of(settled)
        if form is None:
            return visit
        return replace(
            settled, answers=put(settled.answers, _unanswered(settled, defaults(form, self._now())))
        )

    def _as_told(self, visit: Visit) -> Visit:
        """The notice holds for whom it was given to and for the look-ups that it named; anything else is told anew."""
        before = self._visit
        if before is None or before.notice is None or visit.notice is None or visit.receipt_no is not None:
            return visit
        same = (
            before.identity is None or visit.identity is None or before.identity.same_person(visit.identity)
        )
        if same and (before.items, before.catalogue) == (visit.items, visit.catalogue):
            return visit
        if same and _looks_up(self._form_of(visit)) <= _looks_up(self._form_of(before)):
            return visit
        self._made = {}
        return replace(visit, notice=None)

    def _with_card(self, visit: Visit) -> Visit:
        if visit.identity is None or not visit.items:
            return visit
        bundle = receive_case.bundle_of(self._catalogue_of(visit), visit)
        subjects = (bundle or self._catalogue_of(visit).items[visit.items[0]]).card_subjects
        read = from_card(self._catalogue_of(visit), subjects, visit.identity, visit.identity.read_at)
        answers = put(visit.answers, read)
        form = self._form_of(visit)
        if form is not None:
            at = visit.identity.read_at
            proposed = from_holder(form, visit.identity, at) | from_residence(form, visit.identity, at)
            answers = put(answers, {k: v for k, v in proposed.items() if not answers.get(k)})
        return replace(visit, answers=answers)

    def _keep(self, visit: Visit, deed: Deed | None, note: str = "") -> VisitView:
        at = self._now()
        visit = in_the_form(self._as_told(self._settled(visit)), self._form)
        with self._gate.open_unit() as unit:
            self._save(visit, unit)
            if deed is not None:
                unit.audit.note(at=at, actor=self._gate.clerk.login, deed=deed, case=visit.case, note=note)
            unit.commit()
        return self._now_is(visit)

    def _save(self, visit: Visit, unit: Unit, *, closed_too: bool = False) -> None:
        """Seal the draft; a received case that waits for its acceptance follows it.

        Raises Refused(STEP_NOT_ALLOWED) once it is accepted or closed: its draft has ended and must not come back. With
        `closed_too` it is left as it is, and the case hears what was disputed of it.
        """
        if visit.receipt_no is None:
            unit.drafts.save(visit)
            return
        case = unit.cases.get(visit.case)
        if case.status in BEFORE_ACCEPTANCE:
            unit.drafts.save(visit)
            if self._form is not None:
                unit.cases.save(receive_case.brought_up(case, visit, self._form, self._now()))
        elif not closed_too:
            raise Refused(Failure.STEP_NOT_ALLOWED, status=case.status.value)
        else:
            known = {dispute.id for dispute in case.disputes}
            new = tuple(dispute for dispute in visit.disputes if dispute.id not in known)
            if new:
                unit.cases.save(replace(case, disputes=(*case.disputes, *new)))

    def _now_is(self, visit: Visit) -> VisitView:
        self._visit = visit
        self._saved_at = self._now()
        return self._show()

    def _show(self) -> VisitView:
        visit = self._here()
        with self._gate.open_unit() as unit:
            self._remember(unit, visit)
            scene = self._scene(unit, visit)
        return show_visit(visit, self._form, scene)

    def _scene(self, unit: Unit, visit: Visit) -> Scene:
        case = unit.cases.get(visit.case) if visit.receipt_no else None
        status = case.status if case else None
        over = status is not None and status not in BEFORE_ACCEPTANCE
        other = visit.identity is not None and self._in_reader.is_other(visit.identity.id_no)
        return Scene(
            catalogue=self._catalogue_of(visit),
            current=self._rooms.catalogues.current(),
            clerk=self._gate.clerk,
            table=self._tables(unit).current(),
            now=self._now(),
            saved_at=self._saved_at,
            status=status,
            wrong_card=other and not over,
            provisional=case is not None and case.project_no is None,
            earlier=self._earlier,
            level=self._gate.enrolment.level,
            notice=self._rooms.notice,
            centre=self._gate.enrolment.station_name,
            card_uses=self._rooms.card_uses,
            case=case,
            station=self._gate.enrolment.station,
            subject=subject_of(visit.identity.id_no) if visit.identity is not None else NATURAL_PERSON,
        )

    def _remember(self, unit: Unit, visit: Visit) -> None:
        """Look once a person for what they gave before; who was only typed in is not known well enough."""
        who = visit.identity
        known = who.id_no if who is not None and not who.typed else ""
        if known != self._earlier_of:
            found = unit.cases.of_person(known, MOST_CASES) if known else ()
            self._earlier, self._earlier_of = found, known

    def _put_away(self) -> None:
        self._visit, self._form, self._saved_at = None, None, None
        self._made = {}
        self._earlier, self._earlier_of = (), ""


def _hold_same(scan: ReadScan, visit: Visit) -> None:
    # While a scan was drawn anew, another person may have sat down: their papers are not mixed.
    if scan.case != visit.case:
        raise Refused(Failure.NO_VISIT)


def _looks_up(form: Form | None) -> set[tuple[str, str]]:
    return {(check.rule.id, check.rule.service) for check in form.checks} if form is not None else set()


def _unanswered(visit: Visit, proposed: Mapping[str, Answer]) -> dict[str, Answer]:
    return {key: answer for key, answer in proposed.items() if key not in visit.answers}


def _without_typed(visit: Visit) -> Visit:
    """Let go of what the person strip had put into the form: it is typed anew, or a card has said it now."""
    typed = DocumentKind.TYPED.value
    return replace(visit, answers={k: a for k, a in visit.answers.items() if a.source != typed})
