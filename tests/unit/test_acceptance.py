"""The gate on acceptance: one table on the desk, the same table in the hall, and no other way through."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, insert

from catalogue.load import load_catalogue, read_sources
from catalogue.model import Basis, Catalogue, Material, Text, VerificationRule
from catalogue.release import make_release
from hall import acceptance as hall_acceptance
from hall import evidence, lookup_log
from hall.acceptance import Gate
from hall.database import open_database
from hall.releases import publish
from hall.tables import cases, disputes, slips, stations
from tests.fakes.people import MOTHER_ID, MOTHER_NAME
from wire.codec import encode
from wire.messages import (
    AnswerOnWire,
    CaseAccepted,
    CaseReceived,
    MaterialHow,
    MaterialOnWire,
    Origin,
    Outcome,
    Party,
    SubCaseOrder,
    VerificationQuery,
)
from workstation import resources
from workstation.forms import acceptance
from workstation.forms.acceptance import Asked, Bar, Standing, bar_of, bars

TODAY = date(2026, 11, 25)
AT = datetime(2026, 11, 25, 2, tzinfo=UTC)
CATALOGUE = load_catalogue(resources.catalogue_dir())
PARTY = Party(MOTHER_NAME, "111", MOTHER_ID)
_T = Text("t", "t")
ITEM = "sample"
RULE = VerificationRule(
    "rule", "household.check", _T, _T, "law", {"id_no": "applicant.id_no"}, ("match",), {}, "paper", _T
)


def paper(**more: object) -> Material:
    return replace(Material("paper", _T, replaced_by=("rule",)), **more)  # type: ignore[arg-type]


# -- the table -------------------------------------------------------------------------------------------
# how, more of the material, more of the standing, the check, the bar (None: it stands)
MET = Asked(RULE, Outcome.MATCH, "HJ1")
OWED_ = Asked(RULE, Outcome.PENDING, "")
NEVER = Asked(RULE)
TABLE: list[tuple[MaterialHow, dict[str, object], dict[str, object], Asked, Bar | None]] = [
    (MaterialHow.MISSING, {}, {}, MET, Bar.MISSING),
    (MaterialHow.REPLACED_BY_VERIFICATION, {}, {}, MET, None),
    (MaterialHow.REPLACED_BY_VERIFICATION, {}, {}, NEVER, Bar.RULE_UNMET),
    (MaterialHow.REPLACED_BY_VERIFICATION, {}, {}, replace(MET, evidence_no=""), Bar.RULE_UNMET),
    (MaterialHow.REPLACED_BY_VERIFICATION, {}, {}, replace(MET, disputed=True), Bar.RULE_UNMET),
    (MaterialHow.REPLACED_BY_VERIFICATION, {"replaced_by": ()}, {}, MET, Bar.NOT_REPLACEABLE),
    (MaterialHow.REPLACED_BY_CARD, {"replaced_by": ("card:applicant",)}, {}, NEVER, None),
    (MaterialHow.REPLACED_BY_CARD, {}, {}, MET, Bar.NOT_REPLACEABLE),
    (MaterialHow.ORIGINAL_SEEN, {}, {"witnessed": True}, NEVER, None),
    (MaterialHow.ORIGINAL_SEEN, {}, {}, NEVER, Bar.NOT_WITNESSED),
    (MaterialHow.SCANNED, {}, {"scans": 1}, NEVER, None),
    (MaterialHow.SCANNED, {}, {}, NEVER, Bar.NO_SCAN),
    (MaterialHow.TOLERATED, {"tolerable": True}, {"until": TODAY}, NEVER, None),
    (MaterialHow.TOLERATED, {}, {"until": TODAY}, NEVER, Bar.NOT_TOLERABLE),
    (MaterialHow.TOLERATED, {"tolerable": True}, {"until": TODAY - timedelta(1)}, NEVER, Bar.DEADLINE_PASSED),
    (MaterialHow.COMMITTED, {"commitment": True}, {"witnessed": True, "sheet": "S1"}, NEVER, None),
    (MaterialHow.COMMITTED, {}, {"witnessed": True, "sheet": "S1"}, NEVER, Bar.NOT_COMMITTABLE),
    (MaterialHow.COMMITTED, {"commitment": True}, {"witnessed": True}, NEVER, Bar.NO_PROMISE),
    (MaterialHow.COMMITTED, {"commitment": True}, {"sheet": "S1"}, NEVER, Bar.NOT_WITNESSED),
    (MaterialHow.PENDING, {}, {"until": TODAY}, OWED_, None),
    (MaterialHow.PENDING, {}, {}, OWED_, Bar.NO_DEADLINE),
    (MaterialHow.PENDING, {}, {"until": TODAY - timedelta(1)}, OWED_, Bar.DEADLINE_PASSED),
    (MaterialHow.PENDING, {}, {"until": TODAY}, NEVER, Bar.NOT_OWED),
    (MaterialHow.PENDING, {}, {"until": TODAY}, replace(OWED_, by_hall=False), Bar.NOT_OWED),
    (MaterialHow.PENDING, {}, {"until": TODAY}, Asked(RULE, Outcome.NO_RECORD, "HJ1"), Bar.NOT_OWED),
]


@pytest.mark.parametrize(("how", "of_paper", "standing", "asked", "bar"), TABLE)
def test_the_table(
    how: MaterialHow, of_paper: dict[str, object], standing: dict[str, object], asked: Asked, bar: Bar | None
) -> None:
    stands = Standing(paper(**of_paper), how, **standing)  # type: ignore[arg-type]
    assert bar_of(stands, {"rule": asked}, TODAY) is bar


def test_the_table_knows_every_way_a_paper_may_stand() -> None:
    assert {row[0] for row in TABLE} == set(MaterialHow) == set(acceptance._TABLE)


@pytest.mark.parametrize("outcome", [None, *Outcome])
@pytest.mark.parametrize("how", list(MaterialHow))
def test_an_unmet_rule_passes_only_where_its_paper_stands_in_its_own_right(
    how: MaterialHow, outcome: Outcome | None
) -> None:
    """Whatever the outcome: with a paper that may stand in no other way, only what was seen or scanned opens the gate."""
    asked = Asked(RULE, outcome, "HJ1" if outcome else "")
    plain = Standing(paper(required=False), how, scans=1, witnessed=True, sheet="S1", until=TODAY)
    opened = not bars([plain], {"rule": asked}, TODAY)
    paper_there = how in {MaterialHow.ORIGINAL_SEEN, MaterialHow.SCANNED}
    waits = how is MaterialHow.PENDING and outcome in {Outcome.UNAVAILABLE, Outcome.PENDING}
    met = outcome is Outcome.MATCH and how in {MaterialHow.MISSING, MaterialHow.REPLACED_BY_VERIFICATION}
    assert opened == (paper_there or waits or met)


# -- the hall's lock --------------------------------------------------------------------------------------
@pytest.fixture(scope="module")
def db(shared_hall_place: str) -> Iterator[Connection]:
    engine = open_database(shared_hall_place)
    with engine.begin() as connection:
        connection.execute(insert(stations).values(code="440104", name="s", level="street"))
        yield connection
    engine.dispose()


def answered(db: Connection, query: VerificationQuery, outcome: Outcome, number: str) -> None:
    """Write into the hall's own log that a look-up was made, and what came of it."""
    lookup_log.begin(db, "440104", query, "SQ1", number, evidence.about_of(db, query.params), AT)
    lookup_log.end(
        db, query.id, outcome, {"evidence_no": number, "reply_no": "", "trouble": "", "took_ms": 1}
    )


