"""Goes together: what is asked for while others are at work is done at once for all of it, on one thread.

To wake a thread for each push cost a small one more than its signature, and threads of one interpreter only wait for each other.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import partial
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")
# How many go at once: whoever comes first must not wait for all who come later.
MOST = 16


@dataclass(frozen=True, slots=True, eq=False)
class _Waiting(Generic[T, R]):
    """Who waits, on an event loop: what is asked, and who is told what came of it."""

    asked: T
    told: asyncio.Future[R]


class Company(Generic[T, R]):
    """Whatever comes while nobody is at work is begun at once, without waiting for more. What comes meanwhile goes next, all of it
    together: when the work is done, or has only to wait for the disk. All who ask are on one event loop.
    """

    def __init__(
        self, work: Callable[[Sequence[T], Callable[[], None]], Sequence[R | Exception]], threads: Executor
    ) -> None:
        """`work` answers each of what it is given, on one of the threads; an error for an answer is raised where it was asked
        for, and what it raises itself is raised for all of them. What it is given besides lets the next ones begin, once,
        before it returns."""
        self._work, self._threads = work, threads
        self._lock = Lock()
        self._waiting: list[_Waiting[T, R]] = []
        self._leader: object | None = None

    @property
    def waiting(self) -> int:
        """How many wait for those who are at work."""
        return len(self._waiting)

    async def go(self, asked: T) -> R:
        """Return the answer to what is asked. Raises what the work raised."""
        mine: _Waiting[T, R] = _Waiting(asked, asyncio.get_running_loop().create_future())
        with self._lock:
            self._waiting.append(mine)
            if self._leader is None:
                self._lead()
        return await mine.told

    def _lead(self) -> None:
        """Let those who wait be next; the lock is held."""
        leader = object()
        self._threads.submit(self._do, leader)
        self._leader = leader

    def _do(self, leader: object) -> None:
        with self._lock:
            group, self._waiting = self._waiting[:MOST], self._waiting[MOST:]
        hand_on = partial(self._hand_on, leader)
        if not group:  # they went with another one, or were told that there is no thread for them
            hand_on()
            return
        answers: Sequence[R | BaseException]
        try:
            answers = self._work([each.asked for each in group], hand_on)
        except BaseException as error:  # noqa: BLE001 - it is raised where the work was asked for
            answers = [error] * len(group)
        hand_on()
        _tell_soon(group, answers)

    def _hand_on(self, leader: object) -> None:
        """Let those who wait go after this one; once it was handed on, nothing happens. Where no thread is to be had for them,
        they are told that."""
        with self._lock:
            if self._leader is not leader:
                return
            self._leader = None
            if not self._waiting:
                return
            try:
                self._lead()
            except RuntimeError as error:
                left, self._waiting = self._waiting, []
                _tell_soon(left, [error] * len(left))


def _tell_soon(group: Sequence[_Waiting[T, R]], answers: Sequence[R | BaseException]) -> None:
    group[0].told.get_loop().call_soon_threadsafe(_tell, group, answers)


def _tell(group: Sequence[_Waiting[T, R]], answers: Sequence[R | BaseException]) -> None:
    for each, answer in zip(group, answers, strict=True):
        if each.told.done():
            continue  # nobody waits any more
        if isinstance(answer, BaseException):
            each.told.set_exception(answer)
        else:
            each.told.set_result(answer)
