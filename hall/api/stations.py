"""Stations get known, and hear who may sign in there."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool

from hall.api.asking import Told, address_of, as_json, body_of, decoded, door_of, from_db, hold_rate, signed
from hall.api.parts import HallParts
from hall.enrolment import CodeRefused, enrol
from hall.lanes import LanesUsedUp
from hall.rates import Asks
from hall.staffing import staff_list
from wire.messages import EnrolRequest


def routes_of(parts: HallParts) -> APIRouter:
    """Return where stations enrol and fetch their people."""
    routes = APIRouter()

    @routes.post("/v1/enrol")
    async def enrol_station(request: Request) -> Response:
        """Trade a one-time code."""
        address = address_of(request)
        hold_rate(request, Asks.ENROL, address)
        wrong_codes = door_of(request).wrong_codes
        wait_s = wrong_codes.wait_s(address)
        if wait_s:
            raise Told(429, "busy", {"retry_after": str(wait_s)})
        wanted = decoded(EnrolRequest, await body_of(request))

        def trade() -> object:
            with parts.engine.begin() as db:
                return enrol(db, wanted)

        try:
            return as_json(await run_in_threadpool(trade))
        except LanesUsedUp as used_up:
            raise Told(409, "lanes_used_up") from used_up
        except CodeRefused as refused:
            wrong_codes.note(address)
            raise Told(403, "enrol_code") from refused

    @routes.get("/v1/staff")
    async def staff(request: Request) -> Response:
        """Tell who may sign in at the station, as of now."""
        caller, _ = await signed(request, parts.engine)
        return as_json(await from_db(parts, lambda db: staff_list(db, caller.station)))

    return routes
