"""The two engines of the hall: SQLite with one writer for a desk, PostgreSQL for a province."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from threading import Lock
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection

from hall.availability import leave_standbys
from hall.bulk import teach
from hall.turn_holder import TurnHeld
from hall.turns import CHECKPOINT, InTurn, Turns
from hall.upsert import is_postgres

# Connections a server process may hold: four processes stay below PostgreSQL's usual hundred. All of them are kept: whatever
# a pool makes beyond what it keeps begins and ends with one request, on PostgreSQL as a process (decision 043).
POOL = 20
# A writer that stands still holds back the feed of the whole cluster (sync.md 1.2): the server ends it.
IDLE_WRITER_MS = 10_000
# A server that is silent is given up: seconds for a connection, milliseconds for what was sent and not even received.
SILENT = {
    "connect_timeout": "5",
    "tcp_user_timeout": "10000",
    "keepalives_idle": "10",
    "keepalives_interval": "5",
}
_BEGIN = "BEGIN IMMEDIATE"
# How long a step waits for a row that another one holds before it gives up and is told to come again.
LOCK_MS = 20_000


def is_url(place: Path | str) -> bool:
    """Say whether this is a URL and no path of a SQLite file."""
    return "://" in str(place)


def sqlite_file(place: Path | str) -> Path | None:
    """Return the file of a SQLite hall, None for a hall that is elsewhere."""
    if not is_url(place):
        return Path(place)
    url = make_url(str(place))
    return Path(url.database) if url.get_backend_name() == "sqlite" and url.database else None


def make_engine(place: Path | str) -> Engine:
    """Return an engine for a path (SQLite), `sqlite:///…` or `postgresql+psycopg://…`. Raises ValueError for another one."""
    file = sqlite_file(place)
    if file is not None:
        return _sqlite(file)
    url = make_url(str(place))
    if url.get_backend_name() != "postgresql":
        raise ValueError(f"the hall runs on SQLite and PostgreSQL, not on {url.get_backend_name()}")
    return _postgres(url.set(drivername="postgresql+psycopg"))


def _sqlite(file: Path) -> Engine:
    file.parent.mkdir(parents=True, exist_ok=True)
    # The text of an error goes to the log: never with the values of a statement, which may be a person's.
    turns = Turns(file)
    engine = create_engine(
        f"sqlite:///{file}",
        connect_args={"timeout": 10, "isolation_level": None, "factory": partial(InTurn, turns)},
        execution_options={"turns": turns},
        pool_size=POOL,
        max_overflow=0,
        # The one that wrote last still holds the pages that the next one needs.
        pool_use_lifo=True,
        hide_parameters=True,
    )
    event.listen(engine, "connect", _on_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _begin_sqlite(db: Connection) -> None:
    # Who only reads does not wait for the writer.
    reads = db.get_execution_options().get("reads", False)
    writer = db.connection.driver_connection
    if not reads and isinstance(writer, InTurn):
        with _told_as_busy():
            writer.take_turn()
    db.exec_driver_sql("BEGIN" if reads else _BEGIN)


@contextmanager
def _told_as_busy() -> Iterator[None]:
    """Tell of a turn that is not to be had as SQLAlchemy tells what SQLite says of a file that others write to."""
    try:
        yield
    except TurnHeld as held:
        raise OperationalError(_BEGIN, None, held) from held


def turns_of(engine: Engine) -> Turns | None:
    """Return the turns at the file of a SQLite hall, None for another one."""
    turns = engine.get_execution_options().get("turns")
    return turns if isinstance(turns, Turns) else None


def standing_writer(engine: Engine) -> int:
    """Return the process that may write to a SQLite file and was stopped, 0 while there is none."""
    turns = turns_of(engine)
    return (turns.standing_holder() or 0) if turns is not None else 0


def wait_at(engine: Engine, lock: Lock) -> None:
    """Acquire a lock of this process that somebody may have who waits for the writer of SQLite. Raises OperationalError when that
    takes too long, or whoever writes stands still."""
    turns = turns_of(engine)
    if turns is None:
        lock.acquire()
        return
    with _told_as_busy():
        turns.wait_at(lock)


def _on_sqlite(connection: Any, _record: object) -> None:
    connection.execute("PRAGMA journal_mode=WAL")
    # The receipt that follows a commit lets a station forget: the commit must be on the disk.
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute("PRAGMA busy_timeout=10000")
    # What a group of full batches touches: with the two megabytes of SQLite's own the log got the same pages several times over.
    connection.execute("PRAGMA cache_size=-16000")
    # Groups of pushes bring the log into the file when they have been answered (`checkpoint`). A commit does it in its turn
    # only when the log has grown to 32 megabytes, because others wrote all the time: then it begins anew.
    connection.execute("PRAGMA wal_autocheckpoint=8000")


def _postgres(url: URL) -> Engine:
    # What the URL says itself goes first.
    url = url.update_query_dict({name: value for name, value in SILENT.items() if name not in url.query})
    engine = create_engine(
        url,
        pool_size=POOL,
        max_overflow=0,
        pool_timeout=LOCK_MS / 1000,
        # Each connection is a process there: the one that was at work last still has plans and pages at hand.
        pool_use_lifo=True,
        hide_parameters=True,
    )
    event.listen(engine, "connect", _on_postgres)
    leave_standbys(engine)
    return engine


def _on_postgres(connection: Any, _record: object) -> None:
    teach(connection)
    with connection.cursor() as cursor:
        # A server may be set to lose its last moments; a stricter setting (remote_apply) stays as it is.
        cursor.execute(
            "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'"
        )
        cursor.execute(f"SET idle_in_transaction_session_timeout = {IDLE_WRITER_MS}")
        cursor.execute(f"SET lock_timeout = {LOCK_MS}")
    connection.commit()


def alone(db: Connection, name: str) -> None:
    """Wait until no other transaction is alone under this name, and be so to the end of this one. On SQLite all are."""
    if is_postgres(db):
        db.execute(text("SELECT pg_advisory_xact_lock(hashtext(:name))"), {"name": name})


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Read what was committed, on PostgreSQL statement by statement; nothing may be written (held by tests/conftest.py)."""
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT", reads=True) as db:
            yield db
    else:
        with engine.connect().execution_options(reads=True) as db, db.begin():
            yield db


