"""The list of who may sign in: fetched from the hall now and then, believed only when the hall signed it for this station."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Protocol

from wire.keys import unb64
from wire.messages import Enrolment, StaffList
from wire.signed import reply_is_genuine
from workstation.domain.failures import Failure, Refused
from workstation.sync.turn import Turn

log = logging.getLogger(__name__)

LOOK_EVERY = timedelta(seconds=5)


class Source(Protocol):
    """Where lists come from."""

    def staff_list(self) -> StaffList:
        """Return the list as of now. Raises Refused."""
        ...


class StaffPuller:
    """A carrier of the engine. `take` stores a list and says whether it changed anything; `told` hears when it did."""

    def __init__(
        self,
        source: Source,
        enrolment: Enrolment,
        take: Callable[[StaffList], bool],
        told: Callable[[], object],
        clock: Callable[[], datetime],
    ) -> None:
        self._source = source
        self._enrolment = enrolment
        self._take = take
        self._told = told
        self._turn = Turn(LOOK_EVERY, clock)

    def carry(self) -> bool:
        """Look when it is time; there is never more. Raises Refused when the hall cannot be reached or lies."""
        if not self._turn.has_come():
            return False
        staff = believed(self._source.staff_list(), self._enrolment)
        if self._take(staff):
            log.info("staff list %s, %s accounts", staff.number, len(staff.accounts))
            self._told()
        return False


def believed(staff: StaffList, hall: Enrolment) -> StaffList:
    """Return a list that the hall signed for this station. Raises Refused(HALL_ANSWER_UNTRUSTED) for any other."""
    mine = staff.station == hall.station
    if not mine or not reply_is_genuine(staff, unb64(hall.hall_key), hall.algorithms.signature):
        log.error("staff list %s refused: not the hall's word for this station", staff.number)
        raise Refused(Failure.HALL_ANSWER_UNTRUSTED)
    return staff
