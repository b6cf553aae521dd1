"""Items are found by what a clerk types: characters, pinyin, initials; and rules by what an author writes."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.load import load_catalogue
from catalogue.rules import BadRule, compile_rule
from catalogue.search import Search, make_index
from workstation import resources

CATALOGUE = load_catalogue(resources.catalogue_dir())
SEARCH = Search(make_index(CATALOGUE))
TODAY = date(2026, 11, 23)


def ids(typed: str) -> list[str]:
    return [offer.id for offer in SEARCH.find(typed)]


@pytest.mark.parametrize("typed", ["xsr", "XSR", "新生儿", "xinshenger", "生孩子", "newborn", "x s r"])
def test_the_newborn_bundle_is_first_however_it_is_typed(typed: str) -> None:
    assert ids(typed)[0] == "newborn"


@pytest.mark.parametrize(
    ("typed", "item"), [("csdj", "birth-registration"), ("sbk", "social-security-card-newborn")]
)
def test_items_are_found_by_initials(typed: str, item: str) -> None:
    assert item in ids(typed)


@pytest.mark.parametrize(
    ("typed", "item"),
    [
        ("老年卡", "senior-card-first"),
        ("lnk", "senior-card-first"),
        ("长者卡", "senior-card-first"),
        ("老年证", "senior-card-first"),
        ("配偶", "spouse-household-move"),
        ("fqrh", "spouse-household-move"),
        ("配偶户口", "spouse-household-move"),
        ("暂住证", "residence-registration"),
        ("幼升小", "school-enrolment"),
        ("车牌", "car-quota"),
        ("死亡注销", "household-cancellation"),
        ("残疾补助", "pension-contribution-aid"),
    ],
)
def test_items_are_found_by_what_people_call_them_at_the_counter(typed: str, item: str) -> None:
    assert item in ids(typed)


def test_characters_in_order_are_looked_for_only_where_nothing_has_them_in_one_piece() -> None:
    assert ids("新生儿") == [one for one in ids("新生儿") if "新生儿" in "".join(_called(one))]
    assert ids("z(") == []
    assert ids("老[年]卡") == []


def _called(one: str) -> tuple[str, ...]:
    offer = CATALOGUE.bundles.get(one) or CATALOGUE.items[one]
    return (offer.name.zh, *offer.aliases)


def test_a_department_finds_its_items_behind_names() -> None:
    assert "birth-registration" in ids("公安")


def test_nothing_is_found_for_nonsense_and_all_for_nothing() -> None:
    assert ids("zzqq") == []
    assert ids("")[0] == "newborn"
    assert set(ids("")) == set(CATALOGUE.items) | set(CATALOGUE.bundles)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=12))
def test_any_text_gives_known_ids_each_once(typed: str) -> None:
    found = ids(typed)
    assert len(found) == len(set(found))
    assert set(found) <= set(CATALOGUE.items) | set(CATALOGUE.bundles)


# -- rules -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("rule", "values", "holds"),
    [
        ("delivery.mode == '2'", {"delivery.mode": "2"}, True),
        ("delivery.mode == '2'", {}, False),
        ("child.birth_date == '' || months_old(child.birth_date) < 12", {}, True),
        ("months_old(child.birth_date) < 12", {"child.birth_date": "2025-11-24"}, True),
        ("months_old(child.birth_date) < 12", {"child.birth_date": "2025-11-23"}, False),
        ("age(applicant.birth_date) >= 60", {"applicant.birth_date": "1899-01-01"}, True),
        ("age(applicant.birth_date) == -1", {}, True),
        ("child.birth_date <= today", {"child.birth_date": "2026-11-23"}, True),
        ("a.b == 'x.y' && c.d == ''", {"a.b": "x.y"}, True),
    ],
)
def test_a_rule_says_what_it_says(rule: str, values: dict[str, str], holds: bool) -> None:
    assert compile_rule(rule).evaluate(values, TODAY) is holds


def test_a_rule_knows_which_answers_it_reads() -> None:
    assert compile_rule("a.b == 'c.d' || age(e.f) > 3").keys == {"a.b", "e.f"}


@pytest.mark.parametrize("rule", ["", "a.b ==", "(a.b == 'x'", "a.b = 'x'", "not a.b"])
def test_what_cannot_be_compiled_is_the_authors_error(rule: str) -> None:
    with pytest.raises(BadRule):
        compile_rule(rule)


@pytest.mark.parametrize("rule", ["a.b", "1 + 1", "nobody(a.b) == 1", "a.b < 3"])
def test_what_gives_neither_true_nor_false_is_the_authors_error(rule: str) -> None:
    with pytest.raises(BadRule):
        compile_rule(rule).evaluate({"a.b": "x"}, TODAY)


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="abc.'\"()=<>!&| 12", max_size=24))
def test_any_expression_is_a_rule_or_a_bad_rule(source: str) -> None:
    try:
        result = compile_rule(source).evaluate({}, TODAY)
    except BadRule:
        return
    assert isinstance(result, bool)


@pytest.mark.parametrize(
    "rule",
    ["1 / 0 == 1", "1 % 0 == 1", "9223372036854775807 + 1 > 0", "[1][5] == 1", "[1, 2][-1] == 1"],
)
def test_what_breaks_in_arithmetic_is_the_authors_error(rule: str) -> None:
    with pytest.raises(BadRule):
        compile_rule(rule).evaluate({}, TODAY)


@pytest.mark.parametrize(
    "rule",
    [
        "[1, 2].all(a, [1, 2].all(b, true))",
        "[1].exists (a, a == 1)",
        "'\\'' != [1].map(a, 'x')[0]",
        "[1]. // hidden\n all(a, true)",
        " || ".join(["a.b == 'x'"] * 1000),
    ],
)
def test_what_loops_or_is_huge_is_the_authors_error(rule: str) -> None:
    with pytest.raises(BadRule, match=r"loops and comments|longer than"):
        compile_rule(rule)
