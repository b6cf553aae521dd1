"""The broker through real HTTP at both hops: every outcome, every lie of a register, grants, limits, alarms."""

from __future__ import annotations

import json
import sqlite3
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx2
import pytest

from catalogue.load import load_catalogue
from catalogue.model import VerificationRule
from demo.environment import Demo
from hall.__main__ import CATALOGUE
from hall.database import open_database
from hall.demo.keys import demo_key
from hall.demo.people import CLERK, COMPANY, COMPANY_CLOSED, KIN_OF_CLERK, PERMIT_LAPSED
from hall.enrolment import new_code
from hall.registries import REGISTERS
from hall.staffing import add_staff
from tests.fakes.device import Answered
from tests.fakes.device import Device as Station
from tests.fakes.hall_command import hall_command
from tests.fakes.people import FATHER_ID, FATHER_NAME, MOTHER_ID, MOTHER_NAME
from tests.fakes.proxy import on_the_line
from tests.until import until
from wire.codec import decode, encode
from wire.keys import b64, new_id, public_of, unb64
from wire.messages import Outcome, Party, Role, StaffAccount, VerificationQuery, VerificationReply
from wire.signed import reply_is_genuine
from workstation.domain.failures import Failure, Refused
from workstation.sync.client import Device, HallClient

STATION = "440104"
BUDGET_S, AFTER, PER_HOUR, UNUSUAL = 1.2, 3, 30, 12
ITEMS = load_catalogue(CATALOGUE).items
FACTS = {"household_no": "440104000123", "address": "广州市越秀区测试路1号101房"}
PEOPLE = {
    "name": MOTHER_NAME,
    "id_no": MOTHER_ID,
    "man_name": FATHER_NAME,
    "man_id": FATHER_ID,
    "woman_name": MOTHER_NAME,
    "woman_id": MOTHER_ID,
    "spouse_name": FATHER_NAME,
    "spouse_id": FATHER_ID,
    "relative_name": FATHER_NAME,
    "relative_id": FATHER_ID,
    "certificate_no": "Y440100001",
    "mother_id": MOTHER_ID,
    "credit_code": COMPANY[1],
}
FATHERS = {"name": FATHER_NAME, "id_no": FATHER_ID}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    root = tmp_path_factory.mktemp("broker")
    settings = root / "settings.json"
    pace = {"budget_s": BUDGET_S, "breaker_after": AFTER, "breaker_rest_s": 2.0}
    settings.write_text(json.dumps({"pace": pace, "limits": {"per_hour": PER_HOUR, "unusual_hour": UNUSUAL}}))
    with Demo(root, Path(sys.executable), with_card=False, review=False, settings=settings) as started:
        yield started


@dataclass
class Counter:
    """A person at a station of the demo's hall, with an account of their own."""

    demo: Demo
    station: Station
    login: str

    def query(
        self, service: str, params: dict[str, str] | None = None, **changes: object
    ) -> VerificationQuery:
        """Make the look-up that an item of the catalogue lists for a service."""
        item, rule = rule_of(service)
        asked = VerificationQuery(
            id=new_id(),
            case=f"case-{new_id()}",
            item=item,
            rule=rule.id,
            service=service,
            purpose=rule.purpose.zh,
            legal_basis=rule.legal_basis,
            replaces=rule.fallback,
            clerk=self.login,
            sponsor=Party(MOTHER_NAME, "111", MOTHER_ID),
            params={name: (params or {}).get(name, PEOPLE[name]) for name in rule.query},
        )
        return replace(asked, **changes)  # type: ignore[arg-type]

    def send(self, query: VerificationQuery) -> VerificationReply:
        body = self.station.signed("POST", "/v1/verify", encode(query).encode())
        reply = decode(VerificationReply, body)
        assert reply_is_genuine(reply, unb64(self.station.me.hall_key))
        assert (reply.query, reply.service) == (query.id, query.service)
        return reply

    def ask(self, service: str, params: dict[str, str] | None = None, **changes: object) -> VerificationReply:
        return self.send(self.query(service, params, **changes))

    def refused(self, query: VerificationQuery) -> tuple[int, str]:
        with pytest.raises(Answered) as told:
            self.send(query)
        return told.value.status, told.value.code

    def logged(self, query: str) -> dict[str, Any]:
        """Return the entry of the log of look-ups."""
        (row,) = rows(self.demo, "SELECT * FROM lookups WHERE query = ?", query)
        return row


