"""Statements that come all the time, past SQLAlchemy and the driver's own way: prepared once a connection, sent as they are.

Of a small push these two were more than half. Only for PostgreSQL, and only for what goes well: whoever meets an error here does
it again by SQLAlchemy, which knows what to do with each of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from psycopg import DataError, OperationalError
from psycopg import Error as DriverError
from psycopg.errors import InvalidSqlStatementName, error_from_result
from psycopg.pq import ConnStatus, ExecStatus, TransactionStatus
from psycopg.pq.abc import PGconn, PGresult
from sqlalchemy import Dialect, Engine
from sqlalchemy.exc import OperationalError as NoDatabase

from hall.bulk import NUMBER_ARRAY, TEXT_ARRAY, NumberArray, TextArray

_NAMED = re.compile(r"%\((\w+)\)s")
_WELL = (ExecStatus.COMMAND_OK, ExecStatus.TUPLES_OK)
_WRITTEN = (TextArray, NumberArray)
# One plan for all times: what is asked here goes by keys, and PostgreSQL, which takes a list of unknown length for ten, would
# plan the read of several devices anew each time, a fifth of what such a push costs it.
_BEGIN = b"BEGIN; SET LOCAL plan_cache_mode = force_generic_plan"
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
        raws, formats = [_raw(value) for value in given], [isinstance(value, _WRITTEN) for value in given]
        name = self._prepared.get(statement)
        if name is None:
            name = f"straight_{len(self._prepared)}".encode()
            _hold(self._line.prepare(name, sql, [_oid(value) for value in given]))
            self._prepared[statement] = name
        return _Rows(_hold(self._line.exec_prepared(name, raws, formats)))


@contextmanager
def straight_line(engine: Engine) -> Iterator[StraightLine]:
    """Begin a transaction, and commit it when all went well. Raises psycopg.Error; the commit may have been kept then.

    Raises sqlalchemy's OperationalError when there is no connection to be had: nobody gets one by asking again at once, and on
    a server that says nothing it would be waited for twice.
    """
    try:
        held = engine.raw_connection()
    except DriverError as error:
        raise NoDatabase("connect", None, error) from error
    line: PGconn = held.driver_connection.pgconn  # type: ignore[union-attr]
    prepared: dict[str, bytes] = held.info.setdefault(_PREPARED, {})
    try:
        _hold(line.exec_(_BEGIN))
        yield StraightLine(engine.dialect, line, prepared)
        _hold(line.exec_(b"COMMIT"))
    except InvalidSqlStatementName:
        # With a rollback the driver lets go of all that was prepared on its connection, and not only of its own.
        prepared.clear()
        raise
    finally:
        _undo(line)
        if line.status != ConnStatus.OK:
            held.invalidate()
        held.close()


def _undo(line: PGconn) -> None:
    """Undo what was not committed. By the driver's own way, as the pool does it, what was prepared would go too."""
    if line.transaction_status in (TransactionStatus.INTRANS, TransactionStatus.INERROR):
        with suppress(OperationalError):  # it has gone, and is thrown away
            line.exec_(b"ROLLBACK")


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
    if isinstance(value, _WRITTEN):
        return value.raw
    raw = str(value).encode()
    if b"\x00" in raw:
        raise DataError("a text with NUL")  # it would end there
    return raw


def _oid(value: object) -> int:
    """Return the type of an array; what a single value is, PostgreSQL finds out by itself."""
    if isinstance(value, TextArray):
        return TEXT_ARRAY
    return NUMBER_ARRAY if isinstance(value, NumberArray) else 0
