"""Look-ups at the registers and the alarms about them."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from sqlalchemy import select

from hall.api.asking import Told, as_json, decoded, signed
from hall.api.parts import HallParts
from hall.bad_reviews import raise_overdue
from hall.database import now
from hall.tables import staff
from hall.verification import LookupRefused
from hall.watch import told as told_alarms
from wire.codec import decode
from wire.messages import Alarms, Role, StaffAccount, VerificationQuery


def routes_of(parts: HallParts) -> APIRouter:
    """Return where registers are asked, and where an auditor hears of it."""
    routes = APIRouter()

    @routes.post("/v1/verify")
    async def verify(request: Request) -> Response:
        """Ask a register."""
        caller, body = await signed(request, parts.engine)
        query = decoded(VerificationQuery, body)
        try:
            return as_json(await run_in_threadpool(parts.broker.answer, caller.station, query))
        except LookupRefused as refused:
            raise Told(refused.status, refused.code, refused.details) from refused

    @routes.get("/v1/alarms")
    async def alarms(request: Request, auditor: str = "") -> Response:
        """Tell a station's auditor of the look-ups that want looking at; the name is under the station's signature."""
        caller, _ = await signed(request, parts.engine)

        def read() -> Alarms | None:
            with parts.engine.begin() as db:
                chosen = select(staff.c.body).where(
                    staff.c.station == caller.station, staff.c.login == auditor
                )
                body = db.scalar(chosen)
                if body is None or Role.AUDITOR not in decode(StaffAccount, body).roles:
                    return None
                raise_overdue(db, caller.station, now())
                return Alarms(told_alarms(db, caller.station))

        found = await run_in_threadpool(read)
        if found is None:
            raise Told(403, "role")
        return as_json(found)

    return routes