@pytest.fixture
def counter(demo: Demo) -> Counter:
    return somebody(demo)


def somebody(demo: Demo, *roles: Role, station: Station | None = None) -> Counter:
    """Give a new person an account and a device: whoever asks in one test is at no limit because of another."""
    login = f"p{time.monotonic_ns()}"
    made = station or Station(demo.hall_url)
    engine = open_database(demo.root / "hall.db")
    with engine.begin() as db:
        add_staff(db, STATION, StaffAccount(login, "演示", roles or (Role.CLERK,), "x", "01"))
        code = new_code(db, STATION, confirmed_by="test")
    engine.dispose()
    if station is None:
        made.enrol(code)
    return Counter(demo, made, login)


def rule_of(service: str) -> tuple[str, VerificationRule]:
    return next(
        (item.id, rule) for item in ITEMS.values() for rule in item.verifications if rule.service == service
    )


def rows(demo: Demo, sql: str, *values: str) -> list[dict[str, Any]]:
    db = sqlite3.connect(demo.root / "hall.db")
    db.row_factory = sqlite3.Row
    try:
        return [dict(row) for row in db.execute(sql, values)]
    finally:
        db.close()


def hall(demo: Demo, *command: str, said: str = "") -> str:
    """Run a command of the hall on the demo's database."""
    done = hall_command(*command, "--database", demo.database, typed=said)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def put(demo: Demo) -> Iterator[Callable[..., None]]:
    """Put a register into a mode until the test ends."""
    touched = []

    def order(register: str, mode: str, **more: str) -> None:
        touched.append(register)
        demo.set_register(register, mode, **more)

    yield order
    for register in touched:
        demo.set_register(register, "up")


def asked(demo: Demo, service: str) -> int:
    said = httpx2.get(f"{demo.departments.url}/asked", trust_env=False).json()
    return int(said.get(service, 0))


# -- the nine outcomes ---------------------------------------------------------------------------------
def test_match(counter: Counter) -> None:
    reply = counter.ask("household.check")
    assert (reply.outcome, dict(reply.facts)) == (Outcome.MATCH, FACTS)
    assert reply.source == "公安部门"
    assert reply.evidence_no.startswith("HJ")
    assert reply.replied_at < reply.valid_until <= reply.replied_at + timedelta(days=1)


def test_no_match(counter: Counter) -> None:
    reply = counter.ask("household.check", {"name": "别人"})
    assert (reply.outcome, dict(reply.facts)) == (Outcome.NO_MATCH, {})


def test_record_found_of_two_persons(counter: Counter) -> None:
    for service in ("marriage.pair", "marriage.couple"):
        reply = counter.ask(service)
        assert (reply.outcome, dict(reply.facts)) == (Outcome.RECORD_FOUND, {"record_date": "1920-05-20"})


def test_no_record(counter: Counter) -> None:
    reply = counter.ask("real_estate.check")
    assert (reply.outcome, dict(reply.facts)) == (Outcome.NO_RECORD, {})
    assert reply.evidence_no  # that nothing was found is an answer with a number too


def test_conflict(counter: Counter, put: Callable[..., None]) -> None:
    put("household", "conflict")
    reply = counter.ask("household.check")
    assert (reply.outcome, dict(reply.facts)) == (Outcome.CONFLICT, {})
    assert reply.evidence_no


def test_unavailable(counter: Counter, put: Callable[..., None]) -> None:
    put("household", "down")
    reply = counter.ask("household.check")
    assert (reply.outcome, dict(reply.facts), reply.evidence_no) == (Outcome.UNAVAILABLE, {}, "")


def test_denied(counter: Counter) -> None:
    reply = counter.ask("household.check", item="seal-filing")
    assert (reply.outcome, dict(reply.facts), reply.evidence_no) == (Outcome.DENIED, {}, "")


