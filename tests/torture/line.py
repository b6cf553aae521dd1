"""A line of bytes between a station and the hall that is cut at a chosen place of a push: on its way there, behind it, or on the
answer's way back."""

from __future__ import annotations

import re
import socket
import socketserver
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from enum import StrEnum
from typing import ClassVar

from tests.fakes.cut_stream import served

_PUSH = b"POST /v1/push "
_LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)
_PIECE = 65_536
_PATIENCE_S = 20.0


class Where(StrEnum):
    """Where a line is cut."""

    REQUEST = "cut_request"  # the hall gets a part of it
    BEHIND = "cut_behind"  # the hall gets all of it, and nobody waits for the answer
    ANSWER = "cut_answer"  # the hall has done it; the station gets a part of the answer, or nothing


@dataclass(frozen=True, slots=True)
class Cut:
    """A cut of the next push. `share` of the request, or of what comes of the answer at once, still passes (0 to 1)."""

    where: Where
    share: float = 0.0


@dataclass
class Line:
    """Passes bytes on to `port`; `struck` counts the cuts that were done."""

    port: int
    url: str = ""
    struck: Counter[Where] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)
    armed: Cut | None = None

    def cut(self, cut: Cut) -> None:
        """Cut the next push."""
        with self.lock:
            self.armed = cut

    def take(self) -> Cut | None:
        """Return the cut of the push that begins now."""
        with self.lock:
            cut, self.armed = self.armed, None
            return cut

    def strike(self, cut: Cut) -> None:
        """Count a cut."""
        with self.lock:
            self.struck[cut.where] += 1


class _Handler(socketserver.BaseRequestHandler):
    line: ClassVar[Line]
    cut: Cut | None = None  # of the push that is under way

    def handle(self) -> None:
        try:
            behind = socket.create_connection(("127.0.0.1", self.line.port), timeout=_PATIENCE_S)
        except OSError:
            return
        behind.settimeout(None)
        back = threading.Thread(target=self._back, args=(behind,), daemon=True)
        with behind:
            back.start()
            with suppress(OSError):
                self._there(behind)
            _close(self.request)
            if self.cut is not None and self.cut.where is Where.BEHIND:
                back.join(_PATIENCE_S)  # the hall finishes what it has
            _close(behind)
            back.join(_PATIENCE_S)

    def _there(self, behind: socket.socket) -> None:
        """Pass on what the station says, until it has gone or its line is cut."""
        left = None
        while some := self.request.recv(_PIECE):
            if some.startswith(_PUSH):
                self.cut = cut = self.line.take()
                whole = cut is not None and cut.where is Where.BEHIND
                within = cut is not None and cut.where is Where.REQUEST
                left = (
                    _bytes_of(some) if whole else int(cut.share * _bytes_of(some)) if cut and within else None
                )
            if left is not None and left <= len(some) and self.cut is not None:
                behind.sendall(some[:left])
                self.line.strike(self.cut)
                return
            behind.sendall(some)
            left = None if left is None else left - len(some)

    def _back(self, behind: socket.socket) -> None:
        with suppress(OSError):
            while some := behind.recv(_PIECE):
                cut = self.cut
                if cut is not None and cut.where is Where.ANSWER:
                    self.request.sendall(some[: int(cut.share * len(some))])
                    self.line.strike(cut)
                    break
                self.request.sendall(some)
        _close(self.request)


def _bytes_of(head: bytes) -> int:
    """Return how long a request is whose head comes in one piece, as it does on this machine."""
    found = _LENGTH.search(head)
    return head.index(b"\r\n\r\n") + 4 + int(found[1] if found else 0)


def _close(connection: socket.socket) -> None:
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)


@contextmanager
def line_to(port: int) -> Iterator[Line]:
    """Serve a line on a free port of 127.0.0.1 until the block ends."""
    line = Line(port)
    with served(_Handler, line) as line.url:
        yield line
