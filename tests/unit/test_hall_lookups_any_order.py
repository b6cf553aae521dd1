"""Whatever is asked in whatever order: a register is reached only with every reason, and tells only what it may."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import select

from catalogue.load import load_catalogue
from hall.__main__ import CATALOGUE
from hall.database import open_database
from hall.demo.keys import demo_key
from hall.enrolment import add_station
from hall.grants import give, withdraw
from hall.registries import NEVER_TOLD, REGISTERS, Register
from hall.registries.belief import Said, Untrusted, believe
from hall.registries.facts import has_its_form
from hall.settings import Limits
from hall.staffing import add_staff
from hall.tables import lookups
from hall.verification import Broker, LookupRefused
from tests.fakes.people import MOTHER_ID, MOTHER_NAME
from wire.departments import RegisterAnswer, RegisterQuestion, params_digest, sign_answer
from wire.keys import new_id, public_of
from wire.messages import Outcome, Party, Role, StaffAccount, VerificationQuery

ITEMS = load_catalogue(CATALOGUE)
SERVICES = ("household.check", "low_income.check", "disability.check")
RULES = {
    service: next(
        (item.id, found)
        for item in ITEMS.items.values()
        for found in item.verifications
        if found.service == service
    )
    for service in SERVICES
}
NOW = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)
SPONSOR = Party(MOTHER_NAME, "111", MOTHER_ID)


# -- what is believed ------------------------------------------------------------------------------------
VALUES = st.sampled_from(
    [
        "",
        "1",
        "2",
        "二级",
        "1920-05-20",
        "2999-01-01",
        "440104",
        "别人",
        "1 配偶某人",
        "广州市\n",
        MOTHER_NAME,
    ]
)
NAMES = st.sampled_from(
    sorted(
        {fact for register in REGISTERS.values() for fact in register.tells} | NEVER_TOLD | {"name", "id_no"}
    )
)
ANSWERS = st.builds(
    RegisterAnswer,
    question=st.sampled_from(["q", "another"]),
    params_sha256=st.sampled_from(["right", "wrong"]),
    outcome=st.sampled_from([*(outcome.value for outcome in Outcome), "approved"]),
    facts=st.dictionaries(NAMES, VALUES, max_size=4),
    reply_no=st.just("N"),
    due=st.sampled_from([None, NOW - timedelta(days=1), NOW + timedelta(days=1), NOW + timedelta(days=99)]),
)


@settings(max_examples=300)
@given(
    register=st.sampled_from(sorted(REGISTERS.values(), key=lambda each: each.service)),
    answer=ANSWERS,
    signer=st.sampled_from(["itself", "a stranger"]),
)
def test_nothing_but_minimal_facts_in_their_form_of_an_answer_to_this_question(
    register: Register, answer: RegisterAnswer, signer: str
) -> None:
    params = dict.fromkeys(register.asks, "1") | {"name": MOTHER_NAME}
    params = {name: params[name] for name in register.asks}
    question = RegisterQuestion(
        "q", register.service, params, "SQ", "s", "clerk", "c", "i", "r", "p", "b", SPONSOR
    )
    honest = answer.question == "q" and answer.params_sha256 == "right" and signer == "itself"
    digest = params_digest(params) if answer.params_sha256 == "right" else "0" * 64
    signed = sign_answer(
        replace(answer, params_sha256=digest), demo_key(register.service if honest else signer)
    )
    key = public_of(demo_key(register.service))
    try:
        said = believe(register, question, signed, key=key, codes={}, now=NOW)
    except Untrusted:
        assert not honest
        return
    assert honest
    assert said.outcome in register.says
    assert set(said.facts) <= register.tells
    assert not said.facts or said.outcome in {Outcome.MATCH, Outcome.RECORD_FOUND}
    assert all(has_its_form(name, value) for name, value in said.facts.items())
    assert (said.outcome is Outcome.PENDING) == (said.due is not None)


# -- what is asked -----------------------------------------------------------------------------------------
class Departments:
    """Answers every question and remembers it."""

    def __init__(self) -> None:
        self.heard: list[RegisterQuestion] = []

    def ask(self, register: Register, question: RegisterQuestion, key: bytes | None = None) -> Said:
        self.heard.append(question)
        return Said(Outcome.MATCH, {}, "N")


class Lookups(RuleBasedStateMachine):
    """People of a station ask, with and without reasons, while grants come and go."""

    sent = Bundle("sent")

    @initialize()
    def open(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.engine = open_database(Path(self.folder.name) / "hall.db")
        self.departments = Departments()
        self.broker = Broker(self.engine, ITEMS, self.departments, Limits(per_hour=8))
        self.in_force: dict[str, str] = {}
        self.asked: dict[str, set[str]] = {}
        self.allowed: list[str] = []
        self.known: set[str] = set()
        with self.engine.begin() as db:
            add_station(db, "440104", "测试", "street")
            for role in Role:
                add_staff(db, "440104", StaffAccount(role.value, "演示", (role,), "x", "01"))

    @rule(service=st.sampled_from(SERVICES))
    def grant(self, service: str) -> None:
        if service not in self.in_force:
            with self.engine.begin() as db:
                self.in_force[service] = give(db, RULES[service][0], service, timedelta(days=1)).number

    @rule(service=st.sampled_from(SERVICES))
    def withdraw(self, service: str) -> None:
        number = self.in_force.pop(service, None)
        if number is not None:
            with self.engine.begin() as db:
                withdraw(db, number)

    @rule(
        target=sent,
        service=st.sampled_from(SERVICES),
        case=st.sampled_from([f"case {number}" for number in range(6)]),
        clerk=st.sampled_from([*(role.value for role in Role), "clerk", "clerk", "nobody"]),
        missing=st.sampled_from(
            [*[""] * 8, "case", "item", "rule", "purpose", "legal_basis", "replaces", "clerk"]
        ),
        wrong=st.sampled_from([*[""] * 8, "item", "rule", "service", "replaces"]),
    )
    def ask(self, service: str, case: str, clerk: str, missing: str, wrong: str) -> VerificationQuery:
        item, found = RULES[service]
        told = {
            "case": case,
            "item": item,
            "rule": found.id,
            "service": service,
            "purpose": found.purpose.zh,
            "legal_basis": found.legal_basis,
            "replaces": found.fallback,
            "clerk": clerk,
        }
        told |= {wrong: "something else"} if wrong else {}
        told |= {missing: " "} if missing else {}
        params = {name: MOTHER_ID if name == "id_no" else MOTHER_NAME for name in found.query}
        query = VerificationQuery(id=new_id(), sponsor=SPONSOR, params=params, **told)
        self._send(query, sound=not missing and not wrong, granted=service in self.in_force)
        return query

    @rule(query=sent)
    def ask_again(self, query: VerificationQuery) -> None:
        granted = query.service in self.in_force
        self._send(query, sound=query.id not in self.known, granted=granted, again=True)

    def _send(self, query: VerificationQuery, *, sound: bool, granted: bool, again: bool = False) -> None:
        before = len(self.departments.heard)
        may = query.clerk in {"clerk", "agent"} and len(self.asked.get(query.clerk, ())) < 8
        try:
            reply = self.broker.answer("440104", query)
        except LookupRefused:
            assert len(self.departments.heard) == before
            assert not (may and sound and not again)
            return
        assert may
        assert query.id not in self.known
        self.known.add(query.id)
        # What was denied has no mark of its parameters and counts each time; the same question of a case counts once.
        question = query.id if reply.outcome is Outcome.DENIED else f"{query.case} {query.service}"
        self.asked.setdefault(query.clerk, set()).add(question)
        assert (reply.outcome is Outcome.MATCH) == (len(self.departments.heard) == before + 1)
        if not again:
            assert (reply.outcome is Outcome.MATCH) == (sound and granted)
        if reply.outcome is Outcome.MATCH:
            assert self.departments.heard[-1].grant == self.in_force[query.service]

    @invariant()
    def every_question_stands_in_the_log_with_its_grant(self) -> None:
        if not hasattr(self, "engine"):
            return
        with self.engine.begin() as db:
            rows = db.execute(select(lookups)).all()
        assert {row.query for row in rows} == self.known
        answered = [row for row in rows if row.outcome == "match"]
        assert len(answered) == len(self.departments.heard)
        assert sorted(row.grant_no for row in answered) == sorted(q.grant for q in self.departments.heard)
        assert len({row.evidence_no for row in answered}) == len(answered)

    def teardown(self) -> None:
        if hasattr(self, "engine"):
            self.broker.close()
            self.engine.dispose()
            self.folder.cleanup()


# A failure is shown as it was found: to make it smaller would take minutes of databases.
Lookups.TestCase.settings = settings(
    max_examples=10, stateful_step_count=25, deadline=None, phases=(Phase.explicit, Phase.generate)
)
TestLookups = Lookups.TestCase