@pytest.mark.parametrize(
    ("service", "params"),
    [
        ("residence_permit.check", {"name": PERMIT_LAPSED[0], "id_no": PERMIT_LAPSED[1]}),  # by its own date
        (
            "enterprise.check",
            {"name": COMPANY_CLOSED[0], "credit_code": COMPANY_CLOSED[1]},
        ),  # by its own word
    ],
)
def test_expired(counter: Counter, service: str, params: dict[str, str]) -> None:
    reply = counter.ask(service, params)
    assert (reply.outcome, dict(reply.facts)) == (Outcome.EXPIRED, {})
    assert reply.evidence_no
    good = counter.ask("residence_permit.check", FATHERS)
    assert (good.outcome, good.facts["valid_until"]) == (Outcome.MATCH, "2035-11-01")


def test_pending_and_then_fetched(counter: Counter, put: Callable[..., None]) -> None:
    put("household", "pending")
    first = counter.query("household.check")
    promised = counter.send(first)
    assert (promised.outcome, dict(promised.facts)) == (Outcome.PENDING, {})
    assert timedelta(hours=1) < promised.valid_until - promised.replied_at < timedelta(hours=3)
    # Another case has no ticket, and other parameters have none.
    assert counter.ask("household.check").outcome is Outcome.PENDING
    others = counter.query("household.check", FATHERS, case=first.case)
    assert counter.send(others).outcome is Outcome.PENDING
    fetched = counter.send(replace(first, id=new_id()))
    assert (fetched.outcome, dict(fetched.facts)) == (Outcome.MATCH, FACTS)
    owed = rows(counter.demo, 'SELECT * FROM owed WHERE "case" = ?', first.case)
    assert len(owed) == 1  # that of the other parameters
    assert MOTHER_ID not in json.dumps(owed)


def test_a_register_cannot_put_off_its_own_deadline(counter: Counter, put: Callable[..., None]) -> None:
    put("household", "dawdling")
    query = counter.query("household.check")
    promised = counter.send(query)
    assert promised.outcome is Outcome.PENDING
    until(lambda: datetime.now(UTC) > promised.valid_until)
    late = counter.send(again := replace(query, id=new_id()))
    assert late.outcome is Outcome.UNAVAILABLE
    assert counter.logged(again.id)["trouble"] == "overdue"


# -- registers that fail or lie --------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("mode", "outcome", "trouble"),
    [
        ("down", Outcome.UNAVAILABLE, "status.503"),
        ("slow", Outcome.UNAVAILABLE, "timeout"),
        ("trickling", Outcome.UNAVAILABLE, "timeout"),
        ("flood", Outcome.UNAVAILABLE, "too_large"),
        ("babbling", Outcome.UNAVAILABLE, "malformed"),
        ("wrong_person", Outcome.UNAVAILABLE, "untrusted.echo"),
        ("replayed", Outcome.UNAVAILABLE, "untrusted.replayed"),
        ("tampered", Outcome.UNAVAILABLE, "untrusted.signature"),
        ("unsigned", Outcome.UNAVAILABLE, "untrusted.signature"),
        ("stranger", Outcome.UNAVAILABLE, "untrusted.signature"),
        ("impossible", Outcome.CONFLICT, "outcome"),
        ("invented", Outcome.CONFLICT, "outcome"),
        ("contradicting", Outcome.CONFLICT, "contradicts_query"),
        ("smuggling", Outcome.CONFLICT, "form.household_no"),
        ("talkative", Outcome.CONFLICT, "facts_without_record"),
        ("owes_for_ever", Outcome.CONFLICT, "due"),
        ("owes_without_day", Outcome.CONFLICT, "due"),
    ],
)
def test_a_register_in_trouble_is_marked_as_stated_and_tells_nothing(
    counter: Counter, put: Callable[..., None], mode: str, outcome: Outcome, trouble: str
) -> None:
    assert counter.ask("household.check", FATHERS).outcome is Outcome.MATCH  # something to replay
    put("household", mode)
    query = counter.query("household.check")
    reply = counter.send(query)
    assert (reply.outcome, dict(reply.facts)) == (outcome, {})
    assert bool(reply.evidence_no) == (outcome is Outcome.CONFLICT)
    assert counter.logged(query.id)["trouble"] == trouble
    # Only this register is in trouble, and only as long as it is.
    assert counter.ask("marriage.pair").outcome is Outcome.RECORD_FOUND
    put("household", "up")
    assert counter.ask("household.check").outcome is Outcome.MATCH