def sample(material: Material, *rules: VerificationRule) -> Catalogue:
    base = CATALOGUE.items["senior-card-first"]
    item = replace(base, id=ITEM, materials=(material,), verifications=rules, fields=(), conditions=())
    return replace(CATALOGUE, items={ITEM: item})


def a_query(case: str, rule: str = "rule", id_no: str = MOTHER_ID) -> VerificationQuery:
    return VerificationQuery(
        f"{case}-{rule}-{id_no}",
        case,
        ITEM,
        rule,
        "household.check",
        "p",
        "l",
        "paper",
        "clerk",
        PARTY,
        {"id_no": id_no},
    )


def told(
    case: str, how: MaterialHow, proof: str | None, until: date | None, blobs: tuple[str, ...]
) -> tuple[CaseReceived, CaseAccepted]:
    papers = (MaterialOnWire("paper", how, proof, blobs, until),)
    answers = {"applicant.id_no": AnswerOnWire(MOTHER_ID, Origin.CARD)}
    order = SubCaseOrder(ITEM, "1", "d", ())
    received = CaseReceived(
        f"R{case}",
        "440104",
        "01",
        "clerk",
        AT,
        CATALOGUE.version,
        None,
        (order,),
        PARTY,
        answers,
        papers,
        (),
        offline=False,
    )
    return received, CaseAccepted(f"R{case}", "clerk", AT, {ITEM: TODAY}, papers)


