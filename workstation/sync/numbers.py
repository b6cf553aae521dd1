"""The lane of receipt numbers: asked of the hall when the station has none that it may count in, believed when signed."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import Protocol

from wire.keys import new_id, unb64
from wire.messages import Enrolment
from wire.numbers import LANES, BlockWanted, NumberBlock
from wire.signed import reply_is_genuine
from workstation.domain.failures import Failure, Refused
from workstation.services.ports import Look, Unit
from workstation.sync.turn import Turn

log = logging.getLogger(__name__)

LOOK_EVERY = timedelta(seconds=5)
WANT_FACT = (
    "number_want"  # what was asked for and did not come yet: asked again under the same name, it is one lane
)


class Source(Protocol):
    """Where blocks come from."""

    def number_block(self, wanted: BlockWanted) -> NumberBlock:
        """Return a lane of this device's own. Raises Refused."""
        ...


class NumberPuller:
    """Implements sync.engine.Carrier."""

    def __init__(
        self,
        source: Source,
        enrolment: Enrolment,
        open_unit: Callable[[], AbstractContextManager[Unit]],
        clock: Callable[[], datetime],
        look: Look | None = None,
    ) -> None:
        self._source = source
        self._enrolment = enrolment
        self._open_unit, self._look = open_unit, look or open_unit
        self._turn = Turn(LOOK_EVERY, clock)

    def carry(self) -> bool:
        """Ask when there is none; there is never more. Raises Refused when the hall cannot be reached or lies."""
        if not self._turn.has_come():
            return False
        want = self._wanted()
        if not want:
            return False
        try:
            block = self._source.number_block(BlockWanted(want))
        except Refused as refused:
            if refused.details.get("status") != "404":
                raise
            log.warning("this hall gives no lanes of numbers")
            return False
        self._hold(block, want)
        with self._open_unit() as unit:
            unit.station.take_block(block)
            unit.station.remember(WANT_FACT, "")
            unit.commit()
        log.info("lane of receipt numbers: %s", block.lane)
        return False

    def _wanted(self) -> str:
        """Return the name of the wish, "" while there is a lane to count in."""
        with self._look() as unit:
            try:
                if unit.station.lane():
                    return ""
            except Refused as refused:
                if refused.failure is not Failure.NUMBERS_MISSING:
                    raise
            want = unit.station.fact(WANT_FACT)
        if not want:
            want = new_id()
            with self._open_unit() as unit:
                unit.station.remember(WANT_FACT, want)
                unit.commit()
        return want

    def _hold(self, block: NumberBlock, want: str) -> None:
        hall = self._enrolment
        mine = (block.station, block.device, block.want) == (hall.station, hall.device, want)
        if not mine or block.lane not in LANES:
            raise Refused(Failure.HALL_ANSWER_UNTRUSTED)
        if not reply_is_genuine(block, unb64(hall.hall_key), hall.algorithms.signature):
            raise Refused(Failure.HALL_ANSWER_UNTRUSTED)
