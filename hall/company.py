"""Goes together: what several threads ask for while others are at work is done at once for all of them, by one of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
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
    meanwhile waits, and the first of them leads next."""

    def __init__(self, work: Callable[[Sequence[T]], Sequence[R]]) -> None:
        """`work` answers each of what it is given; what it raises is raised for all of them."""
        self._work = work
        self._lock = Lock()
        self._waiting: list[_Waiting[T, R]] = []
        self._led = False

    @property
    def waiting(self) -> int:
        """How many wait for those who are at work."""
        return len(self._waiting)

    def go(self, asked: T) -> R:
        """Return the answer to what is asked. Raises what the work raised."""
        mine = _Waiting[T, R](asked)
        with self._lock:
            self._waiting.append(mine)
            leads, self._led = not self._led, True
        if not leads:
            mine.turn.acquire()
        if not mine.told and mine.trouble is None:
            self._lead()
        if mine.trouble is not None:
            raise mine.trouble
        return mine.told[0]

    def _lead(self) -> None:
        """Do what the first of those who wait is here for, and the others with it: the first is who leads."""
        with self._lock:
            group, self._waiting = self._waiting[:MOST], self._waiting[MOST:]
        try:
            for each, answer in zip(group, self._work([each.asked for each in group]), strict=True):
                each.told.append(answer)
        except BaseException as error:  # noqa: BLE001 - it is raised where the work was asked for
            for each in group:
                each.trouble = error
        with self._lock:
            self._led = bool(self._waiting)
            after = self._waiting[:1]
        for each in (*after, *group[1:]):
            each.turn.release()
