"""How long the server waits for whoever says nothing: a head that is not finished, a body that does not come on.

uvicorn waits without end for both; a few hundred silent connections would then hold every place there is (slow loris).
"""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

# A line of 64 kbit/s needs less than a second for a head; whoever needs longer than this is not asking.
HEAD_S = 20.0
# Bytes of a head: the parser in C gathers headers without end.
HEAD_BYTES = 65_536


class PatientProtocol(HttpToolsProtocol):
    """HTTP/1.1 that closes a connection on which no whole head of a request arrives within `head_s` seconds, or none that
    is short enough."""

    head_s = HEAD_S
    _waiting: asyncio.TimerHandle | None = None
    _in_head = False
    _head_bytes = 0

    def connection_made(self, transport: Any) -> None:
        """Begin to wait for the first head."""
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Read on; between two requests a head that has begun must come to its end too."""
        # The piece in which a head begins may hold the end of what came before: what follows it is counted.
        self._head_bytes += len(data) if self._in_head else 0
        super().data_received(data)
        between = self.cycle is None or self.cycle.response_complete
        if not between:
            self._settle()
        elif self._waiting is None:
            self._wait()
        if self._in_head and self._head_bytes > HEAD_BYTES and not self.transport.is_closing():
            self.send_400_response("The head is too long.")

    def on_message_begin(self) -> None:
        """Begin to count the head."""
        self._in_head, self._head_bytes = True, 0
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """Count no longer."""
        self._in_head = False
        super().on_headers_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no longer."""
        self._settle()
        super().connection_lost(exc)

    def _wait(self) -> None:
        self._waiting = self.loop.call_later(self.head_s, self._give_up)

    def _settle(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None

    def _give_up(self) -> None:
        self._waiting = None
        if not self.transport.is_closing():
            self.transport.close()
