"""Events up, changes down."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor

from fastapi import APIRouter, Request, Response
from sqlalchemy import Connection

from hall.acceptance import Gate
from hall.api.asking import (
    AROUND_BYTES,
    Told,
    as_json,
    body_of,
    decoded,
    from_db,
    let_in,
    signed,
    text_as_json,
    unpacked,
    who_signed,
)
from hall.api.key_lookup import KeyMemory
from hall.api.parts import HallParts
from hall.at_once import AtOnce
from hall.feed import CursorGone, page
from hall.intake import Intake, PushRefused
from hall.snapshot import signed_page
from wire.messages import PushRequest

# Pushes under way at once in a process: each holds a connection of the pool (hall/engines.py), and others want some too.
PUSHES = 16


def routes_of(parts: HallParts) -> APIRouter:
    """Return what stations push to and pull from."""
    routes = APIRouter()

    gate = Gate(parts.catalogue, parts.releases)
    intake = Intake(parts.engine, gate, most=parts.settings.intake.batch, straight=True)
    keys, batches = KeyMemory(), AtOnce(PushRequest)
    # Not the framework's threads: of what it does for each change of threads a push needs nothing.
    threads = ThreadPoolExecutor(PUSHES, thread_name_prefix="push")

    @routes.post("/v1/push")
    async def push(request: Request) -> Response:
        """Take a batch of events."""
        limit = parts.settings.intake.body_bytes + AROUND_BYTES
        body = await body_of(request, limit)

        def take() -> str:
            """Do all of it in one go: each change of threads costs a small push more than its signature."""
            known = who_signed(request, parts.engine, body, keys)
            caller = let_in(known)
            batch = decoded(batches, unpacked(request, body, limit))
            taken = intake.take(caller.device, batch, known.key)
            parts.meters.pushed(batch, taken.results)
            return taken.text

        try:
            return text_as_json(await asyncio.get_running_loop().run_in_executor(threads, take))
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
