"""The numbers a counter makes without network: receipt numbers and slip serials."""

from __future__ import annotations

from datetime import date

from wire.numbers import ALPHABET
from workstation.domain.failures import Failure, Refused

_CHECK = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
MOST_IN_LANE = len(ALPHABET) ** 2 - 1  # a day at one window
MOST_WITHOUT_LANE = 9999


def check_character(text: str) -> str:
    """Return the ISO 7064 MOD 37,36 check character of upper-case letters and digits."""
    p = 36
    for c in text:
        p = (p + _CHECK.index(c)) % 36 or 36
        p = p * 2 % 37
    return _CHECK[(37 - p) % 36]


def receipt_number(station: str, day: date, window: str, seq: int, lane: str = "") -> str:
    """Make 收件号: station(6) + yyMMdd + window(2) + seq(4) + check (domain.md 3.4).

    With a lane of the hall the four are lane(2) + count(2, base 34): unique whoever else counts at this station. Without
    one, as before there were lanes, they are digits and unique per device. Raises Refused(NUMBERS_MISSING) beyond them.
    """
    if not 1 <= seq <= (MOST_IN_LANE if lane else MOST_WITHOUT_LANE):
        raise Refused(Failure.NUMBERS_MISSING)
    base = len(ALPHABET)
    counted = f"{lane}{ALPHABET[seq // base]}{ALPHABET[seq % base]}" if lane else f"{seq:04d}"
    body = f"{station}{day:%y%m%d}{window}{counted}"
    return body + check_character(body)


def receipt_series(receipt_no: str) -> tuple[str, int]:
    """Return the series that a receipt number was taken from and its number there, ("", 0) for another text."""
    if not is_receipt_number(receipt_no) or not receipt_no[6:18].isdigit():
        return "", 0
    return f"receipt:20{receipt_no[6:12]}:{receipt_no[12:14]}", int(receipt_no[14:18])


def is_receipt_number(text: str) -> bool:
    """Say whether the check character fits."""
    return (
        len(text) == 19
        and text.isalnum()
        and text.isascii()
        and text.upper() == text
        and (check_character(text[:-1]) == text[-1])
    )
