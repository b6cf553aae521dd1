"""A line of bytes to a real server that breaks after so many of them: in the middle of a request, as lines do."""

from __future__ import annotations

import socket
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import ClassVar


@dataclass
class CutStream:
    """Passes bytes on to `port`; each connection breaks after `cut_after` bytes from the client (0: never)."""

    port: int
    url: str = ""
    cut_after: int = 0
    cuts: int = 0
    passed: int = 0  # bytes from the client that went through
    lock: threading.Lock = field(default_factory=threading.Lock)


class _Handler(socketserver.BaseRequestHandler):
    line: ClassVar[CutStream]

    def handle(self) -> None:
        left = self.line.cut_after
        with socket.create_connection(("127.0.0.1", self.line.port), timeout=20) as behind:
            back = threading.Thread(target=self._back, args=(behind,), daemon=True)
            back.start()
            while some := self._some():
                if self.line.cut_after and len(some) >= left:
                    some = some[:left]
                    self._on(behind, some)
                    with self.line.lock:
                        self.line.cuts += 1
                    break
                left -= len(some)
                self._on(behind, some)
            # What was passed on arrives; then the line is gone, for both.
            with suppress(OSError):
                behind.shutdown(socket.SHUT_WR)
            back.join(0.2)
            with suppress(OSError):
                self.request.shutdown(socket.SHUT_RDWR)

    def _some(self) -> bytes:
        try:
            said: bytes = self.request.recv(16384)
        except OSError:
            return b""
        return said

    def _on(self, behind: socket.socket, some: bytes) -> None:
        with suppress(OSError):
            behind.sendall(some)
            with self.line.lock:
                self.line.passed += len(some)

    def _back(self, behind: socket.socket) -> None:
        with suppress(OSError):
            while some := behind.recv(16384):
                self.request.sendall(some)
        with suppress(OSError):
            self.request.shutdown(socket.SHUT_RDWR)


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    block_on_close = False
    allow_reuse_address = True


@contextmanager
def served(handler: type[socketserver.BaseRequestHandler], line: object) -> Iterator[str]:
    """Serve a handler that has `line` on a free port of 127.0.0.1 until the block ends; give the address."""
    server = _Server(("127.0.0.1", 0), type("Handler", (handler,), {"line": line}))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def stream_to(port: int, cut_after: int = 0) -> Iterator[CutStream]:
    """Serve the line on a free port of 127.0.0.1 until the block ends."""
    line = CutStream(port, cut_after=cut_after)
    with served(_Handler, line) as line.url:
        yield line
