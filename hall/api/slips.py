"""What a station needs to sign its slips."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from hall.api.asking import as_json, from_db, signed
from hall.api.parts import HallParts
from hall.database import now
from hall.slip_mandates import mandate_for


def routes_of(parts: HallParts) -> APIRouter:
    """Return where a device gets its mandate."""
    routes = APIRouter()

    @routes.get("/v1/slips/mandate")
    async def mandate(request: Request) -> Response:
        """Give the device that asks a mandate for its newest key."""
        caller, _ = await signed(request, parts.engine)
        return as_json(await from_db(parts, lambda db: mandate_for(db, caller.device, caller.station, now())))

    return routes
