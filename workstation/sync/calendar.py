"""The hall's table of working days: fetched now and then, believed only when the hall signed it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Protocol

from wire.calendar import WorkingDayTable
from wire.keys import unb64
from wire.messages import Enrolment
from wire.signed import reply_is_genuine
from workstation.domain.failures import Failure, Refused
from workstation.sync.turn import Turn

log = logging.getLogger(__name__)

LOOK_EVERY = timedelta(seconds=60)


class Source(Protocol):
    """Where the table comes from."""

    def calendar(self) -> WorkingDayTable:
        """Return the hall's table as of now. Raises Refused."""
        ...


class CalendarPuller:
    """Implements sync.engine.Carrier. `take` stores a table and says whether it is another one."""

    def __init__(
        self,
        source: Source,
        enrolment: Enrolment,
        take: Callable[[WorkingDayTable], bool],
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
            table = self._source.calendar()
        except Refused as refused:
            if refused.details.get("status") != "404":
                raise
            return False  # a hall that has none: the station's own holds, or what came along
        hall = self._enrolment
        if not reply_is_genuine(table, unb64(hall.hall_key), hall.algorithms.signature):
            raise Refused(Failure.HALL_ANSWER_UNTRUSTED)
        if self._take(table):
            log.info("working days %s", table.version)
        return False
