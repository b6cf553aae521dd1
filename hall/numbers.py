"""Numbers of a series, taken in blocks: who takes one must not wait for everybody else's commit."""

from __future__ import annotations

from threading import Lock

from sqlalchemy import Connection, Engine

from hall.database import begin_unsynced, next_number
from hall.upsert import is_postgres


class NumberBlocks:
    """Gives numbers of series that only have to be unique and to grow. Safe to use from several threads.

    On PostgreSQL the row of a series would be held until the commit of whoever takes a number, and all pushes of the hall
    would stand in one queue behind it. So a server process takes some ahead in a transaction of its own; what it has left
    when it ends is never given. On SQLite there is one writer anyway.
    """

    def __init__(self, engine: Engine, ahead: int) -> None:
        """`ahead` is how many are taken at once, at least."""
        self._engine, self._ahead = engine, ahead
        self._lock = Lock()
        self._left: dict[str, range] = {}

    def take(self, db: Connection | None, series: str, count: int) -> range:
        """Return `count` numbers in a row; `db` is the caller's transaction, of which PostgreSQL needs nothing."""
        if db is not None and not is_postgres(db):
            first = next_number(db, series, count)
            return range(first, first + count)
        with self._lock:
            left = self._left.get(series, range(0))
            if len(left) < count:
                # Its commit need not reach the disk by itself: that of whoever uses the numbers comes after it in the log.
                with begin_unsynced(self._engine) as own:
                    many = max(count, self._ahead)
                    first = next_number(own, series, many)
                left = range(first, first + many)
            self._left = {series: left[count:]}  # only the newest: a series is a day
        return left[:count]
