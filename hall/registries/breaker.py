"""A circuit breaker for one register: after some failures in a row it is left alone for a while, then tried by one."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class BreakerState(StrEnum):
    """CLOSED: asked as always. OPEN: not asked. HALF_OPEN: one look-up tries whether it is back."""

    CLOSED = "closed"
    OPEN = "open"
    HALF_OPEN = "half_open"


@dataclass(frozen=True, slots=True)
class Closed:
    """The register is not asked now; it will be in so many seconds."""

    retry_in_s: float


class Breaker:
    """Counts the failures of one register. All times are seconds of a monotonic clock; safe from several threads.

    Each rest is twice the one before, up to eight times the first: a register that is down for the afternoon is not
    knocked at every quarter of a minute.
    """

    def __init__(self, after: int, rest_s: float, clock: Callable[[], float]) -> None:
        """`after` failures in a row open it for `rest_s` seconds."""
        self._after, self._rest_s, self._clock = after, rest_s, clock
        self._lock = threading.Lock()
        self._failures = 0
        self._rests = 0
        self._until = 0.0
        self._state = BreakerState.CLOSED

    @property
    def state(self) -> BreakerState:
        """How it stands."""
        return self._state

    def admit(self) -> Closed | None:
        """Ask for leave: None gives it. Whoever got it must say `worked` or `failed`, or the probe is never over."""
        with self._lock:
            left = self._until - self._clock()
            if self._state is BreakerState.CLOSED:
                return None
            if self._state is BreakerState.OPEN and left <= 0:
                self._state = BreakerState.HALF_OPEN
                return None
            # While one tries, the others wait for its answer: a moment, not a rest.
            return Closed(max(left, 1.0))

    def worked(self) -> bool:
        """The register answered. Return whether that closed the circuit."""
        with self._lock:
            changed = self._state is not BreakerState.CLOSED
            self._state, self._failures, self._rests = BreakerState.CLOSED, 0, 0
            return changed

    def failed(self) -> float | None:
        """The register did not answer. Return the seconds of rest when that opened the circuit."""
        with self._lock:
            if self._state is BreakerState.OPEN:
                return None  # asked before it opened: the same trouble, told late
            self._failures += 1
            if self._state is BreakerState.CLOSED and self._failures < self._after:
                return None
            rest = self._rest_s * 2.0 ** min(self._rests, 3)
            self._rests += 1
            self._state, self._until = BreakerState.OPEN, self._clock() + rest
            return rest
