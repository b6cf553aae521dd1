"""What anybody may ask: is this slip genuine, is the hall there."""

from __future__ import annotations

from fastapi import APIRouter, Response

from hall.api.asking import as_json
from hall.api.parts import HallParts
from hall.slips import check_slip


def routes_of(parts: HallParts) -> APIRouter:
    """Return what needs no signature."""
    routes = APIRouter()

    @routes.get("/v1/slips/check")
    def slip(code: str) -> Response:
        """Say whether a slip is genuine."""
        with parts.engine.begin() as db:
            return as_json(check_slip(db, code))

    @routes.get("/v1/health")
    def health() -> dict[str, str]:
        """Say that the hall is there and its database answers."""
        with parts.engine.connect() as db:
            db.exec_driver_sql("SELECT 1")
        return {"status": "ok"}

    return routes
