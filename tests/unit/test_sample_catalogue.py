"""The sample items as they are shipped: complete to the field, served by the hall's registers, each theme with something behind it."""

from __future__ import annotations

from datetime import date

import pytest

from catalogue.load import load_catalogue
from catalogue.model import Kind, Privacy, ServiceItem
from catalogue.rules import compile_rule
from hall.demo.answers import REGISTERS as SIMULATED
from hall.demo.people import LISTED
from hall.department_names import NAMES
from hall.registries import NEVER_TOLD, REGISTERS
from hall.registries.facts import has_its_form
from workstation import resources
from workstation.forms.merge import merge

CATALOGUE = load_catalogue(resources.catalogue_dir())
ITEMS = sorted(CATALOGUE.items.values(), key=lambda item: item.id)
THEMES = {
    "入户", "生育", "教育", "出入境", "购车", "开办企业", "外商投资企业",  # those that the reform names
    "养老", "就业", "残疾人服务", "公民身后",  # four of our choice (domain.md 10, 11)
}  # fmt: skip
# domain.md 10, in its order.
TEN = (
    "senior-card-first",
    "longevity-allowance",
    "birth-plan-registration",
    "spouse-household-move",
    "residence-registration",
    "disability-certificate",
    "disability-subsidies",
    "flexible-employment-insurance",
    "sole-trader-registration",
    "car-quota",
)


def test_the_ten_items_and_three_bundles_are_there() -> None:
    assert set(TEN) <= set(CATALOGUE.items)
    assert {"newborn", "disability", "after-death"} <= set(CATALOGUE.bundles)


def test_eleven_themes_have_something_behind_them() -> None:
    assert {item.theme for item in ITEMS} | {bundle.theme for bundle in CATALOGUE.bundles.values()} == THEMES


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.id)
def test_an_item_says_where_it_comes_from_and_is_to_be_checked_locally(item: ServiceItem) -> None:
    assert item.source
    assert item.check_locally
    assert item.theme in THEMES
    assert item.department in NAMES
    assert item.department in NAMES
    assert item.task_type in {code for code, _ in CATALOGUE.code_lists["task_type"].entries}
    assert item.level in {code for code, _ in CATALOGUE.code_lists["use_level"].entries}
    for text in (item.name, item.result_name, item.department_name, *(m.name for m in item.materials)):
        assert text.zh
        assert text.en


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.id)
def test_the_hall_can_ask_what_an_item_checks(item: ServiceItem) -> None:
    for rule in item.verifications:
        register = REGISTERS[rule.service]
        assert set(rule.query) == register.asks
        assert set(rule.fills.values()) <= register.tells
        assert rule.service in SIMULATED
        assert rule.purpose.zh
        assert rule.legal_basis


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.id)
def test_an_items_own_form_can_be_made_and_has_its_person(item: ServiceItem) -> None:
    form = merge(CATALOGUE, [item.id])
    kinds = {field.element.kind for _, fields in form.sections for field in fields}
    assert Kind.NAME in kinds
    assert all(field.choices != () for _, fields in form.sections for field in fields)


@pytest.mark.parametrize("bundle", sorted(CATALOGUE.bundles))
def test_a_bundle_makes_one_form_in_which_each_datum_stands_once(bundle: str) -> None:
    form = merge(CATALOGUE, [member.item for member in CATALOGUE.bundles[bundle].members])
    keys = [field.element.key for _, fields in form.sections for field in fields]
    assert len(keys) == len(set(keys))
    asked = sum(len(item.fields) for item in form.items)
    assert len(keys) < asked  # something was asked by two of them, and is asked once


def test_what_may_not_be_disclosed_is_in_no_register() -> None:
    told = {fact for register in REGISTERS.values() for fact in register.tells}
    known = {fact for people, _ in LISTED.values() for _, facts in people.values() for fact in facts}
    assert told.isdisjoint(NEVER_TOLD)
    assert {
        "spouse_id",
        "history",
        "diagnosis",
        "income",
        "cause",
        "employer",
        "base",
        "registry",
    } <= NEVER_TOLD
    assert {"diagnosis", "income", "cause"} <= known  # the simulated registers do try


# -- the dictionary and the code lists -------------------------------------------------------------------
def codes(name: str) -> list[str]:
    return [code for code, _ in CATALOGUE.code_lists[name].entries]


