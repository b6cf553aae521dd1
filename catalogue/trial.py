"""An expression tried on the values that its data can have: what never comes true, and what breaks on the way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import islice, product

from catalogue.model import Catalogue, Kind
from catalogue.rules import BadRule, Rule

MOST_CASES = 20_000  # of one expression, for an author who waits
FEW_CASES = 64  # whenever a folder is loaded
# Ages at which rules of this country turn, and a day before and after none of them.
_YEARS = (0, 1, 5, 6, 7, 16, 17, 18, 59, 60, 65, 69, 70, 80, 90, 100)


def broken_on(rule: Rule, catalogue: Catalogue, today: date, most: int = FEW_CASES) -> BadRule | None:
    """Return the first error of an expression that compiles: a comparison of a text with a number, a function that is
    not there, a result that is neither true nor false. Raises KeyError for an element that is none."""
    for said in islice(_cases(rule, catalogue, today), most):
        try:
            rule.evaluate(said, today)
        except BadRule as error:
            return error
    return None


def can_hold(rule: Rule, catalogue: Catalogue, today: date) -> bool:
    """Say whether an expression comes true for any of the values tried; too many to try count as yes."""
    cases = 1
    for key in rule.inputs:
        cases *= len(_values(key, catalogue, today))
    if cases > MOST_CASES:
        return True
    return any(rule.evaluate(said, today) for said in _cases(rule, catalogue, today))


def _cases(rule: Rule, catalogue: Catalogue, today: date) -> Iterator[Mapping[str, str]]:
    options = [_values(key, catalogue, today) for key in rule.inputs]
    # All at their first, all at their second value and so on come before the whole product: with few cases every
    # operand of an "and" is reached once.
    for n in range(max(map(len, options), default=0)):
        yield {k: each[min(n, len(each) - 1)] for k, each in zip(rule.inputs, options, strict=True)}
    for values in product(*options):
        yield dict(zip(rule.inputs, values, strict=True))


def _values(key: str, catalogue: Catalogue, today: date) -> tuple[str, ...]:
    element = catalogue.elements[key]
    if element.code_list is not None:
        return ("", *(code for code, _ in catalogue.code_lists[element.code_list].entries))
    if element.kind is Kind.DATE:
        return ("", today.isoformat(), *(f"{today.year - years:04d}-01-01" for years in _YEARS))
    return ("", "x")
