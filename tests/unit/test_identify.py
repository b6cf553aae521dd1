"""Who is at the counter without a card in a reader: typed from an original, or on a phone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.model import Kind
from tests.fakes.card_reader import FATHER, MOTHER
from tests.fakes.counter import WholeDesk
from tests.fakes.people import AT, FATHER_ID, FATHER_NAME, MOTHER_ID, MOTHER_NAME
from wire.messages import MaterialHow, Origin
from workstation.domain.clerk import Deed
from workstation.domain.failures import Failure, Refused
from workstation.domain.identity import CardStatus, DocumentKind
from workstation.forms.model import Problem
from workstation.forms.values import form_problem
from workstation.services.counter import Counter
from workstation.services.identify import name_problem, number_problem, typed_person
from workstation.services.views import VisitView

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def credit_code(body: str) -> str:
    """Add the check character as the formula of GB 32100 says: weights are powers of three."""
    total = sum(_ALPHABET.index(c) * pow(3, at, 31) for at, c in enumerate(body))
    return body + _ALPHABET[(31 - total % 31) % 31]


# -- numbers ---------------------------------------------------------------------------------------------
@given(st.text(alphabet=_ALPHABET, min_size=17, max_size=17))
def test_every_credit_code_has_one_check_character(body: str) -> None:
    good = credit_code(body)
    fits = [c for c in _ALPHABET if form_problem(Kind.CREDIT_CODE, body + c) is None]
    assert fits == [good[-1]]


@pytest.mark.parametrize(
    "code", ["", "9144010000000000", "91440100000000000I", "９１" * 9, "91440100MA00000000 "]
)
def test_what_is_no_credit_code_is_told(code: str) -> None:
    assert form_problem(Kind.CREDIT_CODE, code) is Problem.CREDIT_CODE


def test_a_village_collective_begins_with_a_letter() -> None:
    assert number_problem(credit_code("N2440100MF0000000")) is None


@pytest.mark.parametrize(
    ("number", "problem"),
    [
        ("", Problem.MISSING),
        ("44010018990101002", Problem.ID_LENGTH),
        ("440100189902290019", Problem.ID_DATE),
        ("440100189901010012", Problem.ID_CHECK),
        (" 440100-18990101-002x ", None),
        ("４４０１００１８９９０１０１００２Ｘ", None),
    ],
)
def test_a_typed_number_is_judged(number: str, problem: Problem | None) -> None:
    assert number_problem(number) is problem


@pytest.mark.parametrize(("name", "problem"), [(" ", Problem.MISSING), ("测\u202e试", Problem.CHARACTERS), ("测试（广州）2 号", None)])  # fmt: skip
def test_a_typed_name_is_judged(name: str, problem: Problem | None) -> None:
    assert name_problem(name) is problem


def test_sex_and_birth_follow_from_the_number() -> None:
    woman, man = typed_person("测试一", "44010018990101002x", AT), typed_person("测试二", FATHER_ID, AT)
    assert (woman.id_no, woman.sex, woman.birth_date) == (MOTHER_ID, "2", date(1899, 1, 1))
    assert man.sex == "1"
    assert woman.typed


def test_an_enterprise_has_neither_sex_nor_birth() -> None:
    body = typed_person("测试（广州）有限公司", credit_code("91440100MA0000000"), AT)
    assert (body.sex, body.birth_date) == (None, None)


def test_a_refusal_names_the_problem_and_not_the_person() -> None:
    with pytest.raises(Refused) as refused:
        typed_person("测试一", "440100189901010012", AT)
    assert refused.value.failure is Failure.PERSON_NOT_VALID
    assert refused.value.details == {"problem": "id_check"}


# -- at the desk -----------------------------------------------------------------------------------------
@pytest.fixture
def whole(tmp_path: Path) -> Iterator[WholeDesk]:
    made = WholeDesk(tmp_path)
    yield made
    made.close()


@pytest.fixture
def desk(whole: WholeDesk) -> Counter:
    return whole.open_up()


def _origins(view: VisitView) -> dict[str, Origin | None]:
    return {f.key: f.origin for s in view.sections for f in s.fields}


def test_who_was_typed_is_marked_and_replaces_no_paper(whole: WholeDesk, desk: Counter) -> None:
    view = desk.type_person(MOTHER_NAME, MOTHER_ID)
    assert view.person is not None
    assert (view.person.document, view.person.authenticated) == (DocumentKind.TYPED, False)
    assert MOTHER_ID not in repr(view)
    chosen = desk.choose("newborn")
    assert _origins(chosen)["mother.id_no"] is Origin.TYPED
    assert all(m.how is not MaterialHow.REPLACED_BY_CARD for m in chosen.materials)
    with whole.unit() as unit:
        assert Deed.PERSON_TYPED in [entry.deed for entry in unit.audit.entries()]


def test_the_field_of_a_typed_person_changes_only_with_a_reason(whole: WholeDesk, desk: Counter) -> None:
    desk.type_person(MOTHER_NAME, MOTHER_ID)
    desk.choose("newborn")
    with pytest.raises(Refused, match="reason_missing"):
        desk.answer("mother.name", "测试九")


def test_a_number_typed_wrong_is_typed_again(whole: WholeDesk, desk: Counter) -> None:
    desk.type_person(FATHER_NAME, FATHER_ID)
    wrong = desk.choose("newborn")
    assert _origins(wrong)["father.id_no"] is Origin.TYPED
    right = desk.type_person(MOTHER_NAME, MOTHER_ID)
    assert right.case == wrong.case
    assert _origins(right)["mother.id_no"] is Origin.TYPED
    assert _origins(right)["father.id_no"] is None


def test_the_persons_own_card_makes_more_of_what_was_typed(whole: WholeDesk, desk: Counter) -> None:
    desk.type_person(MOTHER_NAME, MOTHER_ID)
    desk.choose("newborn")
    whole.cards.put_in(MOTHER)
    view = desk.take_person(desk.read_card())
    assert _origins(view)["mother.id_no"] is Origin.CARD
    again = desk.type_person(MOTHER_NAME, MOTHER_ID)
    assert again.person is not None
    assert again.person.document is None  # what a machine has read stays


def test_another_persons_card_is_held_from_who_was_typed(whole: WholeDesk, desk: Counter) -> None:
    desk.type_person(MOTHER_NAME, MOTHER_ID)
    whole.cards.put_in(FATHER)
    with pytest.raises(Refused, match="card_of_another_person"):
        desk.take_person(desk.read_card())
    held = desk.visit()
    assert held is not None
    assert held.wrong_card


def test_a_code_on_a_phone_says_who_it_is_and_is_good_once(whole: WholeDesk, desk: Counter) -> None:
    whole.hall.phones["a-token"] = (MOTHER_NAME, MOTHER_ID)
    view = desk.take_person(desk.check_code("a-token"))
    assert view.person is not None
    assert (view.person.document, view.person.card_status) == (
        DocumentKind.ELECTRONIC_CARD,
        CardStatus.IN_DATE,
    )
    chosen = desk.choose("newborn")
    names = {f.key: f.origin_name for s in chosen.sections for f in s.fields}
    assert getattr(names["mother.name"], "zh", None) == "电子社保卡"
    with pytest.raises(Refused, match="qr_refused"):
        desk.check_code("a-token")


def test_the_token_stands_nowhere_in_the_store_or_the_query(whole: WholeDesk, desk: Counter) -> None:
    whole.hall.phones["a-token-that-nobody-keeps"] = (MOTHER_NAME, MOTHER_ID)
    desk.take_person(desk.check_code("a-token-that-nobody-keeps"))
    with whole.unit() as unit:
        kept = repr((unit.drafts.all(), unit.audit.entries()))
    assert "nobody-keeps" not in kept


def test_after_the_acceptance_the_next_citizens_card_opens_the_next_visit(
    whole: WholeDesk, desk: Counter
) -> None:
    first = _accepted(whole)
    # The same card again changes nothing of what stands there.
    assert desk.take_person(desk.read_card()).case == first.case
    whole.cards.take_out()
    whole.cards.put_in(FATHER)
    shown = desk.visit()
    assert shown is not None
    assert not shown.wrong_card
    following = desk.take_person(desk.read_card())
    assert following.case != first.case
    assert following.receipt_no is None


def test_an_agent_has_done_with_a_visit_once_it_is_received(whole: WholeDesk) -> None:
    desk = whole.open_up("agent")
    ready = _filled(whole)
    assert ready.may_receive
    received, _ = desk.receive()
    whole.cards.take_out()
    whole.cards.put_in(FATHER)
    assert desk.take_person(desk.read_card()).case != received.case


def _filled(whole: WholeDesk) -> VisitView:
    desk = whole.desk
    whole.cards.put_in(MOTHER)
    desk.take_person(desk.read_card())
    desk.choose("newborn")
    for key, typed in {
        "child.birth_certificate_no": "y440100001",
        "child.name": "测小宝",
        "father.name": FATHER_NAME,
        "father.id_no": FATHER_ID,
        "household.relation_to_head": "女",
        "contact.phone": "138 0000 0000",
    }.items():
        desk.answer(key, typed)
    whole.check_all()
    return desk.see_original("id_father", seen=True)


def _accepted(whole: WholeDesk) -> VisitView:
    _filled(whole)
    whole.desk.receive()
    return whole.desk.accept()[0]


@pytest.mark.parametrize(
    ("name", "number"),
    [("测\u202e试", MOTHER_ID), ("", MOTHER_ID), ("测试一", "44\x0001"), ("测试一", "４４a\u0301")],
)
def test_a_platform_that_babbles_is_not_believed(
    whole: WholeDesk, desk: Counter, name: str, number: str
) -> None:
    whole.hall.phones["t"] = (name, number)
    with pytest.raises(Refused):
        desk.check_code("t")
