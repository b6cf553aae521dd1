"""YAML to a checked catalogue: everything an author can get wrong is one error with file and cause."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from catalogue.broken import CatalogueBroken
from catalogue.check import check
from catalogue.model import (
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
    Privacy,
    Route,
    Scenario,
    Section,
    ServiceItem,
    Text,
    VerificationRule,
)

Raw = dict[str, Any]  # a mapping as authors write it
MAX_FILE_BYTES = 2_000_000
E_ = TypeVar("E_", bound=StrEnum)
T = TypeVar("T")


def load_catalogue(folder: Path) -> Catalogue:
    """Read a catalogue folder: release.yaml, elements, sections, code lists, items/*.yaml, bundles/*.yaml.

    Raises CatalogueBroken for the first fault, cross references and expressions included.
    """
    return build(read_sources(folder))


@dataclass(frozen=True, slots=True)
class Sources:
    """What authors wrote, as mappings of texts, numbers and lists: the lists by name, the documents by file name."""

    release: Raw
    lists: Mapping[str, Raw]  # code_lists, sections, elements
    items: Mapping[str, Raw]
    bundles: Mapping[str, Raw]


LISTS = ("code_lists", "sections", "elements")


def read_sources(folder: Path) -> Sources:
    """Read the files of a catalogue folder. Raises CatalogueBroken for what is no YAML mapping."""
    return Sources(
        read_yaml(folder / "release.yaml"),
        {name: read_yaml(folder / f"{name}.yaml") for name in LISTS},
        {path.name: read_yaml(path) for path in sorted((folder / "items").glob("*.yaml"))},
        {path.name: read_yaml(path) for path in sorted((folder / "bundles").glob("*.yaml"))},
    )


def build(sources: Sources) -> Catalogue:
    """Make the values and hold them to what a catalogue promises. Raises CatalogueBroken for the first fault."""
    version, lists, sections, elements = build_lists(sources.release, sources.lists)
    items = _once("items", (build_item(raw, f) for f, raw in sources.items.items()), lambda one: one.id)
    bundles = _once(
        "bundles", (build_bundle(raw, f) for f, raw in sources.bundles.items()), lambda one: one.id
    )
    loaded = Catalogue(version, elements, sections, lists, items, bundles)
    check(loaded)
    return loaded


def build_lists(
    release: Raw, lists: Mapping[str, Raw]
) -> tuple[str, dict[str, CodeList], tuple[Section, ...], dict[str, Element]]:
    """Make version, code lists, sections and elements."""
    version = _Node("release.yaml", "top", release).text("version")
    codes = _once("code_lists.yaml", map(_code_list, _listed(lists, "code_lists")), lambda one: one.id)
    sections = _once("sections.yaml", map(_section, _listed(lists, "sections")), lambda one: one.id)
    elements = _once("elements.yaml", map(_element, _listed(lists, "elements")), lambda one: one.key)
    return version, codes, tuple(sections.values()), elements


def build_item(raw: Raw, file: str) -> ServiceItem:
    """Make one item. Raises CatalogueBroken."""
    return _item(_Node(file, "top", raw))


def build_bundle(raw: Raw, file: str) -> Bundle:
    """Make one bundle. Raises CatalogueBroken."""
    return _bundle(_Node(file, "top", raw))


def _once(where: str, offered: Iterable[T], name: Callable[[T], str]) -> dict[str, T]:
    found: dict[str, T] = {}
    for one in offered:
        if name(one) in found:
            raise CatalogueBroken(where, name(one), "stands twice")
        found[name(one)] = one
    return found


def _listed(lists: Mapping[str, Raw], what: str) -> list[_Node]:
    return _Node(f"{what}.yaml", "top", lists[what]).each(what)


def read_yaml(path: Path) -> Raw:
    """Read a file; anchors and aliases are refused, because they can blow up (YAML bomb)."""
    import yaml  # noqa: PLC0415 - 20 ms that the first paint must not pay

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            raise CatalogueBroken(path.name, "1", f"is larger than {MAX_FILE_BYTES} bytes")
        text = path.read_text(encoding="utf-8")
        for event in yaml.parse(text, Loader=loader):
            if isinstance(event, yaml.AliasEvent):
                at = f"line {event.start_mark.line + 1}" if event.start_mark else "?"
                raise CatalogueBroken(path.name, at, "aliases are not allowed")
        raw = yaml.load(text, Loader=loader)  # noqa: S506 - a safe loader is chosen above
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f"line {mark.line + 1}" if mark else "?"
        raise CatalogueBroken(path.name, line, str(getattr(error, "problem", error))) from error
    except (OSError, UnicodeDecodeError) as error:
        raise CatalogueBroken(path.name, "-", f"cannot be read: {type(error).__name__}") from error
    return _Node(path.name, "top", raw).raw


class _Node:
    """A mapping of a file that knows where it stands, so that every fault can say so."""

    def __init__(self, file: str, place: str, raw: object) -> None:
        if not isinstance(raw, dict) or not all(isinstance(key, str) for key in raw):
            raise CatalogueBroken(file, place, "must be a mapping with names as keys")
        self.file, self.place = file, place
        self._raw: dict[str, Any] = raw

    @property
    def raw(self) -> Raw:
        """The mapping itself."""
        return self._raw

    def broken(self, key: str, cause: str) -> CatalogueBroken:
        return CatalogueBroken(self.file, f"{self.place}.{key}", cause)

    def only(self, *known: str) -> None:
        """Refuse keys that nobody reads: most are typing mistakes."""
        for key in self._raw:
            if key not in known:
                raise self.broken(key, f"is not known here; known: {', '.join(known)}")

    def has(self, key: str) -> bool:
        return self._raw.get(key) is not None

    def text(self, key: str, default: str | None = None) -> str:
        value = self._raw.get(key, default)
        if not isinstance(value, str) or (not value and default is None):
            raise self.broken(key, 'must be a text (put codes in quotes: "01")')
        return value

    def number(self, key: str, default: int | None = None) -> int:
        value = self._raw.get(key, default)
        if not isinstance(value, int) or isinstance(value, bool):
            raise self.broken(key, "must be a whole number")
        return value

    def flag(self, key: str, default: bool) -> bool:
        value = self._raw.get(key, default)
        if not isinstance(value, bool):
            raise self.broken(key, "must be true or false")
        return value

    def maybe(self, key: str) -> str | None:
        return self.text(key) if self.has(key) else None

    def texts(self, key: str) -> tuple[str, ...]:
        value = self._raw.get(key, [])
        if not isinstance(value, list) or not all(isinstance(entry, str) for entry in value):
            raise self.broken(key, "must be a list of texts")
        return tuple(value)

    def both(self, key: str) -> Text:
        """Read {zh, en}."""
        node = self.child(key)
        node.only("zh", "en")
        return Text(node.text("zh"), node.text("en"))

    def mapping(self, key: str) -> Mapping[str, str]:
        value = self._raw.get(key, {})
        if not isinstance(value, dict) or not all(isinstance(v, str) for v in value.values()):
            raise self.broken(key, "must map names to texts")
        return value

    def day(self, key: str) -> date | None:
        """Read an ISO date, which YAML may have made a date of."""
        value = self._raw.get(key)
        if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
            return value
        try:
            return date.fromisoformat(value)
        except (TypeError, ValueError):
            raise self.broken(key, "must be a date like 2026-01-01") from None

    def child(self, key: str) -> _Node:
        return _Node(self.file, f"{self.place}.{key}", self._raw.get(key))

    def each(self, key: str) -> list[_Node]:
        value = self._raw.get(key, [])
        if not isinstance(value, list):
            raise self.broken(key, "must be a list")
        return [_Node(self.file, f"{self.place}.{key}[{i}]", entry) for i, entry in enumerate(value)]

    def choice(self, key: str, kind: type[E_], default: E_ | None = None) -> E_:
        text = self.text(key, default.value if default else None)
        try:
            return kind(text)
        except ValueError:
            raise self.broken(key, f"must be one of {', '.join(kind)}") from None


def _code_list(node: _Node) -> CodeList:
    node.only("id", "source", "entries")
    entries = tuple((n.text("code"), Text(n.text("zh"), n.text("en"))) for n in node.each("entries"))
    codes = [code for code, _ in entries]
    if len(set(codes)) != len(codes):
        raise node.broken("entries", "a code stands twice")
    return CodeList(node.text("id"), node.text("source"), entries)


def _section(node: _Node) -> Section:
    node.only("id", "title")
    return Section(node.text("id"), node.both("title"))


def _element(node: _Node) -> Element:
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


def _limit(node: _Node) -> Limit:
    node.only("n", "unit")
    if node.text("unit") not in {"workday", "day", "hour", "minute", "month"}:
        raise node.broken("unit", "must be workday, day, hour, minute or month")
    if node.number("n") < 0:
        raise node.broken("n", "must not be negative")
    return Limit(node.number("n"), node.text("unit"))


def _conditions(node: _Node) -> tuple[Condition, ...]:
    return tuple(Condition(n.text("when"), n.both("fail")) for n in node.each("conditions"))


def _item(node: _Node) -> ServiceItem:
    node.only(
        "id", "version", "name", "aliases", "department", "department_name", "task_type", "level", "promised",
        "legal", "fields", "materials", "verifications", "conditions", "result_name", "channels", "source",
        "check_locally", "card_subjects", "theme", "codes", "subjects", "handling", "scenarios", "correction", "routing",
        "city_wide", "proxy", "offline", "delivery", "notices", "effective_from", "effective_to",
        "retention",
    )  # fmt: skip
    scenarios = tuple(_scenario(n) for n in node.each("scenarios"))
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
        fields=tuple(_field(n, told) for n in node.each("fields")),
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
        scenarios=scenarios,
        correction=_limit(node.child("correction")) if node.has("correction") else None,
        routing=tuple(_route(n) for n in node.each("routing")),
        city_wide=_city_wide(node.child("city_wide")) if node.has("city_wide") else None,
        proxy=node.flag("proxy", True),
        offline=node.flag("offline", True),
        delivery=node.texts("delivery") or ("1", "2"),
        notices=node.texts("notices") or ("RCP", "ACC", "FIN"),
        effective_from=node.day("effective_from"),
        effective_to=node.day("effective_to"),
        retention=_limit(node.child("retention")) if node.has("retention") else None,
    )


def _scenario(node: _Node) -> Scenario:
    node.only("id", "code", "name", "when")
    return Scenario(node.text("id"), node.text("code", ""), node.both("name"), node.text("when"))


def _route(node: _Node) -> Route:
    node.only("level", "subject", "window")
    return Route(node.text("level"), node.text("subject"), node.both("window"))


def _city_wide(node: _Node) -> CityWide:
    node.only("scope", "mode")
    if node.text("scope") not in {"city", "province", "country"}:
        raise node.broken("scope", "must be city, province or country")
    if node.text("mode") not in {"online", "receive_for_owner", "joint"}:
        raise node.broken("mode", "must be online, receive_for_owner or joint")
    return CityWide(node.text("scope"), node.text("mode"))


def _when(node: _Node, told: Mapping[str, str]) -> str | None:
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


def _field(node: _Node, told: Mapping[str, str]) -> Field:
    node.only("element", "required", "when", "default", "choices", "max_length", "scenarios")
    return Field(
        node.text("element"),
        node.flag("required", True),
        _when(node, told),
        node.maybe("default"),
        node.texts("choices"),
        node.number("max_length") if node.has("max_length") else None,
    )


def _material(node: _Node, told: Mapping[str, str]) -> Material:
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


def _verification(node: _Node) -> VerificationRule:
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
    )


def _member(node: _Node) -> Member:
    node.only("item", "after", "optional", "when")
    return Member(node.text("item"), node.texts("after"), node.flag("optional", False), node.maybe("when"))


def _bundle(node: _Node) -> Bundle:
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