@pytest.mark.parametrize(
    ("service", "mode", "trouble"),
    [
        ("disability.check", "unlisted", "code.level"),
        ("low_income.check", "unlisted", "code.kind"),
        ("marriage.single", "unlisted", "code.record_type"),
        ("marriage.pair", "future", "future.record_date"),
        ("marriage.pair", "smuggling", "form.record_date"),
    ],
)
def test_a_fact_that_cannot_be_is_a_conflict(
    counter: Counter, put: Callable[..., None], service: str, mode: str, trouble: str
) -> None:
    put(service, mode)
    query = counter.query(service)
    reply = counter.send(query)
    assert (reply.outcome, dict(reply.facts)) == (Outcome.CONFLICT, {})
    assert counter.logged(query.id)["trouble"] == trouble


def test_without_the_departments_key_its_signature_guards_nothing(
    demo: Demo, counter: Counter, put: Callable[..., None]
) -> None:
    """The control of the tests above: it is the key that makes a tampered answer seen."""
    service = "household.check"
    hall(demo, "register-key", "--service", service)
    try:
        put("household", "tampered")
        assert counter.ask(service).outcome is Outcome.NO_RECORD
    finally:
        hall(demo, "register-key", "--service", service, "--key", b64(public_of(demo_key(service))))
    assert counter.ask(service).outcome is Outcome.UNAVAILABLE


def test_a_short_trouble_is_bridged_by_another_try(
    demo: Demo, counter: Counter, put: Callable[..., None]
) -> None:
    put("household", "flaky")  # one try fails, the next does not
    before = asked(demo, "household.check")
    outcomes = [counter.ask("household.check").outcome for _ in range(4)]
    assert outcomes == [Outcome.MATCH] * 4
    assert asked(demo, "household.check") >= before + 7


def test_a_register_that_keeps_failing_is_left_alone_and_tried_by_one(
    demo: Demo, counter: Counter, put: Callable[..., None]
) -> None:
    service = "low_income.check"
    put(service, "down")
    for _ in range(AFTER - 1):
        reply = counter.ask(service)
        assert (reply.outcome, reply.retry_at) == (Outcome.UNAVAILABLE, None)
    opened = counter.ask(service)
    assert opened.retry_at is not None
    before = asked(demo, service)
    query = counter.query(service)
    closed = counter.send(query)
    # Answered at once: the register was not asked, and the clerk is told when it will be.
    assert counter.logged(query.id)["trouble"] == "circuit_open"
    assert asked(demo, service) == before
    assert closed.retry_at is not None
    assert abs(closed.retry_at - opened.retry_at) < timedelta(seconds=1)
    assert f"{service:28}" in hall(demo, "registers")
    listed = [json.loads(line) for line in hall(demo, "registers", "--json").splitlines()]
    (shown,) = [each for each in listed if each["service"] == service]
    assert shown["retry_at"]
    assert shown["troubles"]["status.503"] >= AFTER
    assert counter.ask("household.check").outcome is Outcome.MATCH
    put(service, "up")
    # Each look is a look-up of this person, of whom the hall allows so many an hour.
    until(lambda: counter.ask(service).outcome is Outcome.MATCH, every=0.5)
    listed = [json.loads(line) for line in hall(demo, "registers", "--json").splitlines()]
    (shown,) = [each for each in listed if each["service"] == service]
    assert (shown["retry_at"], shown["last_outcome"], shown["signs"]) == ("", "match", True)
    assert shown["p50_ms"] is not None
    assert shown["p95_ms"] >= shown["p50_ms"]


