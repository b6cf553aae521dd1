"""Reads the audit chain of a store that may be in use, and writes nothing: not to the store, not to its log."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlcipher3 import dbapi2

from wire.codec import decode
from wire.keys import unb64
from wire.messages import Enrolment
from workstation.domain.failures import Failure, Refused
from workstation.services.verify_audit import Row, Witness
from workstation.storage.audit import HEAD_FACT

_COLUMNS = ("at", "actor", "deed", "case")


class ChainReader:
    """A store opened for reading; several readers and one writer do not disturb each other."""

    def __init__(self, connection: Any) -> None:
        self._db = connection

    def rows(self) -> Iterator[Row]:
        """Return the chain in order of its places, one row at a time."""
        query = 'SELECT seq, entry, at, actor, deed, "case" FROM audit ORDER BY seq'
        for seq, entry, *beside in self._db.execute(query):
            yield Row(seq, entry, dict(zip(_COLUMNS, beside, strict=True)))

    def stamps(self) -> tuple[tuple[int, str], ...]:
        """Return the stored stamps by their places, as they stand."""
        return tuple(self._db.execute("SELECT seq, stamp FROM audit_stamps ORDER BY seq"))

    def fact(self, name: str) -> str:
        """Return a fact of the station."""
        row = self._db.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
        return str(row[0]) if row else ""

    def enrolment(self) -> Enrolment | None:
        """Return who the station is."""
        text = self.fact("enrolment")
        return decode(Enrolment, text) if text else None

    def device_key(self) -> bytes:
        """Return the device's private key, to ask the hall for its stamps."""
        return bytes.fromhex(self.fact("device_key"))

    def witness(self, outside: tuple[str, ...]) -> Witness:
        """Return what the chain is held against."""
        known = self.enrolment()
        return Witness(
            device=known.device if known else "",
            incarnation=known.incarnation if known else 0,
            hall_key=unb64(known.hall_key) if known else None,
            end_mark=self.fact(HEAD_FACT),
            stored=self.stamps(),
            outside=outside,
        )


@contextmanager
def reading(path: Path, key: bytes) -> Iterator[ChainReader]:
    """Open a store for reading; everything is read as it stood at the first look.

    Raises Refused(STORE_KEY_WRONG) for another key, STORE_DAMAGED for what is no store or of an older schema.
    """
    if not path.exists():
        raise Refused(Failure.STORE_DAMAGED, cause="missing")
    try:
        db = dbapi2.connect(f"file:{quote(str(path))}?mode=ro", uri=True, isolation_level=None)
    except dbapi2.Error as error:
        raise Refused(Failure.STORE_DAMAGED, cause=type(error).__name__) from None
    try:
        db.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        db.execute("PRAGMA query_only = ON")
        try:
            db.execute("BEGIN")
            db.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except dbapi2.Error as error:
            wrong = "NOTADB" in str(getattr(error, "sqlite_errorname", "")) or "not a database" in str(error)
            raise Refused(Failure.STORE_KEY_WRONG if wrong else Failure.STORE_DAMAGED) from None
        try:
            yield ChainReader(db)
        except dbapi2.Error as error:
            raise Refused(Failure.STORE_DAMAGED, cause=type(error).__name__) from error
    finally:
        db.close()
