"""What an author is told of a catalogue: every fault of form, then the first broken promise, then what looks forgotten."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from catalogue.broken import CatalogueBroken
from catalogue.card_uses import load_card_uses
from catalogue.check import expressions_of_bundle, expressions_of_item
from catalogue.lines import line_of, located
from catalogue.load import LISTS, OFFICES, Sources, build, read_sources
from catalogue.model import Catalogue, Material, ServiceItem, Text
from catalogue.node import Raw, read_yaml
from catalogue.rules import compile_rule
from catalogue.trial import MOST_CASES, broken_on, can_hold

SCHEMA = Path(__file__).resolve().parents[1] / "resources" / "catalogue" / "schema.json"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at. A fault stops a release, a hint does not."""

    fault: bool
    file: str
    place: str
    cause: str
    line: int = 0  # 0: no line of a file has it

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else self.file
        return f"{'fault' if self.fault else 'hint '}  {where}: {self.place}: {self.cause}"


def look(folder: Path, today: date) -> list[Finding]:
    """Return everything there is to say of the catalogue in a folder; without a fault it can be released."""
    try:
        sources = read_sources(folder)
    except CatalogueBroken as broken:
        return [_of(located(folder, broken))]
    faults = [*_schema(sources), *_card_uses(folder / "card_uses.yaml")]
    if faults:
        return [replace(each, line=line_of(folder / each.file, each.place)) for each in faults]
    try:
        catalogue = build(sources)
    except CatalogueBroken as broken:
        return [_of(located(folder, broken))]
    found = [*_expressions(catalogue, today), *_hints(catalogue)]
    return [_of(located(folder, CatalogueBroken(e.file, e.place, e.cause)), e.fault) for e in found]


def _of(broken: CatalogueBroken, fault: bool = True) -> Finding:
    return Finding(fault, broken.file, broken.place, broken.cause, broken.line)


def _schema(sources: Sources) -> Iterator[Finding]:
    documents = [("item", file, raw) for file, raw in sources.items.items()]
    documents += [("bundle", file, raw) for file, raw in sources.bundles.items()]
    documents += [
        (name, f"{name}.yaml", sources.lists[name]) for name in (*LISTS, OFFICES) if name in sources.lists
    ]
    documents.append(("release", "release.yaml", sources.release))
    for kind, file, raw in documents:
        for error in sorted(_validator(kind).iter_errors(_plain(raw)), key=lambda e: e.json_path):
            yield Finding(True, file, error.json_path, _short(error.message))


def _card_uses(path: Path) -> Iterator[Finding]:
    """Hold the register of card applications to its schema and its count, where the folder has one."""
    if not path.is_file():
        return
    try:
        errors = list(_validator("card_uses").iter_errors(_plain(read_yaml(path))))
        for error in sorted(errors, key=lambda e: e.json_path):
            yield Finding(True, path.name, error.json_path, _short(error.message))
        if not errors:
            load_card_uses(path)
    except CatalogueBroken as broken:
        yield _of(broken)


@cache
def _validator(kind: str) -> Any:
    from jsonschema import Draft202012Validator  # noqa: PLC0415 - only authors load it

    published = json.loads(SCHEMA.read_text(encoding="utf-8"))
    return Draft202012Validator({**published, "$ref": f"#/$defs/{kind}"})


def _plain(raw: Raw) -> Any:
    """YAML makes dates of what looks like one; JSON has none."""
    return json.loads(json.dumps(raw, default=str))


def _short(message: str) -> str:
    return message if len(message) <= 200 else f"{message[:200]}…"


def _expressions(catalogue: Catalogue, today: date) -> Iterator[Finding]:
    """Try every expression on everything its data can be: what breaks, and what never comes true."""
    for item in catalogue.items.values():
        for place, source in expressions_of_item(item):
            rule = compile_rule(source)
            error = broken_on(rule, catalogue, today, MOST_CASES)
            if error is not None:
                yield Finding(True, f"items/{item.id}", place, f"expression {error}")
            elif not place.startswith("conditions") and not can_hold(rule, catalogue, today):
                yield Finding(True, f"items/{item.id}", place, f"can never be wanted: {_short(source)}")
    for bundle in catalogue.bundles.values():
        for place, source in expressions_of_bundle(bundle):
            error = broken_on(compile_rule(source), catalogue, today, MOST_CASES)
            if error is not None:
                yield Finding(True, f"bundles/{bundle.id}", place, f"expression {error}")


def _hints(catalogue: Catalogue) -> Iterator[Finding]:
    for item in catalogue.items.values():
        file = f"items/{item.id}"
        for material in item.materials:
            if material.required and not _has_another_way(material):
                yield Finding(False, file, f"materials.{material.id}", "nothing replaces this paper")
        for place, text in _texts(item):
            if _untranslated(text):
                yield Finding(False, file, place, "is not translated")
        yield from _late_questions(item, catalogue)
        if item.check_locally:
            yield Finding(False, file, "check_locally", "basis and limits are still to be checked locally")
    yield from _list_hints(catalogue)


def _late_questions(item: ServiceItem, catalogue: Catalogue) -> Iterator[Finding]:
    """A question should stand on the form before the one that hangs on it: Enter would lead past it and back."""
    sections = [section.id for section in catalogue.sections]
    elements = list(catalogue.elements)

    def place(key: str) -> tuple[int, int]:
        return sections.index(catalogue.elements[key].section), elements.index(key)

    way: list[str] = []
    for question in item.questions:
        way = [*way[: question.depth], question.element]
        if question.depth and place(way[-1]) < place(way[-2]):
            yield Finding(
                False,
                f"items/{item.id}",
                "ask",
                f"{way[-1]} stands on the form before {way[-2]}, which leads to it",
            )


def _list_hints(catalogue: Catalogue) -> Iterator[Finding]:
    """What stands in the dictionary and nobody asks for, or is not translated."""
    asked = {field.element for item in catalogue.items.values() for field in item.fields}
    asked |= {key for bundle in catalogue.bundles.values() for key in bundle.questions}
    for key, element in catalogue.elements.items():
        if key not in asked:
            yield Finding(False, "elements.yaml", key, "no item asks for it")
        if _untranslated(element.label):
            yield Finding(False, "elements.yaml", key, "is not translated")
    for bundle in catalogue.bundles.values():
        if _untranslated(bundle.name):
            yield Finding(False, f"bundles/{bundle.id}", "name", "is not translated")


def _texts(item: ServiceItem) -> Iterator[tuple[str, Text]]:
    yield "name", item.name
    yield "result_name", item.result_name
    yield "department_name", item.department_name
    yield from ((f"materials.{each.id}", each.name) for each in item.materials)
    yield from ((f"scenarios.{each.id}", each.name) for each in item.scenarios)
    yield from ((f"verifications.{each.id}", each.title) for each in item.verifications)
    yield from ((f"verifications.{each.id}.purpose", each.purpose) for each in item.verifications)
    yield from ((f"conditions[{n}]", each.fail) for n, each in enumerate(item.conditions))


def _untranslated(text: Text) -> bool:
    """English that is the Chinese again, or has Chinese in it."""
    return text.en == text.zh or any("\u4e00" <= c <= "\u9fff" for c in text.en)


def _has_another_way(material: Material) -> bool:
    kept = material.mode.value == "keep"  # what is written for the case itself can come from nowhere else
    return kept or bool(material.replaced_by) or material.commitment
