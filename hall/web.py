"""The hall over HTTP: its API (hall/api) and the reviewers' page (hall/desk) under one roof."""

from __future__ import annotations

from fastapi import FastAPI
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
from hall.api.watched import Watched
from hall.desk import routes as desk
from hall.rates import RateLimits

ROOMS = (
    events,
    snapshot,
    scans,
    scans_shown,
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


def make_app(parts: HallParts, public_url: str = "") -> FastAPI:
    """Build the API and the reviewers' pages; `public_url` is where stations see it, "" as the Host header says."""
    app = DescribedApi(title="一窗 hall", docs_url=None, redoc_url=None, openapi_url=ADDRESS)
    app.state.door = Door(public_url.rstrip("/"), rates=RateLimits(parts.settings.rates))
    app.add_exception_handler(Told, told)
    refusals.speak_typed(app)
    app.add_exception_handler(desk.SignInFirst, desk.to_sign_in)
    app.add_exception_handler(DBAPIError, storage_told)
    app.add_exception_handler(TimeoutError, storage_told)
    app.add_middleware(PackedAnswers)
    app.add_middleware(Watched, parts.meters, parts.engine)
    for room in ROOMS:
        app.include_router(room.routes_of(parts))
    app.include_router(desk.make_router(parts.engine, parts.catalogue, parts.blobs))
    return app
