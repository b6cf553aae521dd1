"""Packed bodies at the hall's door: unpacked after the signature was checked, answers packed for whoever reads them so."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from wire.packing import WORTH_BYTES, ZSTD, pack

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]


class PackedAnswers:
    """ASGI middleware: JSON that comes whole is packed for a client that accepts zstd."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http" or not _accepts(scope):
            await self._app(scope, receive, send)
            return
        await self._app(scope, receive, _Packing(send).send)


class _Packing:
    """Holds the head back until the body says whether it is worth it."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._head: Message | None = None

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._head = message
            return
        head, self._head = self._head, None
        if head is not None:
            body = message.get("body", b"")
            if not message.get("more_body") and len(body) >= WORTH_BYTES and _is_json(head):
                message = {**message, "body": pack(body)}
                head = {**head, "headers": _packed_headers(head, len(message["body"]))}
            await self._send(head)
        await self._send(message)


def _accepts(scope: Message) -> bool:
    said = b",".join(value for name, value in scope["headers"] if name == b"accept-encoding")
    return ZSTD in [each.partition(";")[0].strip() for each in said.decode("latin-1").lower().split(",")]


def _is_json(head: Message) -> bool:
    return any(name == b"content-type" and value == b"application/json" for name, value in head["headers"])


def _packed_headers(head: Message, size: int) -> list[tuple[bytes, bytes]]:
    kept = [(name, value) for name, value in head["headers"] if name != b"content-length"]
    return [
        *kept,
        (b"content-length", str(size).encode()),
        (b"content-encoding", ZSTD.encode()),
        (b"vary", b"Accept-Encoding"),
    ]
