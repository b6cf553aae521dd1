"""How a request is read, who is behind it, and how the hall answers: typed codes, never sentences."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from fastapi import Request, Response
from fastapi.concurrency import run_in_threadpool
from sqlalchemy import Connection, Engine, Row, bindparam, select

from hall.api.parts import HallParts
from hall.database import now
from hall.engines import reading
from hall.tables import devices
from hall.who_may import NotAllowed, hold
from wire.codec import Malformed, decode, encode
from wire.http_signature import BadSignature, check_request
from wire.keys import unb64
from wire.messages import MAX_BODY_BYTES, Trouble
from wire.packing import ZSTD, Bomb, NotPacked, unpack
from wire.rights import Action

log = logging.getLogger(__name__)
T = TypeVar("T")
_DEVICE = select(devices).where(devices.c.id == bindparam("named"))
AROUND_BYTES = 200_000  # the envelopes around the bodies of a batch
MESSAGE_BYTES = MAX_BODY_BYTES + AROUND_BYTES


class Told(Exception):
    """An answer that is not 2xx."""

    def __init__(self, status: int, code: str, details: Mapping[str, str] | None = None) -> None:
        super().__init__(code)
        self.status, self.code = status, code
        self.details: Mapping[str, str] = details or {}


@dataclass(frozen=True, slots=True)
class Caller:
    """A station's device whose signature was checked."""

    device: str
    station: str


async def signed(request: Request, engine: Engine, limit: int = MESSAGE_BYTES) -> tuple[Caller, bytes]:
    """Return the device that signed a request, and the request's body. Raises Told(401 | 403 | 413)."""
    body = await body_of(request, limit)

    def check() -> Caller:
        found: dict[str, Row[tuple[object, ...]]] = {}
        with reading(engine) as db:

            def find(device: str) -> bytes | None:
                row = None if "\x00" in device else db.execute(_DEVICE, {"named": device}).first()
                if row is None:
                    return None
                found[device] = row
                return unb64(row.public_key)

            device = check_request(
                method=request.method,
                url=str(request.url),
                headers=dict(request.headers),
                body=body,
                find_key=find,
                now=now(),
            )
            row = found[device]
            if row.revoked_at:
                raise Told(403, "device_revoked")
            return Caller(device, str(row.station))

    try:
        return await run_in_threadpool(check), unpacked(request, body, limit)
    except BadSignature as bad:
        known = {"unknown_key": "device_unknown", "skewed": "skewed"}
        raise Told(401, known.get(bad.code, "signature")) from bad


async def may(engine: Engine, caller: Caller, login: str, action: Action) -> None:
    """Hold whoever is named as the asker to the hall's own table of rights."""

    def look() -> None:
        with engine.begin() as db:
            hold(db, caller.station, login, action, now())

    try:
        await run_in_threadpool(look)
    except NotAllowed as refused:
        log.info("station %s: %s may not %s: %s", caller.station, login, action.value, refused.code)
        raise Told(403, refused.code) from refused


async def body_of(request: Request, limit: int = MESSAGE_BYTES) -> bytes:
    """Read a body up to the limit that stations know; a longer one is not read to its end."""
    read = bytearray()
    async for part in request.stream():
        read += part
        if len(read) > limit:
            raise Told(413, "too_large")
    return bytes(read)


async def in_db(parts: HallParts, work: Callable[[Connection], T]) -> T:
    """Do something in one transaction, on a thread of the pool."""

    def run() -> T:
        with parts.engine.begin() as db:
            return work(db)

    return await run_in_threadpool(run)


def unpacked(request: Request, body: bytes, limit: int = MESSAGE_BYTES) -> bytes:
    """Return a body as it was before it was packed. Raises Told(413) for one that is too large then, Told(415, 422)."""
    packing = request.headers.get("content-encoding", "")
    if not packing:
        return body
    if packing.lower() != ZSTD:
        raise Told(415, "packing")
    try:
        return unpack(body, limit)
    except Bomb as bomb:
        raise Told(413, "too_large") from bomb
    except NotPacked as broken:
        raise Told(422, "malformed") from broken


def decoded(kind: type[T], body: bytes) -> T:
    """Read a body as a message. Raises Told(422, malformed)."""
    try:
        return decode(kind, body)
    except Malformed as error:
        raise Told(422, "malformed") from error


def as_json(value: object) -> Response:
    """Answer with a message."""
    return Response(encode(value), media_type="application/json")


async def told(request: Request, error: Exception) -> Response:
    """Answer with a trouble in place of what was asked for."""
    if not isinstance(error, Told):
        raise error
    log.info("%s %s -> %s", request.method, request.url.path, error.code)
    trouble = Trouble(error.code, error.details, now())
    return Response(encode(trouble), status_code=error.status, media_type="application/json")
