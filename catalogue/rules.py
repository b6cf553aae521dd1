"""Conditions in CEL over the answers: compiled once, evaluated with a small documented set of names."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from types import ModuleType
from typing import Any

log = logging.getLogger(__name__)

# "child.name": the only form in which an expression names an answer.
_ANSWER = re.compile(r"\b([a-z][a-z0-9_]*)\.([a-z][a-z0-9_]*)\b(?!\s*\()")
MOST_CHARACTERS = 4000  # of one expression; the longest of ours have a few hundred
# Loops in loops over a list of ten run for minutes, and nothing of a form is a list.
_LOOP = re.compile(r"\.\s*(all|exists\w*|map|filter)\s*\(")
_TEXT = re.compile(r"'[^']*'|\"[^\"]*\"")


class BadRule(ValueError):
    """An expression that cannot be compiled or does not give true or false."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One compiled expression. `keys` are the element keys it reads."""

    source: str
    keys: frozenset[str]
    inputs: tuple[str, ...]  # the keys in an order that is the same every time
    _program: Any

    def evaluate(self, values: Mapping[str, str], today: date) -> bool:
        """Say whether the rule holds; an answer that is not there is the empty text.

        Names: the answers (`child.name`), `today` (ISO date text, so that dates compare as texts), and the
        functions `age(iso)` and `months_old(iso)`, -1 for an empty date. Raises BadRule for a non-boolean.
        """
        context = _cel().Context(variables=self._variables(values, today), functions=_functions(today))
        try:
            result = self._program.execute(context)
        except (LookupError, ArithmeticError, TypeError, RuntimeError, ValueError) as error:
            raise BadRule(f"{self.source}: {error}") from error
        if not isinstance(result, bool):
            raise BadRule(f"{self.source}: gives {type(result).__name__}, not true or false")
        return result

    def holds(self, values: Mapping[str, str], today: date, *, in_doubt: bool) -> bool:
        """Evaluate, and take `in_doubt` where the rule breaks on these values. The log names the rule, never a value."""
        try:
            return self.evaluate(values, today)
        except BadRule:
            log.error("a rule of the catalogue cannot be told: %s", self.source)
            return in_doubt

    def _variables(self, values: Mapping[str, str], today: date) -> dict[str, Any]:
        tree: dict[str, Any] = {"today": today.isoformat()}
        for key in self.keys:
            subject, _, name = key.partition(".")
            tree.setdefault(subject, {})[name] = values.get(key, "")
        return tree


def compile_rule(source: str) -> Rule:
    """Compile an expression. Raises BadRule with the parser's words, and for one that is huge or loops."""
    if len(source) > MOST_CHARACTERS:
        raise BadRule(f"{source[:40]}…: is longer than {MOST_CHARACTERS} characters")
    # A comment could hide a loop from this look, and so could a text with quotes in it if texts were left out.
    if _LOOP.search(source) or "//" in source:
        raise BadRule(f"{source}: loops and comments are not allowed")
    try:
        program = _cel().compile(source)
    except ValueError as error:
        raise BadRule(f"{source}: {error}") from error
    keys = frozenset(f"{a}.{b}" for a, b in _ANSWER.findall(_TEXT.sub("''", source)))
    return Rule(source, keys, tuple(sorted(keys)), program)


def _cel() -> Any:
    """Return the library, without the command line that it loads along: a prompt with colours, which no form ever shows.

    It is loaded only once a rule is wanted.
    """
    if "cel" not in sys.modules:
        sys.modules.setdefault("cel.cli", ModuleType("cel.cli"))
    import cel  # noqa: PLC0415 - see above

    return cel


@lru_cache(maxsize=4)
def _functions(today: date) -> dict[str, Callable[[str], int]]:
    def months_old(iso: str) -> int:
        try:
            born = date.fromisoformat(iso)
        except ValueError:
            return -1
        return (today.year - born.year) * 12 + today.month - born.month - (today.day < born.day)

    def age(iso: str) -> int:
        months = months_old(iso)
        return months // 12 if months >= 0 else -1

    return {"age": age, "months_old": months_old}
