"""The form that each fact must have: a register cannot put more into a permitted fact than the fact is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

_DATE = r"\d{4}-\d{2}-\d{2}"
_CODE = r"[0-9A-Za-z]{1,8}"
_NUMBER = r"[0-9A-Za-z]{1,32}"
_FORMS: Mapping[str, re.Pattern[str]] = {
    name: re.compile(form)
    for name, form in {
        "record_date": _DATE,
        "record_type": _CODE,
        "child_birth_date": _DATE,
        "valid_until": _DATE,
        "child_sex": _CODE,
        "category": _CODE,
        "level": _CODE,
        "kind": _CODE,
        "licence_class": _CODE,
        "birth_place": r"\d{6}",
        "months": r"\d{1,4}",
        "household_no": _NUMBER,
        "permit_no": _NUMBER,
        "record_no": _NUMBER,
        "account": _NUMBER,
        "certificate_no": r"[^\s,，;；:：]{1,40}",
        "address": r"[^\r\n\t]{1,120}",
    }.items()
}
# Days on which something happened: they cannot lie ahead.
PAST = frozenset({"record_date", "child_birth_date"})


def has_its_form(name: str, value: str) -> bool:
    """Say whether a value can be this fact. A fact without a form is none that may leave."""
    form = _FORMS.get(name)
    if form is None or not form.fullmatch(value):
        return False
    return form.pattern != _DATE or day_of(value) is not None


def day_of(value: str) -> date | None:
    """Read a day; None for what is none."""
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None
