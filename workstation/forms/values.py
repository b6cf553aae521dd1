"""Typed text to a canonical value, and what is wrong with a value."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date

from catalogue.model import CodeList, Element, Kind
from workstation.forms.model import FormField, Problem

_DOTS = dict.fromkeys(map(ord, "·•・‧∙⋅．"), "·")
_NUMBERS = frozenset(
    {
        Kind.CITIZEN_ID,
        Kind.CREDIT_CODE,
        Kind.PHONE,
        Kind.BANK_ACCOUNT,
        Kind.POSTCODE,
        Kind.DIVISION,
        Kind.BIRTH_CERTIFICATE_NO,
    }
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_CREDIT_LENGTH = 18
_CODED = frozenset({Kind.CODE, Kind.DIVISION})
_AMOUNT = re.compile(r"(\d{1,12})(?:\.(\d{0,2}))?", re.ASCII)
_DATE = re.compile(r"(\d{4})\D{0,2}(\d{1,2})\D{0,2}(\d{1,2})\D?")


def canonical(element: Element, typed: str, code_lists: Mapping[str, CodeList]) -> str:
    """Tidy what was typed: spaces and hyphens out of numbers, full-width to ASCII, dates to ISO, labels to codes.

    Never refuses: text that fits no form comes back tidied, for problem_of to judge. Tidying twice changes nothing.
    """
    text = tidied(element.kind, typed)
    return _code(element, text, code_lists) if element.kind in _CODED and element.code_list else text


def tidied(kind: Kind, typed: str) -> str:
    """Tidy as far as the kind alone tells; a label of a code list stays as it is."""
    text = unicodedata.normalize("NFC", typed).strip()
    if kind in _NUMBERS:
        return tidy_number(text)
    if kind is Kind.DATE:
        return _iso(unicodedata.normalize("NFKC", text))
    if kind is Kind.MONEY:
        return _amount(text)
    return tidy_name(text) if kind is Kind.NAME else text


def tidy_number(typed: str) -> str:
    """Take blanks and hyphens out of a number, full-width to ASCII, upper case."""
    plain = re.sub(r"[\s\-－]", "", unicodedata.normalize("NFKC", typed)).upper()
    # Without a blank between them a letter and its accent become one sign.
    return unicodedata.normalize("NFKC", plain)


def tidy_name(typed: str) -> str:
    """Write a name with single blanks and U+00B7 as the only dot, NFC."""
    return " ".join(unicodedata.normalize("NFC", typed).translate(_DOTS).split())


def problem_of(
    element: Element, value: str, code_lists: Mapping[str, CodeList], today: date
) -> Problem | None:
    """Say what is wrong with a canonical value that is not empty, None when nothing is."""
    if len(value) > element.max_length:
        return Problem.TOO_LONG
    if any(_unprintable(c) for c in value):
        return Problem.CHARACTERS
    if element.kind is Kind.CODE:
        known = {code for code, _ in code_lists[element.code_list or ""].entries}
        return None if value in known else Problem.CODE_UNKNOWN
    if element.kind is Kind.DATE:
        return _date_problem(element, value, today)
    return form_problem(element.kind, value)


def field_problem(
    field: FormField, value: str, code_lists: Mapping[str, CodeList], today: date
) -> Problem | None:
    """Say what is wrong with a value for the items that ask it, which may take less than the element does."""
    if len(value) > field.max_length:
        return Problem.TOO_LONG
    if field.choices is not None and value not in field.choices:
        return Problem.CODE_UNKNOWN
    return problem_of(field.element, value, code_lists, today)


def form_problem(kind: Kind, value: str) -> Problem | None:
    """Say what is wrong with the form of a canonical value of a kind, None when nothing is."""
    judge = _JUDGES.get(kind)
    return judge(value) if judge else None


def citizen_id_problem(value: str) -> Problem | None:
    """Judge an identity number by GB 11643: length, an existing date, the check character.

    An unknown division is no fault: numbers keep retired codes, and 81, 82, 83 and 9 begin real ones.
    """
    if not re.fullmatch(r"\d{17}[\dX]", value, re.ASCII):
        return Problem.ID_LENGTH
    if _date_of(value[6:14]) is None:
        return Problem.ID_DATE
    total = sum(w * int(d) for w, d in zip(_WEIGHTS, value[:17], strict=True))
    return None if "10X98765432"[total % 11] == value[17] else Problem.ID_CHECK


def credit_code_problem(value: str) -> Problem | None:
    """Judge a unified social credit code by GB 32100: 18 characters without I, O, S, V, Z, and the check character.

    The authority and kind in front may be letters, as of village collectives (cards.md 5.1).
    """
    if len(value) != _CREDIT_LENGTH or any(c not in _CREDIT_ALPHABET for c in value):
        return Problem.CREDIT_CODE
    total = sum(w * _CREDIT_ALPHABET.index(c) for w, c in zip(_CREDIT_WEIGHTS, value[:-1], strict=True))
    return None if _CREDIT_ALPHABET[-total % len(_CREDIT_ALPHABET)] == value[-1] else Problem.CREDIT_CODE


def _iso(text: str) -> str:
    match = _DATE.fullmatch(text)
    if not match:
        return text
    year, month, day = match.groups()
    return f"{year}-{int(month):02d}-{int(day):02d}"


def _amount(text: str) -> str:
    """Write an amount with two decimals and without separators; what is none stays for problem_of to judge."""
    plain = re.sub(r"[\s,，¥￥元]", "", unicodedata.normalize("NFKC", text))
    match = _AMOUNT.fullmatch(plain)
    return f"{int(match[1])}.{(match[2] or ''):0<2}" if match else plain


def _code(element: Element, text: str, code_lists: Mapping[str, CodeList]) -> str:
    entries = code_lists[element.code_list or ""].entries
    plain = unicodedata.normalize("NFKC", text).lower()
    for code, label in entries:
        if plain in {code.lower(), label.zh.lower(), label.en.lower()}:
            return code
    return text


def _unprintable(character: str) -> bool:
    # Cc control, Cf bidirectional and other invisible signs, Cs halves of a pair, Co private use, Zl/Zp breaks.
    return unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}


def _date_of(digits: str) -> date | None:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return None


def _date_problem(element: Element, value: str, today: date) -> Problem | None:
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value, re.ASCII):
        return Problem.DATE_FORM
    day = _date_of(value.replace("-", ""))
    if day is None:
        return Problem.DATE_IMPOSSIBLE
    # A birth that lies ahead is a typing error; other dates may lie ahead.
    return Problem.DATE_FUTURE if element.key.endswith("birth_date") and day > today else None


def _name_problem(value: str) -> Problem | None:
    fits = all(c in "· '-." or unicodedata.category(c)[0] in "LM" or c == "〇" for c in value)
    return None if fits and value.strip("· '-.") else Problem.CHARACTERS


def _matching(pattern: str, problem: Problem) -> Callable[[str], Problem | None]:
    compiled = re.compile(pattern, re.ASCII)
    return lambda value: None if compiled.fullmatch(value) else problem


_JUDGES: Mapping[Kind, Callable[[str], Problem | None]] = {
    Kind.CITIZEN_ID: citizen_id_problem,
    Kind.CREDIT_CODE: credit_code_problem,
    Kind.NAME: _name_problem,
    Kind.PHONE: _matching(r"(\+?86)?1\d{10}|0\d{9,11}|[2-8]\d{6,7}", Problem.PHONE_FORM),
    Kind.BIRTH_CERTIFICATE_NO: _matching(r"[A-Z]\d{9}", Problem.CERTIFICATE_FORM),
    Kind.DIVISION: _matching(r"\d{6}", Problem.DIVISION_FORM),
    Kind.POSTCODE: _matching(r"\d{6}", Problem.NUMBER_FORM),
    Kind.MONEY: _matching(r"\d{1,12}\.\d{2}", Problem.AMOUNT_FORM),
    Kind.BANK_ACCOUNT: _matching(r"\d{12,25}", Problem.ACCOUNT_FORM),
    Kind.PHOTO: _matching(r"[0-9a-f]{64}", Problem.PHOTO_FORM),
}
