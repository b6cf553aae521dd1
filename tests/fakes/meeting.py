"""Two transactions of a hall that meet: the second one begins while the first has written and not yet committed."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from sqlalchemy import Connection, Engine, text

from tests.until import until

A = TypeVar("A")
B = TypeVar("B")
_HELD = text("SELECT count(*) FROM pg_stat_activity WHERE :pid = ANY(pg_blocking_pids(pid))")


def meet(
    hall: Engine,
    first: Callable[[Connection], A],
    second: Callable[[Connection], B],
    then: Callable[[Connection], object] = lambda _: None,
) -> tuple[A, B | Exception]:
    """Do `first`; while its transaction is open begin `second` in another one and wait until it waits for the first, or is
    done; do `then` in the first transaction and commit it. Return what both said, or what the second raised."""

    def late() -> B | Exception:
        try:
            with hall.begin() as db:
                return second(db)
        except Exception as error:  # noqa: BLE001 - whatever it is, the test looks at it
            return error

    with ThreadPoolExecutor(1) as pool:
        with hall.begin() as db:
            said = first(db)
            pid = db.scalar(text("SELECT pg_backend_pid()"))
            other = pool.submit(late)
            _wait_for(hall, pid, other)
            then(db)
        return said, other.result(30)


def _wait_for(hall: Engine, pid: int | None, other: Future[B]) -> None:
    with hall.connect().execution_options(isolation_level="AUTOCOMMIT") as watcher:
        until(lambda: other.done() or watcher.scalar(_HELD, {"pid": pid}), every=0.005)
