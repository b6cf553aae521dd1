"""How a case is found by what a clerk types: part of a name, its initials, the end of a number. The one set of rules,
for the index of the store and for whoever looks without one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from catalogue.initials import readings
from wire import seal
from wire import slips as slip_codes
from wire.codec import Malformed
from workstation.domain.case import Case
from workstation.domain.slip import SlipKind

LEAST_LETTERS = 2  # of a name or its initials
LEAST_DIGITS = 4  # of a number
_ID_TAILS = (4, 5, 6)  # how much of a citizen's number people tell each other
_ID_WHOLE = (15, 18)
_FROM_THE_START = 12  # station and day: fewer characters would list years of cases
_TAILS = (
    4,
    5,
    6,
    8,
)  # of case numbers in the index; longer and uneven ones are checked against the number itself
_GRAMS = (2, 3)
_SHEET = re.compile(f"[0-9A-Z]{{6}}[0-9]{{6}}({'|'.join(SlipKind)})[0-9A-Z]{{5,20}}")
_MOST_INITIALS = 8


class FindBy(StrEnum):
    """What was typed."""

    NAME = "name"
    INITIALS = "initials"
    NUMBER = "number"
    SLIP = "slip"  # the serial of a sheet, typed or out of its code


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for, tidied."""

    by: FindBy
    text: str

    def terms(self) -> tuple[str, ...]:
        """Return terms that every case that fits has; a case that has them all need not fit yet."""
        if self.by is FindBy.SLIP:
            return ()
        if self.by is FindBy.INITIALS:
            return (f"p{self.text[:_MOST_INITIALS]}",)
        if self.by is FindBy.NUMBER:
            return (f"t{self.text[-self.tail() :]}",)
        widest = min(len(self.text), _GRAMS[-1])
        return tuple(f"n{gram}" for gram in _grams(self.text, widest))

    def tail(self) -> int:
        """Return how many characters of the end of a number the index knows."""
        return max(size for size in _TAILS if size <= len(self.text))

    def is_id_tail(self) -> bool:
        """Say whether it may be the end of a citizen's number."""
        return self.by is FindBy.NUMBER and len(self.text) in _ID_TAILS

    def is_whole_id(self) -> bool:
        """Say whether it may be a citizen's whole number."""
        return self.by is FindBy.NUMBER and len(self.text) in _ID_WHOLE

    def may_begin(self) -> bool:
        """Say whether it is long enough to be the beginning of a case number."""
        return self.by is FindBy.NUMBER and len(self.text) >= _FROM_THE_START


@dataclass(frozen=True, slots=True)
class Found:
    """What was found, the last that came in first: some cases, and the places of the others, which nobody has opened yet."""

    cases: tuple[Case, ...]
    places: tuple[int, ...]


def wanted(typed: str) -> Wanted | None:
    """Read what was typed, in whatever width and case; None while it is too short to mean anybody.

    With a character outside ASCII it is part of a name, letters alone are initials, digits (and a check letter) the end
    of an id number or of a case number, from twelve characters on also the beginning of a case number.
    """
    sheet = _serial(typed.strip())
    if sheet:
        return Wanted(FindBy.SLIP, sheet)
    text = tidy(typed)
    if not text.isascii():
        return Wanted(FindBy.NAME, text) if len(text) >= LEAST_LETTERS else None
    if text.isalpha():
        return Wanted(FindBy.INITIALS, text.lower()) if len(text) >= LEAST_LETTERS else None
    return Wanted(FindBy.NUMBER, text) if len(text) >= LEAST_DIGITS else None


def matches(case: Case, looked_for: Wanted) -> bool:
    """Say whether a case is what is looked for."""
    text = looked_for.text
    if looked_for.by is FindBy.SLIP:
        return False  # the ledger knows
    if looked_for.by is FindBy.NAME:
        return text in tidy(case.applicant.name)
    if looked_for.by is FindBy.INITIALS:
        return any(reading.startswith(text) for reading in readings(tidy(case.applicant.name)))
    number = tidy(case.applicant.id_no)
    if looked_for.is_id_tail() and number.endswith(text):
        return True
    if looked_for.is_whole_id() and number == text:
        return True
    numbers = (case.receipt_no, case.project_no or "")
    return any(
        each.endswith(text) or (looked_for.may_begin() and each.startswith(text)) for each in numbers if each
    )


def terms(case: Case) -> frozenset[str]:
    """Return everything that the case is found by, each with a letter for its kind."""
    name, number = tidy(case.applicant.name), tidy(case.applicant.id_no)
    found = {f"n{gram}" for size in _GRAMS for gram in _grams(name, size)}
    for reading in readings(name):
        found.update(f"p{reading[:n]}" for n in range(LEAST_LETTERS, min(len(reading), _MOST_INITIALS) + 1))
    found.update(f"t{number[-n:]}" for n in _ID_TAILS if len(number) >= n)
    for each in (case.receipt_no, case.project_no or ""):
        found.update(f"t{each[-n:]}" for n in _TAILS if len(each) >= n)
    return frozenset(found)


def tidy(text: str) -> str:
    """Return letters, digits and characters alone, in upper case and usual width: no dot of a name, no blank.

    Characters of the private use area stay: systems write rare names with them.
    """
    narrow = unicodedata.normalize("NFKC", text).upper()
    if narrow.isalnum():  # most of them
        return narrow
    return "".join(c for c in narrow if c.isalnum() or unicodedata.category(c) == "Co")


def _serial(typed: str) -> str:
    """Return the serial of a sheet, "" for what is none; services.print_slip.next_serial makes them."""
    try:
        if typed.startswith(f"{seal.PREFIX}."):
            typed = seal.read(typed).serial or ""
        elif typed.startswith(f"{slip_codes.PREFIX}."):
            typed = slip_codes.read_code(typed).facts.serial
    except Malformed:
        return ""
    text = typed.upper()
    return text if _SHEET.fullmatch(text) else ""


def _grams(text: str, size: int) -> Iterator[str]:
    return (text[at : at + size] for at in range(len(text) - size + 1))
