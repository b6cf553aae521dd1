"""When the hall's own disk or database takes nothing: told by a code, and nothing was taken of what came."""

from __future__ import annotations

import logging

from fastapi import Request, Response, status
from sqlalchemy.exc import DataError, DBAPIError, OperationalError

from hall.api.asking import Told, told
from hall.availability import is_away
from hall.turn_holder import TurnHeld

log = logging.getLogger(__name__)

# SQLite's names for its result codes (sqlite.org/rescode.html) and PostgreSQL's classes of SQLSTATE: 53 resources, 57P and 08
# the server is going or gone, 58 its disk, 25006 read-only.
_FULL = ("SQLITE_FULL", "SQLITE_IOERR_SHMSIZE", "SQLITE_IOERR_SHMOPEN", "53100")
# A switch to the standby takes seconds; the station's own pace (sync/pace) spreads those who come again.
AGAIN_S = 2
_AWAY = (
    "SQLITE_IOERR",
    "SQLITE_READONLY",
    "SQLITE_CANTOPEN",
    "53",
    "57P",
    "08",
    "58",
    "25006",
)


async def storage_told(request: Request, error: Exception) -> Response:
    """Answer 507 (RFC 4918 11.5) `storage_full` or 503 `storage`: the transaction was rolled back, so no receipt was given.

    A database that is away for a moment (hall/availability.py) is 503 `database_away` with Retry-After: no receipt was given
    either, but a commit that broke off may have been kept. Anything else of the database is a bug and stays one.
    """
    if is_away(error):
        # The text of the driver may hold values of rows: the kind and the state say enough.
        cause = getattr(error, "orig", None)
        state = str(cause) if isinstance(cause, TurnHeld) else getattr(cause, "sqlstate", None)
        log.warning("the database is away: %s %s", type(error).__name__, state or "")
        return await told(request, Told(503, "database_away", {"retry_after": str(AGAIN_S)}))
    if isinstance(error, DataError):
        # A sign that no text of PostgreSQL holds (NUL), a number that no column does: what was asked makes no sense there.
        log.warning("malformed for the database: %s", getattr(error.orig, "sqlstate", None) or "")
        return await told(request, Told(status.HTTP_422_UNPROCESSABLE_CONTENT, "malformed"))
    if not isinstance(error, DBAPIError):
        raise error
    cause = str(getattr(error.orig, "sqlite_errorname", None) or getattr(error.orig, "sqlstate", None) or "")
    if cause.startswith(_FULL):
        answer = Told(status.HTTP_507_INSUFFICIENT_STORAGE, "storage_full")
    elif cause.startswith(_AWAY) or (isinstance(error, OperationalError) and not cause):
        # A server that is not there has no code of its own.
        answer = Told(status.HTTP_503_SERVICE_UNAVAILABLE, "storage")
    else:
        raise error
    log.error("the hall's storage takes nothing: %s", cause)
    return await told(request, answer)
