"""What a catalogue promises across its files: references that lead somewhere, bundles without a circle, sound rules."""

from __future__ import annotations

from catalogue.broken import CatalogueBroken
from catalogue.model import Bundle, Catalogue, Field, Kind, ServiceItem
from catalogue.rules import BadRule, compile_rule


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
    _papers_and_checks(item, file, asked)
    whens = (
        [s.when for s in item.scenarios]
        + [f.when for f in item.fields]
        + [m.when for m in item.materials]
        + [c.expression for c in item.conditions]
    )
    _rules(catalogue, file, [when for when in whens if when])


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
    if field.max_length is not None and not 1 <= field.max_length <= element.max_length:
        raise CatalogueBroken(file, place, f"max_length must be 1 to {element.max_length}")


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


def _papers_and_checks(item: ServiceItem, file: str, asked: list[str]) -> None:
    materials = {material.id for material in item.materials}
    rules = {rule.id for rule in item.verifications}
    if len(materials) < len(item.materials):
        raise CatalogueBroken(file, "materials", "a paper stands twice")
    if len(rules) < len(item.verifications):
        raise CatalogueBroken(file, "verifications", "a check stands twice")
    for material in item.materials:
        for by in material.replaced_by:
            if not by.startswith("card:") and by not in rules:
                raise CatalogueBroken(
                    file, f"materials.{material.id}", f"replaced by {by}, which is no check here"
                )
    for rule in item.verifications:
        if rule.fallback not in materials:
            raise CatalogueBroken(
                file, f"verifications.{rule.id}", f"fallback {rule.fallback} is no material here"
            )
        for key in rule.query.values():
            if key not in asked:
                raise CatalogueBroken(file, f"verifications.{rule.id}", f"{key} is not asked by this item")


def _bundle(catalogue: Catalogue, bundle: Bundle) -> None:
    file = f"bundles/{bundle.id}"
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
    whens = [member.when for member in bundle.members if member.when]
    _rules(catalogue, file, [*whens, *(condition.expression for condition in bundle.conditions)])


def _rules(catalogue: Catalogue, file: str, sources: list[str]) -> None:
    for source in sources:
        try:
            rule = compile_rule(source)
        except BadRule as error:
            raise CatalogueBroken(file, "expression", str(error)) from error
        for key in rule.keys:
            if key not in catalogue.elements:
                raise CatalogueBroken(file, "expression", f"{source}: {key} is no data element")


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
