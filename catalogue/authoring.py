"""What an author is told of a catalogue: every fault of form, then the first broken promise, then what looks forgotten."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

from catalogue.broken import CatalogueBroken
from catalogue.card_uses import load_card_uses
from catalogue.load import LISTS, Raw, Sources, build, read_sources, read_yaml
from catalogue.model import Catalogue, Kind, Material, ServiceItem
from catalogue.rules import BadRule, compile_rule

SCHEMA = Path(__file__).resolve().parents[1] / "resources" / "catalogue" / "schema.json"
_MOST_CASES = 20_000  # of one expression
# Ages at which rules of this country turn, and a day before and after none of them.
_YEARS = (0, 1, 5, 6, 7, 16, 17, 18, 59, 60, 65, 69, 70, 80, 90, 100)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at. A fault stops a release, a hint does not."""

    fault: bool
    file: str
    place: str
    cause: str

    def __str__(self) -> str:
        return f"{'fault' if self.fault else 'hint '}  {self.file}: {self.place}: {self.cause}"


def look(folder: Path, today: date) -> list[Finding]:
    """Return everything there is to say of the catalogue in a folder; without a fault it can be released."""
    try:
        sources = read_sources(folder)
    except CatalogueBroken as broken:
        return [_of(broken)]
    faults = [*_schema(sources), *_card_uses(folder / "card_uses.yaml")]
    if faults:
        return faults
    try:
        catalogue = build(sources)
    except CatalogueBroken as broken:
        return [_of(broken)]
    return [found for item in catalogue.items.values() for found in _hints(item, catalogue, today)]


def _of(broken: CatalogueBroken) -> Finding:
    return Finding(True, broken.file, broken.place, broken.cause)


def _schema(sources: Sources) -> Iterator[Finding]:
    documents = [("item", f"items/{file}", raw) for file, raw in sources.items.items()]
    documents += [("bundle", f"bundles/{file}", raw) for file, raw in sources.bundles.items()]
    documents += [(name, f"{name}.yaml", sources.lists[name]) for name in LISTS]
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


def _hints(item: ServiceItem, catalogue: Catalogue, today: date) -> Iterator[Finding]:
    file = f"items/{item.id}"
    whens = [(f"fields.{f.element}", f.when) for f in item.fields]
    whens += [(f"materials.{m.id}", m.when) for m in item.materials]
    whens += [(f"scenarios.{s.id}", s.when) for s in item.scenarios]
    for place, when in whens:
        if when is not None and not _can_hold(when, catalogue, today):
            yield Finding(True, file, place, f"can never be wanted: {_short(when)}")
    for material in item.materials:
        if material.required and not _has_another_way(material, item):
            yield Finding(False, file, f"materials.{material.id}", "nothing replaces this paper")
    for text, place in ((item.name, "name"), (item.result_name, "result_name")):
        if text.en == text.zh:
            yield Finding(False, file, place, "is not translated")
    if item.check_locally:
        yield Finding(False, file, "check_locally", "basis and limits are still to be checked locally")


def _has_another_way(material: Material, item: ServiceItem) -> bool:
    kept = material.mode.value == "keep"  # what is written for the case itself can come from nowhere else
    return kept or bool(material.replaced_by) or material.commitment or item.theme == ""


def _can_hold(source: str, catalogue: Catalogue, today: date) -> bool:
    """Try an expression on every value that its data can have: codes of lists, telling dates, something, nothing."""
    rule = compile_rule(source)
    options = [_values(key, catalogue, today) for key in rule.inputs]
    cases = 1
    for each in options:
        cases *= len(each)
    if cases > _MOST_CASES:
        return True  # not looked at: it would take too long
    for values in product(*options):
        said: Mapping[str, str] = dict(zip(rule.inputs, values, strict=True))
        try:
            if rule.evaluate(said, today):
                return True
        except BadRule:
            continue
    return False


def _values(key: str, catalogue: Catalogue, today: date) -> tuple[str, ...]:
    element = catalogue.elements[key]
    if element.code_list is not None:
        return ("", *(code for code, _ in catalogue.code_lists[element.code_list].entries))
    if element.kind is Kind.DATE:
        return ("", today.isoformat(), *(f"{today.year - years:04d}-01-01" for years in _YEARS))
    return ("", "x")
