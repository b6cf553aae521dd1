"""Each guard of the broker taken out in turn: a test over real HTTP must notice."""

from __future__ import annotations

import pytest

from tests.mutants import Fate, Mutant, Orchard

BROKER = "tests/integration/test_broker.py"
PARTS = "tests/unit/test_hall_verification.py"
ANY_ORDER = "tests/unit/test_hall_lookups_any_order.py"
TROUBLE = f"{BROKER}::test_a_register_in_trouble_is_marked_as_stated_and_tells_nothing"
ASKED, BELIEF, WATCH = "hall/verification.py", "hall/registries/belief.py", "hall/watch.py"
LINE = "hall/registries/line.py"
MUTANTS = (
    Mutant(
        "a reason is missing",
        ASKED,
        "if not said.strip():",
        "if not said:",
        f"{BROKER}::test_no_look_up_without_each_of_its_reasons",
    ),
    Mutant(
        "no person for whom it is",
        ASKED,
        '"sponsor.id_no": query.sponsor.id_no,',
        "",
        f"{BROKER}::test_no_look_up_without_the_person_for_whom_it_is",
    ),
    Mutant(
        "any account of the station may ask",
        ASKED,
        "if not allowed(person.roles, Action.VERIFIED):",
        "if not person.roles:",
        f"{BROKER}::test_only_who_works_on_cases_may_ask",
    ),
    Mutant(
        "a person of nowhere",
        "hall/lookup_log.py",
        'staff.c.station == bindparam("station"), staff.c.login == bindparam("clerk")',
        'staff.c.station == bindparam("station"), staff.c.login != bindparam("clerk")',
        f"{BROKER}::test_a_person_whom_the_station_does_not_have_asks_nothing",
    ),
    Mutant(
        "the same look-up twice",
        ASKED,
        "if lookup_log.known(db, query.id):",
        "if not query.id:",
        f"{BROKER}::test_the_same_look_up_sent_again_is_not_a_second_one",
    ),
    Mutant(
        "no rule",
        ASKED,
        "if rule is None or rule.service != query.service or rule.fallback != query.replaces:",
        "if rule is None:",
        "tests/integration/test_hall.py::test_a_look_up_that_the_item_does_not_list_is_denied",
    ),
    Mutant(
        "no grant",
        ASKED,
        "if isinstance(grant, NoGrant):",
        "if grant is None:",
        f"{BROKER}::test_without_any_grant_a_look_up_is_denied",
    ),
    Mutant(
        "an expired grant",
        "hall/grants.py",
        "if not row.withdrawn_at and stamp(at) < row.expires_at:",
        "if not row.withdrawn_at:",
        f"{BROKER}::test_a_grant_that_is_withdrawn_or_expired_denies_and_a_new_one_opens",
    ),
    Mutant(
        "a withdrawn grant",
        "hall/grants.py",
        "if not row.withdrawn_at and stamp(at) < row.expires_at:",
        "if stamp(at) < row.expires_at:",
        f"{BROKER}::test_a_grant_that_is_withdrawn_or_expired_denies_and_a_new_one_opens",
    ),
    Mutant(
        "any signature",
        BELIEF,
        "if key is not None and not answer_is_genuine(answer, key):",
        "if key is not None and not answer.question:",
        f"{TROUBLE}[tampered-unavailable-untrusted.signature]",
    ),
    Mutant(
        "any question",
        BELIEF,
        "if answer.question != question.id:",
        "if not answer.question:",
        f"{TROUBLE}[replayed-unavailable-untrusted.replayed]",
    ),
    Mutant(
        "any person",
        BELIEF,
        "if answer.params_sha256 != params_digest(question.params):",
        "if not answer.params_sha256:",
        f"{TROUBLE}[wrong_person-unavailable-untrusted.echo]",
    ),
    Mutant(
        "any outcome of the list",
        BELIEF,
        "if answer.outcome not in {outcome.value for outcome in register.says}:",
        "if answer.outcome not in {outcome.value for outcome in Outcome}:",
        f"{TROUBLE}[impossible-conflict-outcome]",
    ),
    Mutant(
        "facts of somebody else",
        BELIEF,
        "if answer.facts.get(name, asked) != asked:",
        "if answer.facts.get(name, asked) == '':",
        f"{TROUBLE}[contradicting-conflict-contradicts_query]",
    ),
    Mutant(
        "everything is told",
        BELIEF,
        "for name, value in answer.facts.items() if name in register.tells}",
        "for name, value in answer.facts.items()}",
        f"{BROKER}::test_of_one_person_it_is_told_that_and_when_and_never_with_whom",
    ),
    Mutant(
        "facts of any form",
        BELIEF,
        "if not has_its_form(name, value):",
        "if not value:",
        f"{BROKER}::test_a_fact_that_cannot_be_is_a_conflict",
    ),
    Mutant(
        "a permit past its day",
        BELIEF,
        "if until is not None and until < today:",
        "if until is not None and until.year < 1:",
        f"{BROKER}::test_expired",
    ),
    Mutant(
        "a register that puts off for ever",
        ASKED,
        "leave.promise and stamp(now()) >= leave.promise.due:",
        "leave.promise and not leave.promise.due:",
        f"{BROKER}::test_a_register_cannot_put_off_its_own_deadline",
    ),
    Mutant(
        "the log comes later",
        ASKED,
        "        lookup_log.begin(db, station, query, leave.grant, leave.evidence, leave.params, at)\n        return leave",
        "        return leave",
        f"{BROKER}::test_who_asked_is_logged_before_the_register_is_asked",
    ),
    Mutant(
        "a register that trickles",
        LINE,
        "async with asyncio.timeout(self._pace.budget_s):",
        "async with asyncio.timeout(None):",
        f"{PARTS}::test_a_register_that_trickles_its_headers_is_left_in_time",
    ),
    Mutant(
        "a register without end",
        LINE,
        "if len(read) > MOST_BYTES:",
        "if len(read) > 10**12:",
        f"{TROUBLE}[flood-unavailable-too_large]",
    ),
    Mutant(
        "no other try",
        LINE,
        "if not no.again or tries",
        "if tries > 0 or tries",
        f"{BROKER}::test_a_short_trouble_is_bridged_by_another_try",
    ),
    Mutant(
        "no rest",
        "hall/registries/over_http.py",
        "if closed is not None:",
        "if closed is not None and closed.retry_in_s < 0:",
        f"{BROKER}::test_a_register_that_keeps_failing_is_left_alone_and_tried_by_one",
    ),
    Mutant(
        "everybody tries",
        "hall/registries/breaker.py",
        "if self._state is BreakerState.OPEN and left <= 0:",
        "if left <= 0:",
        f"{PARTS}::test_after_the_rest_one_tries_and_the_others_wait",
    ),
    Mutant(
        "no limit",
        WATCH,
        "            if asked >= limit:",
        "            if asked > 10**9:",
        f"{BROKER}::test_who_asks_too_often_is_refused_and_the_auditor_hears_of_it",
    ),
    Mutant(
        "nobody sees oneself",
        WATCH,
        "return person.self_mark is not None and person.self_mark in _self_marks(self._key, query)",
        "return False",
        f"{BROKER}::test_who_asks_about_themself_or_their_family_is_seen",
    ),
    Mutant(
        "nobody sees a relative",
        WATCH,
        "if person.kin_mark in _kin_marks(self._key, query, address):",
        "if not person.kin_mark:",
        f"{BROKER}::test_who_asks_about_themself_or_their_family_is_seen",
    ),
    Mutant(
        "no grant, in any order",
        ASKED,
        "if isinstance(grant, NoGrant):",
        "if grant is None:",
        f"{ANY_ORDER}::TestLookups",
    ),
    Mutant(
        "the same look-up twice, in any order",
        ASKED,
        "if lookup_log.known(db, query.id):",
        "if not query.id:",
        f"{ANY_ORDER}::TestLookups",
    ),
    Mutant(
        "any rule, in any order",
        ASKED,
        "if rule is None or rule.service != query.service or rule.fallback != query.replaces:",
        "if rule is None or rule.service != query.service:",
        f"{ANY_ORDER}::TestLookups",
    ),
    Mutant(
        "everything is told, by any answer",
        BELIEF,
        "for name, value in answer.facts.items() if name in register.tells}",
        "for name, value in answer.facts.items()}",
        f"{ANY_ORDER}::test_nothing_but_minimal_facts_in_their_form_of_an_answer_to_this_question",
    ),
    Mutant(
        "alarms for everybody",
        "hall/api/look_ups.py",
        "if body is None or Role.AUDITOR not in decode(StaffAccount, body).roles:",
        "if body is None:",
        f"{BROKER}::test_alarms_are_told_to_an_auditor_only",
    ),
    Mutant(
        "the station believes the line",
        "workstation/sync/client.py",
        "if not genuine or reply.query != query.id or reply.service != query.service:",
        "if reply.query != query.id or reply.service != query.service:",
        f"{BROKER}::test_what_is_changed_or_repeated_on_the_line_is_not_believed",
    ),
    Mutant(
        "the station believes what was said before",
        "workstation/sync/client.py",
        "if not genuine or reply.query != query.id or reply.service != query.service:",
        "if not genuine:",
        f"{BROKER}::test_what_is_changed_or_repeated_on_the_line_is_not_believed",
    ),
)


@pytest.fixture(scope="module")
def orchard(tmp_path_factory: pytest.TempPathFactory) -> Orchard:
    return Orchard(tmp_path_factory.mktemp("guards"))


@pytest.mark.long
@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_a_guard_that_is_taken_out_is_missed(orchard: Orchard, mutant: Mutant) -> None:
    assert orchard.fate(mutant) is Fate.KILLED
