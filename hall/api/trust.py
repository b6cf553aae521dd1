"""Stamps on audit chains, and the way back to a lost key."""

from __future__ import annotations

import logging

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool

from hall.api.asking import Told, address_of, as_json, body_of, decoded, from_db, hold_rate, in_db, signed
from hall.api.parts import HallParts
from hall.audit_heads import HeadRefused, countersign, stamps_of
from hall.rates import Asks
from hall.recovery import RecoveryRefused, grant, keep_wrap, recovery_key
from wire.messages import AuditHead, RecoveryRequest, RecoveryWrap

log = logging.getLogger(__name__)


def routes_of(parts: HallParts) -> APIRouter:
    """Return where chains are stamped and keys recovered."""
    routes = APIRouter()

    @routes.post("/v1/audit/heads")
    async def audit_head(request: Request) -> Response:
        """Countersign the head of a station's audit chain."""
        caller, body = await signed(request, parts.engine)
        head = decoded(AuditHead, body)
        try:
            return as_json(await run_in_threadpool(countersign, parts.engine, caller.device, head))
        except HeadRefused as refused:
            if refused.code != "audit_base":
                log.warning("audit chain of device %s: %s at %s", caller.device, refused.code, head.seq)
            raise Told(409, refused.code, {"seq": str(refused.known)}) from refused

    @routes.get("/v1/audit/stamps")
    async def audit_stamps(request: Request) -> Response:
        """Tell every stamp of the calling device."""
        caller, _ = await signed(request, parts.engine)
        return as_json(await from_db(parts, lambda db: stamps_of(db, caller.device)))

    @routes.get("/v1/recovery/key")
    async def recovery_public(request: Request) -> Response:
        """Tell the key that stores' keys are sealed for."""
        await signed(request, parts.engine)
        return as_json(await from_db(parts, recovery_key))

    @routes.put("/v1/recovery/wrap")
    async def recovery_wrap(request: Request) -> Response:
        """Keep the sealed key of a station's store."""
        caller, body = await signed(request, parts.engine)
        wrap = decoded(RecoveryWrap, body)
        try:
            await in_db(parts, lambda db: keep_wrap(db, caller.device, wrap))
        except RecoveryRefused as refused:
            raise Told(422, "recovery_wrap") from refused
        return Response(status_code=204)

    @routes.post("/v1/recovery/open")
    async def recovery_open(request: Request) -> Response:
        """Give a lost key back, once. Nobody can sign this: the device's key is inside the lost store."""
        hold_rate(request, Asks.ENROL, address_of(request))
        wanted = decoded(RecoveryRequest, await body_of(request))
        given = await in_db(parts, lambda db: grant(db, wanted))
        log.warning("recovery of device %s: %s", _short(wanted.device), "given" if given else "refused")
        if given is None:
            raise Told(403, "recovery_code")
        return as_json(given)

    return routes


def _short(text: str) -> str:
    # Whoever asks may write anything: a log line takes no more than an id.
    return "".join(c for c in text[:16] if c.isalnum())