# -- what may not be disclosed -----------------------------------------------------------------------------
def test_a_register_that_tells_all_of_it_is_not_passed_on(
    demo: Demo, counter: Counter, put: Callable[..., None]
) -> None:
    told = {}
    for service in sorted(REGISTERS):
        put(service, "gossip")
        fathers = service in {"residence_permit.check", "real_estate.check"}
        params = FATHERS if fathers else {"name": COMPANY[0]} if service == "enterprise.check" else {}
        query = counter.query(service, params)
        sent = counter.station.signed("POST", "/v1/verify", encode(query).encode())
        reply = decode(VerificationReply, sent)
        told[service] = set(reply.facts)
        assert "不得外传".encode() not in sent
    # What may be told is told, and nothing else; some registers know nobody of the demo, and tell nothing.
    assert all(facts in (REGISTERS[service].tells, set()) for service, facts in told.items())
    assert {service for service, facts in told.items() if facts} >= {
        "marriage.single",
        "disability.check",
        "low_income.check",
    }
    kept = [each for each in demo.root.rglob("*") if each.is_file()]
    assert len(kept) > 3
    assert [each.name for each in kept if "不得外传".encode() in each.read_bytes()] == []


def test_of_one_person_it_is_told_that_and_when_and_never_with_whom(demo: Demo, counter: Counter) -> None:
    query = counter.query("marriage.single", FATHERS)
    sent = counter.station.signed("POST", "/v1/verify", encode(query).encode())
    reply = decode(VerificationReply, sent)
    assert reply.outcome is Outcome.RECORD_FOUND
    assert dict(reply.facts) == {"record_type": "1", "record_date": "1920-05-20"}
    assert MOTHER_ID.encode() not in sent
    # The control: the department did tell it to the hall.
    assert counter.ask("marriage.pair").outcome is Outcome.RECORD_FOUND


# -- reasons and persons -----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "missing",
    ["id", "case", "item", "rule", "purpose", "legal_basis", "replaces", "clerk"],
)
def test_no_look_up_without_each_of_its_reasons(counter: Counter, missing: str) -> None:
    query = counter.query("household.check")
    without: dict[str, Any] = {missing: " "}
    assert counter.refused(replace(query, **without)) == (403, "purpose")
    assert counter.send(query).outcome is Outcome.MATCH


@pytest.mark.parametrize("missing", ["name", "id_type", "id_no"])
def test_no_look_up_without_the_person_for_whom_it_is(counter: Counter, missing: str) -> None:
    query = counter.query("household.check")
    nobody = {"name": MOTHER_NAME, "id_type": "111", "id_no": MOTHER_ID, missing: ""}
    assert counter.refused(replace(query, sponsor=Party(**nobody))) == (403, "purpose")


def test_a_person_whom_the_station_does_not_have_asks_nothing(demo: Demo, counter: Counter) -> None:
    before = asked(demo, "household.check")
    assert counter.refused(counter.query("household.check", clerk="nobody")) == (403, "actor")
    assert asked(demo, "household.check") == before


@pytest.mark.parametrize("role", list(Role))
def test_only_who_works_on_cases_may_ask(demo: Demo, role: Role) -> None:
    person = somebody(demo, role)
    query = person.query("household.check")
    if role in {Role.CLERK, Role.AGENT}:
        assert person.send(query).outcome is Outcome.MATCH
    else:
        assert person.refused(query) == (403, "role")


def test_the_same_look_up_sent_again_is_not_a_second_one(demo: Demo, counter: Counter) -> None:
    query = counter.query("household.check")
    counter.send(query)
    before = asked(demo, "household.check")
    assert counter.refused(query) == (409, "query_reused")
    assert asked(demo, "household.check") == before


def test_the_log_says_who_why_and_under_which_grant_and_names_no_person(counter: Counter) -> None:
    query = counter.query("household.check")
    counter.send(query)
    row = counter.logged(query.id)
    assert row["grant_no"].startswith("SQ")
    assert row["reply_no"].startswith("SIM")
    for name in ("station", "clerk", "case", "item", "rule", "service", "replaces", "purpose", "legal_basis"):
        assert row[name] == (STATION if name == "station" else getattr(query, name))
    text = json.dumps(row, ensure_ascii=False)
    assert not [said for said in (MOTHER_ID, MOTHER_NAME, *FACTS.values()) if said in text]


