"""What a catalogue promises across its files: references that lead somewhere, bundles without a circle, sound rules."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from catalogue.broken import CatalogueBroken
from catalogue.model import EARLIER, Bundle, Catalogue, Field, Kind, Limit, Material, ServiceItem
from catalogue.rules import BadRule, compile_rule
from catalogue.trial import broken_on

_KEY = re.compile(r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*")  # the only form that an expression can name
# The sheets of domain.md 2, and the ways an item can come in.
SLIPS = frozenset(
    [
        "RCP",
        "ACC",
        "COR",
        "COR-OK",
        "REF",
        "RET",
        "GAP",
        "TOL",
        "TOL-P",
        "COM",
        "SPX",
        "EXT",
        "TRN",
        "DEC",
        "DEN",
        "FIN",
        "DLV",
        "PCK",
        "PAY",
        "POA",
        "PRX",
    ]
)
CHANNELS = frozenset({"window", "proxy", "online", "mobile", "post", "remote_receipt", "terminal"})
_ANY_DAY = date(
    2026, 1, 1
)  # on which an expression is tried: whether it breaks hangs on types, not on the day


def check(catalogue: Catalogue) -> None:
    """Raise CatalogueBroken for the first broken promise."""
    _elements(catalogue)
    for item in catalogue.items.values():
        _item(catalogue, item)
    for bundle in catalogue.bundles.values():
        _bundle(catalogue, bundle)
    _shared(catalogue)


def _elements(catalogue: Catalogue) -> None:
    sections = {section.id for section in catalogue.sections}
    for element in catalogue.elements.values():
        if not _KEY.fullmatch(element.key):
            raise CatalogueBroken("elements.yaml", element.key, "must be subject.name in small letters")
        if not 1 <= element.max_length <= 2000:
            raise CatalogueBroken("elements.yaml", element.key, "max_length must be 1 to 2000")
        if element.section not in sections:
            raise CatalogueBroken("elements.yaml", element.key, f"section {element.section} is unknown")
        if element.code_list and element.code_list not in catalogue.code_lists:
            raise CatalogueBroken("elements.yaml", element.key, f"code list {element.code_list} is unknown")
        listed = element.code_list is not None
        if element.kind is Kind.CODE and not listed:
            raise CatalogueBroken("elements.yaml", element.key, "a code needs a code list")
        # A division may have a list of the names that are known, an address one of what it may begin with; what is not
        # in the list is taken as well.
        if listed and element.kind not in {Kind.CODE, Kind.DIVISION, Kind.ADDRESS}:
            raise CatalogueBroken(
                "elements.yaml", element.key, "only a code, division or address has a code list"
            )


def _item(catalogue: Catalogue, item: ServiceItem) -> None:
    file = f"items/{item.id}"
    # First of all: what a field offers may hang on an item's own words.
    _words(catalogue, item, file)
    asked = [field.element for field in item.fields]
    for key in asked:
        if key not in catalogue.elements:
            raise CatalogueBroken(file, f"fields.{key}", "no such data element")
        if asked.count(key) > 1:
            raise CatalogueBroken(file, f"fields.{key}", "asked twice")
    for rule in item.verifications:
        for key in rule.fills:
            # A shared check may fill what another item of the bundle asks, but nothing that does not exist.
            if key not in catalogue.elements:
                raise CatalogueBroken(
                    file, f"verifications.{rule.id}", f"fills {key}, which is no data element"
                )
    for field in item.fields:
        _constraint(catalogue, file, field)
    if item.effective_from and item.effective_to and item.effective_from > item.effective_to:
        raise CatalogueBroken(file, "effective_to", "lies before effective_from")
    ids = [scenario.id for scenario in item.scenarios]
    if len(set(ids)) < len(ids):
        raise CatalogueBroken(file, "scenarios", "a scenario stands twice")
    _papers_and_checks(catalogue, item, file, asked)
    _questions(catalogue, item, file)
    _limits(item, file)
    _rules(catalogue, file, expressions_of_item(item))


def expressions_of_item(item: ServiceItem) -> Iterator[tuple[str, str]]:
    """Give place and source of each expression of an item, situations first: fields and papers may hang on them."""
    yield from ((f"scenarios.{s.id}.when", s.when) for s in item.scenarios)
    yield from ((f"fields.{f.element}.when", f.when) for f in item.fields if f.when)
    yield from ((f"materials.{m.id}.when", m.when) for m in item.materials if m.when)
    yield from ((f"conditions[{n}].when", c.expression) for n, c in enumerate(item.conditions))


def expressions_of_bundle(bundle: Bundle) -> Iterator[tuple[str, str]]:
    """Give place and source of each expression of a bundle."""
    yield from ((f"members.{m.item}.when", m.when) for m in bundle.members if m.when)
    yield from ((f"conditions[{n}].when", c.expression) for n, c in enumerate(bundle.conditions))


def _constraint(catalogue: Catalogue, file: str, field: Field) -> None:
    element = catalogue.elements[field.element]
    place = f"fields.{field.element}"
    known = (
        {code for code, _ in catalogue.code_lists[element.code_list].entries} if element.code_list else None
    )
    for code in field.choices:
        if code not in (known or ()):
            raise CatalogueBroken(file, place, f"choice {code} is not in its code list")
    takes = field.choices or known
    if field.default and takes is not None and field.default not in takes:
        raise CatalogueBroken(file, place, f"the default {field.default} is none of its choices")
    if field.default and not _sound(field.default, element.kind):
        raise CatalogueBroken(file, place, f"the default {field.default} is no {element.kind.value}")
    if field.max_length is not None and not 1 <= field.max_length <= element.max_length:
        raise CatalogueBroken(file, place, f"max_length must be 1 to {element.max_length}")


def _sound(default: str, kind: Kind) -> bool:
    if kind is not Kind.DATE:
        return True
    try:
        return date.fromisoformat(default) is not None
    except ValueError:
        return False


def _choosing(catalogue: Catalogue, bundle: Bundle, file: str) -> None:
    for key in bundle.questions:
        if key not in catalogue.elements:
            raise CatalogueBroken(file, f"questions.{key}", "no such data element")
    if not any(not member.optional and member.when is None for member in bundle.members):
        raise CatalogueBroken(file, "members", "at least one must always be in")


def _agree(catalogue: Catalogue, bundle: Bundle) -> None:
    """Members that are always together must leave something to choose of every datum they share."""
    left: dict[str, tuple[set[str], str]] = {}
    for member in bundle.members:
        if member.optional or member.when:
            continue
        for field in catalogue.items[member.item].fields:
            if not field.choices:
                continue
            before, by = left.get(field.element, (set(field.choices), member.item))
            both = before & set(field.choices)
            if not both:
                raise CatalogueBroken(
                    f"bundles/{bundle.id}",
                    f"members.{member.item}",
                    f"leaves nothing of {field.element} beside {by}",
                )
            left[field.element] = (both, member.item)


def _papers_and_checks(catalogue: Catalogue, item: ServiceItem, file: str, asked: list[str]) -> None:
    materials = {material.id for material in item.materials}
    rules = {rule.id for rule in item.verifications}
    if len(materials) < len(item.materials):
        raise CatalogueBroken(file, "materials", "a paper stands twice")
    if len(rules) < len(item.verifications):
        raise CatalogueBroken(file, "verifications", "a check stands twice")
    for material in item.materials:
        for by in material.replaced_by:
            wrong = _no_replacement(catalogue, by, material, rules, asked)
            if wrong:
                raise CatalogueBroken(file, f"materials.{material.id}", f"replaced by {by}, which {wrong}")
    for rule in item.verifications:
        if rule.fallback not in materials:
            raise CatalogueBroken(
                file, f"verifications.{rule.id}", f"fallback {rule.fallback} is no material here"
            )
        for key in rule.query.values():
            if key not in asked:
                raise CatalogueBroken(file, f"verifications.{rule.id}", f"{key} is not asked by this item")


def _no_replacement(
    catalogue: Catalogue, by: str, material: Material, rules: set[str], asked: list[str]
) -> str:
    """Say why something cannot stand for a paper, "" when it can."""
    kind, _, name = by.partition(":")
    if kind == "card" and name:
        return "" if f"{name}.id_no" in asked else f"needs {name}.id_no, which this item does not ask"
    if kind == "field" and name:
        photo = name in asked and catalogue.elements[name].kind is Kind.PHOTO
        return "" if photo else "is no photo of this item"
    if by == EARLIER:
        return "is not possible for a paper of grade D" if material.grade == "D" else ""
    return "" if by in rules else "is no check here"


def _questions(catalogue: Catalogue, item: ServiceItem, file: str) -> None:
    """Every answer of a question leads to one situation: nobody is asked something that leads nowhere."""
    for question in item.questions:
        element = catalogue.elements[question.element]
        place = "ask" if question.depth == 0 else f"ask {question.element}"
        if element.code_list is None or element.kind is not Kind.CODE:
            raise CatalogueBroken(file, place, f"{element.key} has no code list to choose from")
        known = [code for code, _ in catalogue.code_lists[element.code_list].entries]
        led = [code for branch in question.branches for code in branch.codes]
        for code in led:
            if code not in known:
                raise CatalogueBroken(file, place, f"answer {code} of {element.key} is not in its code list")
            if led.count(code) > 1:
                raise CatalogueBroken(file, place, f"answer {code} of {element.key} leads two ways")
        lost = [code for code in known if code not in led]
        if lost:
            raise CatalogueBroken(file, place, f"answer {lost[0]} of {element.key} leads nowhere")


_DAYS = {"workday": 1.4, "day": 1.0, "hour": 1 / 24, "minute": 1 / 1440, "month": 30.0}  # roughly, to compare


def _limits(item: ServiceItem, file: str) -> None:
    if item.legal is not None and _days(item.promised) > _days(item.legal):
        raise CatalogueBroken(file, "promised", "is longer than the legal limit")


def _days(limit: Limit) -> float:
    return limit.n * _DAYS[limit.unit]


def _words(catalogue: Catalogue, item: ServiceItem, file: str) -> None:
    """Codes of an item stand in the lists of GB/T 39046 that the catalogue has."""
    said = (
        ("task_type", "task_type", (item.task_type,)),
        ("level", "use_level", (item.level,)),
        ("subjects", "subject_kind", item.subjects),
        ("handling", "handling", (item.handling,)),
        ("delivery", "delivery", item.delivery),
        *((f"routing[{n}]", "use_level", (route.level,)) for n, route in enumerate(item.routing)),
        *((f"routing[{n}]", "subject_kind", (route.subject,)) for n, route in enumerate(item.routing)),
    )
    for place, name, codes in said:
        if name not in catalogue.code_lists:
            continue
        known = {entry for entry, _ in catalogue.code_lists[name].entries}
        for code in codes:
            if code not in known:
                raise CatalogueBroken(file, place, f"{code} is not in the list {name}")
    for slip in item.notices:
        if slip not in SLIPS:
            raise CatalogueBroken(file, "notices", f"{slip} is no sheet; known: {', '.join(sorted(SLIPS))}")
    for channel in item.channels:
        if channel not in CHANNELS:
            raise CatalogueBroken(file, "channels", f"{channel} is none of {', '.join(sorted(CHANNELS))}")


def _bundle(catalogue: Catalogue, bundle: Bundle) -> None:
    file = f"bundles/{bundle.id}"
    if len({member.item for member in bundle.members}) < len(bundle.members):
        raise CatalogueBroken(file, "members", "an item stands twice")
    members = {member.item: member.after for member in bundle.members}
    for item, after in members.items():
        if item not in catalogue.items:
            raise CatalogueBroken(file, f"members.{item}", "no such item")
        for upstream in after:
            if upstream not in members:
                raise CatalogueBroken(
                    file, f"members.{item}", f"waits for {upstream}, which is not in the bundle"
                )
    done: set[str] = set()
    while len(done) < len(members):
        ready = {item for item, after in members.items() if item not in done and done.issuperset(after)}
        if not ready:
            raise CatalogueBroken(file, "members", "wait for each other in a circle")
        done |= ready
    if bundle.id in catalogue.items:
        raise CatalogueBroken(file, "id", "is the id of an item too")
    _choosing(catalogue, bundle, file)
    _agree(catalogue, bundle)
    _rules(catalogue, file, expressions_of_bundle(bundle))


def _rules(catalogue: Catalogue, file: str, expressions: Iterable[tuple[str, str]]) -> None:
    for place, source in expressions:
        try:
            rule = compile_rule(source)
        except BadRule as error:
            raise CatalogueBroken(file, place, f"expression {error}") from error
        for key in rule.keys:
            if key not in catalogue.elements:
                raise CatalogueBroken(file, place, f"expression {source}: {key} is no data element")
        error_when_run = broken_on(rule, catalogue, _ANY_DAY)
        if error_when_run is not None:
            raise CatalogueBroken(file, place, f"expression {error_when_run}")


def _shared(catalogue: Catalogue) -> None:
    """The same id is the same paper and the same check everywhere, or merging would lose one of them."""
    papers: dict[str, object] = {}
    rules: dict[str, object] = {}
    for item in catalogue.items.values():
        for material in item.materials:
            said = (material.name, material.mode)
            if papers.setdefault(material.id, said) != said:
                raise CatalogueBroken(
                    f"items/{item.id}", f"materials.{material.id}", "differs from another item's"
                )
        for rule in item.verifications:
            if rules.setdefault(rule.id, rule) != rule:
                raise CatalogueBroken(
                    f"items/{item.id}", f"verifications.{rule.id}", "differs from another item's"
                )
