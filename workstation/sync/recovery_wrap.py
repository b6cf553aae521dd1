"""The store's key, sealed for the hall's recovery key, to the hall: once, and again when either key is another."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

from wire.keys import b64, key_id
from wire.messages import Enrolment, RecoveryWrap
from workstation.domain.clerk import Deed
from workstation.domain.evaluation import HALL_KEY_FACT
from workstation.domain.failures import Refused
from workstation.services.heal import WRAPPED_FACT
from workstation.services.ports import Unit

log = logging.getLogger(__name__)

RECOVERY_KEY_FACT = HALL_KEY_FACT  # the hall's public key, for sticks and evaluations: sealed without network


class Keeper(Protocol):
    """The hall."""

    def recovery_key(self) -> bytes:
        """See sync.client.HallClient."""
        ...

    def put_recovery_wrap(self, wrap: RecoveryWrap) -> None:
        """See sync.client.HallClient."""
        ...


class RecoveryWraps:
    """Implements sync.engine.Carrier. Asks once a start: a hall's recovery key changes once in years."""

    def __init__(
        self,
        *,
        client: Keeper,
        enrolment: Enrolment,
        open_unit: Callable[[], AbstractContextManager[Unit]],
        wrap: Callable[[bytes, str], str],
        proof: Callable[[], str],
        clock: Callable[[], datetime],
    ) -> None:
        """`wrap` seals the store's key for a public key and a device; `proof` is the secret beside the store by which
        this disk is known again when the key is lost."""
        self._client = client
        self._device = enrolment.device
        self._open_unit = open_unit
        self._wrap = wrap
        self._proof = proof
        self._clock = clock
        self._done = False

    def carry(self) -> bool:
        """Give the hall the wrap it does not have; never True. Raises Refused."""
        if self._done:
            return False
        try:
            public = self._client.recovery_key()
        except Refused as refusal:
            if refusal.details.get("status") != "404":
                raise
            log.warning("this hall keeps no recovery wraps")
            self._done = True
            return False
        proof = hashlib.sha256(self._proof().encode()).hexdigest()
        wanted = f"{key_id(public)} {proof}"
        with self._open_unit() as unit:
            held = unit.station.fact(WRAPPED_FACT)
            if unit.station.fact(RECOVERY_KEY_FACT) != b64(public):
                unit.station.remember(RECOVERY_KEY_FACT, b64(public))
                unit.commit()
        if held != wanted:
            sealed = self._wrap(public, self._device)
            self._client.put_recovery_wrap(RecoveryWrap(self._device, key_id(public), sealed, proof))
            with self._open_unit() as unit:
                unit.station.remember(WRAPPED_FACT, wanted)
                unit.audit.note(
                    at=self._clock(),
                    actor="station",
                    deed=Deed.KEY_WRAPPED,
                    note=f"recovery key {key_id(public)}",
                )
                unit.commit()
            log.info("recovery wrap given to the hall")
        self._done = True
        return False