def test_who_asked_is_logged_before_the_register_is_asked(
    demo: Demo, counter: Counter, put: Callable[..., None]
) -> None:
    put("household", "slow")
    query = counter.query("household.check")
    before = asked(demo, "household.check")

    def ask() -> None:
        with pytest.raises((httpx2.HTTPError, Answered)):
            counter.send(query)

    waiting = threading.Thread(target=ask)
    waiting.start()
    until(lambda: asked(demo, "household.check") > before)
    demo.kill_hall()
    try:
        waiting.join()
        assert counter.logged(query.id)["outcome"] == "asked"
    finally:
        demo.start_hall()


# -- grants --------------------------------------------------------------------------------------------------
def test_a_grant_that_is_withdrawn_or_expired_denies_and_a_new_one_opens(
    demo: Demo, counter: Counter
) -> None:
    service = "card_account.check"
    item, _ = rule_of(service)
    other = next(
        i.id for i in ITEMS.values() if i.id != item and any(r.service == service for r in i.verifications)
    )
    assert counter.ask(service).outcome is Outcome.MATCH
    (line,) = [row for row in hall(demo, "grant", "list", "--item", item).splitlines() if service in row]
    number, expires, state, *_ = line.split()
    assert state == "in_force"
    assert datetime.fromisoformat(expires).year > datetime.now(UTC).year
    hall(demo, "grant", "withdraw", "--number", number)
    before = asked(demo, service)
    _denied(counter, service, "grant_withdrawn")
    hall(demo, "grant", "give", "--item", item, "--service", service, "--days", "0")
    _denied(counter, service, "grant_expired")
    assert asked(demo, service) == before
    # The grant of another item opens nothing here.
    other_rule = next(rule for rule in ITEMS[other].verifications if rule.service == service)
    elsewhere = counter.query(service, item=other, rule=other_rule.id, replaces=other_rule.fallback)
    assert counter.send(elsewhere).outcome is Outcome.MATCH
    given = hall(demo, "grant", "give", "--item", item, "--service", service).split()[0]
    query = counter.query(service)
    assert counter.send(query).outcome is Outcome.MATCH
    assert counter.logged(query.id)["grant_no"] == given


def test_without_any_grant_a_look_up_is_denied(demo: Demo, counter: Counter) -> None:
    service = "driving_licence.check"
    db = sqlite3.connect(demo.root / "hall.db")
    with db:
        db.execute("DELETE FROM grants WHERE service = ?", (service,))
    db.close()
    _denied(counter, service, "grant_missing")


def _denied(counter: Counter, service: str, why: str) -> None:
    query = counter.query(service)
    reply = counter.send(query)
    assert (reply.outcome, dict(reply.facts), reply.evidence_no) == (Outcome.DENIED, {}, "")
    assert counter.logged(query.id)["trouble"] == why


# -- the watch -------------------------------------------------------------------------------------------------
def test_who_asks_too_often_is_refused_and_the_auditor_hears_of_it(demo: Demo, counter: Counter) -> None:
    def guess(_: int) -> str:
        try:
            return counter.ask("household.check", item="seal-filing").outcome.value
        except Answered as told:
            return told.code

    # What is denied counts too, it may be guessing; and many at once are counted like one after the other.
    with ThreadPoolExecutor(8) as pool:
        said = sorted(pool.map(guess, range(PER_HOUR + 6)))
    assert said == ["denied"] * PER_HOUR + ["lookup_limit"] * 6
    before = asked(demo, "household.check")
    client = HallClient(demo.hall_url, Device(counter.station.me, counter.station.private), _now)
    with pytest.raises(Refused) as refused:
        client.verify(counter.query("household.check"))
    assert refused.value.failure is Failure.LOOKUP_LIMIT
    assert (refused.value.details["limit"], refused.value.details["period"]) == (str(PER_HOUR), "hour")
    assert counter.refused(counter.query("household.check")) == (403, "lookup_limit")
    assert asked(demo, "household.check") == before
    # A colleague at the same station is not held up.
    assert somebody(demo, station=counter.station).ask("household.check").outcome is Outcome.MATCH
    found = {alarm.kind: alarm.count for alarm in _alarms(demo, counter) if alarm.clerk == counter.login}
    assert found == {"volume": PER_HOUR, "limit": 8}
    client.close()


