"""Events up, changes down."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from hall.api.asking import Told, text_as_json
from hall.api.parts import HallParts
from hall.api.polls import Polls
from hall.api.pushes import Pushes
from hall.feed import MAX_PAGE
from hall.intake import PushRefused

# What a poll may say, for the description: its handler reads it from the request, as it comes past the framework too.
_ASKED = [
    {"name": name, "in": "query", "required": False, "schema": {**schema, "title": name.title()}}
    for name, schema in (
        ("cursor", {"type": "string", "default": ""}),
        ("limit", {"type": "integer", "default": MAX_PAGE}),
    )
]


def routes_of(parts: HallParts) -> APIRouter:
    """Return what stations push to and pull from."""
    routes = APIRouter()
    pushes, polls = Pushes(parts), Polls(parts)

    @routes.post("/v1/push")
    async def push(request: Request) -> Response:
        """Take a batch of events."""
        try:
            return text_as_json(await pushes.answer(request))
        except PushRefused as refused:
            raise Told(refused.status, refused.code) from refused

    @routes.get("/v1/changes", openapi_extra={"parameters": _ASKED})
    async def changes(request: Request) -> Response:
        """Tell what is new."""
        return text_as_json(await polls.answer(request))

    return routes
