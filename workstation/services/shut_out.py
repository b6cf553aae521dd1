"""The hall has revoked this device: remembered in the store, so that no start without network lets anybody in."""

from __future__ import annotations

from workstation.domain.clerk import Deed
from workstation.domain.failures import Failure
from workstation.services.enrol_station import SHUT_OUT_FACT
from workstation.services.ports import Clock, OpenUnit
from workstation.services.views import Link


def hear_link(link: Link, trouble: str, *, open_unit: OpenUnit, clock: Clock) -> bool:
    """Write down that the hall shuts this device out, or that it answers again; say whether that is new."""
    revoked = trouble == Failure.DEVICE_REVOKED.value
    if not revoked and link is not Link.UP:
        return False  # Whoever does not hear the hall learns nothing about the device.
    with open_unit() as unit:
        before = bool(unit.station.fact(SHUT_OUT_FACT))
        if before is revoked:
            return False
        unit.station.remember(SHUT_OUT_FACT, clock().isoformat() if revoked else "")
        if revoked:
            unit.audit.note(at=clock(), actor="hall", deed=Deed.SHUT_OUT)
        unit.commit()
    return True