# Only the desk knows who saw a paper.
SEEN_BY_THE_HALL = [row for row in TABLE if row[4] is not Bar.NOT_WITNESSED]


@pytest.mark.parametrize(("how", "of_paper", "standing", "asked", "bar"), SEEN_BY_THE_HALL)
def test_the_hall_holds_the_same_table(
    db: Connection,
    how: MaterialHow,
    of_paper: dict[str, object],
    standing: dict[str, object],
    asked: Asked,
    bar: Bar | None,
    request: pytest.FixtureRequest,
) -> None:
    """What the hall cannot see (who looked at a paper) it takes from the station; all else it looks up for itself."""
    case = request.node.name
    received, accepted = told(
        case,
        how,
        f"COM-{case}" if standing.get("sheet") else asked.evidence_no and f"{asked.evidence_no}-{case}",
        standing.get("until"),  # type: ignore[arg-type]
        ("0" * 64,) * int(str(standing.get("scans", 0))),
    )
    db.execute(
        insert(cases).values(
            id=case, receipt_no=case, project_no=case, station="440104", body=encode(received), rev=0
        )
    )
    if asked.outcome is not None and asked.by_hall:
        number = asked.evidence_no and f"{asked.evidence_no}-{case}"
        answered(db, a_query(case), asked.outcome, number)
    if asked.disputed:
        row = {"id": case, "query": a_query(case).id, "case": case, "department": "d", "service": "s"}
        db.execute(
            insert(disputes).values(
                **row, outcome="match", body="{}", taken_at="", verdict="", answer="", told=0
            )
        )
    if standing.get("sheet"):
        db.execute(insert(slips).values(serial=f"COM-{case}", case=case, body="{}"))
    # A paper that a card replaces is none that a check could save.
    rules = () if how is MaterialHow.REPLACED_BY_CARD else (RULE,)
    unmet = Gate(sample(paper(**of_paper), *rules), Path()).unmet(db, case, received, accepted)
    assert bool(unmet) == (bar is not None)


@pytest.mark.parametrize(
    ("what", "query", "outcome"),
    [
        ("another case's number", a_query("elsewhere"), Outcome.MATCH),
        ("another rule's number", a_query("mine", rule="other"), Outcome.MATCH),
        ("an answer about another person", a_query("mine", id_no="440100189901010011"), Outcome.MATCH),
        ("an answer that does not meet the rule", a_query("mine"), Outcome.NO_RECORD),
    ],
)
def test_the_hall_believes_only_its_own_numbers(
    db: Connection, what: str, query: VerificationQuery, outcome: Outcome
) -> None:
    number = f"HJ-{what}"
    with db.begin_nested() as nested:
        answered(db, query, outcome, number)
        received, accepted = told("mine", MaterialHow.REPLACED_BY_VERIFICATION, number, None, ())
        assert Gate(sample(paper(), RULE), Path()).unmet(db, "mine", received, accepted) == ("paper", "rule")
        nested.rollback()


def test_an_answer_holds_at_the_hall_to_the_end_of_its_day(db: Connection) -> None:
    midnight = datetime(2026, 11, 25, 16, tzinfo=UTC)  # the 26th begins at the hall
    with db.begin_nested() as nested:
        answered(db, a_query("mine"), Outcome.MATCH, "HJ-old")
        received, accepted = told("mine", MaterialHow.REPLACED_BY_VERIFICATION, "HJ-old", None, ())
        gate = Gate(sample(paper(), RULE), Path())
        for at, opened in ((midnight - timedelta(seconds=1), True), (midnight, False)):
            late = replace(accepted, accepted_at=at)
            assert (gate.unmet(db, "mine", received, late) == ()) == opened
        nested.rollback()


def test_a_number_that_the_hall_never_gave_proves_nothing(db: Connection) -> None:
    received, accepted = told("mine", MaterialHow.REPLACED_BY_VERIFICATION, "HJ-invented", None, ())
    assert Gate(sample(paper(), RULE), Path()).unmet(db, "mine", received, accepted)


