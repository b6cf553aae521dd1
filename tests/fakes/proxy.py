"""Somebody on the line between station and hall: passes every request on, and may change, keep or repeat answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from tests.fakes.served import Answer, Asked, pass_on, served


def _as_it_is(body: bytes) -> bytes:
    return body


@dataclass
class Line:
    """What happens to the answers; `passed` are those that went through, as the server gave them."""

    port: int  # of the server behind it
    url: str = ""
    changes: Callable[[bytes], bytes] = field(default=_as_it_is)
    passed: list[bytes] = field(default_factory=list)

    def carry(self, asked: Asked) -> Answer:
        answer = pass_on(asked, ("127.0.0.1", self.port))
        self.passed.append(answer.body)
        return replace(answer, body=self.changes(answer.body))


@contextmanager
def on_the_line(port: int) -> Iterator[Line]:
    """Serve on a free port of 127.0.0.1 until the block ends."""
    line = Line(port)
    with served(line.carry) as line.url:
        yield line
