"""Opens the hall's database by path or URL, with its schema up to date, and keeps the facts and numbers of the hall."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, bindparam, select
from sqlalchemy.dialects import postgresql, sqlite

from hall.engines import alone, flush_postgres, flush_sqlite, hasten, make_engine
from hall.epoch import renew_epoch
from hall.other_cluster import moved
from hall.schema import migrate, newest_schema
from hall.tables import meta, numbers
from hall.upsert import insert_or_ignore, is_postgres
from hall.zone import HALL_ZONE
from wire.keys import b64, new_private, unb64
from wire.recovery import new_recovery_key

__all__ = [
    "HALL_ZONE",
    "begin_unsynced",
    "fact",
    "hall_key",
    "keep",
    "migrate",
    "newest_schema",
    "next_number",
    "now",
    "open_database",
    "stamp",
    "sync",
]


def open_database(place: Path | str) -> Engine:
    """Open or make the hall of a path (SQLite) or URL (`sqlite:///…`, `postgresql+psycopg://…`), migrated to the newest schema,
    with its epoch and signing key.

    The key stands in the database because this is a reference hall; a real one keeps it in an HSM
    (docs/decisions/008-reference-hall.md).
    """
    engine = make_engine(place)
    migrate(engine)
    with engine.begin() as db:
        alone(db, "start")
        if moved(db):
            renew_epoch(db)
        keep(db, "epoch", secrets.token_hex(8))
        keep(db, "hall_key", b64(new_private()))
        keep(db, "session_secret", secrets.token_hex(32))
        keep(db, "recovery_key", b64(new_recovery_key()))
        keep(db, "watch_key", secrets.token_hex(32))
    return engine


@contextmanager
def begin_unsynced(engine: Engine) -> Iterator[Connection]:
    """Begin a transaction whose commit outlives the program, and a power cut only after `sync` or a synced commit."""
    if engine.dialect.name == "postgresql":
        with engine.begin() as db:
            hasten(db)
            yield db
        return
    with engine.connect() as db:
        raw = db.connection.driver_connection
        if raw is None:
            raise RuntimeError("the connection is gone")
        raw.execute("PRAGMA synchronous=NORMAL")
        try:
            with db.begin():
                yield db
        finally:
            raw.execute("PRAGMA synchronous=FULL")


def sync(engine: Engine) -> None:
    """Return once everything committed so far is on the disk: what a synced commit does, at a time of one's own."""
    if engine.dialect.name == "postgresql":
        flush_postgres(engine)
    else:
        flush_sqlite(engine)


def keep(db: Connection, name: str, value: str) -> None:
    """Write a fact of the hall unless it is there."""
    insert_or_ignore(db, meta, {"name": name, "value": value})


def fact(db: Connection, name: str) -> str:
    """Read a fact of the hall."""
    value = db.scalar(select(meta.c.value).where(meta.c.name == name))
    if value is None:
        raise KeyError(name)
    return str(value)


def hall_key(db: Connection) -> bytes:
    """Return the hall's private signing key."""
    return unb64(fact(db, "hall_key"))


def next_number(db: Connection, series: str, count: int = 1) -> int:
    """Take the next `count` numbers of a series, from 1; return the first of them."""
    taken = _taking(postgres=is_postgres(db))
    return int(db.execute(taken, {"of": series, "count": count}).scalar_one()) - count + 1


@lru_cache(maxsize=2)
def _taking(*, postgres: bool) -> Any:
    """Return the statement that takes numbers of a series, built once."""
    insert: Any = (postgresql if postgres else sqlite).insert(numbers)
    row = insert.values(series=bindparam("of"), last=bindparam("count"))
    more = numbers.c.last + row.excluded.last
    return row.on_conflict_do_update(index_elements=["series"], set_={"last": more}).returning(numbers.c.last)


def now() -> datetime:
    """The hall's clock."""
    return datetime.now(UTC)


def stamp(at: datetime) -> str:
    """Write a time so that texts sort."""
    if at.tzinfo is UTC:  # nearly all of them: half the time
        return at.isoformat(timespec="microseconds")[:-6] + "Z"
    return f"{at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='microseconds')}Z"
