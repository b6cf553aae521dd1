"""One commit for all who wait: on SQLite there is one writer, and what takes its time is the disk (sync.md 2)."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from threading import Lock
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import OperationalError

from hall.engines import checkpoint, wait_at

T = TypeVar("T")
# What a group may hold at most: whoever comes first must not wait for all who come later.
MOST = 16


class _Waiting(Generic[T]):
    """One piece of work, and what came of it once the group is on the disk."""

    def __init__(self, work: Callable[[Connection], T]) -> None:
        self._work = work
        self._value: list[T] = []
        self._trouble: BaseException | None = None
        self.told: Future[T] = Future()

    def do(self, db: Connection) -> None:
        """Do it behind a savepoint: what it did is undone when it fails, and nobody else's."""
        try:
            with db.begin_nested():
                self._value = [self._work(db)]
        except BaseException as error:  # noqa: BLE001 - it is raised where the work was asked for
            self._trouble = error

    def hold(self, db: Connection) -> None:
        """Raise what came of it when it has ended the transaction of all: SQLite undoes it all by itself for a disk that is
        full or broken, and what came after would be committed without what came before."""
        driver: Any = db.connection.driver_connection
        if not driver.in_transaction:
            raise self._trouble or RuntimeError("the transaction of the group has ended")

    def answer(self, failed: BaseException | None = None) -> None:
        """Let go of whoever waits; `failed` is why the group as a whole is not on the disk."""
        trouble = failed or self._trouble
        if trouble is not None:
            self.told.set_exception(trouble)
        else:
            self.told.set_result(self._value[0])


class GroupCommit:
    """Runs pieces of work of several threads in one transaction. Whoever finds nobody writing leads: it takes all that wait,
    itself among them, runs each behind a savepoint, commits once, and only then is anybody answered."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._leading = Lock()
        self._queue = Lock()
        self._waiting: list[_Waiting[Any]] = []

    def run(self, work: Callable[[Connection], T]) -> T:
        """Return what the work returned, once it is on the disk. Raises what it raised: its own part is undone then, nobody
        else's is. When the transaction or its commit fails, everybody of the group is told."""
        mine = _Waiting(work)
        with self._queue:
            self._waiting.append(mine)
        try:
            wait_at(self._engine, self._leading)
        except OperationalError:
            if self._leave(mine):
                raise
            return mine.told.result()  # it is being written
        led = False
        try:
            while not mine.told.done():
                self._lead()
                led = True
        finally:
            self._leading.release()
        if led:  # the others have their answers, and the next group is on its way
            checkpoint(self._engine)
        return mine.told.result()

    def _leave(self, mine: _Waiting[Any]) -> bool:
        """Wait no more; say whether that is still to be chosen."""
        with self._queue:
            waits = mine in self._waiting
            if waits:
                self._waiting.remove(mine)
        return waits

    def _lead(self) -> None:
        group: list[_Waiting[Any]] = []
        try:
            with self._engine.begin() as db:
                # Only now: whoever came while another process wrote goes along.
                group = self._next()
                for each in group:
                    each.do(db)
                    each.hold(db)
        except BaseException as error:  # noqa: BLE001 - raised for each of them where the work was asked for
            for each in group or self._next():
                each.answer(error)
            return
        for each in group:
            each.answer()

    def _next(self) -> list[_Waiting[Any]]:
        with self._queue:
            group, self._waiting = self._waiting[:MOST], self._waiting[MOST:]
        return group
