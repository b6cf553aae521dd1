"""Supervisors see to bad reviews: their orders and the sums, and the steps they take."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from sqlalchemy import Connection

from hall.api.asking import Told, as_json, decoded, in_db, signed
from hall.api.parts import HallParts
from hall.bad_reviews import ReviewRefused, act, orders_for
from hall.database import now
from hall.evaluations import sums_of
from hall.who_may import NotAllowed
from wire.reviews import ReviewAct, Reviews

_STATUS = {
    "review_unknown": 404,
    "same_person": 403,
    "review_closed": 409,
    "review_open": 409,
    "words": 422,
    "grade": 422,
}


def routes_of(parts: HallParts) -> APIRouter:
    """Return where orders are read and steps are taken; the supervisor's name is under the station's signature."""
    routes = APIRouter()

    def read(db: Connection, station: str, supervisor: str) -> Reviews:
        at = now()
        orders = orders_for(db, station, supervisor, at)
        return Reviews(orders, sums_of(db, station, at))

    @routes.get("/v1/reviews")
    async def reviews(request: Request, supervisor: str = "") -> Response:
        """Tell a supervisor what waits, and how the station was rated."""
        caller, _ = await signed(request, parts.engine)
        try:
            return as_json(await in_db(parts, lambda db: read(db, caller.station, supervisor)))
        except NotAllowed as refused:
            raise Told(403, refused.code) from refused

    @routes.post("/v1/reviews/acts")
    async def acts(request: Request) -> Response:
        """Take a step of a supervisor."""
        caller, body = await signed(request, parts.engine)
        wanted = decoded(ReviewAct, body)

        def work(db: Connection) -> Reviews:
            act(db, caller.station, wanted, now())
            return read(db, caller.station, wanted.supervisor)

        try:
            return as_json(await in_db(parts, work))
        except NotAllowed as refused:
            raise Told(403, refused.code) from refused
        except ReviewRefused as refused:
            raise Told(_STATUS[refused.code], refused.code) from refused

    return routes
