"""Whether this process may be sent work: looked at each time it is asked, changed by nothing that it does."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

from sqlalchemy import Connection, Engine, delete
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnection

from hall.database import fact, hall_key
from hall.schema import newest_schema, schema_of
from hall.tables import meta
from hall.turn_holder import TurnHeld
from wire.health import Readiness

MEGABYTE = 1_000_000
_KEYS = ("session_secret", "recovery_key", "watch_key", "epoch")


def readiness(engine: Engine, files: Path, free_mb: int) -> Readiness:
    """Look at the database, its schema, the hall's keys and the room on the disk of `files`, at least `free_mb` megabytes.

    Codes: database `ok | unreachable | read_only | held` (a process that may write to SQLite stands still), schema `ok | behind | ahead`, keys `ok | missing`, disk `ok | full`.
    """
    checks = {**_database(engine), "disk": _disk(files, free_mb)}
    return Readiness(all(said == "ok" for said in checks.values()), checks)


def free_bytes(folder: Path) -> int:
    """Return how many bytes may still be written where a folder is, or will be."""
    while not folder.exists():
        folder = folder.parent
    return shutil.disk_usage(folder).free


def _database(engine: Engine) -> Mapping[str, str]:
    try:
        schema, newest = schema_of(engine) or "", newest_schema()
        with engine.begin() as db:
            # It takes the writer's lock on SQLite and is refused by a standby of PostgreSQL, and touches no row.
            db.execute(delete(meta).where(meta.c.name == ""))
            keys = _keys(db)
    except NoConnection:
        return {"database": "unreachable"}
    except DBAPIError as error:
        if isinstance(error.orig, TurnHeld) and error.orig.by is not None:
            return {"database": "held"}
        read_only = "read-only" in str(error.orig) or "readonly" in str(error.orig)
        return {"database": "read_only" if read_only else "unreachable"}
    told = "ok" if schema == newest else "behind" if schema < newest else "ahead"
    return {"database": "ok", "schema": told, "keys": keys}


def _keys(db: Connection) -> str:
    try:
        whole = len(hall_key(db)) == 32 and all(fact(db, name) for name in _KEYS)
    except (KeyError, ValueError):
        return "missing"
    return "ok" if whole else "missing"


def _disk(files: Path, free_mb: int) -> str:
    return "ok" if free_bytes(files) >= free_mb * MEGABYTE else "full"
