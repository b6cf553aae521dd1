"""Many items to one form: each datum, paper and check once, in the order of the talk."""

from __future__ import annotations

from collections.abc import Sequence

from catalogue.model import Catalogue, Element, Field, Material, Section, ServiceItem, VerificationRule
from workstation.forms.model import Form, FormCheck, FormField, FormMaterial

QUESTION = ""  # who asks what only decides which items are in


def merge(catalogue: Catalogue, items: Sequence[str], questions: Sequence[str] = ()) -> Form:
    """Return the union of the items. What is asked does not depend on their order, only `used_by` shows it.

    `questions` are asked whatever the items are: a bundle chooses its members by them.

    Raises KeyError for an item or element that the catalogue does not have.
    """
    chosen = tuple(catalogue.items[item] for item in dict.fromkeys(items))
    return Form(chosen, _sections(catalogue, chosen, questions), _materials(chosen), _checks(chosen))


def _sections(
    catalogue: Catalogue, chosen: tuple[ServiceItem, ...], questions: Sequence[str]
) -> tuple[tuple[Section, tuple[FormField, ...]], ...]:
    wants: dict[str, list[tuple[str, Field]]] = {}
    for item in chosen:
        for field in item.fields:
            wants.setdefault(field.element, []).append((item.id, field))
    for key in questions:
        wants.setdefault(key, []).append((QUESTION, Field(key)))
    missing = wants.keys() - catalogue.elements.keys()
    if missing:
        raise KeyError(min(missing))
    # The dictionary's order is the order of the talk within a section, whichever item comes first.
    by_section: dict[str, list[FormField]] = {}
    for key, element in catalogue.elements.items():
        if key in wants:
            by_section.setdefault(element.section, []).append(_field(element, wants[key]))
    return tuple(
        (section, tuple(by_section[section.id])) for section in catalogue.sections if section.id in by_section
    )


def _field(element: Element, wants: list[tuple[str, Field]]) -> FormField:
    # One item that wants it always makes the conditions of the others void.
    always = any(field.when is None for _, field in wants)
    required = [field.when for _, field in wants if field.required]
    defaults = sorted({field.default for _, field in wants if field.default is not None})
    return FormField(
        element=element,
        required_by=tuple(item for item, field in wants if field.required),
        used_by=tuple(item for item, _ in wants if item != QUESTION),
        when=() if always else tuple(sorted({field.when for _, field in wants if field.when})),
        default=defaults[0] if defaults else None,
        choices=_choices(wants),
        required_when=() if None in required else tuple(sorted({when for when in required if when})),
        max_length=min([element.max_length, *(f.max_length for _, f in wants if f.max_length is not None)]),
    )


def _choices(wants: list[tuple[str, Field]]) -> tuple[str, ...] | None:
    """Leave what every item takes, in the order of the first that says it."""
    narrowed = [field.choices for _, field in wants if field.choices]
    if not narrowed:
        return None
    left = set.intersection(*map(set, narrowed))
    return tuple(sorted(left))


def _materials(chosen: tuple[ServiceItem, ...]) -> tuple[FormMaterial, ...]:
    wants: dict[str, list[tuple[str, Material]]] = {}
    for item in chosen:
        for material in item.materials:
            wants.setdefault(material.id, []).append((item.id, material))
    return tuple(_material(found) for _, found in sorted(wants.items()))


def _material(wants: list[tuple[str, Material]]) -> FormMaterial:
    first = wants[0][1]
    always = any(material.when is None for _, material in wants)
    # A replacement counts only when every item that asks for the paper takes it.
    replaced = [set(material.replaced_by) for _, material in wants]
    united = Material(
        id=first.id,
        name=first.name,
        required=any(material.required for _, material in wants),
        mode=first.mode,
        replaced_by=tuple(sorted(set.intersection(*replaced))),
        when=None if always else " || ".join(sorted({f"({m.when})" for _, m in wants if m.when})),
        # One sheet serves all of them, so the most that one asks; an ease counts only when all of them grant it.
        originals=max(material.originals for _, material in wants),
        copies=max(material.copies for _, material in wants),
        grade=max(material.grade for _, material in wants),
        tolerable=all(material.tolerable for _, material in wants),
        commitment=all(material.commitment for _, material in wants),
    )
    return FormMaterial(united, tuple(item for item, _ in wants))


def _checks(chosen: tuple[ServiceItem, ...]) -> tuple[FormCheck, ...]:
    wants: dict[str, tuple[VerificationRule, list[str]]] = {}
    for item in chosen:
        for rule in item.verifications:
            wants.setdefault(rule.id, (rule, []))[1].append(item.id)
    return tuple(FormCheck(rule, tuple(used_by)) for _, (rule, used_by) in sorted(wants.items()))
