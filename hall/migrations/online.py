"""What a migration does to a big table while the hall is at work: nobody waits for longer than a batch takes.

On PostgreSQL whatever stands in `beside_the_work` is committed step by step, so each of it can be broken off and done again; what
stands outside goes with the new revision in one transaction. On SQLite all of it is the one transaction that is open already.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from alembic import op

# Rows that one transaction of a fill holds: as many as are written in a small part of a second.
BATCH = 200
# Writes the rows of a batch, which are held until it has been written.
Write = Callable[[sa.Connection, Sequence[Any]], None]


@contextmanager
def beside_the_work() -> Iterator[None]:
    """Commit what stands before, and let each statement be a transaction of its own (PostgreSQL)."""
    if not _postgres():
        yield
        return
    with op.get_context().autocommit_block():
        yield


def add_column(table: str, column: sa.Column[Any]) -> None:
    """Add a column unless a migration that was broken off has. Its default is a constant: no row is written anew."""
    op.add_column(table, column, if_not_exists=_postgres() or None)


def fill(table: str, which: str, write: Write, *, after: str | int) -> None:
    """Let `write` go over the ids of the rows of a table of which the SQL condition `which` is true, a batch each time; `after` is
    below all of them.

    Never waits for a row while it holds another one: rows that somebody is writing are left, and each is waited for alone at
    the end. So no writer stands behind another writer, and none meets the fill in a ring.
    """
    ids = sa.text(
        f"SELECT id FROM {table} WHERE ({which}) AND id > :after ORDER BY id LIMIT {BATCH}"  # noqa: S608 - of the migrations
    )
    left: list[Any] = []
    found: Sequence[Any] = [after]
    while found:
        with _transaction() as db:
            found = db.execute(ids, {"after": found[-1]}).scalars().all()
            left += _write(db, table, found, write, wait=False)
    for one in left:
        with _transaction() as db:
            _write(db, table, [one], write, wait=True)


def _write(db: sa.Connection, table: str, ids: Sequence[Any], write: Write, *, wait: bool) -> Sequence[Any]:
    """Write these rows; return those that somebody else is writing."""
    held = set(_hold(db, table, ids, wait=wait)) if ids else set[Any]()
    if held:
        write(db, sorted(held))
    return [one for one in ids if one not in held]


def create_index(name: str, table: str, columns: Sequence[str], where: str | None = None) -> None:
    """Build an index while the table is written to; what was left of one that was broken off is dropped first."""
    if not _postgres():
        op.create_index(name, table, columns, sqlite_where=None if where is None else sa.text(where))
        return
    db = op.get_bind()
    parts = db.execute(sa.text(_PARTITIONS), {"table": table}).scalars().all()
    listed = ", ".join(f'"{column}"' for column in columns) + ("" if where is None else f") WHERE ({where}")
    if not parts:
        _build(db, name, table, listed)
        return
    # PostgreSQL builds none beside the work on a partitioned table: it is built on each partition, under the names that
    # PostgreSQL gives itself, and the whole one is valid once it has them all.
    db.exec_driver_sql(f"CREATE INDEX IF NOT EXISTS {name} ON ONLY {table} ({listed})")
    for part in parts:
        own = f"{part}_{'_'.join(columns)}_idx"
        _build(db, own, part, listed)
        db.exec_driver_sql(f"ALTER INDEX {name} ATTACH PARTITION {own}")


_PARTITIONS = (
    "SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = to_regclass(:table) ORDER BY 1"
)
_BROKEN_OFF = "SELECT 1 FROM pg_index WHERE indexrelid = to_regclass(:name) AND NOT indisvalid"


def _build(db: sa.Connection, name: str, table: str, listed: str) -> None:
    # It waits until whoever reads an older state has gone, a backup perhaps, and nobody stands behind it meanwhile.
    patience = db.exec_driver_sql("SHOW lock_timeout").scalar_one()
    db.exec_driver_sql("SET lock_timeout = 0")
    if db.execute(sa.text(_BROKEN_OFF), {"name": name}).first():
        db.exec_driver_sql(f"DROP INDEX CONCURRENTLY {name}")
    db.exec_driver_sql(f"CREATE INDEX CONCURRENTLY IF NOT EXISTS {name} ON {table} ({listed})")
    db.exec_driver_sql(f"SET lock_timeout = '{patience}'")


def _hold(db: sa.Connection, table: str, ids: Sequence[Any], *, wait: bool) -> Sequence[Any]:
    if not _postgres():
        return ids
    how = "FOR UPDATE" if wait else "FOR UPDATE SKIP LOCKED"
    held = sa.text(f"SELECT id FROM {table} WHERE id IN :ids ORDER BY id {how}")  # noqa: S608 - names of the migrations
    return (
        db.execute(held.bindparams(sa.bindparam("ids", expanding=True)), {"ids": list(ids)}).scalars().all()
    )


@contextmanager
def _transaction() -> Iterator[sa.Connection]:
    """A short transaction beside the migration's own, which holds nothing then."""
    db = op.get_bind()
    if not _postgres():
        yield db
        return
    with db.engine.begin() as batch:
        yield batch


def _postgres() -> bool:
    return op.get_bind().dialect.name == "postgresql"
