"""An author's mistakes: each is one error that names file, place and cause, and nothing half-loaded is used."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from catalogue.broken import CatalogueBroken
from catalogue.load import load_catalogue
from catalogue.node import MAX_FILE_BYTES
from tests.fakes.read_once import read_unchanged_once
from workstation import resources

BIRTH = "items/birth-registration.yaml"
INSURANCE = "items/medical-insurance-newborn.yaml"
CARD = "items/social-security-card-newborn.yaml"
NEWBORN = "bundles/newborn.yaml"
SENIOR = "items/senior-card-first.yaml"
DEATH = "bundles/after-death.yaml"
STAY = "items/residence-registration.yaml"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    read_unchanged_once(monkeypatch)
    copied = tmp_path / "catalogue"
    shutil.copytree(resources.catalogue_dir(), copied)
    return copied


def swap(file: str, old: str, new: str) -> Callable[[Path], None]:
    """Write `new` for the first `old` of a file; the test fails when it is not there to be broken."""

    def change(folder: Path) -> None:
        path = folder / file
        text = path.read_text(encoding="utf-8")
        assert re.search(old, text, re.MULTILINE), f"{old} is not in {file}"
        path.write_text(re.sub(old, new, text, count=1, flags=re.MULTILINE), encoding="utf-8")

    return change


def write(file: str, text: str | bytes) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        (folder / file).write_bytes(text if isinstance(text, bytes) else text.encode())

    return change


def drop(file: str) -> Callable[[Path], None]:
    return lambda folder: (folder / file).unlink()


def copy(file: str, to: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        (folder / to).write_bytes((folder / file).read_bytes())

    return change


def _all_optional(folder: Path) -> None:
    path = folder / NEWBORN
    text = path.read_text(encoding="utf-8")
    text = text.replace(", optional: true, preset: false", "").replace("{item: ", "{optional: true, item: ")
    path.write_text(text, encoding="utf-8")


def _deep_tree(folder: Path) -> None:
    path = folder / SENIOR
    step = '{element: agent.filing, answers: [{codes: ["1", "2"], id: s%d, name: {zh: 步, en: step}, ask: '
    tree = "".join(step % n for n in range(9)) + "{element: agent.filing, answers: []}" + "}]}" * 9
    text = re.sub(r"^ask:\n(  .*\n)+", f"ask: {tree}\n", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    path.write_text(text, encoding="utf-8")


def _conflict(folder: Path) -> None:
    """Two members that are always together and take different banks."""
    for file, bank in ((BIRTH, "102"), (CARD, "105")):
        path = folder / file
        text = re.sub(r"\n  - \{element: card\.bank[^\n]*", "", path.read_text(encoding="utf-8"))
        field = f'fields:\n  - {{element: card.bank, choices: ["{bank}"]}}\n'
        path.write_text(text.replace("fields:\n", field, 1), encoding="utf-8")


BROKEN: list[tuple[Callable[[Path], None], str, str]] = [
    # reading
    (write(BIRTH, ""), "birth-registration.yaml", "mapping"),
    (write(BIRTH, "- a\n- b\n"), "birth-registration.yaml", "mapping"),
    (write(BIRTH, "id: [unclosed\n"), "birth-registration.yaml", "line 2"),
    (write(BIRTH, "a: &x 1\nb: *x\n"), "birth-registration.yaml", "aliases"),
    (write(BIRTH, b"id: \xff\xfe"), "birth-registration.yaml", "UnicodeDecodeError"),
    (write(BIRTH, "# " + "x" * MAX_FILE_BYTES), "birth-registration.yaml", "larger"),
    (drop("elements.yaml"), "elements.yaml", "FileNotFoundError"),
    (write("release.yaml", "version: 2026\n"), "release.yaml", "must be a text"),
    # keys and types
    (swap(BIRTH, r"^version: .*", "versoin: '1'"), "birth-registration.yaml", "versoin"),
    (swap(BIRTH, r"^department: .*\n", ""), "birth-registration.yaml", "department"),
    (swap(BIRTH, r"^level: .*", "level: 5"), "birth-registration.yaml", "in quotes"),
    (swap(BIRTH, r"^name: .*", "name: 出生登记"), "birth-registration.yaml", "mapping"),
    (swap(BIRTH, r"^promised: .*", "promised: {n: 3, unit: fortnight}"), "birth-registration.yaml", "workday"),
    (swap(BIRTH, r"^promised: .*", "promised: {n: -1, unit: workday}"), "birth-registration.yaml", "negative"),
    (swap(BIRTH, r"^promised: .*", "promised: {n: yes, unit: day}"), "birth-registration.yaml", "whole number"),
    (swap(BIRTH, r"check_locally: true", "check_locally: maybe"), "birth-registration.yaml", "true or false"),
    (swap(BIRTH, r"mode: inspect", "mode: burn"), "birth-registration.yaml", "must be one of"),
    (swap(BIRTH, r"^aliases: .*", "aliases: 报户口"), "birth-registration.yaml", "list of texts"),
    (swap("elements.yaml", r"kind: name", "kind: nome"), "elements.yaml", "must be one of"),
    # references
    (swap(BIRTH, r"element: contact\.phone", "element: contact.fone"), BIRTH, "no such data element"),
    (swap(BIRTH, r"(  - \{element: contact\.phone\})", r"\1\n\1"), BIRTH, "asked twice"),
    (swap(BIRTH, r"replaced_by: \[marriage\]", "replaced_by: [mariage]"), BIRTH, "no check here"),
    (swap(BIRTH, r"fallback: marriage_certificate", "fallback: certificate"), BIRTH, "no material here"),
    (swap(BIRTH, r"mother_id: mother\.id_no", "mother_id: mother.phone"), BIRTH, "not asked by this item"),
    (swap(BIRTH, r"child\.sex: child_sex", "child.gender: child_sex"), BIRTH, "no data element"),
    (swap("elements.yaml", r"section: child", "section: nobody"), "elements.yaml", "section nobody"),
    (swap("elements.yaml", r"code_list: sex", "code_list: sexes"), "elements.yaml", "code list sexes"),
    (swap("elements.yaml", r"    code_list: sex\n", ""), "elements.yaml", "a code needs a code list"),
    (swap("elements.yaml", r"kind: phone", "kind: phone\n    code_list: sex"), "elements.yaml", "only a code, division or address"),
    # rules
    (swap(BIRTH, r"delivery\.mode == '2'", "delivery.mode == "), BIRTH, "expression"),
    (swap(BIRTH, r"delivery\.mode == '2'", "delivery.moode == '2'"), BIRTH, "delivery.moode"),
    (swap(NEWBORN, r"months_old\(child\.birth_date\) < 12", "months_old(child.birth"), NEWBORN, "expression"),
    # bundles
    (swap(NEWBORN, r"item: birth-registration", "item: birth-registratio"), NEWBORN, "no such item"),
    (
        swap(NEWBORN, r"- \{item: birth-registration\}", "- {item: birth-registration, after: [medical-insurance-newborn]}"),
        NEWBORN,
        "circle",
    ),
    (swap(NEWBORN, r"after: \[birth-registration\]", "after: [senior-card-first]"), NEWBORN, "not in the bundle"),
    (swap(NEWBORN, r"^id: newborn", "id: birth-registration"), NEWBORN, "id of an item"),
    # twice
    (copy(BIRTH, "items/second.yaml"), "items", "stands twice"),
    (swap("elements.yaml", r"key: child\.sex", "key: child.name"), "elements.yaml", "stands twice"),
    (swap("code_lists.yaml", r"code: \"2\"", 'code: "1"'), "code_lists.yaml", "twice"),
    (swap(BIRTH, r"id: household_book_father", "id: household_book_mother"), BIRTH, "stands twice"),
    (swap(BIRTH, r"  - id: household_father", "  - id: household_mother"), BIRTH, "stands twice"),
    # what an item may narrow, and when it is in force
    (swap(SENIOR, r"element: delivery\.mode, default: \"1\"", 'element: delivery.mode, default: "9"'), SENIOR, "none of its choices"),
    (swap(SENIOR, r"element: delivery\.mode,", 'element: delivery.mode, choices: ["1", "7"],'), SENIOR, "choice 7"),
    (swap(SENIOR, r"element: contact\.phone", "element: contact.phone, max_length: 99"), SENIOR, "max_length must be"),
    (swap(SENIOR, r"scenarios: \[local\]", "scenarios: [locall]"), "senior-card-first", "no scenario of this item"),
    (swap(SENIOR, r"^ask:", 'scenarios:\n  - {id: local, name: {zh: 重, en: twice}, when: "true"}\nask:'), SENIOR, "a scenario stands twice"),
    (swap(SENIOR, r"when: agent\.filing == '2'", 'when: "agent.filing +"'), SENIOR, "expression"),
    (swap(SENIOR, r"^handling:", "effective_from: 2027-01-01\neffective_to: 2026-01-01\nhandling:"), SENIOR, "before effective_from"),
    (swap(SENIOR, r"^handling:", "effective_from: 31.12.2026\nhandling:"), "senior-card-first", "must be a date"),
    (swap(SENIOR, r"scope: city", "scope: galaxy"), "senior-card-first", "scope"),
    (swap(SENIOR, r"grade: B", "grade: Z"), "senior-card-first", "must be A, B, C or D"),
    (swap(SENIOR, r"originals: 2", "originals: -2"), "senior-card-first", "negative"),
    (swap(DEATH, r"questions: \[deceased\.retired", "questions: [deceased.retried"), DEATH, "no such data element"),
    (_all_optional, NEWBORN, "at least one must always be in"),
    (_conflict, "bundles/newborn", "leaves nothing of card.bank"),
    # expressions that compile and break when they are asked
    (swap(SENIOR, r">= 718", ">= '718'"), SENIOR, "conditions[0].when: expression"),
    (swap(SENIOR, r"months_old\(applicant", "months_alive(applicant"), SENIOR, "months_alive"),
    (swap(SENIOR, r"when: agent\.filing == '2'", "when: agent.filing"), SENIOR, "not true or false"),
    (swap(DEATH, r"when: deceased\.had_fund != '0'", "when: deceased.had_fund > 1"), DEATH, "members.housing-fund-settlement.when"),
    # the question tree
    (swap(SENIOR, r'codes: \["2"\]', 'codes: ["7"]'), SENIOR, "answer 7 of applicant.residence_ground is not in"),
    (swap(SENIOR, r'codes: \["2"\]', 'codes: ["2", "1"]'), SENIOR, "leads two ways"),
    (swap(SENIOR, r'    - \{codes: \["1"\].*\n', ""), SENIOR, "no scenario of this item"),
    (swap(STAY, r'          - \{codes: \["3"\], id: school', '          - {codes: ["2"], id: school'), STAY, "leads two ways"),
    (swap(STAY, r'    - \{codes: \["0"\].*\n', ""), STAY, "answer 0 of stay.wants_permit leads nowhere"),
    (swap(SENIOR, r'codes: \["2"\]', "codes: []"), SENIOR, "must name the answers"),
    (swap(SENIOR, r"  element: applicant\.residence_ground", "  element: applicant.household_no"), SENIOR, "no code list to choose from"),
    (swap(SENIOR, r"element: applicant\.sex", "element: applicant.residence_ground"), SENIOR, "asked twice"),
    (_deep_tree, SENIOR, "too many"),
    # what stands for a paper
    (swap(SENIOR, r"card:applicant", "card:nobody"), SENIOR, "nobody.id_no"),
    (swap(SENIOR, r"field:applicant\.photo", "field:applicant.name"), SENIOR, "no photo of this item"),
    (swap(SENIOR, r"grade: B, tolerable", "grade: D, tolerable"), SENIOR, "grade D"),
    # codes of GB/T 39046, sheets, channels
    (swap(SENIOR, r'^task_type: "20"', 'task_type: "77"'), SENIOR, "77 is not in the list task_type"),
    (swap(SENIOR, r'^level: "5"', 'level: "8"'), SENIOR, "8 is not in the list use_level"),
    (swap(SENIOR, r'^handling: "2"', 'handling: "5"'), SENIOR, "5 is not in the list handling"),
    (swap(SENIOR, r'^delivery: \["1"', 'delivery: ["8"'), SENIOR, "8 is not in the list delivery"),
    (swap(SENIOR, r"^notices: \[RCP", "notices: [RPC"), SENIOR, "RPC is no sheet"),
    (swap(SENIOR, r"^channels: \[window", "channels: [windoe"), SENIOR, "windoe is none of"),
    (swap("items/longevity-allowance.yaml", r"^promised: \{n: 10", "promised: {n: 21"), "items/longevity-allowance.yaml", "longer than the legal limit"),
    # what YAML would lose or blow up on
    (swap(SENIOR, r"^level: (.*)", r"level: \1\nlevel: \1"), SENIOR, "level stands twice here"),
    (write(BIRTH, "id: " + "[" * 60 + "]" * 60), BIRTH, "nested deeper"),
    (write(BIRTH, "id: !!python/object/apply:os.system [ls]\n"), BIRTH, "constructor"),
    (write(BIRTH, "a: &a [x]\n" + "".join(f"{b}: &{b} [*{a}, *{a}, *{a}]\n" for a, b in pairwise("abcdefghij"))), BIRTH, "aliases"),
    # the dictionary, bundles
    (swap("elements.yaml", r"key: child\.order", "key: ChildOrder"), "elements.yaml", "subject.name"),
    (swap("elements.yaml", r"max_length: 30", "max_length: 0"), "elements.yaml", "max_length must be"),
    (swap(NEWBORN, r"(  - \{item: birth-registration\})", r"\1\n\1"), NEWBORN, "an item stands twice"),
    (swap(NEWBORN, r"item: medical-insurance-newborn,", "item: medical-insurance-newborn, preset: false,"), NEWBORN, "only for an optional member"),
    (swap(STAY, r"element: stay\.since", "element: stay.since, default: gestern"), STAY, "is no date"),
    # shared things
    (swap(INSURANCE, r"zh: 出生医学证明, en: Birth certificate\}, mode", "zh: 出生证, en: Paper}, mode"), INSURANCE, "differs"),
    (swap(INSURANCE, r"service: household\.check", "service: household.cheque"), INSURANCE, "differs"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "file", "cause"), BROKEN, ids=[f"{n:02}-{b[2][:24]}" for n, b in enumerate(BROKEN)]
)
def test_a_mistake_is_named_with_file_and_cause(
    folder: Path, change: Callable[[Path], None], file: str, cause: str
) -> None:
    change(folder)
    with pytest.raises(CatalogueBroken) as broken:
        load_catalogue(folder)
    told = str(broken.value)
    assert file.removesuffix(".yaml") in told
    assert cause in told


@pytest.mark.parametrize(
    ("change", "stands"),
    [
        (swap(SENIOR, r">= 718", ">= '718'"), "- when: applicant.birth_date"),
        (swap(BIRTH, r"delivery\.mode == '2'", "delivery.moode == '2'"), "delivery.moode"),
        (swap(BIRTH, r"replaced_by: \[marriage\]", "replaced_by: [mariage]"), "[mariage]"),
        (swap(BIRTH, r"mode: inspect", "mode: burn"), "mode: burn"),
        (swap("elements.yaml", r"section: child", "section: nobody"), "key: child.birth_certificate_no"),
        (swap(STAY, r"scenarios: \[job\]", "scenarios: [jobb]"), "scenarios: [jobb]"),
        (swap(DEATH, r"when: deceased\.had_fund != '0'", "when: deceased.had_fund +"), "deceased.had_fund +"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_its_line(folder: Path, change: Callable[[Path], None], stands: str) -> None:
    change(folder)
    with pytest.raises(CatalogueBroken) as broken:
        load_catalogue(folder)
    found = re.match(r"([\w./-]+\.yaml):(\d+): ", str(broken.value))
    assert found, str(broken.value)
    assert stands in (folder / found[1]).read_text(encoding="utf-8").splitlines()[int(found[2]) - 1]


def test_every_kind_of_mistake_has_words_of_its_own() -> None:
    assert len(BROKEN) >= 40
    assert len({cause for _, _, cause in BROKEN}) >= 40


def test_the_shipped_catalogue_is_whole(folder: Path) -> None:
    loaded = load_catalogue(folder)
    assert loaded.version == "2026.11"
    assert set(loaded.bundles) == {"newborn", "start-business", "disability", "after-death"}
    assert "birth-registration" in loaded.items


def test_birth_plan_registration_asks_for_no_marriage(folder: Path) -> None:
    """生育登记 asks nobody whether they are married (domain.md 10)."""
    item = load_catalogue(folder).items["birth-plan-registration"]
    assert not any(rule.service.startswith("marriage") for rule in item.verifications)
    assert not any("结婚" in material.name.zh for material in item.materials)
    assert not any("marri" in field.element for field in item.fields)


def test_codes_in_yaml_stay_texts(folder: Path) -> None:
    lists = load_catalogue(folder).code_lists
    assert all(code == code.strip() and code for kept in lists.values() for code, _ in kept.entries)
    assert ("01" in [code for code, _ in lists["ethnicity"].entries]) if "ethnicity" in lists else True
