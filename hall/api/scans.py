"""Scans of papers: a signed request for a ticket, then tus 1.0 (https://tus.io/protocols/resumable-upload, core protocol with
creation, creation-with-upload, expiration and termination)."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime
from email.utils import format_datetime

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.routing import APIRoute
from starlette.requests import ClientDisconnect

from hall import uploads
from hall.api.asking import Told, as_json, decoded, from_db, signed, told
from hall.api.parts import HallParts
from hall.blobs import RoomDown
from hall.database import now
from hall.papers import is_here
from hall.upload_tickets import TICKET_LIFE, Ticket, TicketBad, read_ticket, write_ticket
from wire.uploads import MAX_SCAN_BYTES, UploadAsked, UploadTicket

log = logging.getLogger(__name__)

VERSION = "1.0.0"
ADDRESS = "/v1/uploads"
_PIECE = 262_144  # bytes kept at once: what a killed hall may have taken in vain
_SETTLE_S = 1.0
_OFFSET_TYPE = "application/offset+octet-stream"
_EXTENSIONS = "creation,creation-with-upload,expiration,termination"
_BAD = {"ticket": 401, "ticket_over": 401, "device_revoked": 403}


class TusRoute(APIRoute):
    """A route whose every answer, a refusal too, names the version of tus (2.2.1 Tus-Resumable)."""

    def get_route_handler(self) -> Callable[[Request], Awaitable[Response]]:  # type: ignore[override]
        """Wrap the handler."""
        handle = super().get_route_handler()

        async def speak(request: Request) -> Response:
            try:
                _hold_version(request)
                answer: Response = await handle(request)
            except Told as refused:
                answer = await told(request, refused)
            except uploads.UploadRefused as refused:
                answer = await told(request, Told(refused.status, refused.code))
            except RoomDown as down:
                log.error("the room of scans is down: %s", down)
                # Not the upload's fault: the station waits and comes again, and events go on meanwhile.
                answer = await told(request, Told(503, "room_down"))
            answer.headers["Tus-Resumable"] = VERSION
            if answer.status_code == 503:
                answer.headers["Retry-After"] = "10"
            if answer.status_code == 412:
                answer.headers["Tus-Version"] = VERSION
            return answer

        return speak


def routes_of(parts: HallParts) -> APIRouter:
    """Return where scans go."""
    routes = APIRouter()
    routes.include_router(_tickets(parts))
    routes.include_router(_tus(parts))
    return routes


def _tickets(parts: HallParts) -> APIRouter:
    routes = APIRouter()

    @routes.post("/v1/upload-tickets")
    async def ticket(request: Request) -> Response:
        """Give a station a ticket for one scan, and say whether it gave that scan already or how far it came with it."""
        caller, body = await signed(request, parts.engine)
        asked = decoded(UploadAsked, body)
        if re.fullmatch(r"[0-9a-f]{64}", asked.sha256) is None or asked.size < 1:
            raise Told(422, "malformed")
        if asked.size > MAX_SCAN_BYTES:
            raise Told(413, "too_large", {"limit": str(MAX_SCAN_BYTES)})
        at = now()
        made = Ticket(caller.device, caller.station, asked.sha256, asked.size, at + TICKET_LIFE)

        def answer() -> UploadTicket:
            with suppress(RoomDown):
                uploads.sweep(parts.engine, parts.blobs, at)
            with parts.engine.begin() as db:
                there = is_here(db, caller.station, asked.sha256)
                row = None if there else uploads.unfinished(db, made, at)
                begun = f"{ADDRESS}/{row.id}" if row is not None else ""
                taken = int(str(row.taken)) if row is not None else 0
                text = write_ticket(db, made)
            return UploadTicket(there, text, made.expires_at, ADDRESS, begun, taken, MAX_SCAN_BYTES)

        return as_json(await run_in_threadpool(answer))

    return routes


def _tus(parts: HallParts) -> APIRouter:
    speaker = _Tus(parts)
    routes = APIRouter(route_class=TusRoute)
    routes.add_api_route(ADDRESS, able, methods=["OPTIONS"])
    routes.add_api_route(ADDRESS, speaker.create, methods=["POST"])
    one = ADDRESS + "/{upload}"
    routes.add_api_route(one, able, methods=["OPTIONS"], operation_id="able_one")
    routes.add_api_route(one, speaker.look, methods=["HEAD"])
    routes.add_api_route(one, speaker.patch, methods=["PATCH"])
    routes.add_api_route(one, speaker.give_up, methods=["DELETE"])
    return routes


def able() -> Response:
    """Say what is spoken here."""
    said = {"Tus-Version": VERSION, "Tus-Extension": _EXTENSIONS, "Tus-Max-Size": str(MAX_SCAN_BYTES)}
    return Response(status_code=204, headers=said)


class _Tus:
    """The verbs of tus for whoever holds a ticket."""

    def __init__(self, parts: HallParts) -> None:
        self._parts = parts
        self._taking: dict[str, asyncio.Event] = {}  # uploads of which this process takes bytes right now

    async def create(self, request: Request) -> Response:
        """Begin an upload, with its first bytes where the client sends some."""
        ticket = await self._holder(request)
        size = _number(request, "upload-length", "length")
        if size > MAX_SCAN_BYTES:
            raise Told(413, "too_large", {"limit": str(MAX_SCAN_BYTES)})
        parts = self._parts
        upload = await run_in_threadpool(uploads.begin, parts.engine, parts.blobs, ticket, size, now())
        offset = 0
        if request.headers.get("content-type") == _OFFSET_TYPE:
            offset = await self._take(request, upload, 0, size)
        said = {"Location": f"{ADDRESS}/{upload}", "Upload-Offset": str(offset), **_until(now())}
        return Response(status_code=201, headers=said)

    async def look(self, request: Request, upload: str) -> Response:
        """Say how much is here."""
        await self._settled(upload)
        row = await self._found(request, upload)
        if row.taken == row.size:
            # All was here when the power went: what was left to do is done now.
            await run_in_threadpool(uploads.finish, self._parts.engine, self._parts.blobs, upload, now())
        said = {"Upload-Offset": str(row.taken), "Upload-Length": str(row.size), "Cache-Control": "no-store"}
        return Response(status_code=200, headers=said)

    async def patch(self, request: Request, upload: str) -> Response:
        """Take the next bytes; of a request that is cut off, all that came is kept."""
        row = await self._found(request, upload)
        if request.headers.get("content-type") != _OFFSET_TYPE:
            raise Told(415, "media")
        offset = _number(request, "upload-offset", "offset")
        if offset != row.taken:
            raise Told(409, "offset", {"offset": str(row.taken)})
        offset = await self._take(request, upload, offset, int(row.size))
        return Response(status_code=204, headers={"Upload-Offset": str(offset), **_until(now())})

    async def give_up(self, request: Request, upload: str) -> Response:
        """Forget an upload."""
        await self._found(request, upload)
        await run_in_threadpool(uploads.drop, self._parts.engine, self._parts.blobs, upload)
        return Response(status_code=204)

    async def _take(self, request: Request, upload: str, offset: int, size: int) -> int:
        done = self._taking[upload] = asyncio.Event()
        try:
            return await _take(self._parts, request, upload, offset, size)
        finally:
            done.set()
            if self._taking.get(upload) is done:
                del self._taking[upload]

    async def _settled(self, upload: str) -> None:
        """Wait a moment while what came of a request that was cut is still being written: a client that asks at once
        would be told less than is here, and send it again. Another process's request is not seen; that costs a piece.
        """
        under_way = self._taking.get(upload)
        if under_way is not None:
            with suppress(TimeoutError):
                await asyncio.wait_for(under_way.wait(), _SETTLE_S)

    async def _holder(self, request: Request) -> Ticket:
        return await from_db(
            self._parts, lambda db: _ticket_of(request, lambda text: read_ticket(db, text, now()))
        )

    async def _found(self, request: Request, upload: str) -> uploads.Upload:
        ticket = await self._holder(request)
        return await from_db(self._parts, lambda db: uploads.find(db, ticket, upload, now()))


async def _take(parts: HallParts, request: Request, upload: str, offset: int, size: int) -> int:
    """Keep what comes, piece by piece, and finish the upload with its last byte; return the new offset."""
    coming = request.headers.get("content-length", "")
    if coming.isascii() and coming.isdigit() and offset + int(coming) > size:
        raise Told(413, "too_large", {"limit": str(size - offset)})
    waiting = bytearray()

    async def keep(piece: bytes) -> None:
        nonlocal offset
        offset = await run_in_threadpool(
            uploads.append, parts.engine, parts.blobs, upload, offset, piece, now()
        )

    try:
        async for some in request.stream():
            waiting += some
            if offset + len(waiting) > size:
                raise Told(413, "too_large", {"limit": str(size)})
            while len(waiting) >= _PIECE:
                await keep(bytes(waiting[:_PIECE]))
                del waiting[:_PIECE]
    except ClientDisconnect:
        # The line was cut: nobody hears the answer, and the next HEAD tells how much came.
        if waiting:
            await keep(bytes(waiting))
        raise Told(400, "cut") from None
    if waiting:
        await keep(bytes(waiting))
    if offset == size:
        await run_in_threadpool(uploads.finish, parts.engine, parts.blobs, upload, now())
    return offset


def _ticket_of(request: Request, read: Callable[[str], Ticket]) -> Ticket:
    scheme, _, text = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        raise Told(401, "ticket")
    try:
        return read(text)
    except TicketBad as bad:
        raise Told(_BAD[bad.code], bad.code) from bad


def _hold_version(request: Request) -> None:
    # OPTIONS asks which versions there are (tus 2.2.1).
    if request.method != "OPTIONS" and request.headers.get("tus-resumable") != VERSION:
        raise Told(412, "tus_version")


def _number(request: Request, header: str, code: str) -> int:
    text = request.headers.get(header, "")
    if not (text.isascii() and text.isdigit() and len(text) < 16):
        raise Told(400, code)
    return int(text)


def _until(at: datetime) -> dict[str, str]:
    return {"Upload-Expires": format_datetime(at + uploads.UPLOAD_LIFE, usegmt=True)}
