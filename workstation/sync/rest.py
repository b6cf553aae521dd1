"""Until when the hall is left alone, remembered over the end of the program."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta

from workstation.domain.failures import Refused
from workstation.domain.outbox import REST_UNTIL
from workstation.services.ports import Unit
from workstation.sync.pace import LONGEST_S

_WORTH_S = 2.0  # a shorter pause is not written down


class Rest:
    """One fact of the store: when the next try is."""

    def __init__(
        self, open_unit: Callable[[], AbstractContextManager[Unit]], clock: Callable[[], datetime]
    ) -> None:
        self._open_unit = open_unit
        self._clock = clock
        self._kept = False

    def left(self) -> float:
        """Return the seconds that are left of a pause from before the start, at most the longest pause there is."""
        try:
            with self._open_unit() as unit:
                said = unit.station.fact(REST_UNTIL)
        except Refused:
            return 0.0  # a store that is busy is told by the first turn
        if not said:
            return 0.0
        self._kept = True
        # A clock that was set back must not make an hour of it.
        return min(max((datetime.fromisoformat(said) - self._clock()).total_seconds(), 0.0), LONGEST_S)

    def keep(self, pause_s: float) -> None:
        """Write a pause down, or that there is none. A store that takes nothing forgets it: that is no trouble of its own."""
        wanted = pause_s >= _WORTH_S
        if not wanted and not self._kept:
            return
        until = (self._clock() + timedelta(seconds=pause_s)).isoformat() if wanted else ""
        try:
            with self._open_unit() as unit:
                unit.station.remember(REST_UNTIL, until)
                unit.commit()
        except Refused:
            return
        self._kept = wanted
