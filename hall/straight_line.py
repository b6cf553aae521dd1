"""Statements that come all the time, past SQLAlchemy and the driver's own way: prepared once a connection, sent as they are.

Of a small push these two were more than half. Only for PostgreSQL, and only for what goes well: whoever meets an error here does
it again by SQLAlchemy, which knows what to do with each of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from psycopg import DataError
from psycopg.errors import InvalidSqlStatementName, error_from_result
from psycopg.pq import ConnStatus, ExecStatus
from psycopg.pq.abc import PGconn, PGresult
from sqlalchemy import Dialect, Engine

from hall.bulk import NUMBER_ARRAY, TEXT_ARRAY, NumberArray, TextArray

_NAMED = re.compile(r"%\((\w+)\)s")
_WELL = (ExecStatus.COMMAND_OK, ExecStatus.TUPLES_OK)
# Under which name a connection keeps what was prepared on it (SQLAlchemy: it goes when the connection goes).
_PREPARED = "hall.straight_line"


@dataclass(frozen=True, slots=True)
class _Rows:
    result: PGresult

    def scalars(self) -> Iterator[str]:
        for row in range(self.result.ntuples):
            yield (self.result.get_value(row, 0) or b"").decode()


@dataclass(frozen=True, slots=True)
class StraightLine:
    """One transaction on one connection of the pool. Values are texts, numbers and arrays that are written already."""

    dialect: Dialect
    _line: PGconn
    _prepared: MutableMapping[str, bytes]

    def exec_driver_sql(self, statement: str, parameters: Mapping[str, Any], /) -> _Rows:
        """Run a statement. Raises psycopg.Error."""
        sql, names = _numbered(statement)
        given = [parameters[name] for name in names]
        raws, formats = [_raw(value) for value in given], [_is_written(value) for value in given]
        name = self._prepared.get(statement)
        if name is None:
            name = f"straight_{len(self._prepared)}".encode()
            _hold(self._line.prepare(name, sql, [_oid(value) for value in given]))
            self._prepared[statement] = name
        return _Rows(_hold(self._line.exec_prepared(name, raws, formats)))


@contextmanager
def straight_line(engine: Engine) -> Iterator[StraightLine]:
    """Begin a transaction, and commit it when all went well. Raises psycopg.Error; the commit may have been kept then."""
    held = engine.raw_connection()
    line: PGconn = held.driver_connection.pgconn  # type: ignore[union-attr]
    prepared = held.info.setdefault(_PREPARED, {})
    try:
        _hold(line.exec_(b"BEGIN"))
        yield StraightLine(engine.dialect, line, prepared)
        _hold(line.exec_(b"COMMIT"))
    except InvalidSqlStatementName:
        # The driver lets go of all that was prepared, ours too, when a savepoint was rolled back on its connection.
        prepared.clear()
        raise
    finally:
        if line.status != ConnStatus.OK:
            held.invalidate()
        held.close()  # and what was not committed is undone


def _hold(result: PGresult) -> PGresult:
    if result.status not in _WELL:
        raise error_from_result(result)
    return result


@lru_cache(maxsize=64)
def _numbered(statement: str) -> tuple[bytes, Sequence[str]]:
    """Return a statement with numbers in place of names, and the names in their order, each once."""
    names = list(dict.fromkeys(_NAMED.findall(statement)))
    return _NAMED.sub(lambda found: f"${names.index(found[1]) + 1}", statement).encode(), names


def _raw(value: object) -> bytes:
    if isinstance(value, TextArray | NumberArray):
        return value.raw
    raw = str(value).encode()
    if b"\x00" in raw:
        raise DataError("a text with NUL")  # it would end there
    return raw


def _is_written(value: object) -> int:
    return int(isinstance(value, TextArray | NumberArray))


def _oid(value: object) -> int:
    """Return the type of an array; what a single value is, PostgreSQL finds out by itself."""
    if isinstance(value, TextArray):
        return TEXT_ARRAY
    return NUMBER_ARRAY if isinstance(value, NumberArray) else 0
