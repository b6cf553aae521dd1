"""Connections handed from the process that listens to its workers in turn: whoever accepts for itself may get them all.

When several processes wait at one listener, the kernel wakes whom it likes, and whoever is awake takes all that have come: on
two busy cores eight stations stood at one worker of two in every second start, and the other one had nothing to do.
"""

from __future__ import annotations

import asyncio
import logging
import socket
from contextlib import suppress

import uvicorn

log = logging.getLogger(__name__)

# What goes over a line: a connection one way, or a question whether the worker is there; back that it serves, that it has what was
# sent, that it takes no more.
_ONE, _ASKED, READY, HAS_IT, NO_MORE = b"c", b"a", b"r", b"h", b"n"


def hand_over(line: socket.socket, connection: socket.socket) -> bool:
    """Give a connection to the worker at the other end of a line; say whether it goes there. It is still to be closed here."""
    try:
        socket.send_fds(line, [_ONE], [connection.fileno()])
    except OSError:  # it has ended, or takes nothing any more
        return False
    return True


def ask(line: socket.socket) -> bool:
    """Ask the worker at the other end of a line whether it is there; say whether the question goes there."""
    try:
        line.send(_ASKED)
    except OSError:
        return False
    return True


def heard(line: socket.socket) -> bytes:
    """Return what the worker at the other end has said, a sign a word; nothing when it has ended."""
    try:
        return line.recv(4096)
    except OSError:
        return b""


class HandedServer(uvicorn.Server):
    """Serves the connections that come over a line, where uvicorn's own would wait at a listener."""

    def __init__(self, config: uvicorn.Config, line: socket.socket) -> None:
        super().__init__(config)
        self._line = line
        self._coming: set[asyncio.Task[None]] = set()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin, and say so to the process that listens."""
        await super().startup(sockets=sockets or [])
        self._line.setblocking(False)
        asyncio.get_running_loop().add_reader(self._line, self._take)
        self._say(READY)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Take no more, and end what runs."""
        asyncio.get_running_loop().remove_reader(self._line)
        self._say(NO_MORE)
        await super().shutdown(sockets=sockets or [])

    def _take(self) -> None:
        try:
            told, handed, _, _ = socket.recv_fds(self._line, 1, 1, socket.MSG_CMSG_CLOEXEC)
        except BlockingIOError:
            return
        if not told:  # nobody listens any more, and this process is about to be ended too
            asyncio.get_running_loop().remove_reader(self._line)
        else:
            self._say(HAS_IT)
        for descriptor in handed:
            coming = asyncio.create_task(self._begin(socket.socket(fileno=descriptor)))
            self._coming.add(coming)
            coming.add_done_callback(self._coming.discard)

    def _say(self, word: bytes) -> None:
        with suppress(OSError):  # nobody listens any more, or hears it in time
            self._line.send(word)

    async def _begin(self, connection: socket.socket) -> None:
        connection.setblocking(False)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        loop = asyncio.get_running_loop()
        try:
            await loop.connect_accepted_socket(self._protocol, connection, ssl=self.config.ssl)
        except OSError as error:  # it went away, or could not agree on TLS
            log.debug("a connection that was handed over did not begin: %s", type(error).__name__)
            connection.close()

    def _protocol(self) -> asyncio.Protocol:
        made: asyncio.Protocol = self.config.http_protocol_class(  # type: ignore[call-arg]
            config=self.config, server_state=self.server_state, app_state=self.lifespan.state
        )
        return made
