"""How a station finds its place again: the epoch in force, its cases page by page, what the hall takes at once."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from hall.announcement import announce
from hall.api.asking import Told, as_json, from_db, signed
from hall.api.parts import HallParts
from hall.database import now
from hall.feed import MAX_PAGE, CursorGone
from hall.snapshot import snapshot
from wire.limits import HallLimits
from wire.packing import ZSTD


def routes_of(parts: HallParts) -> APIRouter:
    """Return what heals a station."""
    routes = APIRouter()

    @routes.get("/v1/epoch")
    async def epoch() -> Response:
        """Announce the epoch; signed by the hall, so whoever hears it need not be known."""
        return as_json(await from_db(parts, announce))

    @routes.get("/v1/limits")
    async def limits(request: Request) -> Response:
        """Tell what is taken at once."""
        await signed(request, parts.engine)
        most = parts.settings.intake
        told = HallLimits(most.batch, most.body_bytes, most.blob_bytes, MAX_PAGE, (ZSTD,), now())
        return as_json(told)

    @routes.get("/v1/snapshot")
    async def cases(request: Request, page: str = "") -> Response:
        """Tell a page of the station's cases as they stand."""
        caller, _ = await signed(request, parts.engine)
        try:
            return as_json(await from_db(parts, lambda db: snapshot(db, caller.station, page)))
        except CursorGone as gone:
            raise Told(410, "cursor_gone") from gone
        except ValueError as error:
            raise Told(422, "malformed") from error

    return routes
