"""No path lets one human being both propose and sign: a machine that tries, and mutants that show it would notice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from tests.fakes.cases import MOTHER, NOW, a_case, a_visit
from tests.fakes.staff import STAFF
from tests.fakes.store import FakeStore
from wire.codec import digest
from wire.corrections import Amendment, Correction, CorrectionGap, Defect
from wire.messages import (
    AnswerOnWire,
    MaterialHow,
    MaterialOnWire,
    Origin,
    Role,
    StaffAccount,
    StaffList,
    StaffPolicy,
)
from workstation.domain import approval as domain
from workstation.domain.answers import Answer
from workstation.domain.approval import DEEDS, STEPS, Proposal, ProposalKind, Reason, Signature, Wish
from workstation.domain.case import Case, CaseStatus
from workstation.domain.clerk import Clerk, Deed
from workstation.domain.failures import Failure, Refused
from workstation.domain.visit import Visit
from workstation.services import approve as service
from workstation.services.approve import draft_of

# Who really holds each account and each card: the machine knows, the code has to find out.
HUMAN = {
    "p-clerk": "A",
    "p-supervisor": "B",
    "p-supervisor2": "C",
    "p-agent": "D",
    "p-borrowed": "E",
    "p-new": "F",
}
CARD_OF_A = "k" * 43
PEOPLE = (
    *(replace(each, card_key=CARD_OF_A if each.login == "clerk" else None) for each in STAFF),
    # Another person's account with the clerk's own operator card.
    StaffAccount("borrowed", "借卡", (Role.SUPERVISOR,), "", "04", "p-borrowed", CARD_OF_A),
)
LOGINS = ("clerk", "renamed", "supervisor", "supervisor2", "nameless", "borrowed", "agent")
REASON = {
    ProposalKind.REFUSE: Reason.NOT_CORRECTED,
    ProposalKind.TOLERATE: Reason.SECONDARY_PAPER,
    ProposalKind.VOID: Reason.TWICE,
    ProposalKind.REOPEN: Reason.DECIDED_BY_MISTAKE,
    ProposalKind.RETURN: Reason.LIMIT_PASSED,
    ProposalKind.AMEND: Reason.WRITTEN_WRONG,
}
MENDED = (Amendment("applicant.name", MOTHER.name, "测试更正"),)


@dataclass(frozen=True)
class Made:
    """What the machine remembers of a proposal, by its own means."""

    proposal: Proposal
    human: str | None
    card: str | None
    case: tuple[Any, ...]
    draft: Visit | None


class TwoPersons(RuleBasedStateMachine):
    """Everything that people might try with one case."""

    def __init__(self) -> None:
        super().__init__()
        self.store = FakeStore()
        self.clock = NOW + timedelta(hours=1)
        self.online = True
        self.number = 1
        self.made: dict[str, Made] = {}
        self.ended: set[str] = set()
        case = a_case()
        papers = (*case.materials, MaterialOnWire("photo", MaterialHow.MISSING))
        with self.store.unit() as unit:
            unit.cases.add(replace(case, materials=papers))
            unit.drafts.save(a_visit())
            unit.station.take_staff(StaffList("440104", 1, NOW, StaffPolicy(), PEOPLE, ""))
            unit.commit()

    # -- what the machine sees, by its own means ---------------------------------------------------------
    def case(self) -> Case:
        with self.store.unit() as unit:
            return unit.cases.get("case-0001")

    def draft(self) -> Visit | None:
        with self.store.unit() as unit:
            return draft_of(unit, "case-0001")

    def account(self, login: str) -> StaffAccount | None:
        with self.store.unit() as unit:
            return unit.station.account(login)

    def staff(self) -> StaffList:
        with self.store.unit() as unit:
            staff = unit.station.staff_list()
        assert staff is not None
        return staff

    def take(self, accounts: tuple[StaffAccount, ...], policy: StaffPolicy | None = None) -> None:
        self.number += 1
        with self.store.unit() as unit:
            held = self.store.kept.staff[""]
            unit.station.take_staff(
                replace(held, number=self.number, accounts=accounts, policy=policy or held.policy)
            )
            unit.commit()

    # -- rules ---------------------------------------------------------------------------------------------
    @rule(login=st.sampled_from(("clerk", "clerk", *LOGINS)), kind=st.sampled_from(tuple(REASON)))
    def propose(self, login: str, kind: ProposalKind) -> None:
        who = self.account(login)
        if who is None:
            return
        clerk = Clerk(who.login, who.name, who.roles, who.window, who.person)
        tolerate = kind is ProposalKind.TOLERATE
        wish = Wish(
            kind,
            REASON[kind],
            "当事人材料不齐",
            "",
            "photo" if tolerate else "",
            date(2026, 12, 1) if tolerate else None,
            MENDED if kind is ProposalKind.AMEND else (),
        )
        case, draft = self.case(), self.draft()
        id_ = f"p{len(self.made)}"
        try:
            made = domain.propose(wish, case, draft, clerk, id=id_, at=self.clock)
        except Refused as refused:
            if refused.failure not in {Failure.STEP_NOT_ALLOWED, Failure.ROLE_MISSING}:
                raise
            return
        with self.store.unit() as unit:
            unit.proposals.add(made)
            unit.commit()
        self.made[id_] = Made(made, HUMAN.get(who.person), who.card_key, _said(case), draft)

    @rule(
        n=st.sampled_from((0, 0, 0, 1, 2)),
        login=st.sampled_from(LOGINS),
        other=st.integers(0, 5),
        back=st.integers(0, 5),
    )
    def approve(self, n: int, login: str, other: int, back: int) -> None:
        if not self.made:
            return
        ids = list(self.made)
        made = self.made[ids[-1 - n % len(ids)]]
        # Now and then the hash of another proposal is signed, or with a clock that was set back.
        shown = self.made[ids[0]].proposal if other == 0 else made.proposal
        at = self.clock - timedelta(hours=5) if back == 0 else self.clock
        case, draft, second = self.case(), self.draft(), self.account(login)
        audit = len(self.store.kept.audit)
        try:
            with self.store.unit() as unit:
                signed, done = service.approve(
                    made.proposal.id,
                    shown.sha256,
                    login,
                    signature=Signature("password", at),
                    level="street",
                    online=self.online,
                    unit=unit,
                )
                unit.commit()
        except Refused:
            assert self.case() == case
            assert len(self.store.kept.audit) == audit
            return
        assert second is not None
        self.hold(made, second, signed, at, shown)
        assert (made.case, made.draft) == (_said(case), draft), "something changed after it was shown"
        self.hold_done(made, login, done, audit)
        self.ended.add(made.proposal.id)

    def hold(self, made: Made, second: StaffAccount, signed: Proposal, at: Any, shown: Proposal) -> None:
        human = HUMAN.get(second.person)
        assert human is not None, "nobody knows who signed"
        assert human != made.human, "one human being was both"
        assert made.card is None or second.card_key != made.card, "one card was both"
        assert second.login != made.proposal.proposer, "one login was both"
        assert Role.SUPERVISOR in second.roles, "signed without the right"
        assert made.proposal.id not in self.ended, "signed twice, or after it was ended"
        assert shown.id == made.proposal.id, "another proposal's hash was signed"
        assert at >= made.proposal.proposed_at, "signed before it was proposed"
        policy = self.staff().policy
        assert self.online or made.proposal.kind.value in policy.offline_approvals, "signed without the hall"
        approval = signed.approval
        assert approval is not None
        assert approval.sha256 == digest(approval.shown)

    def hold_done(self, made: Made, login: str, done: Case, audit: int) -> None:
        kind = made.proposal.kind
        wanted = {
            ProposalKind.REFUSE: CaseStatus.NOT_ACCEPTED,
            ProposalKind.VOID: CaseStatus.VOIDED,
            ProposalKind.REOPEN: CaseStatus.RECEIVED,
            ProposalKind.TOLERATE: CaseStatus.RECEIVED,
            ProposalKind.RETURN: CaseStatus.RETURNED,
            ProposalKind.AMEND: made.case[0],
        }
        assert done.status is wanted[kind]
        noted = [(e.actor, e.deed) for seq, e in sorted(self.store.kept.audit.items()) if seq > audit]
        assert noted == [(made.proposal.proposer, DEEDS[kind]), (login, Deed.APPROVED)]
        if kind is ProposalKind.REOPEN:
            assert self.draft() is not None, "what was filled in did not come back"

    @rule()
    def ask_correction(self) -> None:
        """The case waits for a correction whose limit has passed: it may be returned."""
        gap = CorrectionGap("photo", Defect.MISSING, "没有带", "原件", "带来")
        with self.store.unit() as unit:
            case = unit.cases.get("case-0001")
            if case.status is CaseStatus.RECEIVED:
                unit.cases.save(case.ask_correction(Correction(NOW, date(2020, 1, 1), None, (gap,))))
                unit.commit()

    @rule(n=st.integers(0, 2))
    def decline(self, n: int) -> None:
        waiting = [id_ for id_ in self.made if id_ not in self.ended]
        if waiting:
            id_ = waiting[-1 - n % len(waiting)]
            with self.store.unit() as unit:
                kept = unit.proposals.get(id_)
                unit.proposals.save(replace(kept, state=domain.ProposalState.DECLINED))
                unit.commit()
            self.ended.add(id_)

    @rule(value=st.sampled_from(("测试一", "测试二", "测试三")))
    def edit_case(self, value: str) -> None:
        with self.store.unit() as unit:
            case = unit.cases.get("case-0001")
            answers = {**case.answers, "mother.name": AnswerOnWire(value, Origin.TYPED)}
            unit.cases.save(replace(case, answers=answers))
            unit.commit()

    @rule(value=st.sampled_from(("测试一", "测试二", "测试三")))
    def edit_draft(self, value: str) -> None:
        with self.store.unit() as unit:
            draft = draft_of(unit, "case-0001")
            if draft is not None:
                answers = {**draft.answers, "mother.name": Answer(value, Origin.TYPED, NOW)}
                unit.drafts.save(replace(draft, answers=answers))
                unit.commit()

    @rule(minutes=st.sampled_from((1, 600, -600)))
    def move_clock(self, minutes: int) -> None:
        self.clock += timedelta(minutes=minutes)

    @rule(kinds=st.sampled_from(((), ("refuse", "void"))))
    def go_offline(self, kinds: tuple[str, ...]) -> None:
        self.online = False
        self.take(self.staff().accounts, StaffPolicy(offline_approvals=kinds))

    @rule()
    def come_online(self) -> None:
        self.online = True

    @rule(login=st.sampled_from(("clerk", "agent", "renamed")))
    def lend_a_role(self, login: str) -> None:
        self.change(login, lambda each: replace(each, roles=(*each.roles, Role.SUPERVISOR)))

    @rule(login=st.sampled_from(("supervisor", "supervisor2")))
    def take_a_role(self, login: str) -> None:
        self.change(login, lambda each: replace(each, roles=(Role.CLERK,)))

    @rule()
    def give_the_login_to_somebody_new(self) -> None:
        self.change("clerk", lambda each: replace(each, person="p-new", card_key=None))

    def change(self, login: str, how: Callable[[StaffAccount], StaffAccount]) -> None:
        self.take(tuple(how(each) if each.login == login else each for each in self.staff().accounts))

    @rule()
    def staff_as_at_first(self) -> None:
        self.take(PEOPLE)


def _said(case: Case) -> tuple[Any, ...]:
    return case.status, case.answers, case.materials, case.tolerances, case.closing


def play(examples: int) -> None:
    run_state_machine_as_test(
        TwoPersons,
        settings=settings(
            max_examples=examples,
            stateful_step_count=40,
            deadline=None,
            derandomize=True,
            phases=(Phase.generate,),
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_no_path_lets_one_human_being_be_both() -> None:
    play(60)


# -- mutants: the machine must notice when a guard is gone ------------------------------------------------
_REAL_SECOND, _REAL_UNCHANGED = domain.hold_second, domain.hold_unchanged


def _only_logins(proposal: Proposal, first: StaffAccount, second: StaffAccount) -> None:
    if second.login == proposal.proposer:
        raise Refused(Failure.SAME_PERSON)


def _persons_of_now(proposal: Proposal, first: StaffAccount, second: StaffAccount) -> None:
    _REAL_SECOND(replace(proposal, person=first.person), first, second)


def _no_cards(proposal: Proposal, first: StaffAccount, second: StaffAccount) -> None:
    _REAL_SECOND(proposal, replace(first, card_key=None), second)


def _nameless_passes(proposal: Proposal, first: StaffAccount, second: StaffAccount) -> None:
    _REAL_SECOND(proposal, first, replace(second, person=second.person or "somebody"))


def _hash_not_looked_at(proposal: Proposal, seen: str, case: Case, draft: Visit | None) -> None:
    _REAL_UNCHANGED(proposal, proposal.sha256, case, draft)


def _nothing(*_: Any, **__: Any) -> None:
    return None


def _draft_not_looked_at(case: Case, draft: Visit | None) -> str:
    return _REAL_STATE(case, None)


def _case_not_looked_at(case: Case, draft: Visit | None) -> str:
    return _REAL_STATE(a_case(), draft)


_REAL_STATE = domain.state_of
Path = Callable[[TwoPersons], object]
R, T, V = ProposalKind.REFUSE, ProposalKind.TOLERATE, ProposalKind.VOID
_KINDS_AS_ASKED = {"other": 5, "back": 5}


def asks(login: str, kind: ProposalKind = R) -> Path:
    return lambda m: m.propose(login=login, kind=kind)


def signs(login: str, n: int = 0, **how: int) -> Path:
    return lambda m: m.approve(n=n, login=login, **{**_KINDS_AS_ASKED, **how})


# The shortest way to the trouble that each guard stands before.
MUTANTS: dict[str, tuple[object, str, Callable[..., Any], tuple[Path, ...]]] = {
    "no look at the second person": (
        domain,
        "hold_second",
        _nothing,
        (asks("supervisor"), signs("supervisor")),
    ),
    "logins are compared, not persons": (
        domain,
        "hold_second",
        _only_logins,
        (asks("clerk"), signs("renamed")),
    ),
    "a role lent to the first person": (
        domain,
        "hold_second",
        _nothing,
        (lambda m: m.lend_a_role(login="clerk"), asks("clerk"), signs("clerk")),
    ),
    "the person of today's account, not of who proposed": (
        domain,
        "hold_second",
        _persons_of_now,
        (asks("clerk"), lambda m: m.give_the_login_to_somebody_new(), signs("renamed")),
    ),
    "one card for two accounts": (domain, "hold_second", _no_cards, (asks("clerk"), signs("borrowed"))),
    "an account of nobody knows whom": (
        domain,
        "hold_second",
        _nameless_passes,
        (asks("clerk"), signs("nameless")),
    ),
    "signed again": (
        domain,
        "hold_open",
        _nothing,
        (asks("clerk", V), lambda m: m.decline(n=0), signs("supervisor")),
    ),
    "changed after it was shown": (
        domain,
        "hold_unchanged",
        _nothing,
        (asks("clerk"), lambda m: m.edit_case(value="测试二"), signs("supervisor")),
    ),
    "another proposal's hash": (
        domain,
        "hold_unchanged",
        _hash_not_looked_at,
        (asks("clerk"), asks("clerk", V), signs("supervisor", other=0)),
    ),
    "draft edited after the proposal": (
        domain,
        "state_of",
        _draft_not_looked_at,
        (asks("clerk"), lambda m: m.edit_draft(value="测试三"), signs("supervisor")),
    ),
    "case edited after the proposal": (
        domain,
        "state_of",
        _case_not_looked_at,
        (asks("clerk"), lambda m: m.edit_case(value="测试三"), signs("supervisor")),
    ),
    "signed without the right": (domain, "hold_right", _nothing, (asks("clerk"), signs("agent"))),
    "signed before it was proposed": (
        domain,
        "hold_order",
        _nothing,
        (asks("clerk"), signs("supervisor", back=0)),
    ),
    "signed without the hall": (
        service,
        "hold_policy",
        _nothing,
        (asks("clerk"), lambda m: m.go_offline(kinds=()), signs("supervisor")),
    ),
}


@contextmanager
def mutated(room: object, name: str, instead: Callable[..., Any]) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(room, name, instead)
        yield


def walk(path: tuple[Path, ...]) -> TwoPersons:
    machine = TwoPersons()
    for step in path:
        step(machine)
    return machine


@pytest.mark.parametrize("mutant", MUTANTS)
def test_the_machine_notices_a_missing_guard(mutant: str) -> None:
    room, name, instead, path = MUTANTS[mutant]
    walk(path)  # with the guard there the same way leads nowhere
    with mutated(room, name, instead), pytest.raises(AssertionError):
        walk(path)


def test_an_honest_pair_gets_every_deed_done() -> None:
    path = (asks("clerk", T), signs("supervisor"), asks("clerk"), signs("supervisor"))
    reopened = (
        asks("supervisor", ProposalKind.REOPEN),
        signs("supervisor2"),
        asks("clerk", V),
        signs("supervisor"),
    )
    machine = walk((*path, *reopened))
    assert machine.case().status is CaseStatus.VOIDED
    assert len(machine.ended) == 4


@pytest.mark.long
@pytest.mark.parametrize("mutant", MUTANTS)
def test_random_walks_find_a_missing_guard_too(mutant: str) -> None:
    room, name, instead, _ = MUTANTS[mutant]
    with mutated(room, name, instead), pytest.raises((AssertionError, ExceptionGroup)):
        play(4000)


# -- what may be proposed at all -----------------------------------------------------------------------
@pytest.mark.parametrize(
    ("kind", "reason", "text", "body"),
    [
        (ProposalKind.REFUSE, Reason.TWICE, "材料不齐全的情况", ""),  # a reason of another kind
        (ProposalKind.REFUSE, Reason.NOT_CORRECTED, "  短 ", ""),
        (ProposalKind.REFUSE, Reason.NOT_COMPETENT, "房屋在外区不归这里", " "),  # no body named
        (ProposalKind.VOID, Reason.NOT_REQUIRED, "收错了人要作废", ""),
    ],
)
def test_a_wish_says_why(kind: ProposalKind, reason: Reason, text: str, body: str) -> None:
    with pytest.raises(Refused) as refused:
        domain.hold_reason(Wish(kind, reason, text, body))
    assert refused.value.failure is Failure.REASON_NEEDED


def test_every_kind_has_reasons_and_states_of_its_own() -> None:
    reasons = [reason for kind in ProposalKind for reason in domain.REASONS[kind]]
    assert sorted(reasons) == sorted(Reason)
    assert all(STEPS[kind] and DEEDS[kind] for kind in ProposalKind)
