"""Rows of several tables in one go: one statement on PostgreSQL, one for each table on SQLite.

A step lets go of the interpreter: with a step for each row a busy hall would wait for it to come back hundreds of times. So
SQLite gets all rows of a table as one list of values, and PostgreSQL a column as one array, written here in the form in which
it reads them without parsing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain, islice, repeat
from struct import Struct
from typing import Any

from psycopg import Connection as Driver
from psycopg.adapt import Dumper
from psycopg.pq import Format
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
    func,
    select,
)

from hall.upsert import Speaks, is_postgres

# Rows that one statement of SQLite takes: it knows 32,766 values at most.
_MOST = 500


# Bytes are a text that is written in UTF-8 already.
Column = Sequence[str] | Sequence[bytes] | Sequence[int]


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of one table by column: what is the same in all of them, and what is not, as many of each as there are rows."""

    table: Table
    same: Mapping[str, str | int]
    each: Mapping[str, Column]

    @property
    def count(self) -> int:
        """How many rows."""
        return len(next(iter(self.each.values())))


@dataclass(frozen=True, slots=True)
class Move:
    """How far a device has come by what is inserted."""

    device: str
    seq: int
    sha256: str


def insert_together(db: Speaks, batches: Sequence[Sequence[Rows]], moves: Sequence[Move]) -> None:
    """Insert the rows of several batches in one statement of PostgreSQL, and move the places of their devices: each batch has
    rows of the same tables and columns. Raises IntegrityError as `insert_all` does, for all of them."""
    filled = [_as_one(of_a_table) for of_a_table in zip(*batches, strict=True)]
    _insert_postgres(db, filled, _given_moves(moves), _MOVE_ALL)


def _as_one(parts: Sequence[Rows]) -> Rows:
    """Return rows of one table as one, with nothing that is the same in all: one statement does for any devices."""
    each: dict[str, Any] = {}
    for name in parts[0].same:
        each[name] = list(chain.from_iterable(repeat(part.same[name], part.count) for part in parts))
    for name in parts[0].each:
        each[name] = list(chain.from_iterable(part.each[name] for part in parts))
    return Rows(parts[0].table, {}, each)


def insert_all(db: Speaks, batch: Sequence[Rows], move: Move | None = None) -> None:
    """Insert all rows, table by table in this order, and move a device's place with them. Raises IntegrityError when one of
    them meets a row that is there, and nothing is inserted then."""
    filled = [rows for rows in batch if rows.count]
    if is_postgres(db):
        moved = {} if move is None else {"of": move.device, "to_seq": move.seq, "to_sha256": move.sha256}
        _insert_postgres(db, filled, moved, _MOVE)
        return
    for rows in filled:
        columns = [repeat(value, rows.count) for value in rows.same.values()] + list(rows.each.values())
        names, made = (*rows.same, *rows.each), zip(*columns, strict=True)
        raw = tuple(name for name, column in rows.each.items() if isinstance(column[0], bytes))
        for count in _pieces(rows.count):
            flat = tuple(chain.from_iterable(islice(made, count)))
            db.exec_driver_sql(_of_values(rows.table, names, raw, count), flat)
    if move is not None:
        db.exec_driver_sql(_MOVE_FILE, (move.seq, move.sha256, move.device))


def _pieces(count: int) -> Iterator[int]:
    """Yield how many rows go with each statement."""
    for start in range(0, count, _MOST):
        yield min(_MOST, count - start)


def _given_moves(moves: Sequence[Move]) -> dict[str, object]:
    devices, seqs, sha256s = zip(*((each.device, each.seq, each.sha256) for each in moves), strict=True)
    return {"of": array_of(devices), "to_seq": array_of(seqs), "to_sha256": array_of(sha256s)}


def _insert_postgres(db: Speaks, filled: Sequence[Rows], moved: Mapping[str, object], move: str) -> None:
    shape = tuple((rows.table, tuple(rows.same), tuple(rows.each)) for rows in filled)
    given: dict[str, object] = {}
    for n, rows in enumerate(filled):
        for name, value in rows.same.items():
            given[f"{name}_{n}"] = value
        for name, values in rows.each.items():
            given[f"{name}_{n}"] = array_of(values)
    given |= moved
    if given:
        db.exec_driver_sql(_of_arrays(shape, move if moved else ""), given)


def among(db: Connection, column: ColumnElement[str], values: Sequence[str]) -> ColumnElement[bool]:
    """Return the condition that a column is one of the values: on PostgreSQL one parameter, however many they are."""
    if is_postgres(db):
        return column == any_(bindparam(None, list(values), type_=ARRAY(String)))
    return column.in_(values)


def named_among(column: ColumnElement[str], name: str, *, postgres: bool) -> ColumnElement[bool]:
    """Return the same condition for values that are given by name later, to be built once: SQLite is given them as JSON."""
    if postgres:
        return column == any_(bindparam(name, type_=ARRAY(String)))
    given = func.json_each(bindparam(name)).table_valued("value")
    return column.in_(select(given.c.value))


# -- arrays as PostgreSQL reads them ----------------------------------------------------------------------
TEXT_ARRAY, NUMBER_ARRAY = 1009, 1016  # pg_type: _text, _int8


