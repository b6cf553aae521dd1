"""The way of the requests that come most: past the framework's routing, to the same handler and the same refusals."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]
Handler = Callable[[Request], Awaitable[Response]]
Way = tuple[str, str]  # method and address
Refusal = Callable[[Request, Exception], Awaitable[Response]]


class Straight:
    """ASGI middleware: a request that goes one of these ways is answered at once; all else goes on through the application.

    The addresses are routes of the application too, for its description and for every other method. What a handler raises
    is told by the application's own words for it; what has none goes on up, as everywhere.
    """

    def __init__(
        self, app: App, handlers: Mapping[Way, Handler], told: Mapping[type[Exception], Refusal]
    ) -> None:
        self._app, self._told = app, told
        self._ways = {
            (method, path): (handler, Route(path, handler, methods=[method]))
            for (method, path), handler in handlers.items()
        }

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer one request."""
        way = self._ways.get((scope["method"], scope["path"])) if scope["type"] == "http" else None
        if way is None:
            await self._app(scope, receive, send)
            return
        handler, scope["route"] = way
        request = Request(scope, receive, send)
        try:
            answer = await handler(request)
        except tuple(self._told) as error:
            tell = next(self._told[kind] for kind in type(error).__mro__ if kind in self._told)
            answer = await tell(request, error)
        await answer(scope, receive, send)
