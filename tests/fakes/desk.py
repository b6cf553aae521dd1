"""A desk in memory with a scripted visit like J1: what is answered, checked and received changes what is shown."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from itertools import count
from typing import Any

from catalogue.model import Offer, Text
from tests.fakes import newborn, reviews, shared, steps, trail, transfers, worklist
from tests.fakes.calendars import a_calendar, changed_view
from tests.fakes.card_reader import healthy
from tests.fakes.lists import DeskLists
from tests.fakes.newborn import ASKS, BUNDLE, LOOKS, NOW
from tests.fakes.print_desk import FakePrintDesk
from tests.fakes.proposed import proposed
from tests.fakes.queue_desk import FakeQueueDesk
from tests.fakes.seen_scans import DeskScans
from tests.fakes.supervised import DeskSupervision
from tests.fakes.talk import SATISFIED, Talk, canonical
from wire.corrections import Amendment, CorrectionGap, GapAnswer
from wire.evaluation import Grade, Stage
from wire.messages import Alarm, Origin, Outcome, Role, SlipCheck, VerificationQuery, VerificationReply
from wire.reviews import ReviewStep
from wire.sheets import PaperOfSlip
from workstation.domain.approval import ProposalKind, Wish, hold_reason
from workstation.domain.audit import AuditFilter
from workstation.domain.case import CaseStatus
from workstation.domain.diagnosis import Diagnosis
from workstation.domain.failures import Failure, Refused
from workstation.domain.finding import wanted
from workstation.domain.identity import Glimpse, Identity, mask_id, mask_name
from workstation.domain.slip import SlipKind
from workstation.domain.uploads import METERED_LIMIT, Upload, state_of
from workstation.domain.verification import Check
from workstation.services.calendar_views import CalendarView, CalendarWish
from workstation.services.check_slip import SlipStanding, SlipState, with_halls_word
from workstation.services.forward_case import Takeover
from workstation.services.hand_out import DeliveryWish, Taken
from workstation.services.identify import typed_person
from workstation.services.office_views import AgencyView
from workstation.services.ports import CardPin, CardPresence, KeyPlace
from workstation.services.read_scan import ReadScan
from workstation.services.step_views import StepOptions
from workstation.services.take_agency import AgencyTold
from workstation.services.transfer_views import StickRead, StickWritten, TransferView
from workstation.services.views import (
    AuditLine,
    AuditView,
    CaseView,
    FieldView,
    FoundView,
    InvitationView,
    Link,
    LinkView,
    PrintView,
    ProposalOptions,
    ProposalView,
    ReaderView,
    ReviewsView,
    ReviewView,
    SavedDay,
    StationStep,
    StationView,
    UploadsView,
    UploadView,
    VisitView,
)


class FakeDesk(DeskLists, DeskSupervision, DeskScans, FakePrintDesk, FakeQueueDesk):
    """All of DeskApi in memory.

    Turn these to script it: `card` (who is in the reader), `outcomes` (rule -> what the register says), `refuse`
    (method -> the Refused it raises until it is taken out), `reader_view`, `link_view`. `calls` tells what was asked.
    """

    def __init__(
        self, step: StationStep = StationStep.OPEN, key_place: KeyPlace = KeyPlace.PASSPHRASE
    ) -> None:
        super().__init__()
        self.step = step
        self.key_place = key_place
        self.card: Identity = newborn.mother()
        self.outcomes: dict[str, Outcome] = {look.rule: look.outcome for look in LOOKS}
        self.refuse: dict[str, Refused] = {}
        self.calendar_view = a_calendar()
        self.uploads_view = UploadsView(paused=False, metered=False, metered_limit=METERED_LIMIT, items=())
        self.calls: list[tuple[str, ...]] = []
        self.transfer_view = transfers.quiet()
        self.invitations: list[InvitationView] = []  # what invite_evaluation gives, one after the other
        self.evaluations: dict[str, str] = {}  # visit -> sealed opinion
        self.reviews_view = reviews.reviews(sums=reviews.SUMS)
        self.reader_view = ReaderView(CardPresence.PRESENT)
        self.diagnosis = healthy()
        self.told: Callable[[CardPresence], object] = lambda _: None
        self.link_view = LinkView(Link.UP, NOW, 2, 0, NOW - timedelta(minutes=4))
        self.left_over: list[VisitView] = []
        self.confirms = True  # the hall's administrator has compared the fingerprints
        self.jammed = False  # no sheet comes out
        self.case_views: list[CaseView] = list(worklist.cases())
        self.slip_standings: dict[str, SlipStanding] = {}
        self.hall_slips: dict[str, SlipCheck] = {}
        self.hall_papers: dict[str, PaperOfSlip] = {}
        self.not_findable = 0  # cases that are not in the index yet
        self.found_at_once = 12
        self.roles: tuple[Role, ...] = (Role.CLERK,)
        self.agency: AgencyView | None = None
        self.audit_view = trail.state(600)
        self.notified = True  # the citizen was told already: most tests are about something else
        self.wants_consent: set[str] = set()
        self.promisable: set[str] = set()  # papers for which a promise may stand
        self.card_resumes = False
        self.login = "clerk"
        self.proposal_views: list[ProposalView] = []
        self.card_gone: Callable[[], object] = lambda: None
        self.card_came: Callable[[], object] = lambda: None
        self._numbers = count(1)
        self._clear()

    def _clear(self) -> None:
        self._talk = Talk(
            f"case-{next(self._numbers)}",
            self.outcomes,
            notified=self.notified,
            wants_consent=set(self.wants_consent),
            promisable=self.promisable,
        )

    def _call(self, name: str, *what: str) -> None:
        self.calls.append((name, *what))
        if name in self.refuse:
            raise self.refuse[name]

    # -- the gate ------------------------------------------------------------------------------------
    def station(self) -> StationView:
        opened = self.step in (StationStep.OPEN, StationStep.LOCKED)
        enrolled = (StationStep.SIGN_IN, StationStep.CONFIRM, StationStep.SHUT_OUT)
        known = opened or self.step in enrolled
        return StationView(
            self.step,
            self.key_place,
            station="440104" if known else "",
            station_name="测试街政务服务中心" if known else "",
            hall_url="http://127.0.0.1:8700" if known else "",
            fingerprint="3f9a 12c4 77e0 b1d8",
            clerk="窗口员一" if opened else "",
            window="03" if opened else "",
            roles=self.roles if opened else (),
            login=self.login if opened else "",
            card_resumes=self.card_resumes,
        )

    def prepare(self) -> None:
        self._call("prepare")

    def prepare_paper(self) -> None:
        pass

    def unlock(self, passphrase: str) -> StationView:
        self._call("unlock")
        if not passphrase and self.key_place is KeyPlace.PASSPHRASE:
            raise Refused(Failure.STORE_KEY_WRONG)
        self.step = StationStep.ENROL if self.step is StationStep.NEW_KEY else StationStep.SIGN_IN
        return self.station()

    def recover(self, code: str, grant_file: str, passphrase: str) -> StationView:
        self._call("recover", code, grant_file, passphrase)
        if not code:
            raise Refused(Failure.RECOVERY_REFUSED)
        self.step = StationStep.SIGN_IN
        return self.station()

    def enrol(self, hall_url: str, code: str) -> StationView:
        self._call("enrol", hall_url)
        if not code:
            raise Refused(Failure.ENROL_CODE_REFUSED)
        self.step = StationStep.SIGN_IN if self.confirms else StationStep.CONFIRM
        return self.station()

    def ask_confirmed(self) -> StationView:
        self._call("ask_confirmed")
        if self.confirms:
            self.step = StationStep.SIGN_IN
        return self.station()

    def enrol_again(self, code: str) -> StationView:
        self._call("enrol_again")
        if not code:
            raise Refused(Failure.ENROL_CODE_REFUSED)
        return self.station()

    def sign_in(self, login: str, password: str) -> StationView:
        self._call("sign_in", login)
        if not login or not password:
            raise Refused(Failure.SIGN_IN_REFUSED)
        self.step = StationStep.OPEN
        self.login = login
        return self.station()

    def sign_out(self) -> StationView:
        self._call("sign_out")
        self._put_away()
        self.step = StationStep.SIGN_IN
        return self.station()

    def lock(self, why: str) -> StationView:
        self._call("lock", why)
        if self.step is StationStep.OPEN:
            self.step = StationStep.LOCKED
        return self.station()

    def resume_work(self, password: str) -> StationView:
        self._call("resume_work")
        if not password and not self.card_resumes:
            raise Refused(Failure.OPERATOR_CARD_MISSING)
        if password == "wrong":
            raise Refused(Failure.SIGN_IN_REFUSED)
        self.step = StationStep.OPEN
        return self.station()

    def watch_card(self, gone: Callable[[], object], came: Callable[[], object]) -> None:
        self.card_gone, self.card_came = gone, came

    # -- strip ---------------------------------------------------------------------------------------
    def link(self) -> LinkView:
        return self.link_view

    def reader(self) -> ReaderView:
        return self.reader_view

    def listen(
        self, told: Callable[[CardPresence], object], scanned: Callable[[str], object] = lambda _: None
    ) -> None:
        self.told = told
        self.scanned = scanned

    def diagnose(self) -> tuple[Diagnosis, str]:
        self._call("diagnose")
        return self.diagnosis, "/var/station/diagnosis/20261123-093000.json"

    # -- intake --------------------------------------------------------------------------------------
    def read_card(
        self, told: Callable[[Glimpse], object] = lambda _: None, pin: CardPin | None = None
    ) -> Identity:
        self._call("read_card", *(["pin"] if pin is not None else []))
        told(Glimpse(self.card.name, self.card.id_no))
        return self.card

    def take_person(self, identity: Identity) -> VisitView:
        self._call("take_person")
        person = self._talk.person
        if self._talk.status is CaseStatus.ACCEPTED and person and not person.same_person(identity):
            self._clear()
        self._talk.opened = True
        if self._talk.person is None:
            self._talk.person = identity
        self._talk.wrong_card = not self._talk.person.same_person(identity)
        if self._talk.wrong_card:
            raise Refused(Failure.CARD_OF_ANOTHER_PERSON)
        self._talk.prefill()
        return self._talk.view()

    def check_code(self, token: str) -> Identity:
        self._call("check_code")
        return newborn.on_phone()

    def type_person(self, name: str, number: str) -> VisitView:
        self._call("type_person")
        return self.take_person(typed_person(name, number, NOW))

    def drafts(self) -> tuple[VisitView, ...]:
        self._call("drafts")
        return tuple(self.left_over)

    def resume(self, case: str) -> VisitView:
        self._call("resume", case)
        [kept] = [view for view in self.left_over if view.case == case]
        self.left_over.remove(kept)
        self._talk = Talk(case, self.outcomes, opened=True, person=newborn.mother(), chosen=BUNDLE)
        self._talk.prefill()
        return self._talk.view()

    def visit(self) -> VisitView | None:
        return self._talk.view() if self._talk.opened else None

    def drop_visit(self) -> None:
        self._call("drop_visit")
        self._put_away()

    def discard_draft(self, case: str) -> None:
        self._call("discard_draft", case)
        self.left_over = [view for view in self.left_over if view.case != case]

    def _put_away(self) -> None:
        if self._talk.opened and self._talk.person is not None and self._talk.receipt_no is None:
            self.left_over.insert(0, self._talk.view())
        self._clear()

    def search(self, text: str) -> tuple[Offer, ...]:
        self._call("search", text)
        found = text.strip().lower()
        return tuple(hit for initials, hit in newborn.ITEMS if found in initials or found in hit.name.zh)

    def choose(self, id: str) -> VisitView:  # noqa: A002 - the contract's name
        self._call("choose", id)
        self._talk.opened = True
        [self._talk.chosen] = [hit for _, hit in newborn.ITEMS if hit.id == id]
        self._talk.prefill()
        return self._talk.view()

    def reuse(self) -> VisitView:
        self._call("reuse")
        return self._talk.view()

    def adopt_release(self) -> VisitView:
        self._call("adopt_release")
        return self._talk.view()

    def set_member(self, item: str, wanted: bool) -> VisitView:
        self._call("set_member", item, str(wanted))
        return self._talk.view()

    def answer(self, key: str, typed: str, reason: str = "") -> VisitView:
        self._call("answer", key, typed, reason)
        value = canonical(ASKS[key], typed)
        old, origin = self._talk.values.get(key, ("", Origin.TYPED))
        if value != old and old and origin in (Origin.CARD, Origin.VERIFICATION) and not reason:
            raise Refused(Failure.REASON_MISSING, key=key)
        if value == "":
            self._talk.values.pop(key, None)
        elif value != old:
            self._talk.values[key] = (value, Origin.TYPED)
        return self._talk.view()

    def reveal(self, key: str) -> FieldView:
        self._call("reveal", key)
        field = self._talk.field_of(ASKS[key])
        return dataclasses.replace(field, shown=field.value)

    def reveal_person(self) -> tuple[str, str]:
        self._call("reveal_person")
        if self._talk.person is None:
            raise Refused(Failure.NO_PERSON)
        return self._talk.person.name, self._talk.person.id_no

    def ready_queries(self) -> tuple[VerificationQuery, ...]:
        self._call("ready_queries")
        if not self._talk.notified:
            return ()
        return tuple(
            self._talk.query(look)
            for look in self._talk.looks()
            if look.rule not in self._talk.wants_consent and self._talk.askable(look)
        )

    def ask(self, query: VerificationQuery) -> Check:
        self._call("ask", query.rule)
        [look] = [look for look in LOOKS if look.rule == query.rule]
        outcome = self.outcomes[query.rule]
        facts = dict(look.fills) if outcome in SATISFIED else {}
        evidence = "" if outcome is Outcome.UNAVAILABLE else f"HY20260105{LOOKS.index(look) + 1:04d}"
        reply = VerificationReply(
            query.id,
            query.service,
            outcome,
            facts,
            look.department.zh,
            evidence,
            NOW,
            NOW + timedelta(days=1),
            "s",
        )
        return Check(query, reply)

    def take_check(self, check: Check) -> VisitView:
        self._call("take_check", check.query.rule)
        self._talk.checks[check.query.rule] = check
        for key, value in check.reply.facts.items():
            if key not in self._talk.values:
                self._talk.values[key] = (value, Origin.VERIFICATION)
        return self._talk.view()

    def see_original(self, material: str, seen: bool) -> VisitView:
        self._call("see_original", material, str(seen))
        (self._talk.seen.add if seen else self._talk.seen.discard)(material)
        return self._talk.view()

    def read_scan(self, case: str, path: str) -> ReadScan:
        self._call("read_scan", path)
        return ReadScan(case, "image/png", b"\x89PNG " + path.encode(), 1, 358, 441)

    def attach_scan(self, material: str, scan: ReadScan) -> VisitView:
        self._call("attach_scan", material, scan.media)
        self._talk.scans[material] = self._talk.scans.get(material, 0) + 1
        return self._talk.view()

    def attach_photo(self, key: str, scan: ReadScan) -> VisitView:
        self._call("attach_photo", key, scan.media)
        self._talk.values[key] = ("ab" * 32, Origin.TYPED)
        return self._talk.view()

    def receive(self) -> tuple[VisitView, PrintView]:
        self._call("receive")
        if not self._talk.view().may_receive:
            raise Refused(Failure.STEP_NOT_ALLOWED)
        self._talk.receipt_no, self._talk.status = "44010426010503000" + "1K", CaseStatus.RECEIVED
        return self._talk.view(), self._print(SlipKind.RECEIPT)

    def accept(self) -> tuple[VisitView, PrintView]:
        self._call("accept")
        if self._talk.gaps():
            raise Refused(Failure.GAPS_LEFT)
        self._talk.status = CaseStatus.ACCEPTED
        return self._talk.view(), self._print(SlipKind.ACCEPTANCE)

    # -- verification --------------------------------------------------------------------------------
    def acknowledge_notice(self) -> VisitView:
        self._call("acknowledge_notice")
        self._talk.notified = True
        return self._talk.view()

    def consent(self, rule: str, given: bool) -> VisitView:
        self._call("consent", rule, str(given))
        (self._talk.wants_consent.discard if given else self._talk.wants_consent.add)(rule)
        return self._talk.view()

    def leave_pending(self, rule: str) -> VisitView:
        self._call("leave_pending", rule)
        self._talk.left_open.add(rule)
        return self._talk.view()

    def dispute(self, rule: str, said: str) -> tuple[VisitView, PrintView]:
        self._call("dispute", rule, said)
        self._talk.disputed.add(rule)
        return self._talk.view(), self._print(SlipKind.DISPUTE)

    def print_promise(self, material: str) -> tuple[VisitView, PrintView]:
        self._call("print_promise", material)
        self._talk.promised[material] = False
        return self._talk.view(), self._print(SlipKind.PROMISE)

    def sign_promise(self, material: str, signed: bool) -> VisitView:
        self._call("sign_promise", material, str(signed))
        self._talk.promised[material] = signed
        return self._talk.view()

    def print_checks(self) -> tuple[VisitView, PrintView]:
        self._call("print_checks")
        return self._talk.view(), self._print(SlipKind.VERIFICATION)

    def print_gaps(self) -> tuple[VisitView, PrintView]:
        self._call("print_gaps")
        return self._talk.view(), self._print(SlipKind.ONE_TIME_NOTICE)

    def bring_papers(self, case: str) -> CaseView:
        self._call("bring_papers", case)
        return self._replace(case, lapsed=False)

    def saved_today(self) -> SavedDay:
        self._call("saved_today")
        return worklist.saved()

    def take_agency(self, told: AgencyTold) -> VisitView:
        self._call("take_agency", told.name, told.relation)
        if not told.phone:
            raise Refused(Failure.AGENCY_NOT_VALID, what="phone")
        names = dict(self._talk.view().relations)
        made = AgencyView(
            mask_name(told.name),
            mask_id(told.id_no),
            names.get(told.relation, Text("子女", "child")),
            told.powers,
            told.until,
            told.sheet,
            over=False,
        )
        self.agency = made
        return self.visit_now()

    def drop_agency(self) -> VisitView:
        self._call("drop_agency")
        self.agency = None
        return self.visit_now()

    def visit_now(self) -> VisitView:
        """The visit with its agent."""
        return dataclasses.replace(self._talk.view(), agency=self.agency)

    # -- cases and results ---------------------------------------------------------------------------
    def cases(self) -> tuple[CaseView, ...]:
        self._call("cases")
        return tuple(self.case_views)

    def results(self) -> tuple[CaseView, ...]:
        self._call("results")
        return tuple(case for case in self.case_views if case.status is CaseStatus.DECIDED)

    def case(self, case: str) -> CaseView:
        self._call("case", case)
        return self._find(case)

    def find_cases(self, typed: str) -> FoundView:
        self._call("find_cases", typed)
        looked_for = wanted(typed)
        if looked_for is None:
            return FoundView(None, (), more=False, left=0)
        # The fake's cases have masked names: they are found by their receipt numbers.
        fit = [n for n, view in enumerate(self.case_views) if view.receipt_no.endswith(looked_for.text)]
        first, rest = fit[: self.found_at_once], tuple(fit[self.found_at_once :])
        shown = tuple(self.case_views[n] for n in first)
        return FoundView(looked_for.by, shown, more=False, left=self.not_findable, rest=rest)

    def found_rest(self, typed: str, places: Sequence[int]) -> tuple[CaseView, ...]:
        self._call("found_rest", typed)
        return tuple(self.case_views[n] for n in places)

    def check_slip(
        self, code: str, heard: SlipCheck | None = None, paper: PaperOfSlip | None = None
    ) -> SlipStanding:
        self._call("check_slip", code)
        standing = self.slip_standings.get(code, SlipStanding(SlipState.UNREADABLE))
        return with_halls_word(standing, heard, paper) if heard else standing

    def ask_paper(self, code: str) -> PaperOfSlip:
        self._call("ask_paper", code)
        if code not in self.hall_papers:
            raise Refused(Failure.HALL_REFUSED)
        return self.hall_papers[code]

    def ask_slip(self, code: str) -> SlipCheck:
        self._call("ask_slip", code)
        if code not in self.hall_slips:
            raise Refused(Failure.HALL_UNREACHABLE)
        return self.hall_slips[code]

    def _find(self, case: str) -> CaseView:
        for view in self.case_views:
            if view.case == case:
                return view
        raise Refused(Failure.CASE_UNKNOWN)

    def accept_case(self, case: str) -> tuple[CaseView, PrintView]:
        self._call("accept_case", case)
        view = self._replace(case, status=CaseStatus.ACCEPTED, accepted_at=NOW)
        return view, _sheet(view, SlipKind.ACCEPTANCE)

    def _replace(self, case: str, **changes: Any) -> CaseView:
        old = self._find(case)
        new = dataclasses.replace(old, **changes)
        self.case_views[self.case_views.index(old)] = new
        return new

    # -- after the receipt ---------------------------------------------------------------------------
    def step_options(self, case: str) -> StepOptions:
        self._call("step_options", case)
        return steps.options(asked=self._find(case).status is CaseStatus.CORRECTION_REQUIRED)

    def ask_correction(self, case: str, gaps: tuple[CorrectionGap, ...]) -> tuple[CaseView, PrintView | None]:
        self._call("ask_correction", case, steps.said(gaps))
        view = self._replace(case, status=CaseStatus.CORRECTION_REQUIRED)
        return view, _sheet(view, SlipKind.CORRECTION)

    def take_correction(self, case: str, answers: tuple[GapAnswer, ...]) -> tuple[CaseView, PrintView | None]:
        self._call("take_correction", case, steps.said(answers))
        view = self._replace(case, status=CaseStatus.CORRECTION_RECEIVED)
        return view, _sheet(view, SlipKind.CORRECTED)

    def withdraw_case(
        self, case: str, items: tuple[str, ...], text: str, signed_by: str
    ) -> tuple[CaseView, PrintView | None]:
        self._call("withdraw_case", case, " ".join(items), text, signed_by)
        view = self._replace(case, status=CaseStatus.WITHDRAWN)
        return view, _sheet(view, SlipKind.RETURN)

    def amend_receipt(
        self, case: str, changes: tuple[Amendment, ...], text: str
    ) -> tuple[CaseView, PrintView | None]:
        self._call("amend_receipt", case, steps.said(changes), text)
        view = self._replace(case, version=2)
        return view, _sheet(view, SlipKind.RECEIPT)

    # -- two persons ---------------------------------------------------------------------------------
    def proposals(self) -> tuple[ProposalView, ...]:
        self._call("proposals")
        return tuple(self.proposal_views)

    def proposal_options(self, case: str) -> ProposalOptions:
        self._call("proposal_options", case)
        received = self._find(case).status is CaseStatus.RECEIVED
        kinds = (ProposalKind.REFUSE, ProposalKind.TOLERATE, ProposalKind.VOID) if received else ()
        papers = (("photo", Text("照片", "Photo"), date(2026, 1, 12)),)
        return ProposalOptions(kinds, papers if received else ())

    def print_power(self, told: AgencyTold) -> tuple[VisitView, PrintView]:
        self._call("print_power", told.name)
        return self.visit_now(), self._print(SlipKind.POWER_OF_ATTORNEY)

    def print_route(self, item: str) -> PrintView:
        self._call("print_route", item)
        return self._print(SlipKind.WHERE_TO_GO)

    def forward(self, case: str) -> tuple[CaseView, PrintView | None]:
        self._call("forward", case)
        return self._replace(case, offices=shared.forwarded()), self._print(SlipKind.TRANSFER)

    def print_proxy(self, case: str) -> PrintView:
        self._call("print_proxy", case)
        return self._print(SlipKind.PROXY)

    def order_delivery(self, case: str, wish: DeliveryWish) -> tuple[CaseView, PrintView | None]:
        self._call("order_delivery", case, wish.way.value)
        return self._replace(case, delivery=shared.ordered(wish.way)), self._print(SlipKind.PICKUP)

    def print_pick_up(self, case: str) -> PrintView:
        self._call("print_pick_up", case)
        return self._print(SlipKind.PICKUP)

    def recall_delivery(self, case: str, reason: str) -> CaseView:
        self._call("recall_delivery", case, reason)
        return self._replace(case, delivery=shared.ready())

    def hand_out(self, case: str, taken: Taken) -> tuple[CaseView, PrintView | None]:
        self._call("hand_out", case, taken.name, "agent" if taken.agency else "")
        return self._replace(case, delivery=shared.handed_out()), self._print(SlipKind.DELIVERY)

    def print_service_return(self, case: str) -> PrintView:
        self._call("print_service_return", case)
        return self._print(SlipKind.DELIVERY)

    def take_papers(self, case: str, found: Takeover) -> CaseView:
        self._call("take_papers", case, *found.missing)
        return self._replace(case, offices=shared.taken(found))

    def propose(self, case: str, wish: Wish) -> ProposalView:
        self._call("propose", case, wish.kind.value, wish.reason.value, wish.text)
        hold_reason(wish)
        made = proposed(f"p-{len(self.proposal_views) + 1}", self._find(case), wish)
        self.proposal_views.insert(0, made)
        return made

    def approve(
        self, proposal: str, seen: str, login: str, password: str
    ) -> tuple[CaseView, PrintView | None]:
        self._call("approve", proposal, login)
        found = next(p for p in self.proposal_views if p.id == proposal)
        if seen != found.sha256 or found.changed:
            raise Refused(Failure.PROPOSAL_CHANGED)
        if login == "clerk":
            raise Refused(Failure.SAME_PERSON)
        self.proposal_views.remove(found)
        if found.kind is not ProposalKind.REFUSE:
            return self._find(found.case), None
        view = self._replace(found.case, status=CaseStatus.NOT_ACCEPTED)
        return view, _sheet(view, SlipKind.REFUSAL)

    def decline(self, proposal: str) -> tuple[ProposalView, ...]:
        return self._end("decline", proposal)

    def withdraw(self, proposal: str) -> tuple[ProposalView, ...]:
        return self._end("withdraw", proposal)

    def _end(self, how: str, proposal: str) -> tuple[ProposalView, ...]:
        self._call(how, proposal)
        self.proposal_views = [p for p in self.proposal_views if p.id != proposal]
        return tuple(self.proposal_views)

    # -- audit ---------------------------------------------------------------------------------------
    def audit_state(self) -> AuditView:
        self._call("audit_state")
        return self.audit_view

    def audit_search(self, wanted: AuditFilter) -> tuple[int, ...]:
        self._call("audit_search", wanted.actor, wanted.case, *(deed.value for deed in wanted.deeds))
        return tuple(
            seq
            for seq in range(self.audit_view.entries, 0, -1)
            if (line := trail.line(seq))
            and (wanted.since is None or line.at >= wanted.since)
            and (wanted.until is None or line.at < wanted.until)
            and wanted.actor in {"", line.actor}
            and wanted.case in {"", line.case}
            and (not wanted.deeds or line.deed in wanted.deeds)
        )

    def audit_lines(self, seqs: Sequence[int]) -> tuple[AuditLine, ...]:
        self._call("audit_lines", str(len(seqs)))
        return tuple(trail.line(seq) for seq in seqs)

    def audit_export(self, path: str) -> tuple[str, int]:
        self._call("audit_export", path)
        return path, self.audit_view.entries

    def alarms(self) -> tuple[Alarm, ...]:
        self._call("alarms")
        return trail.ALARMS

    def invite_evaluation(self, case: str, stage: Stage) -> InvitationView | None:
        self._call("invite_evaluation", case, stage.value)
        return self.invitations.pop(0) if self.invitations else None

    def end_evaluation(self, visit: str, sealed: str) -> None:
        self._call("end_evaluation", visit)
        self.evaluations.setdefault(visit, sealed)

    def reviews(self) -> ReviewsView:
        self._call("reviews")
        return self.reviews_view

    def handle_review(
        self, order: str, step: ReviewStep, text: str, grade: Grade | None = None
    ) -> ReviewsView:
        self._call("handle_review", order, step.value, text, *((grade.value,) if grade else ()))
        self.reviews_view = dataclasses.replace(
            self.reviews_view,
            items=tuple(
                _handled(each, step, text) if each.order.id == order else each
                for each in self.reviews_view.items
            ),
        )
        return self.reviews_view

    def transfer(self) -> TransferView:
        self._call("transfer")
        return self.transfer_view

    def try_now(self) -> TransferView:
        self._call("try_now")
        waiting = tuple(dataclasses.replace(each, next_at=None) for each in self.transfer_view.waiting)
        self.transfer_view = dataclasses.replace(self.transfer_view, waiting=waiting)
        return self.transfer_view

    def retry_step(self, event: str) -> TransferView:
        self._call("retry_step", event)
        return self._without_parked(event)

    def take_halls_word(self, event: str) -> TransferView:
        self._call("take_halls_word", event)
        return self._without_parked(event)

    def _without_parked(self, event: str) -> TransferView:
        left = tuple(each for each in self.transfer_view.parked if each.step.event != event)
        self.transfer_view = dataclasses.replace(self.transfer_view, parked=left)
        return self.transfer_view

    def write_stick(self, folder: str) -> StickWritten:
        self._call("write_stick", folder)
        return StickWritten((f"{folder}/yichuang-440104-1of1.stick",), 12, 2, 1)

    def read_stick(self, path: str) -> StickRead:
        self._call("read_stick", path)
        return StickRead(10, 1, 1, 0, 2, 3, (2,), "")

    def uploads(self) -> UploadsView:
        return self.uploads_view

    def pause_uploads(self, paused: bool) -> UploadsView:
        self._call("pause_uploads", str(paused))
        return self._switched(paused=paused)

    def meter_uploads(self, metered: bool) -> UploadsView:
        self._call("meter_uploads", str(metered))
        return self._switched(metered=metered)

    def retry_uploads(self) -> UploadsView:
        self._call("retry_uploads")
        items = tuple(dataclasses.replace(each, trouble="") for each in self.uploads_view.items)
        self.uploads_view = dataclasses.replace(self.uploads_view, items=items)
        return self._switched()

    # -- the table of working days -------------------------------------------------------------------
    def calendar(self) -> CalendarView:
        self._call("calendar")
        return self.calendar_view

    def set_calendar(self, wish: CalendarWish, login: str, password: str) -> CalendarView:
        self._call("set_calendar", wish.reason, login)
        self.calendar_view = changed_view(self.calendar_view, wish, login)
        return self.calendar_view

    def _switched(self, **switch: bool) -> UploadsView:
        view = dataclasses.replace(self.uploads_view, **switch)  # type: ignore[arg-type]
        items = tuple(
            dataclasses.replace(each, state=state_of(_row(each), paused=view.paused, metered=view.metered))
            for each in view.items
        )
        self.uploads_view = dataclasses.replace(view, items=items)
        return self.uploads_view

    def print_slip(self, case: str, kind: SlipKind) -> PrintView:
        self._call("print_slip", case, kind.value)
        view = self._find(case)
        if kind not in view.printable:
            raise Refused(Failure.NOT_DECIDED)
        reprint = view.result_prints if kind is SlipKind.RESULT else 0
        if kind is SlipKind.RESULT:
            self._replace(case, result_prints=view.result_prints + 1)
        return _sheet(view, kind, reprint)

    def _print(self, kind: SlipKind) -> PrintView:
        sheet = _sheet(self._talk, kind)
        return dataclasses.replace(sheet, path="", trouble=Failure.PRINTER_FAILED) if self.jammed else sheet


def _sheet(view: CaseView | Talk, kind: SlipKind, reprint: int = 0) -> PrintView:
    return PrintView(
        f"{kind}-440104-0001", kind, reprint, f"/var/slips/{view.receipt_no}-{kind}.pdf", view.case
    )


def _handled(view: ReviewView, step: ReviewStep, text: str) -> ReviewView:
    order = view.order
    left = tuple(
        each
        for each in order.open_steps
        if each is not step and not {each, step} <= {ReviewStep.FIXED, ReviewStep.EXPLAINED}
    )
    done = (*order.done, reviews.done(step, text))
    closed = reviews.done(step, text).at if step is ReviewStep.CLOSED else None
    return dataclasses.replace(
        view, order=dataclasses.replace(order, done=done, open_steps=left, closed_at=closed)
    )


def _row(view: UploadView) -> Upload:
    return Upload(view.sha256, view.size, view.case, sent=view.sent, trouble=view.trouble)
