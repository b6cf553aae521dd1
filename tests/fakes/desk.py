"""A desk in memory with a scripted visit like J1: what is answered, checked and received changes what is shown."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import timedelta
from itertools import count
from typing import Any

from catalogue.model import Offer
from tests.fakes import newborn, worklist
from tests.fakes.card_reader import healthy
from tests.fakes.newborn import ASKS, BUNDLE, LOOKS, NOW
from tests.fakes.talk import SATISFIED, Talk, canonical
from wire.messages import Origin, Outcome, Role, VerificationQuery, VerificationReply
from workstation.domain.case import CaseStatus
from workstation.domain.diagnosis import Diagnosis
from workstation.domain.failures import Failure, Refused
from workstation.domain.identity import Glimpse, Identity
from workstation.domain.slip import SlipKind
from workstation.domain.verification import Check
from workstation.services.identify import typed_person
from workstation.services.ports import CardPin, CardPresence, KeyPlace
from workstation.services.views import (
    CaseView,
    FieldView,
    Link,
    LinkView,
    PrintView,
    ReaderView,
    StationStep,
    StationView,
    VisitView,
)


class FakeDesk:
    """All of DeskApi in memory.

    Turn these to script it: `card` (who is in the reader), `outcomes` (rule -> what the register says), `refuse`
    (method -> the Refused it raises until it is taken out), `reader_view`, `link_view`. `calls` tells what was asked.
    """

    def __init__(
        self, step: StationStep = StationStep.OPEN, key_place: KeyPlace = KeyPlace.PASSPHRASE
    ) -> None:
        self.step = step
        self.key_place = key_place
        self.card: Identity = newborn.mother()
        self.outcomes: dict[str, Outcome] = {look.rule: look.outcome for look in LOOKS}
        self.refuse: dict[str, Refused] = {}
        self.calls: list[tuple[str, ...]] = []
        self.reader_view = ReaderView(CardPresence.PRESENT)
        self.diagnosis = healthy()
        self.told: Callable[[CardPresence], object] = lambda _: None
        self.link_view = LinkView(Link.UP, NOW, 2, 0, NOW - timedelta(minutes=4))
        self.left_over: list[VisitView] = []
        self.jammed = False  # no sheet comes out
        self.case_views: list[CaseView] = list(worklist.cases())
        self.roles: tuple[Role, ...] = (Role.CLERK,)
        self._numbers = count(1)
        self._clear()

    def _clear(self) -> None:
        self._talk = Talk(f"case-{next(self._numbers)}", self.outcomes)

    def _call(self, name: str, *what: str) -> None:
        self.calls.append((name, *what))
        if name in self.refuse:
            raise self.refuse[name]

    # -- the gate ------------------------------------------------------------------------------------
    def station(self) -> StationView:
        opened = self.step is StationStep.OPEN
        known = self.step in (StationStep.SIGN_IN, StationStep.OPEN)
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
        )

    def prepare(self) -> None:
        self._call("prepare")

    def unlock(self, passphrase: str) -> StationView:
        self._call("unlock")
        if not passphrase and self.key_place is KeyPlace.PASSPHRASE:
            raise Refused(Failure.STORE_KEY_WRONG)
        self.step = StationStep.ENROL if self.step is StationStep.NEW_KEY else StationStep.SIGN_IN
        return self.station()

    def enrol(self, hall_url: str, code: str) -> StationView:
        self._call("enrol", hall_url)
        if not code:
            raise Refused(Failure.ENROL_CODE_REFUSED)
        self.step = StationStep.SIGN_IN
        return self.station()

    def sign_in(self, login: str, password: str) -> StationView:
        self._call("sign_in", login)
        if not login or not password:
            raise Refused(Failure.SIGN_IN_REFUSED)
        self.step = StationStep.OPEN
        return self.station()

    def sign_out(self) -> StationView:
        self._call("sign_out")
        self._put_away()
        self.step = StationStep.SIGN_IN
        return self.station()

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
        return tuple(self._talk.query(look) for look in self._talk.looks() if self._talk.askable(look))

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

    def attach_scan(self, material: str, path: str) -> VisitView:
        self._call("attach_scan", material, path)
        self._talk.scans[material] = self._talk.scans.get(material, 0) + 1
        return self._talk.view()

    def attach_photo(self, key: str, path: str) -> VisitView:
        self._call("attach_photo", key, path)
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
