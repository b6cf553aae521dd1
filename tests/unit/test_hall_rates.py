"""Buckets of tokens: a burst, then the rate, each for himself."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hall.rates import MOST_BUCKETS, Asks, Buckets, RateLimits
from hall.settings import Rates


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_burst_passes_and_then_one_at_a_time() -> None:
    clock = Clock()
    buckets = Buckets(per_min=60, burst=5, clock=clock)
    assert [buckets.take("a") for _ in range(6)] == [0, 0, 0, 0, 0, 1]
    assert buckets.take("b") == 0
    clock.now += 1
    assert [buckets.take("a"), buckets.take("a")] == [0, 1]


@given(st.integers(1, 600), st.integers(1, 50), st.lists(st.floats(0, 30), max_size=60))
def test_nobody_gets_more_than_burst_and_rate(per_min: int, burst: int, pauses: list[float]) -> None:
    clock = Clock()
    buckets = Buckets(per_min, burst, clock)
    passed = 0
    for pause in pauses:
        clock.now += pause
        wait_s = buckets.take("a")
        passed += wait_s == 0
        if wait_s:
            # Whoever waits as long as he was told gets through.
            clock.now += wait_s
            assert buckets.take("a") == 0
            passed += 1
    assert passed <= burst + clock.now * per_min / 60 + 1e-6


def test_what_one_asks_once_is_forgotten_in_the_end() -> None:
    buckets = Buckets(1, 1, Clock())
    assert buckets.take("first") == 0
    for n in range(MOST_BUCKETS):
        buckets.take(str(n))
    assert buckets.take("first") == 0


def test_each_kind_has_buckets_of_its_own() -> None:
    limits = RateLimits(Rates(push_per_min=1, push_burst=1), Clock())
    assert limits.wait_s(Asks.PUSH, "d") == 0
    assert limits.wait_s(Asks.PUSH, "d") > 0
    assert all(limits.wait_s(kind, "d") == 0 for kind in Asks if kind is not Asks.PUSH)
