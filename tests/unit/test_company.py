"""What comes while others are at work goes with those that wait, and each hears what is its own."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Event
from typing import Any

import pytest

from hall.company import MOST, Company


@dataclass
class Work:
    """Answers with the double, and waits with its first group until it may go on."""

    groups: list[tuple[int, ...]] = field(default_factory=list)
    begun: Event = field(default_factory=Event)
    goes_on: Event = field(default_factory=Event)

    def __call__(self, asked: Sequence[int], _hand_on: Callable[[], None]) -> Sequence[int | Exception]:
        self.groups.append(tuple(asked))
        self.begun.set()
        assert self.goes_on.wait(20)
        if -1 in asked:
            raise ValueError("minus one")
        return [ValueError("none of it") if each == 0 else 2 * each for each in asked]


@pytest.fixture
def threads() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(MOST) as made:
        yield made


async def _until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not holds():
            await asyncio.sleep(0.001)


async def _come(company: Company[int, int], work: Work, first: int, later: Sequence[int]) -> list[object]:
    """Let one be at work, and the others come meanwhile; return what each was told."""
    told = [asyncio.create_task(company.go(first))]
    await _until(work.begun.is_set)
    told += [asyncio.create_task(company.go(each)) for each in later]
    await _until(lambda: company.waiting == len(later))
    work.goes_on.set()
    return list(await asyncio.wait_for(asyncio.gather(*told, return_exceptions=True), 20))


def test_what_comes_meanwhile_goes_together_and_each_hears_its_own(threads: ThreadPoolExecutor) -> None:
    work = Work()

    async def all_of_it() -> None:
        company = Company(work, threads)
        assert await _come(company, work, 1, [2, 3, 4]) == [2, 4, 6, 8]
        assert work.groups == [(1,), (2, 3, 4)]
        assert await company.go(5) == 10

    asyncio.run(all_of_it())


def test_what_the_work_raises_is_raised_for_its_group_and_for_nobody_else(
    threads: ThreadPoolExecutor,
) -> None:
    work = Work()

    async def all_of_it() -> None:
        company = Company(work, threads)
        told = await _come(company, work, 1, [2, -1])
        assert told[0] == 2
        assert [str(each) for each in told[1:]] == ["minus one"] * 2
        assert await company.go(5) == 10

    asyncio.run(all_of_it())


def test_an_error_for_an_answer_is_raised_for_that_one_alone(threads: ThreadPoolExecutor) -> None:
    work = Work()
    one, refused, other = asyncio.run(_come(Company(work, threads), work, 1, [0, 2]))
    assert (one, str(refused), other) == (2, "none of it", 4)


def test_no_group_is_larger_than_it_may_be_and_nobody_is_forgotten(threads: ThreadPoolExecutor) -> None:
    work = Work()
    told = asyncio.run(_come(Company(work, threads), work, 1, range(2, MOST + 5)))
    assert told == [2 * each for each in range(1, MOST + 5)]
    assert [len(group) for group in work.groups] == [1, MOST, 3]


def test_one_that_waits_no_more_takes_nothing_from_the_others(threads: ThreadPoolExecutor) -> None:
    work = Work()

    async def all_of_it() -> None:
        company = Company(work, threads)
        first = asyncio.create_task(company.go(1))
        await _until(work.begun.is_set)
        gone, stays = (asyncio.create_task(company.go(each)) for each in (2, 3))
        await _until(lambda: company.waiting == 2)
        gone.cancel()
        work.goes_on.set()
        assert list(await asyncio.wait_for(asyncio.gather(first, stays), 20)) == [2, 6]
        assert gone.cancelled()

    asyncio.run(all_of_it())


def test_the_next_ones_begin_when_the_first_has_only_to_wait(threads: ThreadPoolExecutor) -> None:
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

    async def all_of_it() -> None:
        company = Company(work, threads)
        first = asyncio.create_task(company.go(1))
        await _until(lambda: bool(groups))
        later = [asyncio.create_task(company.go(each)) for each in (2, 3)]
        await _until(lambda: company.waiting == len(later))
        handed.set()
        assert list(await asyncio.wait_for(asyncio.gather(*later), 20)) == [2, 3]
        assert [len(group) for group in groups] == [1, 2]
        assert not first.done()
        assert await company.go(4) == 4
        goes_on.set()
        assert await first == 1

    asyncio.run(all_of_it())


@pytest.mark.parametrize("queued", [False, True])
def test_who_cannot_be_followed_is_answered_all_the_same(queued: bool) -> None:
    """A process that may have no more threads: what was done is told, and who comes later is served. Python's own threads
    keep what they could begin no thread for, and do it later."""

    class Full(ThreadPoolExecutor):
        asked = 0

        def submit(self, *given: Any, **named: Any) -> Future[Any]:
            self.asked += 1
            if self.asked != 2:
                return super().submit(*given, **named)
            if queued:
                super().submit(*given, **named)
            raise RuntimeError("can't start new thread")

    work = Work()

    async def all_of_it(threads: ThreadPoolExecutor) -> None:
        company = Company(work, threads)
        first = asyncio.create_task(company.go(1))
        await _until(work.begun.is_set)
        later = asyncio.create_task(company.go(2))
        await _until(lambda: company.waiting == 1)
        work.goes_on.set()
        assert await asyncio.wait_for(first, 20) == 2
        with pytest.raises(RuntimeError):
            await asyncio.wait_for(later, 20)
        for each in (3, 4):
            assert await asyncio.wait_for(company.go(each), 20) == 2 * each

    with Full(1) as threads:
        asyncio.run(all_of_it(threads))


def test_a_turn_that_finds_nobody_any_more_gives_it_on() -> None:
    """What was kept for later takes those whose own turn it is: that one finds nobody."""
    kept: list[Any] = []
    done: list[Future[Any]] = []

    class Late(ThreadPoolExecutor):
        def submit(self, *given: Any, **named: Any) -> Future[Any]:
            if kept or done:
                done.extend(ThreadPoolExecutor.submit(self, *each) for each in (*kept, given))
                kept.clear()
                return done[-1]
            kept.append(given)
            raise RuntimeError("can't start new thread")

    work = Work()
    work.goes_on.set()

    async def all_of_it(threads: ThreadPoolExecutor) -> None:
        company = Company(work, threads)
        with pytest.raises(RuntimeError):
            await company.go(1)
        assert await asyncio.wait_for(company.go(2), 20) == 4
        await _until(lambda: all(each.done() for each in done))
        assert await asyncio.wait_for(company.go(3), 20) == 6

    with Late(1) as threads:
        asyncio.run(all_of_it(threads))
