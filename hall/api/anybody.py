"""What anybody may ask: is this slip genuine, is the hall there. Nobody who asks holds the one writer of SQLite."""

from __future__ import annotations

from fastapi import APIRouter, Response

from hall.api.asking import Told, as_json
from hall.api.parts import HallParts
from hall.engines import reading
from hall.readiness import readiness
from hall.slip_fates import paper_of
from hall.slips import check_slip
from wire.health import Health


def routes_of(parts: HallParts) -> APIRouter:
    """Return what needs no signature."""
    routes = APIRouter()

    @routes.get("/v1/slips/check")
    def slip(code: str) -> Response:
        """Say whether a slip is genuine."""
        with reading(parts.engine) as db:
            return as_json(check_slip(db, code))

    @routes.get("/v1/slips/paper")
    def paper(code: str) -> Response:
        """Say whether the sheet of a code came out, and how often its kind was printed again."""
        with reading(parts.engine) as db:
            return as_json(paper_of(db, check_slip(db, code)))

    @routes.get("/v1/health")
    def health() -> Response:
        """Say that the process is there; whether it may be sent work, /v1/ready says."""
        return as_json(Health())

    @routes.get("/v1/ready")
    def ready() -> Response:
        """Say whether work may be sent here: database writable, schema the newest, room on the disk, keys there."""
        found = readiness(parts.engine, parts.releases.parent, parts.settings.watch.disk_free_mb)
        if not found.ready:
            raise Told(503, "not_ready", found.checks)
        return as_json(found)

    return routes
