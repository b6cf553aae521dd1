"""The answer while the database is away: 503 with the time to come again, never 500."""

from __future__ import annotations

import logging

from fastapi import FastAPI, Request, Response
from sqlalchemy.exc import DBAPIError, TimeoutError  # noqa: A004 - the pool's own

from hall.api.asking import Told, told
from hall.availability import is_away

log = logging.getLogger(__name__)
CODE = "database_away"
# A switch to the standby takes seconds. The station's own pace (sync/pace) spreads those who come again.
AGAIN_S = 2


def answer_while_away(app: FastAPI) -> None:
    """Let the application answer so wherever a request meets a database that is away; other faults stay faults."""
    for kind in (DBAPIError, TimeoutError):
        app.add_exception_handler(kind, _away)


async def _away(request: Request, error: Exception) -> Response:
    if not is_away(error):
        raise error
    state = getattr(getattr(error, "orig", None), "sqlstate", None)
    # The text of the driver may hold values of rows: the kind and the state say enough.
    log.warning("the database is away: %s %s", type(error).__name__, state or "")
    return await told(request, Told(503, CODE, {"retry_after": str(AGAIN_S)}))
