"""One transaction over all shelves: durable when commit returns, rolled back otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from workstation.domain.failures import Failure, Refused
from workstation.services.ports import Audit, Blobs, Cases, Drafts, Outbox, Prints, Station
from workstation.storage.audit import AuditShelf
from workstation.storage.blobs import BlobShelf
from workstation.storage.cases import CaseShelf
from workstation.storage.drafts import DraftShelf
from workstation.storage.outbox import OutboxShelf
from workstation.storage.prints import PrintShelf
from workstation.storage.station import StationShelf


class SqlUnit:
    """See services.ports.Unit. The write lock is taken at the start (BEGIN IMMEDIATE), so a unit never
    has to be repeated because somebody else wrote in between.
    """

    cases: Cases
    drafts: Drafts
    outbox: Outbox
    audit: Audit
    prints: Prints
    blobs: Blobs
    station: Station

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._connection: Connection | None = None

    def commit(self) -> None:
        """Make it durable and begin anew. Raises Refused(STORE_FULL | STORE_BUSY)."""
        if self._connection is None:
            raise AssertionError("unit is not open")
        with told():
            self._connection.commit()

    def __enter__(self) -> SqlUnit:
        """Open the transaction."""
        with told():
            db = self._connection = self._engine.connect()
            try:
                db.begin()
            except BaseException:
                db.close()
                raise
        self.cases = CaseShelf(db)
        self.drafts = DraftShelf(db)
        self.outbox = OutboxShelf(db)
        self.audit = AuditShelf(db)
        self.prints = PrintShelf(db)
        self.blobs = BlobShelf(db)
        self.station = StationShelf(db)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Roll back what was not committed, and tell the store's troubles in our words."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        if isinstance(error, DBAPIError):
            raise refusal_of(error) from error


@contextmanager
def told() -> Iterator[None]:
    """Turn the store's expected troubles into refusals; anything else stays the bug it is."""
    try:
        yield
    except DBAPIError as error:
        raise refusal_of(error) from error


def refusal_of(error: DBAPIError) -> BaseException:
    """Return the refusal for an expected trouble, else the error itself."""
    name = getattr(error.orig, "sqlite_errorname", "") or ""
    words = str(error.orig).lower()
    if "full" in words or name == "SQLITE_FULL" or "disk i/o" in words:
        return Refused(Failure.STORE_FULL)
    if "locked" in words or "busy" in words:
        return Refused(Failure.STORE_BUSY)
    if "not a database" in words:
        return Refused(Failure.STORE_KEY_WRONG)
    if "malformed" in words:
        return Refused(Failure.STORE_DAMAGED)
    return error
