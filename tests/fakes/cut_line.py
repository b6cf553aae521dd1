"""A line to a real hall that can be cut at a chosen moment: before a push reaches the hall, or after it was committed."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

Passed = tuple[int, bytes, dict[str, str]]
_PASSED = ("Content-Encoding", "Retry-After")  # headers without which an answer cannot be read


@dataclass
class CutLine:
    """Passes requests on to `hall_port`. `before` and `after` are called once, around the next push, and cut it."""

    hall_port: int
    url: str = ""
    before: Callable[[], None] | None = None
    after: Callable[[], None] | None = None
    pushes: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def carry(self, method: str, path: str, headers: dict[str, str], body: bytes) -> Passed | None:
        """Pass a request on; None cuts the line."""
        push = path == "/v1/push"
        with self.lock:
            before, after = (self.before, self.after) if push else (None, None)
            if push:
                self.pushes += 1
                self.before = self.after = None
        if before is not None:
            before()
            return None
        try:
            answered = self._ask(method, path, headers, body)
        except (OSError, http.client.HTTPException):
            return None
        if after is not None:
            after()
            return None
        return answered

    def _ask(self, method: str, path: str, headers: dict[str, str], body: bytes) -> Passed:
        connection = http.client.HTTPConnection("127.0.0.1", self.hall_port, timeout=10)
        try:
            # The Host stays the caller's: the signature covers it.
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            told = {name: response.headers[name] for name in _PASSED if name in response.headers}
            return response.status, response.read(), told
        finally:
            connection.close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    line: ClassVar[CutLine]

    def do_GET(self) -> None:
        self._do()

    def do_POST(self) -> None:
        self._do()

    def do_PUT(self) -> None:
        self._do()

    def _do(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        answered = self.line.carry(self.command, self.path, dict(self.headers.items()), body)
        if answered is None:
            self.close_connection = True
            return
        status, content, told = answered
        self.send_response(status)
        for name, value in told.items():
            self.send_header(name, value)
        if status != 204:
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's word
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False


@contextmanager
def line_to(hall_port: int) -> Iterator[CutLine]:
    """Serve the line on a free port of 127.0.0.1 until the block ends."""
    line = CutLine(hall_port)
    server = _Server(("127.0.0.1", 0), type("Handler", (_Handler,), {"line": line}))
    line.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield line
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
