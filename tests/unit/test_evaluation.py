"""好差评 at the desk, looked at as an attacker would: whatever the counter offers, it tells no grade and takes none."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fakes.card_reader import MOTHER
from tests.fakes.counter import WholeDesk
from tests.fakes.reviews import order
from tests.unit.test_audit_first import TYPED, filled
from wire.box import BoxBroken
from wire.codec import decode, encode
from wire.evaluation import (
    BAD,
    MOST_INK,
    NOTHING_SAID,
    SEALED_CHARS,
    EvaluationGiven,
    Grade,
    Opinion,
    Stage,
    Tag,
    code_of,
    grade_of_code,
    grade_of_stars,
    open_opinion,
    seal_opinion,
    stars_of,
)
from wire.keys import b64, new_id, unb64
from wire.messages import EventKind, HallReceipt
from wire.recovery import new_recovery_key, recovery_public
from wire.reviews import ReviewStep
from workstation.domain.clerk import Deed
from workstation.domain.evaluation import HALL_KEY_FACT
from workstation.domain.failures import Failure, Refused
from workstation.services.counter import Counter
from workstation.services.desk import DeskApi
from workstation.sync.recovery_wrap import RECOVERY_KEY_FACT

HALL = new_recovery_key()
PUBLIC = recovery_public(HALL)
# What a grade could be told by, in any spelling of the product.
TOLD = [grade.value for grade in Grade if grade is not Grade.SATISFIED] + [
    "非常满意",
    "不满意",
    "基本满意",
    "★",
    "☆",
    "unkind",
    "sent_away",
]


# -- codes and stars -----------------------------------------------------------------------------------
def test_codes_are_those_of_the_standard_and_stars_run_the_other_way() -> None:
    assert [code_of(grade) for grade in Grade] == [1, 2, 3, 4, 5]
    assert code_of(Grade.VERY_SATISFIED) == 1
    assert stars_of(Grade.VERY_SATISFIED) == 5
    assert code_of(Grade.VERY_DISSATISFIED) == 5
    assert stars_of(Grade.VERY_DISSATISFIED) == 1
    assert {code_of(grade) for grade in BAD} == {4, 5}


@pytest.mark.parametrize("grade", Grade)
def test_a_grade_comes_back_by_code_and_by_stars(grade: Grade) -> None:
    assert grade_of_code(code_of(grade)) is grade
    assert grade_of_stars(stars_of(grade)) is grade
    assert code_of(grade) + stars_of(grade) == 6


@pytest.mark.parametrize("wrong", [-1, 0, 6, 7])
def test_there_are_five_of_them(wrong: int) -> None:
    for read in (grade_of_code, grade_of_stars):
        with pytest.raises(ValueError, match=str(wrong if read is grade_of_code else 6 - wrong)):
            read(wrong)


# -- the seal ------------------------------------------------------------------------------------------
@settings(max_examples=20, deadline=None)
@given(
    st.sampled_from([None, *Grade]),
    st.lists(st.sampled_from(Tag), max_size=6, unique=True),
    st.integers(0, MOST_INK // 8),
)
def test_whatever_was_said_is_as_long_as_silence(grade: Grade | None, tags: list[Tag], points: int) -> None:
    said = Opinion(
        grade, tuple(tags), " ".join(["999,999"] * points)[:MOST_INK], new_id(), "44010426112403000127"
    )
    sealed = seal_opinion(PUBLIC, "visit", said)
    assert len(sealed) == len(seal_opinion(PUBLIC, "visit", NOTHING_SAID)) == SEALED_CHARS
    assert open_opinion(HALL, "visit", sealed) == said


def test_only_the_hall_opens_it_and_only_as_what_it_is() -> None:
    sealed = seal_opinion(PUBLIC, "visit", Opinion(Grade.DISSATISFIED))
    for private, visit in ((new_recovery_key(), "visit"), (HALL, "another visit")):
        with pytest.raises(BoxBroken):
            open_opinion(private, visit, sealed)
    assert (
        seal_opinion(PUBLIC, "visit", Opinion(Grade.DISSATISFIED)) != sealed
    )  # the same word twice looks new


# -- the desk ------------------------------------------------------------------------------------------
@pytest.fixture
def whole(tmp_path: Path) -> Iterator[WholeDesk]:
    made = WholeDesk(tmp_path)
    yield made
    made.close()


def served(whole: WholeDesk, *, key: bool = True) -> tuple[Counter, str]:
    """A visit of a mother, received and accepted."""
    desk = filled(whole)
    if key:
        with whole.unit() as unit:
            unit.station.remember(RECOVERY_KEY_FACT, b64(PUBLIC))
            unit.commit()
    case = desk.receive()[0].case
    desk.accept()
    return desk, case


def rated(whole: WholeDesk, opinion: Opinion) -> tuple[Counter, str, str]:
    desk, case = served(whole)
    asked = desk.invite_evaluation(case, Stage.ACCEPTANCE)
    assert asked is not None
    desk.end_evaluation(asked.visit, seal_opinion(unb64(asked.key), asked.visit, opinion))
    return desk, case, asked.visit


def given_events(whole: WholeDesk) -> list[EvaluationGiven]:
    with whole.unit() as unit:
        waiting = unit.outbox.waiting_items(1000)
    return [
        decode(EvaluationGiven, each.envelope.body)
        for each in waiting
        if each.envelope.kind is EventKind.EVALUATION_GIVEN
    ]


def test_both_sides_name_the_hall_s_key_alike() -> None:
    assert HALL_KEY_FACT == RECOVERY_KEY_FACT


def test_the_hall_can_read_what_the_counter_has_only_sealed(whole: WholeDesk) -> None:
    said = Opinion(Grade.DISSATISFIED, (Tag.UNKIND,), "1,2 3,4")
    _, _, visit = rated(whole, said)
    [event] = given_events(whole)
    assert (event.visit, event.stage, event.nth, event.clerk) == (visit, Stage.ACCEPTANCE, 1, "clerk")
    assert open_opinion(HALL, event.visit, event.sealed) == said


@pytest.mark.parametrize("grade", [Grade.VERY_SATISFIED, Grade.VERY_DISSATISFIED])
def test_nothing_that_the_counter_has_tells_what_was_said(whole: WholeDesk, grade: Grade) -> None:
    """The files beside the store, the store opened with its key, and every verb that shows something."""
    desk, case, visit = rated(whole, Opinion(grade, (Tag.UNKIND, Tag.SENT_AWAY)))
    with whole.unit() as unit:
        texts = [f"{entry.deed} {entry.note} {entry.actor}" for entry in unit.audit.entries()]
        kept = unit.evaluations.get(visit)
        bodies = [each.envelope.body for each in unit.outbox.waiting_items(1000)]
    evaluated = [body for body in bodies if visit in body]
    assert len(evaluated) == 1
    texts += [*evaluated, str(kept)]
    for look in (desk.visit, desk.cases, desk.results, desk.transfer, desk.drafts, desk.proposals):
        texts.append(encode(look()))
    texts.append(encode(desk.case(case)))
    texts.append(encode(desk.link()))
    files = b"".join(path.read_bytes() for path in whole.folder.rglob("*") if path.is_file())
    for word in TOLD:
        assert word not in "\n".join(texts)
        if len(word.encode()) > 6:  # megabytes of sealed pages hold any three bytes by chance
            assert word.encode() not in files


def test_two_visits_with_other_grades_leave_the_same_traces(tmp_path: Path) -> None:
    """Compared whole, not looked for by words: only random ids and sealed texts differ."""
    traces = []
    for grade in (Grade.VERY_SATISFIED, Grade.VERY_DISSATISFIED, None):
        folder = tmp_path / str(grade)
        folder.mkdir()
        whole = WholeDesk(folder)
        _, case, visit = rated(whole, Opinion(grade))
        with whole.unit() as unit:
            deeds = [(e.deed, e.actor, e.at, len(e.note)) for e in unit.audit.entries()]
            kept = unit.evaluations.get(visit)
            assert kept is not None
            kept = replace(kept, visit="", case="")
        [event] = given_events(whole)
        traces.append((deeds, kept, len(encode(event)), replace(event, visit="", sealed="")))
        assert case
        whole.close()
    assert traces[0] == traces[1] == traces[2]


def test_no_verb_takes_or_gives_a_grade_but_that_of_the_handling(whole: WholeDesk) -> None:
    """Of all of DeskApi one verb names grades: what a supervisor hears when a citizen is asked again."""
    named = {
        name
        for name, verb in inspect.getmembers(DeskApi, inspect.isfunction)
        if "Grade" in str(inspect.signature(verb)) or "Opinion" in str(inspect.signature(verb))
    }
    assert named == {"handle_review"}
    assert inspect.signature(DeskApi.end_evaluation).return_annotation == "None"
    desk, case = served(whole)
    asked = desk.invite_evaluation(case, Stage.ACCEPTANCE)
    assert asked is not None
    for clear in (
        "very_dissatisfied",
        "5",
        "",
        encode(Opinion(Grade.DISSATISFIED)),
        "A" * (SEALED_CHARS - 1),
    ):
        with pytest.raises(Refused):
            desk.end_evaluation(asked.visit, clear)
    assert given_events(whole) == []


def test_a_visit_is_rated_once_and_the_first_word_counts(whole: WholeDesk) -> None:
    desk, _, visit = rated(whole, Opinion(Grade.DISSATISFIED))
    desk.end_evaluation(visit, seal_opinion(PUBLIC, visit, Opinion(Grade.VERY_SATISFIED)))
    [event] = given_events(whole)
    assert open_opinion(HALL, visit, event.sealed).grade is Grade.DISSATISFIED
    desk.end_evaluation("a visit that nobody was asked about", event.sealed)
    assert len(given_events(whole)) == 1


def test_a_visit_is_asked_once_whatever_was_done_in_it(whole: WholeDesk) -> None:
    desk, case = served(whole)
    first = desk.invite_evaluation(case, Stage.ACCEPTANCE)
    assert desk.invite_evaluation(case, Stage.RECEIPT) == first  # still open: the same
    assert first is not None
    desk.end_evaluation(first.visit, seal_opinion(PUBLIC, first.visit, NOTHING_SAID))
    assert desk.invite_evaluation(case, Stage.RECEIPT) is None
    with whole.unit() as unit:
        invited = [e.note for e in unit.audit.entries() if e.deed is Deed.EVALUATION_INVITED]
    assert invited == [f"{first.visit} acceptance"]


def test_the_next_citizen_ends_what_was_left_open(whole: WholeDesk) -> None:
    desk, case = served(whole)
    left = desk.invite_evaluation(case, Stage.ACCEPTANCE)
    assert left is not None
    desk.drop_visit()
    whole.clock.at += timedelta(minutes=5)
    desk.take_person(MOTHER)
    desk.choose("newborn")
    for key, typed in TYPED.items():
        desk.answer(key, typed)
    whole.check_all()
    desk.see_original("id_father", seen=True)
    other = desk.receive()[0].case
    desk.invite_evaluation(other, Stage.RECEIPT)
    [event] = given_events(whole)
    assert event.visit == left.visit
    assert open_opinion(HALL, left.visit, event.sealed) == NOTHING_SAID


def test_a_locked_desk_and_an_empty_one_take_the_citizen_s_word(whole: WholeDesk) -> None:
    desk, case = served(whole)
    asked = desk.invite_evaluation(case, Stage.ACCEPTANCE)
    assert asked is not None
    desk.lock("asked")
    desk.end_evaluation(asked.visit, seal_opinion(PUBLIC, asked.visit, Opinion(Grade.SATISFIED)))
    assert len(given_events(whole)) == 1


def test_without_the_hall_s_key_nobody_is_asked_and_nothing_is_kept(whole: WholeDesk) -> None:
    desk, case = served(whole, key=False)
    with pytest.raises(Refused) as refused:
        desk.invite_evaluation(case, Stage.ACCEPTANCE)
    assert refused.value.failure is Failure.EVALUATION_KEY_MISSING
    with whole.unit() as unit:
        assert unit.evaluations.open() == ()


def test_nobody_is_asked_about_what_was_not_done(whole: WholeDesk) -> None:
    desk, case = served(whole)
    with pytest.raises(Refused) as refused:
        desk.invite_evaluation(case, Stage.RESULT)
    assert refused.value.failure is Failure.STEP_NOT_ALLOWED


def test_what_a_citizen_said_does_not_go_down_with_its_case(whole: WholeDesk) -> None:
    """Setting a case's steps aside is a clerk's right; the evaluation is not among them, and not theirs to set aside."""
    desk, case, visit = rated(whole, Opinion(Grade.VERY_DISSATISFIED))
    with whole.unit() as unit:
        mine = next(w for w in unit.outbox.waiting_items(99) if w.envelope.subject == case)
        given_one = next(w for w in unit.outbox.waiting_items(99) if w.envelope.subject == visit)
        unit.outbox.parked(mine.envelope.id, "closed")
        unit.commit()
    desk.take_halls_word(mine.envelope.id)
    assert [each.visit for each in given_events(whole)] == [visit]
    with whole.unit() as unit:
        unit.outbox.parked(given_one.envelope.id, "evaluation_clerk")
        unit.commit()
    with pytest.raises(Refused) as refused:
        desk.take_halls_word(given_one.envelope.id)
    assert refused.value.failure is Failure.ROLE_MISSING


def test_a_purge_takes_the_trace_with_the_case(whole: WholeDesk) -> None:
    _, case, visit = rated(whole, Opinion(Grade.DISSATISFIED))
    with whole.unit() as unit:
        waiting = next(w for w in unit.outbox.waiting_items(99) if w.envelope.subject == visit)
        receipt = HallReceipt(waiting.envelope.id, waiting.envelope.sha256, whole.clock(), "h", "s")
        unit.outbox.acked(waiting.envelope.id, receipt)
        assert unit.purges.purge(case)["evaluations"] == 1
        unit.purges.orphans()
        unit.commit()
        assert unit.evaluations.get(visit) is None


# -- those who see to bad reviews ------------------------------------------------------------------------
def supervising(whole: WholeDesk, login: str = "supervisor") -> Counter:
    return whole.open_up(login)


def test_a_supervisor_takes_a_step_and_it_is_written_down(whole: WholeDesk) -> None:
    desk = supervising(whole)
    whole.hall.orders = (order(1),)
    view = desk.handle_review("order-1", ReviewStep.VERIFIED, " 问过当班人员，属实 ")
    assert view.items[0].order.done[-1].text == "问过当班人员，属实"
    assert view.items[0].names["clerk"] == "演示clerk"
    with whole.unit() as unit:
        noted = [e for e in unit.audit.entries() if e.deed is Deed.REVIEW_HANDLED]
    assert [(e.actor, e.note) for e in noted] == [("supervisor", "order-1 verified")]


def test_the_rated_person_is_refused_at_the_desk_under_another_login_too(whole: WholeDesk) -> None:
    """A hall that would show them their own, and let them: the desk does not."""
    desk = supervising(whole, "renamed")  # the clerk once more, with a supervisor's role
    whole.hall.orders = (order(1, clerk="clerk"),)
    whole.hall.supervisors = {"renamed"}
    with pytest.raises(Refused) as refused:
        desk.handle_review("order-1", ReviewStep.CLOSED, "")
    assert refused.value.failure is Failure.OWN_REVIEW
    assert whole.hall.orders[0].done == ()


@pytest.mark.parametrize("login", ["clerk", "agent", "auditor", "admin"])
def test_nobody_but_supervisors_sees_or_handles_them(whole: WholeDesk, login: str) -> None:
    desk = supervising(whole, login)
    looks: list[Callable[[], Any]] = [desk.reviews, lambda: desk.handle_review("o", ReviewStep.VERIFIED, "x")]
    for look in looks:
        with pytest.raises(Refused) as refused:
            look()
        assert refused.value.failure is Failure.ROLE_MISSING
