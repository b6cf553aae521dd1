"""What of the form is wanted now: fields and papers whose conditions hold."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from catalogue.rules import Rule, compile_rule
from workstation.forms.model import Form, FormField, FormMaterial, Values


@lru_cache(maxsize=512)
def rule_of(source: str) -> Rule:
    """Return the compiled rule; the same text is compiled once."""
    return compile_rule(source)


def visible_fields(form: Form, values: Values, today: date) -> tuple[FormField, ...]:
    """Return the fields that at least one item wants now, in the order of the form."""
    return tuple(
        field
        for _, fields in form.sections
        for field in fields
        if not field.when or any(rule_of(when).evaluate(values, today) for when in field.when)
    )


def wanted_materials(form: Form, values: Values, today: date) -> tuple[FormMaterial, ...]:
    """Return the papers that at least one item wants now."""
    return tuple(
        entry
        for entry in form.materials
        if entry.material.when is None or rule_of(entry.material.when).evaluate(values, today)
    )
