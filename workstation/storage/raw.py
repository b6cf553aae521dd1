"""Statements of the way that every commit of a case goes, given to SQLCipher as they are written.

SQLAlchemy builds each statement anew and wraps each row: of the ten statements of a filing that is more than the disk
takes. The driver keeps what it has prepared, so that a statement in a constant costs its execution alone. The transaction
is the driver's as well: SQLAlchemy joins the one that stands when a shelf first asks it something (database._on_begin).
"""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any

from sqlalchemy import Connection

BEGUN = "begun"  # of Connection.info, where units keep it: a transaction that nobody has committed yet


def raw(connection: Connection) -> Any:
    """Return the driver's own connection, in the transaction that stands, a new one after a commit.

    Its errors: troubles.STORE_ERRORS.
    """
    driver: Any = connection.connection.dbapi_connection
    if not driver.in_transaction:
        begin_anew(driver, connection.info)
    return driver


def begin_anew(driver: Any, info: MutableMapping[Any, Any]) -> None:
    """Begin a transaction where none stands. Raises AssertionError when one should: what follows would be half a unit."""
    if info.get(BEGUN):
        raise taken_back()
    driver.execute("BEGIN IMMEDIATE")
    if BEGUN in info:
        info[BEGUN] = True


def taken_back() -> AssertionError:
    """Make what is raised in the place of half a unit."""
    return AssertionError("a full or failing disk took the unit back, and somebody went on all the same")
