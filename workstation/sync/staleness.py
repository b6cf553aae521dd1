"""The hall's limits for a station alone: fetched now and then, believed only when the hall signed them."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Protocol

from wire.keys import unb64
from wire.messages import Enrolment
from wire.signed import reply_is_genuine
from wire.staleness import StalenessPolicy
from workstation.domain.failures import Failure, Refused
from workstation.sync.turn import Turn

log = logging.getLogger(__name__)

LOOK_EVERY = timedelta(seconds=60)


class Source(Protocol):
    """Where limits come from."""

    def staleness(self) -> StalenessPolicy:
        """Return the limits as of now. Raises Refused."""
        ...


class LimitsPuller:
    """Implements sync.engine.Carrier. `take` stores limits and says whether they are other ones."""

    def __init__(
        self,
        source: Source,
        enrolment: Enrolment,
        take: Callable[[StalenessPolicy], bool],
        clock: Callable[[], datetime],
    ) -> None:
        self._source = source
        self._enrolment = enrolment
        self._take = take
        self._turn = Turn(LOOK_EVERY, clock)

    def carry(self) -> bool:
        """Look when it is time; there is never more. Raises Refused when the hall cannot be reached or lies."""
        if not self._turn.has_come():
            return False
        try:
            policy = self._source.staleness()
        except Refused as refused:
            if refused.details.get("status") != "404":
                raise
            return False  # a hall that sets none: the usual ones hold
        hall = self._enrolment
        if not reply_is_genuine(policy, unb64(hall.hall_key), hall.algorithms.signature):
            raise Refused(Failure.HALL_ANSWER_UNTRUSTED)
        if self._take(policy):
            log.info("limits of a station alone, number %s", policy.number)
        return False
