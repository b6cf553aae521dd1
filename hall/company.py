"""Goes together: what several threads ask for while others are at work is done at once for all of them, by one of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")
# How many go at once: whoever comes first must not wait for all who come later.
MOST = 16


def _closed() -> Lock:
    turn = Lock()
    turn.acquire()
    return turn


@dataclass(slots=True, eq=False)
class _Waiting(Generic[T, R]):
    """Who waits: what is asked, and what came of it once `turn` is let go. Where nothing came, it leads from then on."""

    asked: T
    turn: Lock = field(default_factory=_closed)
    told: list[R] = field(default_factory=list)
    trouble: BaseException | None = None


class Company(Generic[T, R]):
    """Whoever finds nobody at work leads: it does at once what all ask for that are there, without waiting for more. Who comes
    meanwhile waits, and the first of them leads next: when the work is done, or has only to wait for the disk.
    """

    def __init__(self, work: Callable[[Sequence[T], Callable[[], None]], Sequence[R]]) -> None:
        """`work` answers each of what it is given; what it raises is raised for all of them. What it is given besides lets the
        next ones begin, once, before it returns."""
        self._work = work
        self._lock = Lock()
        self._waiting: list[_Waiting[T, R]] = []
        self._leader: _Waiting[T, R] | None = None

    @property
    def waiting(self) -> int:
        """How many wait for those who are at work."""
        return len(self._waiting)

    def go(self, asked: T) -> R:
        """Return the answer to what is asked. Raises what the work raised."""
        mine = _Waiting[T, R](asked)
        with self._lock:
            self._waiting.append(mine)
            leads = self._leader is None
            if leads:
                self._leader = mine
        if not leads:
            mine.turn.acquire()
        if not mine.told and mine.trouble is None:
            self._lead(mine)
        if mine.trouble is not None:
            raise mine.trouble
        return mine.told[0]

    def _lead(self, first: _Waiting[T, R]) -> None:
        """Do what the first of those who wait is here for, and the others with it."""
        with self._lock:
            group, self._waiting = self._waiting[:MOST], self._waiting[MOST:]
        hand_on = partial(self._hand_on, first)
        try:
            for each, answer in zip(group, self._work([each.asked for each in group], hand_on), strict=True):
                each.told.append(answer)
        except BaseException as error:  # noqa: BLE001 - it is raised where the work was asked for
            for each in group:
                each.trouble = error
        hand_on()
        for each in group[1:]:
            each.turn.release()

    def _hand_on(self, leader: _Waiting[T, R]) -> None:
        """Let the first of those who wait lead after this one; once it was handed on, nothing happens."""
        with self._lock:
            if self._leader is not leader:
                return
            self._leader = after = self._waiting[0] if self._waiting else None
        if after is not None:
            after.turn.release()
