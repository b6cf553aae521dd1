"""A slip's variables against its template: checked by name and type, then said in the words of the paper."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import cast

from catalogue.model import Text
from workstation.domain.failures import Failure, Refused
from workstation.domain.slip import Language, Row, Scalar, Slip, Value, Variables
from workstation.printing import words
from workstation.printing.template import Codes, Condition, Phrase, Template, Type, Variable, When
from workstation.printing.template_file import BUILT_IN, PLACE

_BLANKS = re.compile(r" {2,}")
_OF_ONE: Mapping[Type, type] = {
    Type.TEXT: str,
    Type.WORDS: Text,
    Type.NUMBER: int,
    Type.DATE: date,
    Type.MOMENT: datetime,
    Type.FLAG: bool,
}
_OF_MANY: Mapping[Type, type] = {Type.TEXTS: str, Type.NAMES: Text, Type.TABLE: Mapping}


class Filling:
    """What the phrases of a template say for one slip, or for one row of one of its tables."""

    def __init__(
        self,
        file: str,
        variables: Mapping[str, Variable],
        values: Mapping[str, Value],
        codes: Codes,
        *,
        both: bool,
    ) -> None:
        self._file = file
        self._variables = variables
        self._values = values
        self._codes = codes
        self._both = both  # whether the English is wanted

    def holds(self, when: When) -> bool:
        """Say whether all conditions hold."""
        return all(self._holds(condition) for condition in when)

    def say(self, phrase: Phrase) -> Text:
        """Say the first choice that fits; nothing is ("", ""), and the English is "" on a sheet without it."""
        for choice in phrase:
            if self.holds(choice.when):
                english = self._fill(choice.text.en, "en") if self._both else ""
                return Text(self._fill(choice.text.zh, "zh"), english)
        return Text("", "")

    def rows(self, name: str, when: When) -> Iterator[Filling]:
        """Go through the rows of a table or a list that meet conditions; each knows its number as {row}."""
        variable = self._variables[name]
        number = 0
        for held in cast("tuple[Row | str | Text, ...]", self._values.get(name, ())):
            if isinstance(held, str | Text):
                kind = Type.TEXT if isinstance(held, str) else Type.WORDS
                yield self._inner({"row": Variable("row", kind)}, {"row": held})
                continue
            known = {"row": Variable("row", Type.NUMBER), **(variable.columns or {})}
            row = self._inner(
                known, {**cast("Variables", held), "row": number + 1}, hide=variable.columns or {}
            )
            if row.holds(when):
                number += 1
                yield row

    def _inner(
        self, known: Mapping[str, Variable], values: Mapping[str, Value], hide: Mapping[str, Variable] = {}
    ) -> Filling:
        outer = {name: value for name, value in self._values.items() if name not in hide}
        return Filling(
            self._file, {**self._variables, **known}, {**outer, **values}, self._codes, both=self._both
        )

    def _holds(self, condition: Condition) -> bool:
        held = self._values.get(condition.name)
        if condition.codes:
            found = held in condition.codes
        else:
            found = bool(held.zh) if isinstance(held, Text) else bool(held)
        return found is not condition.negated

    def _fill(self, text: str, language: str) -> str:
        if "{" not in text:
            return text
        return _tidy(PLACE.sub(lambda place: self._word(place[2], language), text))

    def _word(self, name: str, language: str) -> str:
        held = self._values.get(name)
        if held is None:
            return ""
        variable = self._variables[name]
        if variable.type is Type.CODE:
            return self._codes[variable.codes][str(held)].in_language(language)
        return _said(held, language)


def fill(slip: Slip, template: Template, codes: Codes) -> Filling:
    """Check a slip against its template. Raises Refused(DOCUMENT_BROKEN, file=, place=, cause=)."""
    _check(template.file, "variables", template.variables, slip.variables, codes)
    known = {name: getattr(slip, name) for name in BUILT_IN}
    values = {name: held for name, held in known.items() if held not in (None, "")}
    return Filling(
        template.file,
        {**BUILT_IN, **template.variables},
        {**values, **slip.variables},
        codes,
        both=slip.language is Language.BOTH,
    )


def _check(
    file: str, place: str, variables: Mapping[str, Variable], values: Mapping[str, Value], codes: Codes
) -> None:
    for name in values:
        if name not in variables:
            raise _broken(file, f"{place}.{name}", "unknown")
    for name, variable in variables.items():
        held = values.get(name)
        if held in (None, "", ()) or (isinstance(held, Text) and not held.zh):
            if variable.required:
                raise _broken(file, f"{place}.{name}", "missing")
            if held is None:
                continue
        if not _fits(held, variable, codes):
            raise _broken(file, f"{place}.{name}", f"not {variable.type.value}")
        if variable.columns is not None:
            for at, row in enumerate(cast("tuple[Row, ...]", held)):
                _check(file, f"{place}.{name}[{at}]", variable.columns, cast("Variables", row), codes)


def _fits(held: Value, variable: Variable, codes: Codes) -> bool:
    if variable.type is Type.CODE:
        return isinstance(held, str) and held in codes[variable.codes]
    if variable.type in _OF_MANY:
        return isinstance(held, tuple) and all(isinstance(each, _OF_MANY[variable.type]) for each in held)
    # A truth is no number and a time no date, whatever Python says; a time without zone is none.
    if type(held) is not _OF_ONE[variable.type]:
        return False
    return not isinstance(held, datetime) or held.tzinfo is not None


def _said(held: Value, language: str) -> str:
    if isinstance(held, Text):
        return held.in_language(language)
    if isinstance(held, bool):
        return words.YES[held].in_language(language)
    if isinstance(held, date):
        return words.moment(held, language) if isinstance(held, datetime) else words.day(held, language)
    if not isinstance(held, tuple):
        return str(held)
    if any(isinstance(each, Mapping) for each in held):
        return str(len(held))
    joiner = ", " if language == "en" else "、"
    return joiner.join(_said(cast("Scalar", each), language) for each in held)


def _tidy(said: str) -> str:
    """Drop what an empty place leaves behind: blanks, lines without words, and a line that the next one begins with."""
    if "\n" not in said:
        return _BLANKS.sub(" ", said).strip()
    lines = [_BLANKS.sub(" ", line).strip() for line in said.split("\n")]
    kept = [line for line in lines if line]
    return "\n".join(
        line for at, line in enumerate(kept) if at + 1 == len(kept) or not kept[at + 1].startswith(line)
    )


def _broken(file: str, place: str, cause: str) -> Refused:
    return Refused(Failure.DOCUMENT_BROKEN, file=file, place=place, cause=cause)
