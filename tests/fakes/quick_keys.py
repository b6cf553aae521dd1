"""Passphrases whose derivation takes no time, for tests that are not about how long a guess takes.

What the product really asks of argon2id is held by tests/unit/test_algorithms.py, and paid by every counter that runs in a
process of its own: the stations of the journeys, of chaos, of the crashes and of the canary's day.
"""

from __future__ import annotations

from typing import Any

import pytest
from argon2 import low_level


def derive_quickly(patch: pytest.MonkeyPatch) -> None:
    """Let argon2id fill 64 KiB once where 64 MiB are asked for three times."""
    real = low_level.hash_secret_raw

    def quick(*given: Any, **asked: Any) -> bytes:
        return real(*given, **{**asked, "time_cost": 1, "memory_cost": 64, "parallelism": 1})

    patch.setattr(low_level, "hash_secret_raw", quick)
