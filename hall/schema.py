"""Brings the hall's schema up to date: online on PostgreSQL, and once however many server processes start at the same time."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect

# What the migrations make of an empty SQLite file (`python -m tests.data.make_schemas`): in three milliseconds, without Alembic.
NEWEST = Path(__file__).parent / "migrations" / "newest.sql"
_LOCK = 0x79_63_68_61_6C_6C  # "ychall": whoever migrates holds this advisory lock
# A change of a table that has to wait gives up rather than make everybody behind it wait too.
_PATIENCE = "3s"
_ASK_AGAIN_S = 0.1


def migrate(engine: Engine) -> bool:
    """Run what is missing of migrations/versions; say whether anything was. Raises OperationalError when a table was in use
    for longer than three seconds: what was committed of that step stays and is seen by the next try, which goes on from there."""
    stands = schema_of(engine)
    if stands is None and engine.dialect.name == "sqlite":
        begin_with(engine, NEWEST.read_text(encoding="utf-8"))
        if schema_of(engine) == newest_schema():
            return True
    elif stands == newest_schema():
        return False
    # Loaded only when there is something to do.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    with _alone(engine) as db:
        config.attributes["connection"] = db
        command.upgrade(config, "head")
    return True


def begin_with(engine: Engine, written: str) -> None:
    """Give an empty SQLite database the schema that is written down, as all migrations to its revision would have."""
    with engine.begin() as db:
        if inspect(db).has_table("alembic_version"):
            return  # another process was quicker
        for statement in written.removesuffix("\n").split(";\n\n"):
            db.exec_driver_sql(statement)


def schema_of(engine: Engine) -> str | None:
    """Return the revision that a database has, None for an empty one."""
    if not inspect(engine).has_table("alembic_version"):
        return None
    with engine.begin() as db:
        version = db.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    return None if version is None else str(version)


def newest_schema() -> str:
    """Return the revision that the shipped files lead to: they are numbered in the order in which they run."""
    versions = Path(__file__).parent / "migrations" / "versions"
    return max(path.name[:4] for path in versions.glob("[0-9]*.py"))


@contextmanager
def _alone(engine: Engine) -> Iterator[Connection]:
    if engine.dialect.name != "postgresql":
        with engine.begin() as db:
            yield db
        return
    # The lock is the session's, because each migration is a transaction of its own: an index that is built beside the
    # work (CREATE INDEX CONCURRENTLY) stands in none.
    with engine.connect() as db:
        # Whoever waits asks again and again: in one long statement it would have a snapshot, and an index that is built beside
        # the work waits for everybody who has an older one.
        while not db.exec_driver_sql(f"SELECT pg_try_advisory_lock({_LOCK})").scalar_one():
            db.rollback()
            time.sleep(_ASK_AGAIN_S)
        db.exec_driver_sql(f"SET lock_timeout = '{_PATIENCE}'")
        db.commit()
        try:
            yield db
        finally:
            db.rollback()
            db.exec_driver_sql(f"SELECT pg_advisory_unlock({_LOCK})")
            db.commit()
            db.invalidate()  # with its own timeout: nobody else shall have it
