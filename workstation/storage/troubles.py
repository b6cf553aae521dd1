"""The database's expected troubles in the workstation's words."""

from __future__ import annotations

import errno
from types import TracebackType

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


class told:  # noqa: N801 - reads as a word: with told()
    """Turns the store's expected troubles into refusals; anything else stays the bug it is."""

    __slots__ = ()

    def __enter__(self) -> None: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Raise Refused in the place of what is expected."""
        refusal = refusal_of(error) if isinstance(error, STORE_ERRORS) else None
        if refusal is not None:
            raise refusal from error


class disk_told:  # noqa: N801 - as above
    """The same for a file of ours beside the database."""

    __slots__ = ()

    def __enter__(self) -> None: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Raise Refused(STORE_FULL | STORE_UNWRITABLE)."""
        if isinstance(error, OSError):
            full = error.errno in {errno.ENOSPC, errno.EDQUOT}
            failure = Failure.STORE_FULL if full else Failure.STORE_UNWRITABLE
            raise Refused(failure, cause=errno.errorcode.get(error.errno or 0, "")) from error
