"""A one-time code and a fresh device key become a station that the hall knows."""

from __future__ import annotations

from wire.keys import new_private, public_of, sign
from wire.messages import Enrolment
from workstation.domain.clerk import Deed
from workstation.services.ports import Clock, Enroller, OpenUnit
from workstation.services.take_staff import first_staff


def enrol_station(
    hall_url: str, code: str, *, enroller: Enroller, open_unit: OpenUnit, clock: Clock
) -> Enrolment:
    """Make the device key, trade the code, keep everything in the encrypted store.

    Raises Refused(ENROL_CODE_REFUSED | HALL_UNREACHABLE); nothing is kept then.
    """
    private = new_private()
    enrolment = enroller.enrol(hall_url, code.strip(), public_of(private), lambda data: sign(private, data))
    with open_unit() as unit:
        unit.station.enrol(hall_url, enrolment, private)
        first_staff(unit, enrolment, clock)
        unit.audit.note(at=clock(), actor="station", deed=Deed.ENROLLED, note=enrolment.device)
        unit.commit()
    return enrolment
