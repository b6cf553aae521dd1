"""Scans of a forwarded case, for the station that accepts it."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool

from hall.api.asking import Told, in_db, may, signed
from hall.api.parts import HallParts
from hall.blobs import RoomDown
from hall.database import now
from hall.scans_shown import ScanRefused
from hall.shared_scans import Look, content_of, note_look
from wire.rights import Action


def routes_of(parts: HallParts) -> APIRouter:
    """Return where an office looks at what another one has scanned."""
    routes = APIRouter()

    @routes.get("/v1/cases/{case}/scans/{sha256}")
    async def scan(request: Request, case: str, sha256: str, clerk: str = "") -> Response:
        """Give a scan of a case that was forwarded to this station, as it was given; the name is under the signature."""
        caller, _ = await signed(request, parts.engine)
        await may(parts.engine, caller, clerk, Action.SCAN_SEEN)
        look = Look(caller.station, caller.device, clerk, case, sha256)
        try:
            await in_db(parts, lambda db: note_look(db, look, now()))
            content = await run_in_threadpool(content_of, parts.blobs, sha256)
        except ScanRefused as refused:
            raise Told(refused.status, refused.code) from refused
        except RoomDown as down:
            raise Told(503, "room_down") from down
        headers = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
        return Response(content, media_type="application/octet-stream", headers=headers)

    return routes
