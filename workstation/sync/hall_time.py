"""The time that requests are signed with: this machine's, until the hall says that it is wrong."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta


class HallTime:
    """A clock that can be set by the hall. It never touches the time that events bear: what happened when is the counter's
    own word, and it is the clerk's to see that the clock is wrong.

    Once set it runs with the machine's monotonic clock, so that a clock which jumps, or is mended, does not move it.
    """

    def __init__(
        self, clock: Callable[[], datetime], monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._clock = clock
        self._monotonic = monotonic
        self._set: tuple[datetime, float] | None = None  # replaced whole: read from several threads

    def now(self) -> datetime:
        """Return what to sign with."""
        if self._set is None:
            return self._clock()
        said, at = self._set
        return said + timedelta(seconds=self._monotonic() - at)

    def correct(self, said: datetime) -> None:
        """Take the hall's time."""
        self._set = (said, self._monotonic())

    def behind_s(self) -> int:
        """Return by how many seconds this machine's clock is behind the hall's, negative when it is ahead, 0 when unknown."""
        return round((self.now() - self._clock()).total_seconds()) if self._set else 0
