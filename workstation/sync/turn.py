"""When a carrier looks again at what seldom changes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta


class Turn:
    """Comes at once, and then each time `every` has passed."""

    def __init__(self, every: timedelta, clock: Callable[[], datetime]) -> None:
        self._every, self._clock = every, clock
        self._next: datetime | None = None

    def has_come(self) -> bool:
        """Say whether it is time; if so the next time is `every` from now."""
        now = self._clock()
        # A clock that was set back must not stop the looking.
        if self._next is not None and self._next - self._every <= now < self._next:
            return False
        self._next = now + self._every
        return True
