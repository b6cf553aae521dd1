"""The numbers a counter makes without network: receipt numbers and slip serials."""

from __future__ import annotations

from datetime import date

_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def check_character(text: str) -> str:
    """Return the ISO 7064 MOD 37,36 check character of upper-case letters and digits."""
    p = 36
    for c in text:
        p = (p + _ALPHABET.index(c)) % 36 or 36
        p = p * 2 % 37
    return _ALPHABET[(37 - p) % 36]


def receipt_number(station: str, day: date, window: str, seq: int) -> str:
    """Make 收件号: station(6) + yyMMdd + window(2) + seq(4) + check (domain.md 3.4). Unique per station."""
    body = f"{station}{day:%y%m%d}{window}{seq:04d}"
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
