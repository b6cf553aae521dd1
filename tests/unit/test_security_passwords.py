"""Passwords against the hashes that a hall gives."""

from __future__ import annotations

import pytest
from argon2 import PasswordHasher

from workstation.security.passwords import Argon2Passwords

HASH = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1).hash("正确 horse")


def test_the_right_password_fits() -> None:
    assert Argon2Passwords().fits("正确 horse", HASH)


@pytest.mark.parametrize("wrong", ["", "正确 Horse", "正确 horse ", "\x00"])
def test_another_password_does_not_fit(wrong: str) -> None:
    assert not Argon2Passwords().fits(wrong, HASH)


@pytest.mark.parametrize(
    "broken", ["", "plain", "$argon2id$none", HASH[:-4], HASH.replace("argon2id", "argon2x")]
)
def test_nothing_fits_a_hash_that_is_none(broken: str) -> None:
    assert not Argon2Passwords().fits("正确 horse", broken)
