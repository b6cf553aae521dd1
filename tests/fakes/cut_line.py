"""A line to a real hall that can be cut at a chosen moment: before a push reaches the hall, or after it was committed."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from tests.fakes.served import DROPPED, Answer, Asked, pass_on, served


@dataclass
class CutLine:
    """Passes requests on to `hall_port`. `before` and `after` are called once, around the next push, and cut it."""

    hall_port: int
    url: str = ""
    before: Callable[[], None] | None = None
    after: Callable[[], None] | None = None
    pushes: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def carry(self, asked: Asked) -> Answer:
        push = asked.path == "/v1/push"
        with self.lock:
            before, after = (self.before, self.after) if push else (None, None)
            if push:
                self.pushes += 1
                self.before = self.after = None
        if before is not None:
            before()
            return DROPPED
        try:
            answered = pass_on(asked, ("127.0.0.1", self.hall_port))
        except (OSError, http.client.HTTPException):
            return DROPPED
        if after is not None:
            after()
            return DROPPED
        return answered


@contextmanager
def line_to(hall_port: int) -> Iterator[CutLine]:
    """Serve the line on a free port of 127.0.0.1 until the block ends."""
    line = CutLine(hall_port)
    with served(line.carry) as line.url:
        yield line
