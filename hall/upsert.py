"""Inserts that meet a row which is there already: the same words for SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

from sqlalchemy import Connection, Dialect, Table
from sqlalchemy.dialects import postgresql, sqlite

Row = Mapping[str, Any]


class Answered(Protocol):
    """What came back, as far as it is asked for here."""

    def scalars(self) -> Iterable[Any]:
        """Yield the first column."""


class Speaks(Protocol):
    """Where statements go that are written for the driver: a connection of SQLAlchemy, or a straight line."""

    @property
    def dialect(self) -> Dialect:
        """What is spoken."""

    def exec_driver_sql(self, statement: str, parameters: Any, /) -> Answered:
        """Run a statement with its values, by name on PostgreSQL."""


def insert_or_ignore(db: Connection, table: Table, row: Row | Sequence[Row]) -> None:
    """Insert what is not there; a row that meets a unique key of its table stays as it is."""
    db.execute(dialect_insert(db, table).on_conflict_do_nothing(), row)


def insert_if_new(db: Connection, table: Table, row: Row) -> bool:
    """Insert a row unless one of its unique keys is taken; say whether it was inserted."""
    one = dialect_insert(db, table).values(row).on_conflict_do_nothing()
    return db.execute(one.returning(*table.primary_key.columns)).first() is not None


def upsert(db: Connection, table: Table, row: Row, keys: Sequence[str], change: Sequence[str]) -> None:
    """Insert a row; one that has the same `keys` takes its columns `change`."""
    insert = dialect_insert(db, table).values(row)
    db.execute(insert.on_conflict_do_update(index_elements=keys, set_={name: row[name] for name in change}))


def dialect_insert(db: Connection, table: Table) -> sqlite.Insert:
    """Return the dialect's own insert, which knows ON CONFLICT."""
    # Both dialects offer the same methods; the type of one stands for both.
    made: Any = postgresql.insert(table) if is_postgres(db) else sqlite.insert(table)
    insert: sqlite.Insert = made
    return insert


def is_postgres(db: Speaks) -> bool:
    """Say whether this is PostgreSQL, where several transactions write at once."""
    return db.dialect.name == "postgresql"
