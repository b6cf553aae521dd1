"""The line between a station and the hall: HTTP passed on, and made to fail as real lines and middle boxes fail.

A line listens on the loopback of the station's network namespace, so that the station speaks to "this machine", and goes on
from there over the namespace's own link: what the kernel does to that link (down, loss, 64 kbit) it does to the line.
"""

from __future__ import annotations

import ctypes
import http.client
import os
import random
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

STATION_PORT = 8100
_PASSED = ("Content-Type", "Content-Encoding", "Retry-After", "Location", "Upload-Offset", "Tus-Resumable")
_PUSH = "/v1/push"
_CLONE_NEWNET = 0x40000000
_PATIENCE_S = 8.0


@dataclass
class Line:
    """What happens to requests now; every mode stays until it is set back to "". The counters only grow."""

    hall: tuple[str, int]
    mode: str = ""  # cut, duplicate, reorder, delay, drop_reply
    chance: float = 0.6
    seed: int = 0
    asked: int = 0  # requests that came
    struck_push: int = (
        0  # pushes that a mode befell; of a reply that is dropped those alone that the hall had taken
    )
    heard: int = 0  # pushes whose answer reached the station
    after_push: Callable[[], None] | None = (
        None  # called once, when the hall has answered a push and nobody heard it yet
    )
    lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self._chance = random.Random(self.seed)

    def strikes(self, path: str) -> str:
        """Return what happens to this request."""
        with self.lock:
            self.asked += 1
            if not self.mode or self._chance.random() > self.chance:
                return ""
            if path == _PUSH and self.mode != "drop_reply":
                self.struck_push += 1
            return self.mode

    def pushed(self, mode: str) -> None:
        """The hall has taken a push."""
        with self.lock:
            if mode == "drop_reply":
                self.struck_push += 1
            after, self.after_push = self.after_push, None
        if after is not None:
            after()

    def was_heard(self) -> None:
        """The station has the answer to a push."""
        with self.lock:
            self.heard += 1

    def some(self, most: float) -> float:
        """Return a number up to `most`."""
        with self.lock:
            return self._chance.uniform(0, most)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    line: ClassVar[Line]
    timeout = 30

    def do_GET(self) -> None:
        self._do()

    def do_HEAD(self) -> None:
        self._do()

    def do_POST(self) -> None:
        self._do()

    def do_PUT(self) -> None:
        self._do()

    def do_PATCH(self) -> None:
        self._do()

    def _do(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        asked = self.command, self.path, dict(self.headers.items()), body
        try:
            answer = self._through(asked)
        except (OSError, http.client.HTTPException):
            answer = None
        if answer is None:
            self.close_connection = True
            return
        status, content, told = answer
        try:
            self.send_response(status)
            for name, value in told.items():
                self.send_header(name, value)
            if status != 204:
                self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)
        except OSError:
            self.close_connection = True
            return
        if self.path == _PUSH and status == http.HTTPStatus.OK:
            self.line.was_heard()

    def _through(
        self, asked: tuple[str, str, dict[str, str], bytes]
    ) -> tuple[int, bytes, dict[str, str]] | None:
        line = self.line
        mode = line.strikes(self.path)
        if mode == "cut":
            self._cut(asked)
            return None
        if mode == "delay":
            time.sleep(line.some(1.5))
        if mode == "reorder":
            # It is held back, the station gives up on it, and it arrives after what came later.
            later = threading.Timer(0.3 + line.some(2.0), self._late, (asked,))
            later.daemon = True
            later.start()
            return None
        if mode == "duplicate":
            self._late(asked)
        answer = self._ask(asked)
        if self.path == _PUSH and answer[0] == http.HTTPStatus.OK:
            line.pushed(mode)
        return None if mode == "drop_reply" else answer

    def _late(self, asked: tuple[str, str, dict[str, str], bytes]) -> None:
        try:
            self._ask(asked)
        except (OSError, http.client.HTTPException):
            return

    def _ask(self, asked: tuple[str, str, dict[str, str], bytes]) -> tuple[int, bytes, dict[str, str]]:
        method, path, headers, body = asked
        behind = http.client.HTTPConnection(*self.line.hall, timeout=_PATIENCE_S)
        try:
            # The Host stays the caller's: the signature covers it.
            behind.request(method, path, body, headers)
            answer = behind.getresponse()
            told = {name: answer.headers[name] for name in _PASSED if name in answer.headers}
            return answer.status, answer.read(), told
        finally:
            behind.close()

    def _cut(self, asked: tuple[str, str, dict[str, str], bytes]) -> None:
        """Pass on N bytes of the request, then nothing more."""
        method, path, headers, body = asked
        head = f"{method} {path} HTTP/1.1\r\n" + "".join(f"{k}: {v}\r\n" for k, v in headers.items()) + "\r\n"
        whole = head.encode("latin-1") + body
        with socket.create_connection(self.line.hall, timeout=_PATIENCE_S) as behind:
            behind.sendall(whole[: int(self.line.some(len(whole)))])

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's word
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, request: object, client_address: object) -> None:
        """A connection that broke is what happens here all the time."""


class Served:
    """A line that is served in the network namespace of a process until closed."""

    def __init__(self, line: Line, namespace_of: int) -> None:
        self.line = line
        self._ready = threading.Event()
        self._server: _Server | None = None
        self._thread = threading.Thread(target=self._serve, args=(namespace_of,), daemon=True)
        self._thread.start()
        if not self._ready.wait(10) or self._server is None:
            raise RuntimeError("the line was not served")

    def _serve(self, pid: int) -> None:
        # A thread has a namespace of its own, and those that it starts are born in it.
        enter(pid)
        self._server = _Server(("127.0.0.1", STATION_PORT), type("Handler", (_Handler,), {"line": self.line}))
        self._ready.set()
        self._server.serve_forever(poll_interval=0.1)

    def close(self) -> None:
        """End it."""
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
        self._thread.join()


def enter(pid: int) -> None:
    """Move the calling thread into the network namespace of a process. Raises OSError."""
    libc = ctypes.CDLL(None, use_errno=True)
    namespace = os.open(f"/proc/{pid}/ns/net", os.O_RDONLY)
    try:
        if libc.setns(namespace, _CLONE_NEWNET):
            raise OSError(ctypes.get_errno(), "setns")
    finally:
        os.close(namespace)


class Door:
    """The hall's address on the bridge: bytes passed on to the hall, which itself serves this machine only."""

    def __init__(self, address: tuple[str, int], hall_port: int) -> None:
        self._hall_port = hall_port
        self._socket = socket.create_server(address, backlog=128)
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                here, _ = self._socket.accept()
            except OSError:
                return
            threading.Thread(target=self._join, args=(here,), daemon=True).start()

    def _join(self, here: socket.socket) -> None:
        try:
            there = socket.create_connection(("127.0.0.1", self._hall_port), timeout=60)
        except OSError:
            here.close()
            return
        back = threading.Thread(target=_pipe, args=(there, here), daemon=True)
        back.start()
        _pipe(here, there)
        back.join()
        here.close()
        there.close()

    def close(self) -> None:
        """End it."""
        self._socket.close()


def _pipe(source: socket.socket, sink: socket.socket) -> None:
    try:
        while piece := source.recv(65536):
            sink.sendall(piece)
    except OSError:
        pass
    try:
        sink.shutdown(socket.SHUT_WR)
    except OSError:
        return
