"""Opens the encrypted database: raw key, write-ahead log, every commit on disk, schema brought up to date."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, delete, event, select
from sqlalchemy.engine import URL
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import QueuePool

from workstation.domain.failures import Failure, Refused
from workstation.storage.connections import Connections
from workstation.storage.key_pool import KeyPool
from workstation.storage.migrations import HEAD, begin, upgrade, version_of
from workstation.storage.number_mark import NumberMark
from workstation.storage.raw import BEGUN, raw, taken_back
from workstation.storage.scan_files import ScanFiles
from workstation.storage.seals import Seals, StoreKey
from workstation.storage.tables import blobs, case_keys, dead_slots
from workstation.storage.troubles import told
from workstation.storage.unit import Shared, SqlUnit

BUSY_MS = 5000  # how long a unit waits for another to end
_SQLITE_HEADER = b"SQLite format 3\x00"
_PAGE = 4096  # bytes, SQLCipher 4's own size
_LEAST_FREE = 65536  # bytes: the index of the log and the first pages


class Store:
    """An open store."""

    def __init__(
        self, engine: Engine, path: Path, pool: KeyPool, key: bytes, mark: NumberMark | None = None
    ) -> None:
        self._engine = engine
        self._path = path
        self._pool = pool
        self._key = key
        self._scans = ScanFiles(scans_path(path), key)
        self._shared = Shared(Connections(engine), pool, StoreKey(key), self._scans, mark)

    def unit(self) -> SqlUnit:
        """Return a transaction, to be opened by `with`."""
        return SqlUnit(self._shared)

    def look(self) -> SqlUnit:
        """Return a transaction that reads: it holds nobody up, and commit is refused to it."""
        return SqlUnit(self._shared, reading=True)

    def scrub(self) -> int:
        """Destroy the keys that were given up and the files of scans that no row names, fold the log into the file and
        empty it; return how many keys.

        Done again after a crash: a key counts as given up until it is written over.
        """
        with told(), self._engine.connect() as db:
            with db.begin():  # The write lock: nobody takes a slot meanwhile.
                slots = list(db.scalars(select(dead_slots.c.slot)))
                self._pool.destroy(slots)
                db.execute(delete(dead_slots))
                self._scans.sweep(frozenset(db.scalars(select(blobs.c.sha256))))
            cursor = db.connection.cursor()
            try:
                # A reader that still looks at the old pages keeps the log; the next scrub empties it.
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            finally:
                cursor.close()
        return len(slots)

    def export_audit(self, out: Path, at: datetime) -> int:
        """Write the audit chain to a file; see services.export_audit."""
        from workstation.services.export_audit import export  # noqa: PLC0415 - an auditor's alone
        from workstation.storage.audit_reader import reading  # noqa: PLC0415

        with reading(self._path, self._key) as chain:
            return export(out, chain.enrolment(), chain.rows(), chain.stamps(), at)

    def close(self) -> None:
        """Let go of the file; the last connection folds the log into it."""
        self._shared.connections.close()
        self._pool.close()


def open_store(path: Path, key: bytes, *, busy_ms: int = BUSY_MS) -> Store:
    """Open or make the store with a raw 32-byte key.

    Raises Refused(STORE_KEY_WRONG) for another key, STORE_NEWER for a store that a later version wrote,
    STORE_DAMAGED for a file that is none, STORE_FULL and STORE_BUSY. To a wrong key, a store whose first page is
    damaged looks the same: both say STORE_KEY_WRONG.
    """
    if len(key) != 32:
        raise ValueError("the key must be 32 bytes")
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    _check_or_make(path)
    pool = KeyPool(pool_path(path))
    had_log = path.with_name(f"{path.name}-wal").exists()
    engine = _engine(path, key, busy_ms)
    try:
        with told():
            scans = ScanFiles(scans_path(path), key)
            try:
                _bring_up_to_date(engine, pool, key, scans)
            except Refused as refused:
                if refused.failure is not Failure.STORE_KEY_WRONG or not had_log:
                    raise
                # Cut off while the log was folded into the first page: SQLCipher takes its salt from there before it looks
                # at the log. Closing has folded the log, which needs no key, and the page is whole again.
                engine.dispose()
                _bring_up_to_date(engine, pool, key, scans)
    except BaseException as error:
        engine.dispose()
        # A new file on a full disk fails in many ways; the free space says which it is.
        if isinstance(error, Refused) and shutil.disk_usage(path.parent).free < _LEAST_FREE:
            raise Refused(Failure.STORE_FULL) from error
        raise
    return Store(engine, path, pool, key, NumberMark(mark_path(path)))


def pool_path(path: Path) -> Path:
    """Return where the secrets of a store's cases are."""
    return path.with_suffix(".keys")