def hasten(db: Connection) -> None:
    """Let the commit of this transaction not wait for the disk (PostgreSQL); its order among the others stays."""
    db.exec_driver_sql("SET LOCAL synchronous_commit = off")


def checkpoint(engine: Engine) -> None:
    """Bring what was committed to a SQLite file from its log into the file, when there is much of it."""
    turns = turns_of(engine)
    if turns is None or turns.written < CHECKPOINT:
        return
    # What was committed is on the disk, whatever becomes of this: the next one does it too.
    with suppress(DBAPIError, NoConnection, sqlite3.Error), engine.connect() as db:
        turns.written = 0
        raw: Any = db.connection.driver_connection
        raw.execute("PRAGMA wal_checkpoint(PASSIVE)")


def flush_postgres(engine: Engine) -> None:
    """Return once everything committed so far is on the disk, and with a synchronous standby if there is one."""
    with engine.begin() as db:
        # A commit waits for its own record, and the log is one: what was committed before stands in front of it.
        db.exec_driver_sql("SELECT pg_logical_emit_message(true, 'hall', '')")


def flush_sqlite(engine: Engine) -> None:
    """Return once everything committed so far is on the disk: what a synced commit does, at a time of one's own."""
    try:
        log = os.open(f"{engine.url.database}-wal", os.O_RDONLY)
    except FileNotFoundError:
        return  # Checkpointed to the last page: SQLite synced it then.
    try:
        os.fdatasync(log)
    finally:
        os.close(log)
