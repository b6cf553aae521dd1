"""What the hall does by itself every few minutes: it looks for receipts that nobody spoke about in time."""

from __future__ import annotations

import logging
from collections.abc import Callable
from threading import Event, Thread

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnection

from deadlines.working_days import WorkingDays
from hall.acceptance import Gate
from hall.database import now
from hall.deemed import deem
from hall.engines import alone

log = logging.getLogger(__name__)

EVERY_S = 300.0


class Timer:
    """One thread beside the server; of several processes one works at a time, and what one has done the next does not find."""

    def __init__(
        self, engine: Engine, gate: Gate, table: Callable[[Connection], WorkingDays], every_s: float = EVERY_S
    ) -> None:
        self._engine, self._gate, self._table, self._every_s = engine, gate, table, every_s
        self._stopping = Event()
        self._thread = Thread(target=self._run, name="timer", daemon=True)

    def start(self) -> None:
        """Begin; the first look is at once."""
        self._thread.start()

    def stop(self) -> None:
        """End after the look under way."""
        self._stopping.set()
        self._thread.join()

    def look(self) -> tuple[str, ...]:
        """Look once, in a transaction of its own; return the cases that count as accepted from now on."""
        with self._engine.begin() as db:
            alone(db, "timer")
            return deem(db, self._table(db), self._gate.release, now())

    def _run(self) -> None:
        while True:
            try:
                self.look()
            except (DBAPIError, NoConnection):
                # The database is away or busy: the next look finds the same receipts.
                log.exception("the look for receipts that wait too long did not succeed")
            if self._stopping.wait(self._every_s):
                return