def test_every_datum_says_whose_it_is_how_private_and_by_which_standard() -> None:
    subjects = {key.partition(".")[0] for key in CATALOGUE.elements}
    assert {"applicant", "agent", "spouse", "child", "household", "business", "deceased"} <= subjects
    assert [key for key, element in CATALOGUE.elements.items() if not element.source] == []
    # Health, death and accounts are sensitive (PIPL 28): never offered for reuse.
    for key in ("disability.category", "deceased.death_date", "payment.account", "applicant.photo"):
        assert CATALOGUE.elements[key].privacy is Privacy.SENSITIVE, key
    for key, element in CATALOGUE.elements.items():
        personal = element.kind in {Kind.CITIZEN_ID, Kind.NAME, Kind.PHONE, Kind.BANK_ACCOUNT, Kind.PHOTO}
        assert not personal or element.privacy is not Privacy.NONE, key


def test_the_code_lists_are_those_of_the_standards() -> None:
    assert codes("sex") == ["0", "1", "2", "9"]  # GB/T 2261.1
    assert codes("marital_status") == ["10", "20", "21", "22", "23", "30", "40", "90"]  # GB/T 2261.2
    peoples = codes("ethnicity")  # GB/T 3304: the 56, and those of none
    assert peoples[:56] == [f"{n:02d}" for n in range(1, 57)]
    assert peoples[56:] == ["97", "98"]
    names = [label.zh for _, label in CATALOGUE.code_lists["ethnicity"].entries]
    assert len(set(names)) == len(names)
    papers = {"111", "112", "113", "114", "117", "335", "414", "511", "516", "553", "990"}
    assert set(codes("id_type")) == papers  # GA/T 2000.156, as domain.md 3.2 has it
    # The scale of GB/T 39046 runs against the stars: 1 is the best (domain.md 0.2).
    assert dict(CATALOGUE.code_lists["satisfaction"].entries)["1"].zh == "非常满意"
    annex = {one.id for one in CATALOGUE.code_lists.values() if one.source == "GB/T 39046 annex A"}
    assert annex == {
        "task_type", "use_level", "subject_kind", "implementer_kind", "handling_form", "handling", "satisfaction",
        "special_procedure",
    }  # fmt: skip


def test_guangzhou_is_there_to_street_level_and_numbers_of_the_past_are_known() -> None:
    places = set(codes("guangzhou_division"))
    districts = set(codes("guangzhou_district"))
    assert len(districts) == 11
    assert districts <= places
    retired = {"440102", "440107", "440116", "440121", "440122", "440125", "440126"}
    assert retired | {"440181", "440182", "440183", "440184"} <= places
    streets = codes("guangzhou_street")
    assert {code[:6] for code in streets} == districts
    assert len(streets) == len(set(streets)) >= 170
    assert all(len(code) == 9 for code in streets)


def test_the_question_trees_lead_every_answer_somewhere() -> None:
    trees = [item for item in ITEMS if item.questions]
    assert {item.id for item in trees} >= {"senior-card-first", "residence-registration", "car-quota"}
    assert any(question.depth > 0 for item in trees for question in item.questions)
    for item in trees:
        for question in item.questions:
            element = CATALOGUE.elements[question.element]
            led = [code for branch in question.branches for code in branch.codes]
            assert sorted(led) == sorted(codes(element.code_list or "")), (item.id, element.key)


def test_every_fact_that_may_leave_has_a_form_and_no_other_has() -> None:
    examples = ("1", "1920-05-20", "440104", "广州市越秀区测试路1号")
    for fact in {fact for register in REGISTERS.values() for fact in register.tells}:
        assert any(has_its_form(fact, example) for example in examples), fact
    assert not any(has_its_form("spouse_name", example) for example in examples)


def test_every_register_is_asked_by_an_item() -> None:
    asked = {rule.service for item in ITEMS for rule in item.verifications}
    assert asked == set(REGISTERS) == set(SIMULATED)


@pytest.mark.parametrize(
    ("item", "key", "born", "takes"),
    [
        ("senior-card-first", "applicant.card_type", "1966-12-01", "1"),
        ("senior-card-first", "applicant.card_type", "1896-02-03", "2"),
        ("senior-card-first", "applicant.card_type", "1962-01-05", "12"),  # 65 in six weeks: either
        ("longevity-allowance", "allowance.band", "1950-06-01", "1"),
        ("longevity-allowance", "allowance.band", "1940-06-01", "2"),
        ("longevity-allowance", "allowance.band", "1930-06-01", "3"),
        ("longevity-allowance", "allowance.band", "1899-01-01", "4"),
    ],
)
def test_a_band_of_age_that_does_not_fit_the_date_of_birth_is_a_gap(
    item: str, key: str, born: str, takes: str
) -> None:
    element = CATALOGUE.elements[key]
    values = {"applicant.birth_date": born}
    rules = [compile_rule(condition.expression) for condition in CATALOGUE.items[item].conditions]
    taken = [
        code
        for code in sorted(codes(element.code_list or ""))
        if all(rule.evaluate({**values, key: code}, date(2026, 11, 23)) for rule in rules)
    ]
    assert "".join(taken) == takes
