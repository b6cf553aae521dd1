"""How a test waits for what another thread or program does: with an end, and failing where it waited."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def until(what: Callable[[], T], seconds: float = 60.0, *, every: float = 0.05) -> T:
    """Return the first answer of `what` that is true, asked `every` so many seconds; fail in the caller's line when none comes."""
    __tracebackhide__ = True
    end = time.monotonic() + seconds
    while not (found := what()):
        assert time.monotonic() < end, f"it did not come about within {seconds:g} s"
        time.sleep(every)
    return found
