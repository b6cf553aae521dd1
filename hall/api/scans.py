"""Scans of papers."""

from __future__ import annotations

import hashlib

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool

from hall.api.asking import Told, signed
from hall.api.parts import HallParts
from hall.blobs import keep_blob

MAX_BLOB_BYTES = 10_000_000


def routes_of(parts: HallParts) -> APIRouter:
    """Return where scans go."""
    routes = APIRouter()

    @routes.put("/v1/blobs/{sha256}")
    async def blob(request: Request, sha256: str) -> Response:
        """Take a scan; its name must be its hash. The same scan twice is one."""
        _, body = await signed(request, parts.engine, MAX_BLOB_BYTES)
        if hashlib.sha256(body).hexdigest() != sha256:
            raise Told(422, "hash")
        await run_in_threadpool(keep_blob, parts.blobs, sha256, body)
        return Response(status_code=204)

    return routes
