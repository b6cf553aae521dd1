"""Statements of the way that every commit of a case goes, given to SQLCipher as they are written.

SQLAlchemy builds each statement anew and wraps each row: of the ten statements of a filing that is more than the disk
takes. The driver keeps what it has prepared, so that a statement in a constant costs its execution alone. The transaction
is the driver's as well: SQLAlchemy joins the one that stands when a shelf first asks it something (database._on_begin).
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection


def raw(connection: Connection) -> Any:
    """Return the driver's own connection, in the transaction that stands, a new one after a commit.

    Its errors: troubles.STORE_ERRORS.
    """
    driver: Any = connection.connection.dbapi_connection
    if not driver.in_transaction:
        driver.execute("BEGIN IMMEDIATE")
    return driver
