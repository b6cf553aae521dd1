"""The database's expected troubles in the workstation's words."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2

from workstation.domain.failures import Failure, Refused

# What the database raises, through SQLAlchemy or, where a statement is written out, by itself.
STORE_ERRORS: tuple[type[Exception], ...] = (DBAPIError, dbapi2.Error)
# SQLite's names for its result codes (sqlite.org/rescode.html), longest match first.
_BY_CODE = (
    ("SQLITE_FULL", Failure.STORE_FULL),
    # The log's index is the first file that a full disk refuses to grow.
    ("SQLITE_IOERR_SHMSIZE", Failure.STORE_FULL),
    ("SQLITE_IOERR_SHMOPEN", Failure.STORE_FULL),
    ("SQLITE_BUSY", Failure.STORE_BUSY),
    ("SQLITE_LOCKED", Failure.STORE_BUSY),
    # What stands is whole; it is the disk that does not take more of it now.
    ("SQLITE_IOERR_READ", Failure.STORE_DAMAGED),
    ("SQLITE_IOERR_SHORT_READ", Failure.STORE_DAMAGED),
    ("SQLITE_IOERR_CORRUPTFS", Failure.STORE_DAMAGED),
    ("SQLITE_IOERR_DATA", Failure.STORE_DAMAGED),
    ("SQLITE_IOERR", Failure.STORE_UNWRITABLE),
    ("SQLITE_CORRUPT", Failure.STORE_DAMAGED),
    ("SQLITE_NOTADB", Failure.STORE_DAMAGED),
    ("SQLITE_READONLY", Failure.STORE_UNWRITABLE),
    ("SQLITE_CANTOPEN", Failure.STORE_UNWRITABLE),
)


def refusal_of(error: BaseException) -> Refused | None:
    """Return the refusal for an expected trouble, None for what is a bug."""
    code = str(getattr(getattr(error, "orig", error), "sqlite_errorname", None) or "")
    failure = next((failure for prefix, failure in _BY_CODE if code.startswith(prefix)), None)
    return Refused(failure, cause=code) if failure else None


@contextmanager
def told() -> Iterator[None]:
    """Turn the store's expected troubles into refusals; anything else stays the bug it is."""
    try:
        yield
    except STORE_ERRORS as error:
        refusal = refusal_of(error)
        if refusal is None:
            raise
        raise refusal from error


@contextmanager
def disk_told() -> Iterator[None]:
    """The same for a file of ours beside the database."""
    try:
        yield
    except OSError as error:
        full = error.errno in {errno.ENOSPC, errno.EDQUOT}
        failure = Failure.STORE_FULL if full else Failure.STORE_UNWRITABLE
        raise Refused(failure, cause=errno.errorcode.get(error.errno or 0, "")) from error
