"""Somebody on the line between station and hall: passes every request on, and may change, keep or repeat answers."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar


def _as_it_is(body: bytes) -> bytes:
    return body


@dataclass
class Line:
    """What happens to the answers; `passed` are those that went through, as the server gave them."""

    port: int  # of the server behind it
    url: str = ""
    changes: Callable[[bytes], bytes] = field(default=_as_it_is)
    passed: list[bytes] = field(default_factory=list)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    line: ClassVar[Line]

    def do_GET(self) -> None:
        self._pass_on()

    def do_POST(self) -> None:
        self._pass_on()

    def _pass_on(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        behind = http.client.HTTPConnection("127.0.0.1", self.line.port, timeout=10)
        try:
            # The host that was signed stays: whoever sits on the line is not seen by that.
            behind.request(self.command, self.path, body, dict(self.headers.items()))
            answer = behind.getresponse()
            said, status = answer.read(), answer.status
        finally:
            behind.close()
        self.line.passed.append(said)
        changed = self.line.changes(said)
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(changed)))
        self.end_headers()
        self.wfile.write(changed)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's word
        """Say nothing."""


@contextmanager
def on_the_line(port: int) -> Iterator[Line]:
    """Serve on a free port of 127.0.0.1 until the block ends."""
    line = Line(port)
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"line": line}))
    server.daemon_threads = True
    line.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield line
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