@dataclass(frozen=True, slots=True)
class TextArray:
    """`text[]` in its binary form."""

    raw: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class NumberArray:
    """`bigint[]` in its binary form."""

    raw: bytes


class _Written(Dumper):
    format = Format.BINARY

    def dump(self, obj: TextArray | NumberArray) -> bytes:
        return obj.raw


class _TextsWritten(_Written):
    oid = TEXT_ARRAY


class _NumbersWritten(_Written):
    oid = NUMBER_ARRAY


# src/backend/utils/adt/arrayfuncs.c, array_recv: dimensions, has nulls, type of the elements; of the one dimension its length
# and first index; then each element behind its length.
_HEAD = Struct("!iiIii")
_NOTHING = Struct("!iiI").pack(0, 0, 25)
_LENGTH, _NUMBER = Struct("!i"), Struct("!iq")
_TEXT, _INT8 = 25, 20
_HEAD_OF_ONE = _HEAD.pack(1, 0, _TEXT, 1, 1)
# A length below this is written by three zeros and one sign of ASCII.
_ONE_BYTE = 128


def teach(connection: Driver[Any]) -> None:
    """Let a connection take arrays that are written already."""
    connection.adapters.register_dumper(TextArray, _TextsWritten)
    connection.adapters.register_dumper(NumberArray, _NumbersWritten)


def array_of(values: Column) -> TextArray | NumberArray:
    """Write an array; one without values is of texts. The driver's own way asks each value what it is: five times the work."""
    count = len(values)
    if not count:
        return TextArray(_NOTHING)
    if isinstance(values[0], int):
        numbers = b"".join([_NUMBER.pack(8, value) for value in values])
        return NumberArray(_HEAD.pack(1, 0, _INT8, count, 1) + numbers)
    if count == 1:
        return TextArray(_HEAD_OF_ONE + _element(values[0]))
    return TextArray(b"".join((_HEAD.pack(1, 0, _TEXT, count, 1), *_elements(values))))


def _element(value: Any) -> bytes:
    raw: bytes = value if isinstance(value, bytes) else value.encode()
    return _LENGTH.pack(len(raw)) + raw


def _elements(values: Sequence[Any]) -> Sequence[bytes]:
    """Write the elements of an array of texts, each behind its length."""
    lengths = set(map(len, values))
    if len(lengths) == 1 and max(lengths) < _ONE_BYTE and isinstance(values[0], str):
        # Ids, hashes and times are as long as each other: what stands before one stands before all.
        before = f"\0\0\0{chr(max(lengths))}"
        text = f"{before}{before.join(values)}"
        if text.isascii():
            return (text.encode(),)
    if max(lengths) < _ONE_BYTE and len(distinct := set(values)) <= len(values) // 2:
        # What a bundle is made of is the same in all of its cases.
        made = {value: _element(value) for value in distinct}
        return [made[value] for value in values]
    raws = values if isinstance(values[0], bytes) else [str.encode(value) for value in values]
    parts = [b""] * (2 * len(raws))
    parts[::2], parts[1::2] = map(_LENGTH.pack, map(len, raws)), raws
    return parts


# -- statements, as the drivers take them: SQLAlchemy would make them anew for each batch -------------------
@lru_cache(maxsize=64)
def _of_arrays(shape: tuple[tuple[Table, tuple[str, ...], tuple[str, ...]], ...], move: str) -> str:
    parts = [move] if move else []
    for n, (table, same, each) in enumerate(shape):
        into = ", ".join(f'"{name}"' for name in (*same, *each))
        fixed = [f"%({name}_{n})s::{_type(table.c[name].type)}" for name in same]
        taken = ", ".join([*fixed, *(f'r."{name}"' for name in each)])
        arrays = ", ".join(f"%({name}_{n})s" for name in each)
        named = ", ".join(f'"{name}"' for name in each)
        source = f"unnest({arrays}) AS r({named})"
        parts.append(f'INSERT INTO "{table.name}" ({into}) SELECT {taken} FROM {source}')  # noqa: S608 - names of hall/tables
    first = [f"t{n} AS ({part})" for n, part in enumerate(parts[:-1])]
    return (f"WITH {', '.join(first)} " if first else "") + parts[-1]


@lru_cache(maxsize=512)
def _of_values(table: Table, names: tuple[str, ...], raw: tuple[str, ...], count: int) -> str:
    into = ", ".join(f'"{name}"' for name in names)
    row = f"({', '.join('CAST(? AS TEXT)' if name in raw else '?' for name in names)})"
    return f'INSERT INTO "{table.name}" ({into}) VALUES {", ".join([row] * count)}'  # noqa: S608 - names of hall/tables


_MOVE = 'UPDATE "devices" SET last_seq = %(to_seq)s, last_sha256 = %(to_sha256)s WHERE id = %(of)s'
_MOVE_ALL = (
    'UPDATE "devices" SET last_seq = m.seq, last_sha256 = m.sha256 '
    "FROM unnest(%(of)s, %(to_seq)s, %(to_sha256)s) AS m(id, seq, sha256) WHERE devices.id = m.id"
)
_MOVE_FILE = 'UPDATE "devices" SET last_seq = ?, last_sha256 = ? WHERE id = ?'


def _type(kind: object) -> str:
    if isinstance(kind, BigInteger):
        return "bigint"
    return "integer" if isinstance(kind, Integer) else "text"
