"""A new device key for the old one: made, kept, told to the hall, and used once the hall has it, whatever breaks between."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import Protocol

from wire.devices import DeviceState, KeyRotated, KeyRotation, ask_rotation
from wire.keys import key_id, new_private, public_of
from workstation.domain.clerk import Deed
from workstation.domain.failures import Failure, Refused
from workstation.services.enrol_station import KEY_BEFORE_FACT
from workstation.services.ports import Look, Unit

log = logging.getLogger(__name__)

MADE_FACT = "device_key_made"  # when the key in use was made, ISO 8601
NEXT_FACT = "device_key_next"  # the key that is to take its place, hex; the hall may have it already
LOOK_EVERY = timedelta(hours=1)
_UNKNOWN = "device_unknown"


class Holder(Protocol):
    """The line to the hall, signing with one key at a time."""

    def use_key(self, private: bytes) -> None:
        """See sync.client.HallClient."""
        ...

    def device_state(self, private: bytes | None = None) -> DeviceState:
        """See sync.client.HallClient."""
        ...

    def rotate_key(self, asked: KeyRotation, private: bytes | None = None) -> KeyRotated:
        """See sync.client.HallClient."""
        ...


class KeyChange:
    """Implements sync.engine.Carrier.

    The new key is committed here before the hall hears of it, and the old one stays until the hall has said yes. After a
    crash in between the hall is asked with the new key: whether it knows that one decides which of the two goes on.
    A hall that was restored from a backup of before the change knows the old key alone: that one, which the hall itself
    takes from nobody else any more, tells it of the new one once more.
    """

    def __init__(
        self,
        *,
        holders: tuple[Holder, ...],
        device: str,
        open_unit: Callable[[], AbstractContextManager[Unit]],
        look: Look | None = None,
        clock: Callable[[], datetime],
        days: float,
    ) -> None:
        """`holders` sign for the device, the first of them asks; `days` is how old a key gets, 0 for ever."""
        self._holders, self._device, self._open_unit = holders, device, open_unit
        self._look = look or open_unit
        self._clock, self._days = clock, days
        self._looked_at: datetime | None = None
        self._used = b""
        self.public = b""  # of the key that the holders sign with, once the first turn has read it

    def carry(self) -> bool:
        """Change a key that is due, or finish a change; never True. Raises Refused when the hall cannot be reached."""
        with self._look() as unit:
            key, waits = unit.station.device_key(), unit.station.fact(NEXT_FACT)
        self._use(key)  # A command may have changed it beside us.
        now = self._clock()
        if not waits and self._looked_at is not None and now - self._looked_at < LOOK_EVERY:
            return False
        if waits or self._is_due(now):
            self.change()
        self._looked_at = now
        return False

    def heal(self, refusal: Refused) -> bool:
        """Say whether a hall that does not know our key knows it again, so that it may be asked at once.

        Raises Refused when it knows neither key, or cannot be reached.
        """
        if refusal.details.get("code") != _UNKNOWN:
            return False
        with self._look() as unit:
            key, before = unit.station.device_key(), unit.station.fact(KEY_BEFORE_FACT)
        if not before:
            return False
        self._ask(key, bytes.fromhex(before))
        log.warning("the hall was restored: device key %s told again", key_id(public_of(key)))
        with self._open_unit() as unit:
            note = f"{key_id(public_of(key))} again"
            unit.audit.note(at=self._clock(), actor="station", deed=Deed.KEY_ROTATED, note=note)
            unit.commit()
        return True

    def change(self) -> str:
        """Change the key now, or finish the change that was begun; return the id of the key in use from now on.

        Raises Refused; the old key stays in use then, and the next call goes on where this one ended.
        """
        private = self._begin()
        if not self._hall_has(private):
            self._ask(private)
        self._finish(private)
        return key_id(public_of(private))

    def _begin(self) -> bytes:
        with self._open_unit() as unit:
            kept = unit.station.fact(NEXT_FACT)
            private = bytes.fromhex(kept) if kept else new_private()
            if not kept:
                unit.station.remember(NEXT_FACT, private.hex())
                unit.commit()
        return private

    def _hall_has(self, private: bytes) -> bool:
        try:
            return self._holders[0].device_state(private).device == self._device
        except Refused as refusal:
            if refusal.details.get("code") == _UNKNOWN:
                return False
            raise

    def _ask(self, private: bytes, signed_by: bytes | None = None) -> None:
        said = self._holders[0].rotate_key(ask_rotation(self._device, private), signed_by)
        if said.key != key_id(public_of(private)) or said.device != self._device:
            raise Refused(Failure.HALL_ANSWER_UNTRUSTED)

    def _finish(self, private: bytes) -> None:
        now, key = self._clock(), key_id(public_of(private))
        with self._open_unit() as unit:
            unit.station.remember(KEY_BEFORE_FACT, unit.station.device_key().hex())
            unit.station.change_key(private)
            unit.station.remember(NEXT_FACT, "")
            unit.station.remember(MADE_FACT, now.isoformat())
            unit.audit.note(at=now, actor="station", deed=Deed.KEY_ROTATED, note=key)
            unit.commit()
        self._use(private)
        log.info("device key is %s now", key)

    def _use(self, private: bytes) -> None:
        if private != self._used:
            self._used, self.public = private, public_of(private)
            for holder in self._holders:
                holder.use_key(private)

    def _is_due(self, now: datetime) -> bool:
        if not self._days:
            return False
        with self._look() as unit:
            made = unit.station.fact(MADE_FACT)
        if not made:
            # A store of before there were changes: its key is as old as we know, from today on.
            with self._open_unit() as unit:
                unit.station.remember(MADE_FACT, now.isoformat())
                unit.commit()
        return bool(made) and now - datetime.fromisoformat(made) >= timedelta(days=self._days)
