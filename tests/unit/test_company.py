"""Whoever comes while others are at work goes with those who wait, and hears what is its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Event

import pytest

from hall.company import MOST, Company


@dataclass
class Work:
    """Answers with the double, and waits with its first group until it may go on."""

    groups: list[tuple[int, ...]] = field(default_factory=list)
    begun: Event = field(default_factory=Event)
    goes_on: Event = field(default_factory=Event)

    def __call__(self, asked: Sequence[int], _hand_on: Callable[[], None]) -> Sequence[int]:
        self.groups.append(tuple(asked))
        self.begun.set()
        assert self.goes_on.wait(20)
        if -1 in asked:
            raise ValueError("minus one")
        return [2 * each for each in asked]


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(MOST + 8) as made:
        yield made


def _come(
    pool: ThreadPoolExecutor, company: Company[int, int], work: Work, first: int, later: Sequence[int]
) -> list[Future[int]]:
    """Let one lead, and the others come while it is at work."""
    told = [pool.submit(company.go, first)]
    assert work.begun.wait(20)
    told += [pool.submit(company.go, each) for each in later]
    while company.waiting < len(later):
        pass
    work.goes_on.set()
    return told


def test_who_comes_meanwhile_goes_together_and_each_hears_its_own(pool: ThreadPoolExecutor) -> None:
    work = Work()
    company = Company(work)
    told = _come(pool, company, work, 1, [2, 3, 4])
    assert [each.result(20) for each in told] == [2, 4, 6, 8]
    assert [sorted(group) for group in work.groups] == [[1], [2, 3, 4]]
    assert company.go(5) == 10


def test_what_the_work_raises_is_raised_for_its_group_and_for_nobody_else(pool: ThreadPoolExecutor) -> None:
    work = Work()
    company = Company(work)
    told = _come(pool, company, work, 1, [2, -1])
    assert told[0].result(20) == 2
    for each in told[1:]:
        with pytest.raises(ValueError, match="minus one"):
            each.result(20)
    assert company.go(5) == 10


def test_no_group_is_larger_than_it_may_be_and_nobody_is_forgotten(pool: ThreadPoolExecutor) -> None:
    work = Work()
    told = _come(pool, Company(work), work, 0, range(1, MOST + 4))
    assert [each.result(20) for each in told] == [2 * each for each in range(MOST + 4)]
    assert [len(group) for group in work.groups] == [1, MOST, 3]


def test_the_next_ones_begin_when_the_first_has_only_to_wait(pool: ThreadPoolExecutor) -> None:
    handed, goes_on = Event(), Event()
    groups: list[tuple[int, ...]] = []

    def work(asked: Sequence[int], hand_on: Callable[[], None]) -> Sequence[int]:
        groups.append(tuple(asked))
        if asked[0] == 1:
            assert handed.wait(20)
            hand_on()
            hand_on()  # a second time lets nobody begin beside the next one
            assert goes_on.wait(20)
        return asked

    company = Company(work)
    first = pool.submit(company.go, 1)
    while not groups:
        pass
    later = [pool.submit(company.go, each) for each in (2, 3)]
    while company.waiting < len(later):
        pass
    handed.set()
    assert [each.result(20) for each in later] == [2, 3]
    assert [len(group) for group in groups] == [1, 2]
    assert not first.done()
    assert company.go(4) == 4
    goes_on.set()
    assert first.result(20) == 1
