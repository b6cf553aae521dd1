"""Releases of the catalogue."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool

from hall import releases
from hall.api.asking import Told, as_json, from_db, signed
from hall.api.parts import HallParts


def routes_of(parts: HallParts) -> APIRouter:
    """Return where releases are given out."""
    routes = APIRouter()

    @routes.get("/v1/catalogue")
    async def manifest(request: Request) -> Response:
        """Tell which release is the newest."""
        await signed(request, parts.engine)
        found = await from_db(parts, releases.newest)
        if found is None:
            raise Told(404, "no_catalogue")
        return as_json(found)

    @routes.get("/v1/catalogue/{sha256}")
    async def release(request: Request, sha256: str) -> Response:
        """Give a release, newest or not."""
        await signed(request, parts.engine)
        content = await run_in_threadpool(releases.content_of, parts.releases, sha256)
        if content is None:
            raise Told(404, "no_catalogue")
        return Response(content, media_type="application/zip")

    return routes
