"""The hall's limits for a station alone: fetched now and then, believed only when the hall signed them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from wire.messages import Enrolment
from wire.staleness import StalenessPolicy
from workstation.sync.halls_word import WordPuller


class Source(Protocol):
    """Where limits come from."""

    def staleness(self) -> StalenessPolicy:
        """Return the limits as of now. Raises Refused."""
        ...


class LimitsPuller(WordPuller[StalenessPolicy]):
    """Implements sync.engine.Carrier. `take` stores limits and says whether they are other ones."""

    def __init__(
        self,
        source: Source,
        enrolment: Enrolment,
        take: Callable[[StalenessPolicy], bool],
        clock: Callable[[], datetime],
    ) -> None:
        super().__init__(
            source.staleness,
            enrolment,
            take,
            clock,
            lambda policy: f"limits of a station alone, number {policy.number}",
        )
