"""What of the form is wanted now: fields and papers whose conditions hold."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from catalogue.model import Scenario
from catalogue.rules import Rule, compile_rule
from workstation.forms.model import Form, FormField, FormMaterial, Values

MOST_SAID = 4096


@lru_cache(maxsize=512)
def rule_of(source: str) -> Rule:
    """Return the compiled rule; the same text is compiled once."""
    return compile_rule(source)


def holds(form: Form, source: str, values: Values, today: date, *, in_doubt: bool = True) -> bool:
    """Say whether a rule holds; one whose values have not changed is not asked again.

    A rule that breaks on what was typed here (the author's trial did not think of it) counts as `in_doubt`: what it
    guards is asked for rather than left out.
    """
    rule = rule_of(source)
    asked = (source, in_doubt, today, *(values.get(key, "") for key in rule.inputs))
    known = form.said.get(asked)
    if known is None:
        if len(form.said) >= MOST_SAID:
            form.said.clear()
        known = form.said[asked] = rule.holds(values, today, in_doubt=in_doubt)
    return known


def visible_fields(form: Form, values: Values, today: date) -> tuple[FormField, ...]:
    """Return the fields that at least one item wants now, in the order of the form."""
    return tuple(
        field
        for _, fields in form.sections
        for field in fields
        if not field.when or any(holds(form, when, values, today) for when in field.when)
    )


def is_required(form: Form, field: FormField, values: Values, today: date) -> bool:
    """Say whether one of the items that require a datum wants it now; another may show it as optional."""
    if not field.required_by:
        return False
    whens = field.required_when
    return not whens or any(holds(form, when, values, today) for when in whens)


def situations_in(form: Form, values: Values, today: date) -> Mapping[str, Scenario]:
    """Return the situation that the answers have led to, by item: the last of its way, which is what the clerk decided."""
    found = {}
    for item in form.items:
        named = {scenario.id: scenario for scenario in item.scenarios}
        led = [
            branch.scenario
            for question in item.questions
            for branch in question.branches
            if holds(form, named[branch.scenario].when, values, today)
        ]
        # The questions stand in the order of the talk, so the last one that holds is the deepest.
        if led:
            found[item.id] = named[led[-1]]
    return found


def wanted_materials(form: Form, values: Values, today: date) -> tuple[FormMaterial, ...]:
    """Return the papers that at least one item wants now."""
    return tuple(
        entry
        for entry in form.materials
        if entry.material.when is None or holds(form, entry.material.when, values, today)
    )
