"""How a request is read, who is behind it, and how the hall answers: typed codes, never sentences."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from fastapi import Request, Response
from fastapi.concurrency import run_in_threadpool
from sqlalchemy import Connection, Engine
from starlette.requests import ClientDisconnect

from hall.api.key_lookup import KeyLookup, KeyMemory
from hall.api.parts import HallParts
from hall.at_once import AtOnce
from hall.database import now, stamp
from hall.devices import Known
from hall.engines import reading
from hall.enrol_limit import WrongCodes
from hall.nonces import Nonces
from hall.rates import Asks, RateLimits
from hall.who_may import NotAllowed, hold
from wire.codec import Malformed, decode, encode
from wire.http_signature import BadSignature, check_request
from wire.messages import MAX_BODY_BYTES, Trouble
from wire.packing import ZSTD, Bomb, NotPacked, unpack
from wire.rights import Action

log = logging.getLogger(__name__)
T = TypeVar("T")
AROUND_BYTES = 200_000  # the envelopes around the bodies of a batch
# Seconds between two parts of a body: a line of 64 kbit/s brings one every few.
PART_S = 30.0
MESSAGE_BYTES = MAX_BODY_BYTES + AROUND_BYTES


_COUNTED = {"/v1/push": Asks.PUSH, "/v1/verify": Asks.VERIFY}


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


@dataclass(frozen=True, slots=True)
class Door:
    """What the process remembers of those who came; it hangs at the app as `state.door`.

    `public_url` is where stations see the hall when something between changes Host: what they sign names that.
    """

    public_url: str = ""
    nonces: Nonces = field(default_factory=Nonces)
    wrong_codes: WrongCodes = field(default_factory=WrongCodes)
    rates: RateLimits = field(default_factory=RateLimits)


def door_of(request: Request) -> Door:
    """Return the door through which a request came."""
    door: Door = request.app.state.door
    return door


def hold_rate(request: Request, kind: Asks, name: str) -> None:
    """Count a request of somebody. Raises Told(429, busy) with the seconds after which the next one may come."""
    wait_s = door_of(request).rates.wait_s(kind, name)
    if wait_s:
        raise Told(429, "busy", {"retry_after": str(wait_s)})


def address_of(request: Request) -> str:
    """Return where a request came from, as far as the server knows."""
    return request.client.host if request.client else ""


async def signed(request: Request, engine: Engine, limit: int = MESSAGE_BYTES) -> tuple[Caller, bytes]:
    """Return the device that signed a request, and the request's body. Raises Told(401 | 403 | 413)."""
    known, body = await known_device(request, engine, limit)
    return let_in(known), body


def let_in(known: Known) -> Caller:
    """Return a device that a person has confirmed. Raises Told(403)."""
    if not known.confirmed:
        raise Told(403, "device_pending")
    return Caller(known.device, known.station)


async def known_device(request: Request, engine: Engine, limit: int = MESSAGE_BYTES) -> tuple[Known, bytes]:
    """Return who signed a request as `signed` does, a device too that waits for its confirmation.

    Who was shut out is read with each request: a revocation holds from the next one on, in every process.
    """
    body = await body_of(request, limit)
    return await run_in_threadpool(who_signed, request, engine, body), unpacked(request, body, limit)


