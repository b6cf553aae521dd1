"""YAML to a checked catalogue: everything an author can get wrong is one error with file and cause."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from catalogue.broken import CatalogueBroken
from catalogue.check import check
from catalogue.guide import Guide, guide
from catalogue.lines import located
from catalogue.model import (
    DELIVERY,
    Basis,
    Bundle,
    Catalogue,
    CityWide,
    CodeList,
    Condition,
    Element,
    Field,
    Kind,
    Limit,
    Material,
    Member,
    Mode,
    Office,
    Privacy,
    Route,
    Scenario,
    Section,
    ServiceItem,
    Text,
    VerificationRule,
)
from catalogue.node import Node, Raw, read_yaml

T = TypeVar("T")


def load_catalogue(folder: Path) -> Catalogue:
    """Read a catalogue folder: release.yaml, elements, sections, code lists, items/*.yaml, bundles/*.yaml.

    Raises CatalogueBroken with file and line for the first fault, cross references and expressions included.
    """
    try:
        return build(read_sources(folder))
    except CatalogueBroken as broken:
        raise located(folder, broken) from broken


@dataclass(frozen=True, slots=True)
class Sources:
    """What authors wrote, as mappings of texts, numbers and lists: the lists by name, the documents by file name."""

    release: Raw
    lists: Mapping[str, Raw]  # code_lists, sections, elements, and offices where there are any
    items: Mapping[str, Raw]
    bundles: Mapping[str, Raw]


LISTS = ("code_lists", "sections", "elements")
OFFICES = "offices"  # may be missing: one hall's single window needs no table of where else to go


def read_sources(folder: Path) -> Sources:
    """Read the files of a catalogue folder. Raises CatalogueBroken for what is no YAML mapping."""
    return Sources(
        read_yaml(folder / "release.yaml"),
        {
            name: read_yaml(folder / f"{name}.yaml")
            for name in (*LISTS, OFFICES)
            if name in LISTS or (folder / f"{name}.yaml").is_file()
        },
        {f"items/{path.name}": read_yaml(path) for path in sorted((folder / "items").glob("*.yaml"))},
        {f"bundles/{path.name}": read_yaml(path) for path in sorted((folder / "bundles").glob("*.yaml"))},
    )


def build(sources: Sources) -> Catalogue:
    """Make the values and hold them to what a catalogue promises. Raises CatalogueBroken for the first fault."""
    version, lists, sections, elements = build_lists(sources.release, sources.lists)
    items = _once("items", (build_item(raw, f) for f, raw in sources.items.items()), lambda one: one.id)
    bundles = _once(
        "bundles", (build_bundle(raw, f) for f, raw in sources.bundles.items()), lambda one: one.id
    )
    loaded = Catalogue(version, elements, sections, lists, items, bundles, build_offices(sources.lists))
    check(loaded)
    return loaded


def build_lists(
    release: Raw, lists: Mapping[str, Raw]
) -> tuple[str, dict[str, CodeList], tuple[Section, ...], dict[str, Element]]:
    """Make version, code lists, sections and elements."""
    version = Node("release.yaml", "top", release).text("version")
    codes = _once("code_lists.yaml", map(_code_list, _listed(lists, "code_lists")), lambda one: one.id)
    sections = _once("sections.yaml", map(_section, _listed(lists, "sections")), lambda one: one.id)
    elements = _once("elements.yaml", map(_element, _listed(lists, "elements")), lambda one: one.key)
    return version, codes, tuple(sections.values()), elements


def build_offices(lists: Mapping[str, Raw]) -> dict[str, Office]:
    """Make the offices by code; none where the catalogue names none. Raises CatalogueBroken for a parent that is not there."""
    if OFFICES not in lists:
        return {}
    nodes = _listed(lists, OFFICES)
    offices = _once("offices.yaml", map(_office, nodes), lambda one: one.code)
    for node in nodes:
        parent = node.text("parent", "")
        if parent and (parent not in offices or offices[parent].level >= node.text("level")):
            raise node.broken("parent", f"{parent} is no office of a higher level")
    return offices


def build_item(raw: Raw, file: str) -> ServiceItem:
    """Make one item. Raises CatalogueBroken."""
    return _item(Node(file, "top", raw))


def build_bundle(raw: Raw, file: str) -> Bundle:
    """Make one bundle. Raises CatalogueBroken."""
    return _bundle(Node(file, "top", raw))


def _once(where: str, offered: Iterable[T], name: Callable[[T], str]) -> dict[str, T]:
    found: dict[str, T] = {}
    for one in offered:
        if name(one) in found:
            raise CatalogueBroken(where, name(one), "stands twice")
        found[name(one)] = one
    return found


def _listed(lists: Mapping[str, Raw], what: str) -> list[Node]:
    return Node(f"{what}.yaml", "top", lists[what]).each(what)


def _code_list(node: Node) -> CodeList:
    node.only("id", "source", "entries")
    entries = tuple((n.text("code"), Text(n.text("zh"), n.text("en"))) for n in node.each("entries"))
    codes = [code for code, _ in entries]
    if len(set(codes)) != len(codes):
        raise node.broken("entries", "a code stands twice")
    return CodeList(node.text("id"), node.text("source"), entries)


def _section(node: Node) -> Section:
    node.only("id", "title")
    return Section(node.text("id"), node.both("title"))


def _element(node: Node) -> Element:
    node.only("key", "label", "kind", "section", "privacy", "code_list", "source", "max_length", "card_field")
    return Element(
        key=node.text("key"),
        label=node.both("label"),
        kind=node.choice("kind", Kind),
        section=node.text("section"),
        privacy=node.choice("privacy", Privacy, Privacy.PERSONAL),
        code_list=node.maybe("code_list"),
        source=node.text("source", ""),
        max_length=node.number("max_length", 50),
        card_field=node.maybe("card_field"),
    )


def _limit(node: Node) -> Limit:
    node.only("n", "unit")
    if node.text("unit") not in {"workday", "day", "hour", "minute", "month"}:
        raise node.broken("unit", "must be workday, day, hour, minute or month")
    if node.number("n") < 0:
        raise node.broken("n", "must not be negative")
    return Limit(node.number("n"), node.text("unit"))


def _conditions(node: Node) -> tuple[Condition, ...]:
    return tuple(Condition(n.text("when"), n.both("fail")) for n in node.each("conditions"))


def _item(node: Node) -> ServiceItem:
    node.only(
        "id", "version", "name", "aliases", "department", "department_name", "task_type", "level", "promised",
        "legal", "fields", "materials", "verifications", "conditions", "result_name", "channels", "source",
        "check_locally", "card_subjects", "theme", "codes", "subjects", "handling", "scenarios", "correction", "routing",
        "city_wide", "proxy", "offline", "delivery", "notices", "effective_from", "effective_to", "ask",
        "retention", "risk", "locker_originals",
    )  # fmt: skip
    if node.text("risk", "normal") not in {"normal", "high"}:
        raise node.broken("risk", "must be normal or high")
    asked = guide(node.child("ask")) if node.has("ask") else Guide()
    scenarios = (*asked.scenarios, *(_scenario(n) for n in node.each("scenarios")))
    delivery = node.texts("delivery") or ("1", "2")
    told = {scenario.id: scenario.when for scenario in scenarios}
    return ServiceItem(
        id=node.text("id"),
        version=node.text("version"),
        name=node.both("name"),
        aliases=node.texts("aliases"),
        department=node.text("department"),
        department_name=node.both("department_name"),
        task_type=node.text("task_type"),
        level=node.text("level"),
        promised=_limit(node.child("promised")),
        legal=_limit(node.child("legal")) if node.has("legal") else None,
        fields=(*asked.fields, *(_field(n, told, delivery) for n in node.each("fields"))),
        materials=tuple(_material(n, told) for n in node.each("materials")),
        verifications=tuple(_verification(n) for n in node.each("verifications")),
        conditions=_conditions(node),
        result_name=node.both("result_name"),
        channels=node.texts("channels"),
        source=node.text("source"),
        check_locally=node.flag("check_locally", True),
        card_subjects=node.texts("card_subjects"),
        theme=node.text("theme", ""),
        codes=node.mapping("codes"),
        subjects=node.texts("subjects") or ("1",),
        handling=node.text("handling", "2"),
        questions=asked.questions,
        scenarios=scenarios,
        correction=_limit(node.child("correction")) if node.has("correction") else None,
        routing=tuple(_route(n) for n in node.each("routing")),
        city_wide=_city_wide(node.child("city_wide")) if node.has("city_wide") else None,
        proxy=node.flag("proxy", True),
        offline=node.flag("offline", True),
        locker_originals=node.flag("locker_originals", False),
        risk=node.text("risk", "normal"),
        delivery=delivery,
        notices=node.texts("notices") or ("RCP", "ACC", "FIN"),
        effective_from=node.day("effective_from"),
        effective_to=node.day("effective_to"),
        retention=_limit(node.child("retention")) if node.has("retention") else None,
    )


def _scenario(node: Node) -> Scenario:
    node.only("id", "code", "name", "when")
    return Scenario(node.text("id"), node.text("code", ""), node.both("name"), node.text("when"))


def _route(node: Node) -> Route:
    node.only("level", "subject", "window", "reason")
    reason = node.both("reason") if node.has("reason") else None
    return Route(node.text("level"), node.text("subject"), node.both("window"), reason)


def _office(node: Node) -> Office:
    node.only("code", "level", "parent", "name", "address", "hours", "phone")
    if len(node.text("code")) != 6:
        raise node.broken("code", "must have six characters, as the station's at the hall")
    if node.text("level") not in {"2", "3", "4", "5", "6"}:
        raise node.broken("level", "must be a level from 2 to 6")
    return Office(
        code=node.text("code"),
        level=node.text("level"),
        parent=node.text("parent", ""),
        name=node.both("name"),
        address=node.both("address"),
        hours=node.both("hours"),
        phone=node.text("phone", ""),
    )


def _city_wide(node: Node) -> CityWide:
    node.only("scope", "mode")
    if node.text("scope") not in {"city", "province", "country"}:
        raise node.broken("scope", "must be city, province or country")
    if node.text("mode") not in {"online", "receive_for_owner", "joint"}:
        raise node.broken("mode", "must be online, receive_for_owner or joint")
    return CityWide(node.text("scope"), node.text("mode"))


def _when(node: Node, told: Mapping[str, str]) -> str | None:
    """Join `when` with the scenarios that a field or paper belongs to: any of them, and `when` as well."""
    when = node.maybe("when")
    names = node.texts("scenarios")
    for name in names:
        if name not in told:
            raise node.broken("scenarios", f"{name} is no scenario of this item")
    if not names:
        return when
    any_of = " || ".join(f"({told[name]})" for name in names)
    return any_of if when is None else f"({any_of}) && ({when})"


def _field(node: Node, told: Mapping[str, str], delivery: tuple[str, ...]) -> Field:
    node.only("element", "required", "when", "default", "choices", "max_length", "scenarios")
    element = node.text("element")
    # How a result may be handed out is one of an item's own words: the form offers no other.
    choices = node.texts("choices") or (delivery if element == DELIVERY else ())
    return Field(
        element,
        node.flag("required", True),
        _when(node, told),
        node.maybe("default"),
        choices,
        node.number("max_length") if node.has("max_length") else None,
    )


def _material(node: Node, told: Mapping[str, str]) -> Material:
    node.only(
        "id", "name", "required", "mode", "replaced_by", "when", "scenarios", "originals", "copies", "grade",
        "tolerable", "commitment",
    )  # fmt: skip
    if node.text("grade", "A") not in {"A", "B", "C", "D"}:
        raise node.broken("grade", "must be A, B, C or D")
    if min(node.number("originals", 1), node.number("copies", 0)) < 0:
        raise node.broken("originals", "must not be negative")
    return Material(
        id=node.text("id"),
        name=node.both("name"),
        required=node.flag("required", True),
        mode=node.choice("mode", Mode, Mode.INSPECT),
        replaced_by=node.texts("replaced_by"),
        when=_when(node, told),
        originals=node.number("originals", 1),
        copies=node.number("copies", 0),
        grade=node.text("grade", "A"),
        tolerable=node.flag("tolerable", False),
        commitment=node.flag("commitment", False),
    )


def _verification(node: Node) -> VerificationRule:
    node.only(
        "id",
        "service",
        "title",
        "purpose",
        "legal_basis",
        "query",
        "satisfied_by",
        "fills",
        "fallback",
        "department",
        "licence",
        "no_record",
        "basis",
    )
    return VerificationRule(
        id=node.text("id"),
        service=node.text("service"),
        title=node.both("title"),
        purpose=node.both("purpose"),
        legal_basis=node.text("legal_basis"),
        query=node.mapping("query"),
        satisfied_by=node.texts("satisfied_by"),
        fills=node.mapping("fills"),
        fallback=node.text("fallback"),
        department=node.both("department"),
        licence=node.flag("licence", False),
        no_record=node.both("no_record") if node.has("no_record") else None,
        basis=node.choice("basis", Basis, Basis.STATUTORY),
    )


def _member(node: Node) -> Member:
    node.only("item", "after", "optional", "when", "preset")
    optional, preset = node.flag("optional", False), node.flag("preset", True)
    if not (optional or preset):
        raise node.broken("preset", "is only for an optional member")
    return Member(node.text("item"), node.texts("after"), optional, node.maybe("when"), preset)


def _bundle(node: Node) -> Bundle:
    node.only(
        "id",
        "version",
        "name",
        "aliases",
        "theme",
        "members",
        "conditions",
        "card_subjects",
        "source",
        "check_locally",
        "questions",
        "order",
    )
    return Bundle(
        id=node.text("id"),
        version=node.text("version"),
        name=node.both("name"),
        aliases=node.texts("aliases"),
        theme=node.text("theme"),
        members=tuple(_member(n) for n in node.each("members")),
        conditions=_conditions(node),
        card_subjects=node.texts("card_subjects"),
        source=node.text("source"),
        check_locally=node.flag("check_locally", True),
        questions=node.texts("questions"),
        order=node.number("order", 100),
    )
