"""Events up, changes down."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from sqlalchemy import Connection

from hall.api.asking import (
    Told,
    as_json,
    from_db,
    signed,
    text_as_json,
)
from hall.api.parts import HallParts
from hall.api.pushes import Pushes
from hall.feed import CursorGone, page
from hall.intake import PushRefused
from hall.snapshot import signed_page


def routes_of(parts: HallParts) -> APIRouter:
    """Return what stations push to and pull from."""
    routes = APIRouter()
    pushes = Pushes(parts)

    @routes.post("/v1/push")
    async def push(request: Request) -> Response:
        """Take a batch of events."""
        try:
            return text_as_json(await pushes.answer(request))
        except PushRefused as refused:
            raise Told(refused.status, refused.code) from refused

    @routes.get("/v1/changes")
    async def changes(request: Request, cursor: str = "", limit: int = 200) -> Response:
        """Tell what is new."""
        caller, _ = await signed(request, parts.engine)

        def read(db: Connection) -> object:
            return signed_page(db, page(db, caller.station, cursor, limit), caller.station, cursor)

        try:
            return as_json(await from_db(parts, read))
        except CursorGone as gone:
            raise Told(410, "cursor_gone") from gone
        except ValueError as error:
            raise Told(422, "malformed") from error

    return routes
