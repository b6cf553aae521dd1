"""The hall over HTTP: its API (hall/api) and the reviewers' page (hall/desk) under one roof."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from fastapi import APIRouter, FastAPI
from fastapi.routing import APIRoute
from sqlalchemy.exc import DBAPIError, TimeoutError  # noqa: A004 - the pool's own

from hall.api import (
    anybody,
    board,
    cards,
    catalogue,
    departments,
    devices,
    events,
    look_ups,
    plan_b,
    refusals,
    reviews,
    scans,
    scans_shown,
    shared_scans,
    slips,
    snapshot,
    stations,
    trust,
)
from hall.api.asking import Door, Told, told
from hall.api.description import ADDRESS, DescribedApi
from hall.api.packing import PackedAnswers
from hall.api.parts import HallParts
from hall.api.storage import storage_told
from hall.api.straight import Handler, Refusal, Straight, Way
from hall.api.watched import Watched
from hall.desk import routes as desk
from hall.desk import slip_page
from hall.rates import RateLimits

ROOMS = (
    events,
    snapshot,
    scans,
    scans_shown,
    shared_scans,
    look_ups,
    cards,
    stations,
    catalogue,
    trust,
    departments,
    anybody,
    devices,
    plan_b,
    reviews,
    slips,
    board,
)
# What stations ask most, and what takes nothing but the request.
OFTEN = frozenset({("POST", "/v1/push"), ("GET", "/v1/changes")})


def make_app(parts: HallParts, public_url: str = "") -> FastAPI:
    """Build the API and the reviewers' pages; `public_url` is where stations see it, "" as the Host header says."""
    app = DescribedApi(title="一窗 hall", docs_url=None, redoc_url=None, openapi_url=ADDRESS)
    app.state.door = Door(public_url.rstrip("/"), rates=RateLimits(parts.settings.rates))
    app.add_exception_handler(Told, told)
    refusals.speak_typed(app)
    app.add_exception_handler(desk.SignInFirst, desk.to_sign_in)
    app.add_exception_handler(DBAPIError, storage_told)
    app.add_exception_handler(TimeoutError, storage_told)
    routers = [room.routes_of(parts) for room in ROOMS]
    app.add_middleware(Straight, _straight(routers), dict(_refusals(app)))
    app.add_middleware(PackedAnswers)
    app.add_middleware(Watched, parts.meters, parts.engine)
    for router in routers:
        app.include_router(router)
    app.include_router(desk.make_router(parts.engine, parts.catalogue, parts.blobs))
    app.include_router(slip_page.make_router(parts.engine))
    return app


def _straight(routers: Sequence[APIRouter]) -> dict[Way, Handler]:
    """Return the handlers of what is asked most, by method and address."""
    routes = (route for router in routers for route in router.routes if isinstance(route, APIRoute))
    ways = {(method, route.path): route.endpoint for route in routes for method in route.methods or ()}
    return {way: ways[way] for way in OFTEN}


def _refusals(app: FastAPI) -> Iterator[tuple[type[Exception], Refusal]]:
    """Yield how the application tells what a handler raises."""
    for kind, tell in app.exception_handlers.items():
        if isinstance(kind, type) and issubclass(kind, Exception):
            as_here: Any = tell  # typed for each way of asking that there is, web sockets among them
            yield kind, as_here
