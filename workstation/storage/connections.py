"""Connections that wait for the next unit: joining one to SQLAlchemy's pool and leaving it takes longer than a statement."""

from __future__ import annotations

from collections.abc import MutableMapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, Engine

from workstation.storage.raw import BEGUN, begin_anew, taken_back
from workstation.storage.troubles import STORE_ERRORS

_WAITING = 4  # at most: the desk, and the lanes of the sync engine


class Link(NamedTuple):
    """A connection as SQLAlchemy has it, and the driver's own; either may have begun the transaction (storage/raw.py)."""

    db: Connection
    driver: Any
    cursor: Any  # of the driver, kept: a new one for each statement is a third of what a small one takes
    info: MutableMapping[Any, Any]  # of the connection

    def run(self, statement: str, values: Sequence[object]) -> Any:
        """Execute in the transaction that stands, a new one after a commit. The answer is read before another statement
        goes this way. Raises troubles.STORE_ERRORS, and AssertionError as `commit` does.
        """
        if not self.driver.in_transaction:
            begin_anew(self.driver, self.info)
        return self.cursor.execute(statement, values)

    def commit(self) -> None:
        """Make what stands durable, whoever of the two wrote it. Raises troubles.STORE_ERRORS, and AssertionError when
        what was begun stands no more."""
        if not self.driver.in_transaction and (self.info[BEGUN] or self.db.in_transaction()):
            raise taken_back()
        if self.db.in_transaction():
            self.db.commit()
        elif self.driver.in_transaction:
            self.cursor.execute("COMMIT")
        self.info[BEGUN] = False

    def roll_back(self) -> None:
        """Take back what stands. Raises troubles.STORE_ERRORS."""
        self.db.rollback()
        self.driver.rollback()


class Connections:
    """Hands a connection to one unit at a time; each lives on whatever thread its unit does."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._waiting: list[Link] = []

    def begin(self, how: str) -> Link:
        """Return a connection in a transaction that was begun by the statement. Raises troubles.STORE_ERRORS."""
        try:
            link = self._waiting.pop()
        except IndexError:
            db = self._engine.connect()
            driver: Any = db.connection.dbapi_connection
            link = Link(db, driver, driver.cursor(), db.info)
        try:
            link.cursor.execute(how)
            link.info[BEGUN] = True
        except BaseException:
            self.give_back(link)
            raise
        return link

    def give_back(self, link: Link) -> None:
        """Take back what was not committed, and keep the connection; one that cannot even do that is thrown away."""
        link.info.pop(BEGUN, None)
        try:
            link.roll_back()
        except STORE_ERRORS:
            link.db.invalidate()
            link.db.close()
            return
        if len(self._waiting) < _WAITING:
            self._waiting.append(link)
        else:
            link.db.close()

    def close(self) -> None:
        """Let go of all that wait."""
        while self._waiting:
            self._waiting.pop().db.close()
        self._engine.dispose()
