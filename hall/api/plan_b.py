"""What lets a station go on alone: a lane of receipt numbers of its own, how long it may, and by which days it computes."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from hall.api.asking import Told, as_json, decoded, from_db, in_db, signed
from hall.api.parts import HallParts
from hall.calendar import published
from hall.lanes import LanesUsedUp, block_for
from hall.staleness import staleness
from wire.numbers import BlockWanted


def routes_of(parts: HallParts) -> APIRouter:
    """Return where stations get numbers and limits."""
    routes = APIRouter()

    @routes.post("/v1/numbers")
    async def numbers(request: Request) -> Response:
        """Give a lane; the same wish again gets the same one."""
        caller, body = await signed(request, parts.engine)
        wanted = decoded(BlockWanted, body)
        try:
            return as_json(await in_db(parts, lambda db: block_for(db, caller.device, wanted.want)))
        except LanesUsedUp as used_up:
            raise Told(409, "lanes_used_up") from used_up

    @routes.get("/v1/staleness")
    async def limits(request: Request) -> Response:
        """Tell how long a station may go on alone, as of now."""
        await signed(request, parts.engine)
        return as_json(await from_db(parts, staleness))

    @routes.get("/v1/calendar")
    async def calendar(request: Request) -> Response:
        """Give the hall's table of working days, signed as of now."""
        await signed(request, parts.engine)
        table = await from_db(parts, published)
        if table is None:
            raise Told(404, "no_calendar")
        return as_json(table)

    return routes
