"""What the hall takes at once, as it says itself: asked at the start, every hour, and when something was too large."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Protocol

from wire.limits import HallLimits
from wire.messages import MAX_BATCH, MAX_BODY_BYTES
from workstation.domain.failures import Refused

log = logging.getLogger(__name__)

AGAIN_AFTER = timedelta(hours=1)
_MOST_BATCH = 1_000  # whatever a hall says: one commit here settles a batch
_LEAST_BYTES = 10_000


class TellsLimits(Protocol):
    """The hall."""

    def limits(self) -> HallLimits:
        """See sync.client.HallClient."""
        ...


class Limits:
    """The hall's numbers, ours until it has told; implements sync.engine.Carrier."""

    def __init__(self, client: TellsLimits, clock: Callable[[], datetime]) -> None:
        self._client = client
        self._clock = clock
        self._asked_at: datetime | None = None
        self.batch = MAX_BATCH
        self.body_bytes = MAX_BODY_BYTES

    def carry(self) -> bool:
        """Ask when it is time; never True. Raises Refused when the hall cannot be reached."""
        now = self._clock()
        if self._asked_at is not None and abs(now - self._asked_at) < AGAIN_AFTER:
            return False
        try:
            told = self._client.limits()
        except Refused as refusal:
            if refusal.details.get("status") != "404":
                raise
            self._asked_at = now  # a hall that tells none: ours hold
            return False
        self._asked_at = now
        self.batch = max(1, min(told.batch, _MOST_BATCH))
        self.body_bytes = max(_LEAST_BYTES, told.body_bytes)
        return False

    def ask_again(self) -> None:
        """Something was too large: the numbers are not what they were."""
        self._asked_at = None
