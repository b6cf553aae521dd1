"""Electronic licence numbers (电子证照标识): made, and checked before a result carries one."""

from __future__ import annotations

import re

PREFIX = "1.2.156.3005.2."
_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_SHAPE = re.compile(
    r"1\.2\.156\.3005\.2\.([0-9A-Z]{21})\.([0-9A-Z]{18})\.([0-9A-Z]+)\.([0-9A-Z]{3})\.([0-9A-Z])"
)


def licence_number(kind: str, issuer: str, serial: str, version: str = "001") -> str:
    """Make an e-licence number: 1.2.156.3005.2.<type>.<issuer>.<serial>.<version>.<check> (domain.md 3.4, [S36])."""
    return f"{PREFIX}{kind}.{issuer}.{serial}.{version}.{_check(kind + issuer + serial + version)}"


def is_licence_number(said: str) -> bool:
    """Say whether the number has the shape and the check character of an e-licence."""
    parts = _SHAPE.fullmatch(said)
    return parts is not None and _check("".join(parts.groups()[:4])) == parts[5]


def may_be_certificate(said: str) -> bool:
    """Say whether a result may carry this number: an e-licence's own, or one of an older kind that does not pose as one."""
    number = said.strip()
    return is_licence_number(number) or (0 < len(number) <= 100 and not number.startswith("1.2.156."))


def _check(parts: str) -> str:
    """ISO 7064 MOD 37,36 over the parts without dots."""
    p = 36
    for c in parts:
        p = (p + _ALPHABET.index(c)) % 36 or 36
        p = p * 2 % 37
    return _ALPHABET[(37 - p) % 36]
