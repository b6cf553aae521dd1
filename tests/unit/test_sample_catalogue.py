"""The sample items as they are shipped: complete to the field, served by the hall's registers, each theme with something behind it."""

from __future__ import annotations

import pytest

from catalogue.load import load_catalogue
from catalogue.model import Kind, ServiceItem
from hall.demo.answers import REGISTERS as SIMULATED
from hall.demo.people import LISTED
from hall.demo.seed import DEPARTMENTS
from hall.desk import NAMES
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
    assert item.department in DEPARTMENTS
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


def test_every_fact_that_may_leave_has_a_form_and_no_other_has() -> None:
    examples = ("1", "1920-05-20", "440104", "广州市越秀区测试路1号")
    for fact in {fact for register in REGISTERS.values() for fact in register.tells}:
        assert any(has_its_form(fact, example) for example in examples), fact
    assert not any(has_its_form("spouse_name", example) for example in examples)


def test_every_register_is_asked_by_an_item() -> None:
    asked = {rule.service for item in ITEMS for rule in item.verifications}
    assert asked == set(REGISTERS) == set(SIMULATED)
