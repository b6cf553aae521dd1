"""The board of the hall, for its supervisors and auditors."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from hall.api.asking import as_json, from_db, may, signed
from hall.api.parts import HallParts
from hall.board import board
from hall.database import now
from wire.rights import Action


def routes_of(parts: HallParts) -> APIRouter:
    """Return where the board is asked for."""
    routes = APIRouter()

    @routes.get("/v1/board")
    async def hall_board(request: Request, asker: str = "") -> Response:
        """Tell how much work stands at each counter; the name is under the station's signature."""
        caller, _ = await signed(request, parts.engine)
        await may(parts.engine, caller, asker, Action.BOARD_SEEN)
        return as_json(await from_db(parts, lambda db: board(db, caller.station, asker, now())))

    return routes
