"""The hall's authority changes once in years: the new one is announced under the hall's signature while the old one counts."""

from __future__ import annotations

import logging
import ssl
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

from wire.devices import CaBundle
from wire.invitation import certificates
from workstation.domain.failures import Failure, Refused
from workstation.services.enrol_station import CA_FACT
from workstation.services.ports import Unit
from workstation.sync.secure_line import believe

log = logging.getLogger(__name__)

ISSUED_FACT = "hall_ca_issued"
LOOK_EVERY = timedelta(hours=1)


class Announcer(Protocol):
    """The hall."""

    def ca_bundle(self) -> CaBundle:
        """See sync.client.HallClient."""
        ...


class AuthorityPuller:
    """Implements sync.engine.Carrier. What is new is believed at once, what has gone no more from the next start on."""

    def __init__(
        self,
        *,
        client: Announcer,
        open_unit: Callable[[], AbstractContextManager[Unit]],
        context: ssl.SSLContext,
        beside: Path,
        clock: Callable[[], datetime],
    ) -> None:
        """`beside` is a file outside the store: a lost key is asked for while the store is shut."""
        self._client, self._open_unit, self._context = client, open_unit, context
        self._beside, self._clock = beside, clock
        self._asked_at: datetime | None = None

    def carry(self) -> bool:
        """Take a newer bundle, once an hour; never True. Raises Refused when the hall cannot be reached."""
        now = self._clock()
        if self._asked_at is not None and now - self._asked_at < LOOK_EVERY:
            return False
        try:
            bundle = self._client.ca_bundle()
        except Refused as refusal:
            if refusal.details.get("status") != "404":
                raise
            self._asked_at = now
            return False
        self._take(bundle)
        self._asked_at = now
        return False

    def _take(self, bundle: CaBundle) -> None:
        try:
            count = len(certificates(bundle.pem))
        except ValueError:
            raise Refused(Failure.HALL_ANSWER_UNTRUSTED) from None
        with self._open_unit() as unit:
            kept, issued = unit.station.fact(CA_FACT), unit.station.fact(ISSUED_FACT)
        if issued and bundle.issued_at < datetime.fromisoformat(issued):
            raise Refused(Failure.HALL_ANSWER_UNTRUSTED)
        if bundle.pem != kept:
            believe(self._context, bundle.pem)
            with self._open_unit() as unit:
                unit.station.remember(CA_FACT, bundle.pem)
                unit.station.remember(ISSUED_FACT, bundle.issued_at.isoformat())
                unit.commit()
            log.info("the hall's authority has %d certificates now", count)
        if not self._beside.is_file() or self._beside.read_text(encoding="ascii") != bundle.pem:
            self._beside.write_text(bundle.pem, encoding="ascii")
