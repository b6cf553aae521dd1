"""Check characters of the numbers on a card; a wrong one is a warning, never a rejection (cards.md 1.5, 5.1)."""

from __future__ import annotations

from datetime import date

_CARD_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def card_number_fits(number: str) -> bool:
    """Say whether the ninth character of a card number fits (V2 annex A)."""
    if len(number) != 9 or not number.isascii() or not number.isalnum():
        return False
    total = sum(int(c, 36) * w for c, w in zip(number[:8], _CARD_WEIGHTS, strict=True))
    return "0X987654321"[total % 11] == number[8]


def id_number_fits(number: str) -> bool:
    """Say whether check character and date of an 18-character citizen number fit (GB 11643)."""
    body, check = number[:17], number[17:]
    if len(body) != 17 or not body.isascii() or not body.isdecimal():
        return False
    total = sum(int(c) * w for c, w in zip(body, _ID_WEIGHTS, strict=True))
    if "10X98765432"[total % 11] != check:
        return False
    try:
        date(int(body[6:10]), int(body[10:12]), int(body[12:14]))
    except ValueError:
        return False
    return True
