"""Opens the hall's database by URL and brings its schema up to date."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, select
from sqlalchemy.dialects.sqlite import insert

from hall.tables import meta, numbers
from wire.keys import b64, new_private, unb64


def open_database(path: Path) -> Engine:
    """Open or make the SQLite hall, migrated to the newest schema, with its epoch and signing key.

    The key stands in the database because this is a reference hall; a real one keeps it in an HSM
    (docs/decisions/008-reference-hall.md).
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": 10, "isolation_level": None})
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    migrate(engine)
    with engine.begin() as db:
        keep(db, "epoch", secrets.token_hex(8))
        keep(db, "hall_key", b64(new_private()))
        keep(db, "session_secret", secrets.token_hex(32))
        keep(db, "watch_key", secrets.token_hex(32))
    return engine


@contextmanager
def begin_unsynced(engine: Engine) -> Iterator[Connection]:
    """Begin a transaction whose commit outlives the program, and a power cut only after `sync` or a synced commit."""
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
    try:
        log = os.open(f"{engine.url.database}-wal", os.O_RDONLY)
    except FileNotFoundError:
        return  # Checkpointed to the last page: SQLite synced it then.
    try:
        os.fdatasync(log)
    finally:
        os.close(log)


def migrate(engine: Engine) -> None:
    """Run what is missing of migrations/versions."""
    if inspect(engine).has_table("alembic_version"):
        with engine.begin() as db:
            if db.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() == newest_schema():
                return
    # Loaded only when there is something to do.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    with engine.begin() as db:
        config.attributes["connection"] = db
        command.upgrade(config, "head")


def newest_schema() -> str:
    """Return the revision that the shipped files lead to: they are numbered in the order in which they run."""
    versions = Path(__file__).parent / "migrations" / "versions"
    return max(path.name[:4] for path in versions.glob("[0-9]*.py"))


HALL_ZONE = timezone(timedelta(hours=8))  # dates in numbers are Beijing's


def keep(db: Connection, name: str, value: str) -> None:
    """Write a fact of the hall unless it is there."""
    db.execute(insert(meta).values(name=name, value=value).on_conflict_do_nothing())


def fact(db: Connection, name: str) -> str:
    """Read a fact of the hall."""
    value = db.scalar(select(meta.c.value).where(meta.c.name == name))
    if value is None:
        raise KeyError(name)
    return str(value)


def hall_key(db: Connection) -> bytes:
    """Return the hall's private signing key."""
    return unb64(fact(db, "hall_key"))


def next_number(db: Connection, series: str) -> int:
    """Take the next number of a series, from 1."""
    row = insert(numbers).values(series=series, last=1)
    taken = row.on_conflict_do_update(index_elements=["series"], set_={"last": numbers.c.last + 1})
    return int(db.execute(taken.returning(numbers.c.last)).scalar_one())


def now() -> datetime:
    """The hall's clock."""
    return datetime.now(UTC)


def stamp(at: datetime) -> str:
    """Write a time so that texts sort."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _on_connect(connection: Any, _record: object) -> None:
    connection.execute("PRAGMA journal_mode=WAL")
    # The receipt that follows a commit lets a station forget: the commit must be on the disk.
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute("PRAGMA busy_timeout=10000")
