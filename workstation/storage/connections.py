"""Connections that wait for the next unit: joining one to SQLAlchemy's pool and leaving it takes longer than a statement."""

from __future__ import annotations

from sqlalchemy import Connection, Engine

from workstation.storage.raw import roll_back
from workstation.storage.troubles import STORE_ERRORS

_WAITING = 4  # at most: the desk, and the lanes of the sync engine


class Connections:
    """Hands a connection to one unit at a time; each lives on whatever thread its unit does."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._waiting: list[Connection] = []

    def take(self) -> Connection:
        """Return a connection without a transaction. Raises troubles.STORE_ERRORS."""
        try:
            return self._waiting.pop()
        except IndexError:
            return self._engine.connect()

    def give_back(self, connection: Connection) -> None:
        """Take back what was not committed, and keep the connection; one that cannot even do that is thrown away."""
        try:
            roll_back(connection)
        except STORE_ERRORS:
            connection.invalidate()
            connection.close()
            return
        if len(self._waiting) < _WAITING:
            self._waiting.append(connection)
        else:
            connection.close()

    def close(self) -> None:
        """Let go of all that wait."""
        while self._waiting:
            self._waiting.pop().close()
        self._engine.dispose()
