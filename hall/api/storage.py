"""When the hall's own disk or database takes nothing: told by a code, and nothing was taken of what came."""

from __future__ import annotations

import logging

from fastapi import Request, Response, status
from sqlalchemy.exc import DBAPIError

from hall.api.asking import Told, told

log = logging.getLogger(__name__)

# SQLite's names for its result codes (sqlite.org/rescode.html) and PostgreSQL's classes of SQLSTATE: 53 resources, 57P and 08
# the server is going or gone, 58 its disk, 25006 read-only.
_FULL = ("SQLITE_FULL", "SQLITE_IOERR_SHMSIZE", "SQLITE_IOERR_SHMOPEN", "53100")
_AWAY = (
    "SQLITE_IOERR",
    "SQLITE_READONLY",
    "SQLITE_CANTOPEN",
    "SQLITE_BUSY",
    "53",
    "57P",
    "08",
    "58",
    "25006",
)


async def storage_told(request: Request, error: Exception) -> Response:
    """Answer 507 (RFC 4918 11.5) `storage_full` or 503 `storage`: the transaction was rolled back, so no receipt was given.

    Anything else of the database is a bug and stays one.
    """
    if not isinstance(error, DBAPIError):
        raise error
    cause = str(getattr(error.orig, "sqlite_errorname", None) or getattr(error.orig, "sqlstate", None) or "")
    if cause.startswith(_FULL):
        answer = Told(status.HTTP_507_INSUFFICIENT_STORAGE, "storage_full")
    elif cause.startswith(_AWAY):
        answer = Told(status.HTTP_503_SERVICE_UNAVAILABLE, "storage")
    else:
        raise error
    log.error("the hall's storage takes nothing: %s", cause)
    return await told(request, answer)