def mark_path(path: Path) -> Path:
    """Return where the mark of the numbers is."""
    return path.with_suffix(".mark")


def scans_path(path: Path) -> Path:
    """Return the folder of a store's sealed scans."""
    return path.parent / "scans"


def _check_or_make(path: Path) -> None:
    try:
        # Ours from the first byte: SQLite would make the file readable for everybody.
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError:
        with path.open("rb") as file:
            start = file.read(_PAGE)
        # An empty file is a store whose making was cut off; with a journal beside it SQLite takes half a page back itself.
        torn = 0 < len(start) < _PAGE and not path.with_name(f"{path.name}-journal").exists()
        if start.startswith(_SQLITE_HEADER) or torn:
            raise Refused(Failure.STORE_DAMAGED) from None
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise Refused(Failure.STORE_FULL) from error
        raise


def _engine(path: Path, key: bytes, busy_ms: int) -> Engine:
    # A raw key skips the 175 ms of key derivation per connection; it is random already (sync.md 3).
    url = URL.create("sqlite+pysqlcipher", password=f"x'{key.hex()}'", database=str(path))
    engine = create_engine(
        url,
        poolclass=QueuePool,  # the default pool closes connections that other threads use: a crash in sqlcipher3
        pool_size=4,
        connect_args={"check_same_thread": False, "isolation_level": None, "timeout": busy_ms / 1000},
        hide_parameters=True,  # values are persons; they must not stand in error texts
    )
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _on_begin)
    event.listen(engine, "before_cursor_execute", _on_statement)
    return engine


def _on_connect(connection: Any, _record: object) -> None:
    run: Callable[[str], Any] = connection.execute
    run("PRAGMA journal_mode=WAL")
    # A receipt handed out must survive the power cut that follows it: NORMAL would lose the last commits.
    run("PRAGMA synchronous=FULL")
    run("PRAGMA foreign_keys=ON")
    run("PRAGMA secure_delete=ON")
    run("PRAGMA temp_store=MEMORY")
    # The inner pages of a million cases' indexes: with the usual 2 MB each search would decrypt them anew.
    run("PRAGMA cache_size=-16384")


def _on_begin(connection: Any) -> None:
    # A unit has begun already (storage/raw.py).
    raw(connection)


def _on_statement(connection: Any, cursor: Any, *_: object) -> None:
    # SQLAlchemy still believes in a transaction that a full disk took back: outside of one this would be durable by itself.
    if not cursor.connection.in_transaction and connection.info.get(BEGUN):
        raise taken_back()


def _bring_up_to_date(engine: Engine, pool: KeyPool, key: bytes, scans: ScanFiles) -> None:
    try:
        connection = engine.connect()
    except DatabaseError as error:
        if "SQLITE_NOTADB" in str(getattr(error.orig, "sqlite_errorname", "")):
            raise Refused(Failure.STORE_KEY_WRONG) from None
        raise
    with connection, connection.begin():
        found = version_of(connection)
        if found > HEAD:
            raise Refused(Failure.STORE_NEWER, found=str(found), known=str(HEAD))
        stands = found or begin(connection)
        if stands < HEAD:
            upgrade(connection, seals=Seals(connection, pool, StoreKey(key)), scans=scans)
        # Without the file nothing of any case can be read again: told now, and not case by case.
        if not pool.exists() and connection.scalar(select(case_keys.c.slot).limit(1)) is not None:
            raise Refused(Failure.STORE_DAMAGED, cause="case_keys")
    if found and found < HEAD:
        # What stood there before the change is not left in the log.
        with engine.connect() as db:
            cursor = db.connection.cursor()
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            cursor.close()