def who_signed(request: Request, engine: Engine, body: bytes, memory: KeyMemory | None = None) -> Known:
    """Return who signed a request with this body, for whoever is on a thread of the pool already. Raises Told(401 | 403).

    With a `memory` a key that was seen before is not looked up: whoever gives one asks in the transaction of the request
    whether the device may (still) come in.
    """
    door, lookup = door_of(request), KeyLookup(engine, memory)
    try:
        check_request(
            method=request.method,
            url=_seen_from_outside(request, door.public_url),
            headers=dict(request.headers),
            body=body,
            find_key=lookup,
            now=now(),
            seen=door.nonces.seen,
        )
    except BadSignature as bad:
        if lookup.trouble is not None:
            raise lookup.trouble from None
        if bad.code == "skewed":
            # The station measures its clock by this and signs with the difference from then on.
            raise Told(401, "skewed", {"hall_time": stamp(now())}) from bad
        known = {"unknown_key": "device_unknown", "expired": "expired", "replayed": "replayed"}
        raise Told(401, known.get(bad.code, "signature")) from bad
    found = lookup.found
    if found is None:
        raise Told(401, "device_unknown")
    if found.revoked:
        raise Told(403, "device_revoked")
    request.state.device, request.state.station = found.device, found.station
    # Only now: whoever signs with a stranger's name must not use up what the stranger may ask.
    hold_rate(request, _COUNTED.get(request.url.path, Asks.OTHER), found.device)
    return found


def _seen_from_outside(request: Request, public_url: str) -> str:
    """Return the address that the station signed: RFC 9421 covers it whole, and a proxy may have changed the Host.

    The path as it came: written anew from what it means, it may look different from what was signed.
    """
    outside = public_url or f"{request.url.scheme}://{request.url.netloc}"
    raw: bytes = request.scope.get("raw_path") or request.url.path.encode()
    query = f"?{request.url.query}" if request.url.query else ""
    return f"{outside}{raw.decode('latin-1')}{query}"


async def may(engine: Engine, caller: Caller, login: str, action: Action) -> None:
    """Hold whoever is named as the asker to the hall's own table of rights."""

    def look() -> None:
        with reading(engine) as db:
            hold(db, caller.station, login, action, now())

    try:
        await run_in_threadpool(look)
    except NotAllowed as refused:
        log.info("station %s: %s may not %s: %s", caller.station, login, action.value, refused.code)
        raise Told(403, refused.code) from refused


async def body_of(request: Request, limit: int = MESSAGE_BYTES) -> bytes:
    """Read a body up to the limit that stations know; a longer one is not read to its end, nor one that does not come on.

    Raises Told(413, too_large), Told(408, slow).
    """
    read, more = bytearray(), True
    try:
        while more:
            async with asyncio.timeout(PART_S):
                part = await request.receive()
            if part["type"] == "http.disconnect":
                raise ClientDisconnect
            read += part.get("body", b"")
            if len(read) > limit:
                raise Told(413, "too_large")
            more = part.get("more_body", False)
    except (TimeoutError, ClientDisconnect):
        # A line that was cut is what lines do, and no fault of the hall's: nobody hears this answer, the log counts it.
        raise Told(408, "slow") from None
    return bytes(read)


async def in_db(parts: HallParts, work: Callable[[Connection], T]) -> T:
    """Do something in one transaction, on a thread of the pool."""

    def run() -> T:
        with parts.engine.begin() as db:
            return work(db)

    return await run_in_threadpool(run)


async def from_db(parts: HallParts, look: Callable[[Connection], T]) -> T:
    """Read something, on a thread of the pool: nobody waits for the writer of SQLite, and nothing may be written."""

    def run() -> T:
        with reading(parts.engine) as db:
            return look(db)

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


def decoded(kind: type[T] | AtOnce[T], body: bytes) -> T:
    """Read a body as a message. Raises Told(422, malformed)."""
    try:
        return kind.read(body) if isinstance(kind, AtOnce) else decode(kind, body)
    except Malformed as error:
        raise Told(422, "malformed") from error


def as_json(value: object) -> Response:
    """Answer with a message."""
    return text_as_json(encode(value))


def text_as_json(text: str) -> Response:
    """Answer with a message that is written already."""
    return Response(text, media_type="application/json")


async def told(request: Request, error: Exception) -> Response:
    """Answer with a trouble in place of what was asked for."""
    if not isinstance(error, Told):
        raise error
    request.state.code = error.code
    trouble = Trouble(error.code, error.details, now())
    wait_s = error.details.get("retry_after")
    headers = {"Retry-After": wait_s} if wait_s else None
    return Response(encode(trouble), error.status, headers, "application/json")
