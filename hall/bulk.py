"""Rows of several tables in one go: one statement on PostgreSQL, one for each table on SQLite.

Both read the rows from one JSON parameter. On SQLite that is one step for all rows of a table: a step lets go of the
interpreter, and with a step for each row a busy hall would wait for it to come back hundreds of times.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from psycopg.types.json import Json
from pydantic_core import to_json
from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    Connection,
    Integer,
    String,
    Table,
    any_,
    bindparam,
)

from hall.upsert import is_postgres

Rows = Sequence[Mapping[str, Any]]
# All rows of a table have the same columns; they are inserted in the order of the tables, and of the rows of each.
Batch = Sequence[tuple[Table, Rows]]


@dataclass(frozen=True, slots=True)
class Move:
    """How far a device has come by what is inserted."""

    device: str
    seq: int
    sha256: str


def insert_all(db: Connection, batch: Batch, move: Move | None = None) -> None:
    """Insert all rows, and move a device's place with them. Raises IntegrityError when one of them meets a row that is
    there, and nothing is inserted then."""
    filled = [(table, rows) for table, rows in batch if rows]
    where = {} if move is None else {"of": move.device, "seq": move.seq, "sha256": move.sha256}
    if is_postgres(db):
        shape = tuple((table, tuple(rows[0])) for table, rows in filled)
        documents = {f"rows_{n}": Json(to_json(rows), bytes) for n, (_, rows) in enumerate(filled)}
        if filled or where:
            db.exec_driver_sql(_statement(shape, moves=bool(where)), documents | where)
        return
    for table, rows in filled:
        db.exec_driver_sql(_one_table(table, tuple(rows[0])), (to_json(rows).decode(),))
    if move is not None:
        db.exec_driver_sql(_MOVE_FILE, (move.seq, move.sha256, move.device))


def among(db: Connection, column: ColumnElement[str], values: Sequence[str]) -> ColumnElement[bool]:
    """Return the condition that a column is one of the values: on PostgreSQL one parameter, however many they are."""
    if is_postgres(db):
        return column == any_(bindparam(None, list(values), type_=ARRAY(String)))
    return column.in_(values)


def named_among(column: ColumnElement[str], name: str, *, postgres: bool) -> ColumnElement[bool]:
    """Return the same condition for values that are given by name later, to be built once."""
    if postgres:
        return column == any_(bindparam(name, type_=ARRAY(String)))
    return column.in_(bindparam(name, expanding=True))


@lru_cache(maxsize=64)
def _statement(shape: tuple[tuple[Table, tuple[str, ...]], ...], *, moves: bool) -> str:
    """Return the insert of these columns into these tables, each from one JSON parameter (sync.md 2, bulk SQL), as the driver
    takes it: SQLAlchemy would make it anew for each batch."""
    parts = [_MOVE] if moves else []
    for n, (table, columns) in enumerate(shape):
        names = ", ".join(f'"{name}"' for name in columns)
        typed = ", ".join(f'"{name}" {_type(table.c[name].type)}' for name in columns)
        source = f"json_to_recordset(CAST(%(rows_{n})s AS json)) AS r({typed})"
        parts.append(f'INSERT INTO "{table.name}" ({names}) SELECT {names} FROM {source}')  # noqa: S608 - names of hall/tables
    first = [f"t{n} AS ({part})" for n, part in enumerate(parts[:-1])]
    return (f"WITH {', '.join(first)} " if first else "") + parts[-1]


@lru_cache(maxsize=64)
def _one_table(table: Table, columns: tuple[str, ...]) -> str:
    """Return the insert of these columns on SQLite, from one JSON parameter."""
    names = ", ".join(f'"{name}"' for name in columns)
    values = ", ".join(f"json_extract(value, '$.{name}')" for name in columns)
    return f'INSERT INTO "{table.name}" ({names}) SELECT {values} FROM json_each(?)'  # noqa: S608 - names of hall/tables


_MOVE = 'UPDATE "devices" SET last_seq = %(seq)s, last_sha256 = %(sha256)s WHERE id = %(of)s'
_MOVE_FILE = 'UPDATE "devices" SET last_seq = ?, last_sha256 = ? WHERE id = ?'


def _type(kind: object) -> str:
    if isinstance(kind, BigInteger):
        return "bigint"
    return "integer" if isinstance(kind, Integer) else "text"
