"""The hall's mandate to sign slips: fetched now and then, believed only when the hall signed it for just our key."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import Protocol

from wire.keys import unb64
from wire.messages import Enrolment
from wire.slips import SlipMandate, read_mandate
from workstation.domain.failures import Failure, Refused
from workstation.services.ports import Unit
from workstation.services.slip_codes import MANDATE_FACT
from workstation.sync.turn import Turn

log = logging.getLogger(__name__)

# A mandate holds for ten days (hall/slip_mandates): a line that is there an hour a day keeps it fresh.
LOOK_EVERY = timedelta(minutes=30)


class Source(Protocol):
    """Where mandates come from."""

    def slip_mandate(self) -> SlipMandate:
        """Return a mandate for the key that asks. Raises Refused."""
        ...


class MandatePuller:
    """Implements sync.engine.Carrier."""

    def __init__(
        self,
        source: Source,
        enrolment: Enrolment,
        open_unit: Callable[[], AbstractContextManager[Unit]],
        our_key: Callable[[], bytes],
        clock: Callable[[], datetime],
    ) -> None:
        """`our_key` is the public half of the key that requests are signed with now (key_rotation), b"" before the first."""
        self._our_key = our_key
        self._source, self._enrolment, self._open_unit = source, enrolment, open_unit
        self._turn = Turn(LOOK_EVERY, clock)
        self._key = b""

    def carry(self) -> bool:
        """Look when it is time, and at once after a change of our key; there is never more.

        Raises Refused when the hall cannot be reached or lies.
        """
        key = self._our_key()
        if not key or (not self._turn.has_come() and key == self._key):
            return False
        try:
            mandate = self._source.slip_mandate()
        except Refused as refused:
            if refused.details.get("status") != "404":
                raise
            self._key = key
            return False  # a hall of before mandates: slips bear the station's own word alone
        said = read_mandate(
            mandate.token, unb64(self._enrolment.hall_key), self._enrolment.algorithms.signature
        )
        if said is None or said.station != self._enrolment.station:
            raise Refused(Failure.HALL_ANSWER_UNTRUSTED)
        if said.key != key:
            return False  # asked with the key of before: the next turn asks with the new one
        with self._open_unit() as unit:
            unit.station.remember(MANDATE_FACT, mandate.token)
            unit.commit()
        self._key = key
        log.info("mandate for slips until %s", said.until)
        return False
