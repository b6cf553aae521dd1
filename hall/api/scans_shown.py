"""Scans for departments' own systems, with a token."""

from __future__ import annotations

import asyncio

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool

from hall.api.asking import Told
from hall.api.departments import TaskNo
from hall.api.parts import HallParts
from hall.blobs import RoomDown
from hall.engines import reading
from hall.scans_shown import ScanRefused, drawn_anew, hold_scan
from hall.tasks import department_of

_AT_ONCE = 2  # each is a process with a core and up to 1.5 GB of its own


def routes_of(parts: HallParts) -> APIRouter:
    """Return where departments look at papers."""
    routes = APIRouter()
    turns = asyncio.Semaphore(_AT_ONCE)

    @routes.get("/v1/departments/{department}/tasks/{task}/scans/{sha256}")
    async def scan(request: Request, department: str, task: TaskNo, sha256: str) -> Response:
        """Give a paper of a task, drawn anew: pixels and nothing else."""

        def hold() -> None:
            with reading(parts.engine) as db:
                scheme, _, token = request.headers.get("authorization", "").partition(" ")
                if scheme.lower() != "bearer" or department_of(db, token) != department:
                    raise Told(401, "token")
                hold_scan(db, department, task, sha256, parts.catalogue)

        try:
            await run_in_threadpool(hold)
            async with turns:
                drawn = await run_in_threadpool(drawn_anew, parts.blobs, sha256)
        except ScanRefused as refused:
            raise Told(refused.status, refused.code) from refused
        except RoomDown as down:
            raise Told(503, "room_down") from down
        headers = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
        return Response(drawn.content, media_type=drawn.media, headers=headers)

    return routes
