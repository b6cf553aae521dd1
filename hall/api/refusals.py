"""Whatever else goes wrong is told as a Trouble too: an address that is none, a number that is none, a database that is away."""

from __future__ import annotations

import logging

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import TimeoutError as NoConnection
from starlette.exceptions import HTTPException

from hall.api.asking import Told, told
from hall.log_lines import place_of

log = logging.getLogger(__name__)
_OF_ROUTER = {404: "no_such_address", 405: "method"}


def speak_typed(app: FastAPI) -> None:
    """Let an application answer with typed codes where the framework would answer with words of its own."""
    app.add_exception_handler(RequestValidationError, _malformed)
    app.add_exception_handler(HTTPException, _of_router)
    app.add_exception_handler(NoConnection, _no_connection)
    app.add_exception_handler(500, _internal)


async def _malformed(request: Request, _error: Exception) -> Response:
    # Never what was sent: it may be a person's.
    return await told(request, Told(422, "malformed"))


async def _of_router(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    answer = await told(request, Told(status, _OF_ROUTER.get(status, "malformed")))
    if isinstance(error, HTTPException) and error.headers:
        answer.headers.update(error.headers)
    return answer


async def _no_connection(request: Request, error: Exception) -> Response:
    # All of the pool are in use, and have been for longer than anybody should wait.
    log.error("no connection is free: %s", type(error).__name__)
    return await told(request, Told(503, "storage"))


async def _internal(request: Request, error: Exception) -> Response:
    # The text of an error may hold what was sent; its kind and its place never do.
    log.error("%s in %s", type(error).__name__, place_of(error))
    return await told(request, Told(500, "internal"))
