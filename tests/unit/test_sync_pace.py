"""How long a station waits after trouble."""

from __future__ import annotations

import pytest

from workstation.sync.pace import LONGEST_S, wait_after


@pytest.mark.parametrize(
    ("failures", "longest"), [(1, 1), (2, 2), (3, 4), (6, 32), (7, 60), (8, 60), (10_000, 60)]
)
def test_waiting_doubles_up_to_a_minute(failures: int, longest: float) -> None:
    waits = {wait_after(failures) for _ in range(200)}
    assert all(longest / 2 <= wait <= longest for wait in waits)


def test_no_two_stations_wait_alike() -> None:
    assert len({wait_after(7) for _ in range(50)}) > 40


def test_what_the_hall_asks_for_is_the_least_within_reason() -> None:
    assert all(20 <= wait_after(1, at_least_s=20) <= LONGEST_S for _ in range(50))
    assert wait_after(1, at_least_s=86_400) == LONGEST_S
