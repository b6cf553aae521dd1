"""Our maker of QR codes makes what another one makes, module by module; tests/unit/test_printing_paper.py reads them from paper."""

from __future__ import annotations

import random

import pytest
import segno

from workstation.printing.qr_symbol import symbol

CHARACTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
A_CODE = f"YC2.{'MZXW6YTBOI' * 32}.{7:086d}"
LENGTHS = (1, 2, 3, 7, 8, 13, 14, 20, 38, 61, 90, 122, 154, 180, 213, 251, 287, 331, 362, 412, 450)
LONGER = tuple(range(500, 3392, 59))


def of_segno(text: str) -> list[str]:
    made = segno.make_qr(text, error="m", boost_error=False, mask=2)
    return ["".join(map(str, row)) for row in made.matrix]


def hold_same(length: int) -> None:
    chance = random.Random(length)
    upper = "A" + "".join(chance.choices(CHARACTERS, k=length - 1))
    assert symbol(upper) == of_segno(upper)
    if length <= 2331:
        mixed = "a" + "".join(chance.choices(CHARACTERS + "_xyz", k=length - 1))
        assert symbol(mixed) == of_segno(mixed)


def test_the_code_of_a_slip_is_module_by_module_what_segno_makes() -> None:
    assert symbol(A_CODE) == of_segno(A_CODE)
    assert len(symbol(A_CODE)) == 65  # version 12, as docs/decisions/025-slips.md counts on


def test_small_codes_are_what_segno_makes() -> None:
    for length in LENGTHS:
        hold_same(length)


@pytest.mark.long
def test_every_version_is_what_segno_makes() -> None:
    seen = set()
    for length in (*range(1, 450, 5), *LONGER, 3391):
        hold_same(length)
        seen.add(len(symbol("A" * length)))
    assert seen == {17 + 4 * version for version in range(1, 41)}


def test_what_no_code_can_hold_is_refused() -> None:
    with pytest.raises(ValueError, match="too long"):
        symbol("A" * 3392)
    with pytest.raises(ValueError, match="ascii"):
        symbol("测")
