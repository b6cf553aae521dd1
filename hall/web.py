"""The hall over HTTP: its API (hall/api) and the reviewers' page (hall/desk) under one roof."""

from __future__ import annotations

from fastapi import FastAPI
from sqlalchemy.exc import DBAPIError

from hall.api import (
    anybody,
    cards,
    catalogue,
    departments,
    devices,
    events,
    look_ups,
    plan_b,
    scans,
    scans_shown,
    snapshot,
    stations,
    trust,
)
from hall.api.asking import Door, Told, told
from hall.api.packing import PackedAnswers
from hall.api.parts import HallParts
from hall.api.storage import storage_told
from hall.desk import routes as desk

_ROOMS = (
    *(
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
    ),
)


def make_app(parts: HallParts, public_url: str = "") -> FastAPI:
    """Build the API and the reviewers' pages; `public_url` is where stations see it, "" as the Host header says."""
    app = FastAPI(title="一窗 hall", version="1", docs_url=None, redoc_url=None)
    app.state.door = Door(public_url.rstrip("/"))
    app.add_exception_handler(Told, told)
    app.add_exception_handler(desk.SignInFirst, desk.to_sign_in)
    app.add_exception_handler(DBAPIError, storage_told)
    app.add_middleware(PackedAnswers)
    for room in _ROOMS:
        app.include_router(room.routes_of(parts))
    app.include_router(desk.make_router(parts.engine, parts.catalogue))
    return app
