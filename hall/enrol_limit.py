"""How often codes may be guessed: few wrong ones a minute from one address, and in all; good ones count nothing."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable

PER_ADDRESS = 10
IN_ALL = 200
SPAN_S = 60.0


class WrongCodes:
    """Counts in this process alone: 64 random bits hold by themselves, this keeps guessing cheap for the hall too."""

    def __init__(
        self,
        per_address: int = PER_ADDRESS,
        in_all: int = IN_ALL,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._per_address, self._in_all, self._clock = per_address, in_all, clock
        self._lock = threading.Lock()
        self._wrong: deque[tuple[float, str]] = deque()  # never longer than `in_all`

    def wait_s(self, address: str) -> int:
        """Return for how many seconds an address must wait before its next try, 0 when it need not."""
        with self._lock:
            now = self._clock()
            while self._wrong and self._wrong[0][0] <= now - SPAN_S:
                self._wrong.popleft()
            mine = [at for at, who in self._wrong if who == address]
            oldest = None
            if len(self._wrong) >= self._in_all:
                oldest = self._wrong[0][0]
            elif len(mine) >= self._per_address:
                oldest = mine[0]
            return 0 if oldest is None else max(1, round(oldest + SPAN_S - now))

    def note(self, address: str) -> None:
        """Count a wrong code."""
        with self._lock:
            if len(self._wrong) < self._in_all:
                self._wrong.append((self._clock(), address))
