"""A one-time code and a device key become a station that the hall knows; a copied disk becomes one again."""

from __future__ import annotations

from wire.keys import new_private, public_of, sign
from wire.messages import Enrolment
from workstation.domain.clerk import Deed
from workstation.domain.failures import Failure, Refused
from workstation.services.heal import BEGIN, SINCE, SNAPSHOT
from workstation.services.ports import Clock, Enroller, OpenUnit
from workstation.services.purge import SENT_AGAIN
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


def enrol_again(code: str, *, enroller: Enroller, open_unit: OpenUnit, clock: Clock) -> Enrolment:
    """Give a station whose disk was copied or put back a new place at its hall; store and queue stay.

    The hall counts this device's events from 1 again, in a new incarnation, so everything it has not signed for gets a new
    place under its old id: what did arrive before is a duplicate there. Cases are taken as the hall has them, and numbers
    that it knows are not given twice.
    Raises Refused(ENROL_CODE_REFUSED | HALL_*), HALL_ANSWER_UNTRUSTED when another hall or station answers.
    """
    with open_unit() as unit:
        before, url, private = unit.station.enrolment(), unit.station.hall_url(), unit.station.device_key()
    if before is None:
        raise Refused(Failure.STATION_NOT_ENROLLED)
    given = enroller.enrol(url, code.strip(), public_of(private), lambda data: sign(private, data))
    if (given.hall_key, given.station) != (before.hall_key, before.station):
        raise Refused(Failure.HALL_ANSWER_UNTRUSTED)
    with open_unit() as unit:
        unit.station.renew(given)
        if given.epoch != before.epoch:
            unit.outbox.send_again(clock() - SENT_AGAIN, before.epoch)
            unit.station.drop_held()
            unit.station.remember(SINCE, "")
        count = unit.outbox.number_anew()
        for waiting in unit.outbox.parked_items():
            if waiting.trouble in _OF_THE_COPY:
                unit.outbox.retry(waiting.envelope.id)
        unit.station.move_cursor("")
        unit.station.remember(SNAPSHOT, BEGIN)
        note = f"{given.device} incarnation={given.incarnation} events={count}"
        unit.audit.note(at=clock(), actor="station", deed=Deed.REENROLLED, note=note)
        unit.commit()
    return given


_OF_THE_COPY = frozenset({"seq_reused", "chain_broken", "incarnation"})
