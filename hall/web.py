"""The hall over HTTP: its API (hall/api) and the reviewers' page (hall/desk.py) under one roof."""

from __future__ import annotations

from fastapi import FastAPI

from hall import desk
from hall.api import (
    anybody,
    cards,
    catalogue,
    departments,
    events,
    look_ups,
    plan_b,
    scans,
    scans_shown,
    stations,
    trust,
)
from hall.api.asking import Told, told
from hall.api.parts import HallParts

_ROOMS = (
    events,
    scans,
    scans_shown,
    look_ups,
    cards,
    stations,
    catalogue,
    trust,
    departments,
    anybody,
    plan_b,
)


def make_app(parts: HallParts) -> FastAPI:
    """Build the API and the reviewers' pages."""
    app = FastAPI(title="一窗 hall", version="1", docs_url=None, redoc_url=None)
    app.add_exception_handler(Told, told)
    for room in _ROOMS:
        app.include_router(room.routes_of(parts))
    app.include_router(desk.make_router(parts.engine, parts.catalogue))
    return app
