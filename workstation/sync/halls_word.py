"""What the hall says to all its stations: fetched now and then, believed only when the hall signed it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from wire.calendar import WorkingDayTable
from wire.keys import unb64
from wire.messages import Enrolment
from wire.signed import reply_is_genuine
from wire.staleness import StalenessPolicy
from workstation.domain.failures import Failure, Refused
from workstation.sync.turn import Turn

log = logging.getLogger(__name__)

LOOK_EVERY = timedelta(seconds=60)
Word = TypeVar("Word", StalenessPolicy, WorkingDayTable)


class WordPuller(Generic[Word]):
    """Implements sync.engine.Carrier. `ask` fetches a word, `take` stores it and says whether it is another one, `name` is
    what the log calls it."""

    def __init__(
        self,
        ask: Callable[[], Word],
        enrolment: Enrolment,
        take: Callable[[Word], bool],
        clock: Callable[[], datetime],
        name: Callable[[Word], str],
    ) -> None:
        self._ask: Callable[[], Word] = ask
        self._enrolment = enrolment
        self._take: Callable[[Word], bool] = take
        self._name: Callable[[Word], str] = name
        self._turn = Turn(LOOK_EVERY, clock)

    def carry(self) -> bool:
        """Look when it is time; there is never more. Raises Refused when the hall cannot be reached or lies."""
        if not self._turn.has_come():
            return False
        try:
            word = self._ask()
        except Refused as refused:
            if refused.details.get("status") != "404":
                raise
            return False  # a hall that has none: what the station has holds
        hall = self._enrolment
        if not reply_is_genuine(word, unb64(hall.hall_key), hall.algorithms.signature):
            raise Refused(Failure.HALL_ANSWER_UNTRUSTED)
        if self._take(word):
            log.info("%s", self._name(word))
        return False
