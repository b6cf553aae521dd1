"""A derivation that is held makes the keys that wire.box.derive makes."""

from __future__ import annotations

import pytest

from wire.box import derive
from wire.derivation import Derivation


@pytest.mark.parametrize("size", [0, 16, 32, 64])
@pytest.mark.parametrize("said", [(), (b"",), (b"one",), (b"one", b"two" * 100), (b"on", b"etwo")])
def test_it_makes_the_same_keys(size: int, said: tuple[bytes, ...]) -> None:
    key = bytes(range(size))
    held = Derivation(key, "case")
    assert held.of(*said) == held.of(*said) == derive(key, "case", *said)


def test_a_longer_key_is_refused() -> None:
    with pytest.raises(ValueError, match="longer"):
        Derivation(bytes(65), "case")
