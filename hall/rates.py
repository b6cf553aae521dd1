"""How often one device, one department or one address may ask: a bucket of tokens each, filled evenly, emptied by asking.

Each server process counts by itself (hall/settings.py, Rates). What must hold over all of them is not kept here: failed
passwords and one-time codes are the database's.
"""

from __future__ import annotations

import math
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from enum import StrEnum

from hall.settings import Rates

# Who asks once and never again leaves a bucket behind: the oldest go first, and a full bucket is as good as none.
MOST_BUCKETS = 50_000
# Sums of fractions fall short of a whole by so much: whoever waited as he was told is not sent away for that.
_ROUNDING = 1e-6


class Asks(StrEnum):
    """What is counted apart."""

    PUSH = "push"
    VERIFY = "verify"
    OTHER = "other"
    DEPARTMENT = "department"
    ENROL = "enrol"
    SIGN_IN = "sign_in"


class Buckets:
    """Buckets of one kind, by name. Safe to use from several threads."""

    def __init__(self, per_min: int, burst: int, clock: Callable[[], float] = time.monotonic) -> None:
        """`per_min` tokens a minute flow into a bucket, which holds `burst`."""
        self._per_s, self._burst, self._clock = per_min / 60, float(burst), clock
        self._lock = threading.Lock()
        self._held: OrderedDict[str, tuple[float, float]] = (
            OrderedDict()
        )  # tokens, and when there were so many

    def take(self, name: str) -> int:
        """Take a token; return 0, or after how many seconds there will be one, at least 1."""
        with self._lock:
            now = self._clock()
            tokens, at = self._held.pop(name, (self._burst, now))
            tokens = min(self._burst, tokens + (now - at) * self._per_s)
            enough = tokens >= 1 - _ROUNDING
            self._held[name] = (max(tokens - 1, 0.0) if enough else tokens, now)
            while len(self._held) > MOST_BUCKETS:
                self._held.popitem(last=False)
            return 0 if enough else max(1, math.ceil((1 - tokens) / self._per_s))


class RateLimits:
    """All buckets of a server process."""

    def __init__(self, rates: Rates | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        set_to = rates or Rates()
        self._of = {
            kind: Buckets(getattr(set_to, f"{kind}_per_min"), getattr(set_to, f"{kind}_burst"), clock)
            for kind in Asks
        }

    def wait_s(self, kind: Asks, name: str) -> int:
        """Count a request of somebody; return 0 when it may go on, else after how many seconds the next one may."""
        return self._of[kind].take(name)