def _now() -> datetime:
    return datetime.now(UTC)


def _alarms(demo: Demo, counter: Counter) -> tuple[Any, ...]:
    auditor = somebody(demo, Role.AUDITOR, station=counter.station)
    client = HallClient(demo.hall_url, Device(counter.station.me, counter.station.private), _now)
    try:
        return client.alarms(auditor.login)
    finally:
        client.close()


@pytest.mark.parametrize(
    ("kind", "service", "params"),
    [
        ("self", "population.check", {"name": CLERK[0], "id_no": CLERK[1]}),
        ("self", "marriage.couple", {"spouse_name": CLERK[0], "spouse_id": CLERK[1]}),
        ("relative", "household.check", {"name": KIN_OF_CLERK[0], "id_no": KIN_OF_CLERK[1]}),
        (None, "household.check", {}),  # same surname, another address
        (None, "population.check", {"name": KIN_OF_CLERK[0], "id_no": KIN_OF_CLERK[1]}),  # no address is told
    ],
)
def test_who_asks_about_themself_or_their_family_is_seen(
    demo: Demo, counter: Counter, kind: str | None, service: str, params: dict[str, str]
) -> None:
    record = "\n".join((*CLERK, "广州市越秀区 窗口路8号301房"))
    hall(demo, "staff-record", "--station", STATION, "--login", counter.login, said=record)
    query = counter.query(service, params)
    counter.send(query)
    found = [alarm for alarm in _alarms(demo, counter) if alarm.clerk == counter.login]
    assert [(a.kind, a.case, a.service, a.station) for a in found] == (
        [(kind, query.case, service, STATION)] if kind else []
    )
    if kind:
        assert f"{counter.login:16} {kind}" in hall(demo, "alarms", "--station", STATION)
    kept = json.dumps(
        rows(demo, "SELECT * FROM alarms") + rows(demo, "SELECT * FROM staff"), ensure_ascii=False
    )
    assert not [said for said in (*CLERK, *KIN_OF_CLERK, "窗口路8号") if said in kept]


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.AUDITOR])
def test_alarms_are_told_to_an_auditor_only(demo: Demo, counter: Counter, role: Role) -> None:
    person = somebody(demo, role, station=counter.station)
    client = HallClient(demo.hall_url, Device(counter.station.me, counter.station.private), _now)
    for login in (person.login, "nobody", ""):
        with pytest.raises(Refused, match=Failure.ROLE_MISSING.value):
            client.alarms(login)
    client.close()


def test_alarms_are_told_to_an_enrolled_station_only(demo: Demo) -> None:
    auditor = somebody(demo, Role.AUDITOR)
    stranger = Station(demo.hall_url, enrolment=auditor.station.me)
    with pytest.raises(Answered) as told:
        stranger.signed("GET", f"/v1/alarms?auditor={auditor.login}", b"")
    assert told.value.status == 401


# -- between hall and station ----------------------------------------------------------------------------------
def test_what_is_changed_or_repeated_on_the_line_is_not_believed(demo: Demo, counter: Counter) -> None:
    with on_the_line(demo.hall.port) as line:
        client = HallClient(line.url, Device(counter.station.me, counter.station.private), _now)
        try:
            # The control: whoever only listens is not in the way.
            assert client.verify(counter.query("household.check")).outcome is Outcome.MATCH
            (earlier,) = line.passed
            for change in (
                lambda said: earlier,
                lambda said: said.replace(b'"outcome":"no_match"', b'"outcome":"match"'),
                lambda said: said.replace(b'"facts":{}', b'"facts":{"address":"x"}'),
                lambda said: said.replace(b'"retry_at":null', b'"retry_at":"2026-01-01T00:00:00Z"'),
                lambda said: said.replace(b'"source":"', b'"source":"x'),
            ):
                line.changes = change
                with pytest.raises(Refused) as refused:
                    client.verify(counter.query("household.check", {"name": "别人"}))
                assert refused.value.failure is Failure.HALL_ANSWER_UNTRUSTED
                assert change(line.passed[-1]) != line.passed[-1]
        finally:
            client.close()
