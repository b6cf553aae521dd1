"""Every answer is counted and leaves one line in the log: id of the request, station, template of the address, status, code, time."""

from __future__ import annotations

import logging
import time
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from sqlalchemy import Engine

from hall.log_lines import ANSWERS
from hall.metrics import Meters
from wire.keys import new_id

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]
log = logging.getLogger(ANSWERS)
# Asked every few seconds by whoever watches: a line each would hide the others.
_QUIET = frozenset({"/v1/health", "/v1/ready"})


class Watched:
    """ASGI middleware around everything else."""

    def __init__(self, app: App, meters: Meters, engine: Engine) -> None:
        self._app, self._meters, self._engine = app, meters, engine

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        # What is found out on the way (hall/api/asking.py): who asked, why it was refused.
        known: dict[str, Any] = scope.setdefault("state", {})
        request_id, began, status = new_id(), time.monotonic(), 500

        async def note(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message = {
                    **message,
                    "headers": [*message["headers"], (b"x-request-id", request_id.encode())],
                }
            await send(message)

        try:
            await self._app(scope, receive, note)
        finally:
            self._tell(scope, known, request_id, status, time.monotonic() - began)

    def _tell(
        self, scope: Message, known: dict[str, Any], request_id: str, status: int, seconds: float
    ) -> None:
        route = route_of(scope)
        code = str(known.get("code", "internal" if status == 500 else ""))
        self._meters.answered(scope["method"], route, status, code, seconds)
        self._meters.connections(self._engine)
        if route in _QUIET and status == 200:
            return
        fields = {
            "request": request_id,
            "station": known.get("station", ""),
            "device": known.get("device", ""),
            "method": scope["method"],
            "route": route,
            "status": status,
            "code": code,
            "ms": round(seconds * 1000, 1),
        }
        log.info("answered", extra={"fields": fields})


def route_of(scope: Message) -> str:
    """Return the template of the address that a request found, "none" for one that is nowhere."""
    route = scope.get("route")
    return str(getattr(route, "path", "none"))
