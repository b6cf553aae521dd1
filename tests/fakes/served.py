"""How a fake speaks HTTP: what it is asked goes to a function, and what that returns goes back."""

from __future__ import annotations

import http.client
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

# What belongs to one connection and is said anew on the next.
_OWN = frozenset({"connection", "content-length", "date", "keep-alive", "server", "transfer-encoding"})


@dataclass(frozen=True, slots=True)
class Asked:
    """One request."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back; `drop` closes the connection instead."""

    status: int = 200
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()
    drop: bool = False


DROPPED = Answer(drop=True)
Speaker = Callable[[Asked], Answer]


def pass_on(asked: Asked, behind: tuple[str, int], patience_s: float = 10.0) -> Answer:
    """Ask the server behind a line. Raises OSError and HTTPException."""
    connection = http.client.HTTPConnection(*behind, timeout=patience_s)
    try:
        # The Host stays the caller's: the signature covers it.
        connection.request(asked.method, asked.path, asked.body, asked.headers)
        said = connection.getresponse()
        told = tuple((name, value) for name, value in said.headers.items() if name.lower() not in _OWN)
        return Answer(said.status, said.read(), told)
    finally:
        connection.close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 60
    speak: ClassVar[Speaker]

    def _do(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        answer = type(self).speak(Asked(self.command, self.path, dict(self.headers.items()), body))
        if answer.drop:
            self.close_connection = True
            return
        try:
            self.send_response(answer.status)
            for name, value in answer.headers:
                self.send_header(name, value)
            if answer.status != http.HTTPStatus.NO_CONTENT:
                self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            self.wfile.write(answer.body)
        except OSError:
            self.close_connection = True  # whoever asked has given up

    do_GET = do_POST = do_PUT = do_PATCH = do_HEAD = _do  # noqa: N815 - the library's names

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's word
        """Say nothing."""


class Server(ThreadingHTTPServer):
    """Answers with `speak`, each connection in a thread of its own; port 0 takes a free one."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, speak: Speaker, address: tuple[str, int] = ("127.0.0.1", 0)) -> None:
        super().__init__(address, type("Handler", (_Handler,), {"speak": staticmethod(speak)}))

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def handle_error(self, request: object, client_address: object) -> None:
        """A connection that broke is what fakes are about; everything else is our fault and printed."""
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]  # typed narrower there


@contextmanager
def served(speak: Speaker) -> Iterator[str]:
    """Serve on a free port of 127.0.0.1 until the block ends; yields the URL."""
    server = Server(speak)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server.url
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
