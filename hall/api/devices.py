"""What a device asks about itself: was it confirmed, may it have a new key, by what is the hall's TLS known."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from hall.api.asking import Told, as_json, decoded, from_db, in_db, known_device
from hall.api.parts import HallParts
from hall.devices import RotationRefused, ca_bundle, rotate, state_of
from hall.engines import reading
from wire.devices import KeyRotation


def routes_of(parts: HallParts) -> APIRouter:
    """Return what a device may ask before anybody has confirmed it, and how it changes its key."""
    routes = APIRouter()

    @routes.get("/v1/devices/me")
    async def me(request: Request) -> Response:
        """Tell a device whether somebody confirmed it."""
        known, _ = await known_device(request, parts.engine)
        return as_json(await from_db(parts, lambda db: state_of(db, known)))

    @routes.post("/v1/devices/rotate")
    async def rotate_key(request: Request) -> Response:
        """Take a new key for an old one."""
        known, body = await known_device(request, parts.engine)
        if not known.confirmed:
            raise Told(403, "device_pending")
        asked = decoded(KeyRotation, body)
        try:
            return as_json(await in_db(parts, lambda db: rotate(db, known, asked)))
        except RotationRefused as refused:
            raise Told(409, "rotation") from refused

    @routes.get("/v1/ca")
    def ca() -> Response:
        """Give out the certificates of the hall's authority: a new station compares their fingerprint before it says
        anything, an enrolled one checks the hall's signature."""
        with reading(parts.engine) as db:
            said = ca_bundle(db)
        if said is None:
            raise Told(404, "no_ca")
        return as_json(said)

    return routes