def test_the_card_of_somebody_else_replaces_no_paper(db: Connection) -> None:
    received, accepted = told("mine", MaterialHow.REPLACED_BY_CARD, None, None, ())
    other = replace(received, applicant=replace(PARTY, id_no="440100189901010011"))
    gate = Gate(sample(paper(replaced_by=("card:applicant",))), Path())
    assert gate.unmet(db, "mine", received, accepted) == ()
    assert gate.unmet(db, "mine", other, accepted) == ("paper",)


def test_a_deadline_in_the_far_future_is_none(db: Connection) -> None:
    with db.begin_nested() as nested:
        answered(db, a_query("mine"), Outcome.PENDING, "")
        for days, opened in ((3, True), (31, False)):
            received, accepted = told("mine", MaterialHow.PENDING, None, TODAY + timedelta(days), ())
            unmet = Gate(sample(paper(), RULE), Path()).unmet(db, "mine", received, accepted)
            assert (not unmet) == opened
        nested.rollback()


# -- each guard removed in turn ------------------------------------------------------------------------------
@contextmanager
def mutant(target: object, name: str, instead: object) -> Iterator[None]:
    patch = pytest.MonkeyPatch()
    patch.setattr(target, name, instead)
    try:
        yield
    finally:
        patch.undo()


def _no(*_: object) -> None:
    return None


@pytest.mark.parametrize("how", list(MaterialHow))
def test_a_row_of_the_table_that_lets_everything_through_is_noticed(how: MaterialHow) -> None:
    """Seeded mutants: each row opened in turn; this table must see it."""
    rows = [row for row in TABLE if row[0] is how and row[4] is not None]
    assert rows
    with mutant(acceptance, "_TABLE", {**acceptance._TABLE, how: _no}):
        for _, of_paper, standing, asked, bar in rows:
            stands = Standing(paper(**of_paper), how, **standing)  # type: ignore[arg-type]
            assert bar_of(stands, {"rule": asked}, TODAY) is not bar


GUARDS: dict[str, Callable[[], bool]] = {
    "disputed": lambda: replace(MET, disputed=True).met,
    "evidence": lambda: replace(MET, evidence_no="").met,
    "by_hall": lambda: replace(OWED_, by_hall=False).owed,
}


@pytest.mark.parametrize("guard", list(GUARDS))
def test_a_check_that_is_doubted_or_unproven_does_not_count(guard: str) -> None:
    assert GUARDS[guard]() is False


def test_the_halls_lock_names_the_same_ways_as_the_desks() -> None:
    assert hall_acceptance._IN_ITS_OWN_RIGHT == acceptance.IN_ITS_OWN_RIGHT


def test_a_sample_item_asks_for_consent() -> None:
    rules = [rule for item in CATALOGUE.items.values() for rule in item.verifications]
    assert {rule.id for rule in rules if rule.basis is Basis.CONSENT} == {"card_account"}


def test_a_case_is_held_to_the_release_it_is_pinned_to(db: Connection, tmp_path: Path) -> None:
    """A newer catalogue that asks no paper changes nothing of a case that was received under the older one."""
    sources = read_sources(resources.catalogue_dir())
    (file,) = [name for name, raw in sources.items.items() if raw["id"] == "senior-card-first"]
    eased = {**sources.items[file], "materials": [], "verifications": []}
    lists = replace(sources, release={"version": "eased"}, items={file: eased}, bundles={})
    received, accepted = told("mine", MaterialHow.MISSING, None, None, ())
    order = replace(received.sub_cases[0], item="senior-card-first")
    received = replace(received, sub_cases=(order,))
    with db.begin_nested() as nested:
        publish(db, tmp_path, make_release(lists))
        gate = Gate(CATALOGUE, tmp_path)
        assert gate.unmet(db, "mine", received, accepted)
        assert gate.unmet(db, "mine", replace(received, catalogue="eased"), accepted) == ()
        # A version that nobody published is held to what the hall runs on.
        assert gate.unmet(db, "mine", replace(received, catalogue="never"), accepted)
        unknown = replace(received, sub_cases=(replace(order, item="nobodys-item"),))
        assert gate.unmet(db, "mine", unknown, accepted) == ("nobodys-item",)
        nested.rollback()
