"""The 256 bytes of text of an identity card, UTF-16LE at fixed places (cards.md 3.2): a value or Unreadable."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from workstation.cardreader.identity_card.document import DocumentKind, IdentityDocument
from workstation.cardreader.unreadable import Unreadable
from workstation.cardreader.values import is_hidden, real

LENGTH = 256
_FLAG = 248
_KINDS = {
    "": DocumentKind.CITIZEN,
    "J": DocumentKind.HMT_PERMIT,
    "Y": DocumentKind.FOREIGNER_2023,
    "I": DocumentKind.FOREIGNER_2017,
}
_LONG_TERM = "长期"


@dataclass(frozen=True, slots=True)
class _Places:
    """Where a kind keeps its fields: offset and length in bytes. A field that is not named it does not have."""

    name: tuple[tuple[int, int], ...]
    fields: Mapping[str, tuple[int, int]]
    latin: tuple[tuple[int, int], ...] = ()


_COMMON = {
    "sex": (30, 2),
    "birth": (36, 16),
    "number": (122, 36),
    "issuer": (158, 30),
    "from": (188, 16),
    "until": (204, 16),
}
_PLACES = {
    DocumentKind.CITIZEN: _Places(((0, 30),), {**_COMMON, "ethnicity": (32, 4), "address": (52, 70)}),
    DocumentKind.HMT_PERMIT: _Places(((0, 30),), {**_COMMON, "address": (52, 70), "pass": (220, 18)}),
    DocumentKind.FOREIGNER_2023: _Places(
        ((0, 30),), {**_COMMON, "nationality": (242, 6)}, latin=((52, 70), (220, 22))
    ),
    DocumentKind.FOREIGNER_2017: _Places(
        ((158, 30),),
        {
            "sex": (120, 2),
            "number": (122, 30),
            "nationality": (152, 6),
            "from": (188, 16),
            "until": (204, 16),
            "birth": (220, 16),
            "issuer": (240, 8),
        },
        latin=((0, 120),),
    ),
}


def parse_text_block(raw: bytes, photo: bytes = b"") -> IdentityDocument:
    """Parse the text of one document. Raises Unreadable when name or number is missing or a place is no text."""
    if len(raw) != LENGTH:
        raise Unreadable("text block length")
    kind = _KINDS.get(_text(raw, (_FLAG, 2)))
    if kind is None:
        raise Unreadable("text block kind")
    places = _PLACES[kind]

    def field(name: str) -> str | None:
        return _text(raw, places.fields[name]) or None if name in places.fields else None

    latin = "".join(_text(raw, place) for place in places.latin) or None
    name = "".join(_text(raw, place) for place in places.name) or latin
    number = field("number")
    if name is None or number is None or not (number.isascii() and number.isalnum()):
        raise Unreadable("text block name or number")
    until = field("until")
    return IdentityDocument(
        kind=kind,
        name=name,
        latin_name=latin,
        sex=_code(field("sex"), "0129"),
        ethnicity=_digits(field("ethnicity"), 2),
        nationality=field("nationality"),
        birth_date=_day(field("birth")),
        address=field("address"),
        number=number.upper(),
        issuer=field("issuer"),
        valid_from=_day(field("from")),
        valid_until=None if until == _LONG_TERM else _day(until),
        long_term=until == _LONG_TERM,
        pass_number=field("pass"),
        photo=photo,
    )


def _text(raw: bytes, place: tuple[int, int]) -> str:
    offset, length = place
    try:
        decoded = raw[offset : offset + length].decode("utf-16-le")
    except UnicodeDecodeError:
        raise Unreadable("text block text") from None
    cleaned = real(decoded).replace("\0", " ").strip()
    if any(is_hidden(character) for character in cleaned):
        raise Unreadable("text block text")
    return cleaned


def _code(value: str | None, known: str) -> str | None:
    return value if value is not None and len(value) == 1 and value in known else None


def _digits(value: str | None, length: int) -> str | None:
    fits = value is not None and len(value) == length and value.isascii() and value.isdecimal()
    return value if fits else None


def _day(value: str | None) -> date | None:
    """Read YYYYMMDD; what is no date is unknown, as for a chip that keeps blanks there."""
    if _digits(value, 8) is None or value is None:
        return None
    try:
        return date(int(value[:4]), int(value[4:6]), int(value[6:]))
    except ValueError:
        return None
