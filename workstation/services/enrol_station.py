"""An invitation and a device key become a station that the hall knows, once a person has compared fingerprints; a copied disk
becomes one again."""

from __future__ import annotations

from wire.invitation import read_invitation
from wire.keys import new_private, public_of, sign
from wire.messages import Enrolment
from workstation.domain.clerk import Deed
from workstation.domain.failures import Failure, Refused
from workstation.services.heal import BEGIN, SINCE, SNAPSHOT, WRAPPED_FACT
from workstation.services.ports import Clock, Enroller, OpenUnit
from workstation.services.purge import SENT_AGAIN
from workstation.services.take_staff import first_staff

CA_FACT = "hall_ca"  # certificates of the hall's authority, PEM
PENDING_FACT = "device_pending"  # "yes" until the hall's administrator has confirmed the fingerprint
SHUT_OUT_FACT = "device_shut_out"  # since when the hall refuses this device, ISO 8601, "" when it does not
# The key before the one in use, hex: a hall restored from a backup of before the change knows no other.
KEY_BEFORE_FACT = "device_key_before"


def enrol_station(
    hall_url: str, code: str, *, enroller: Enroller, open_unit: OpenUnit, clock: Clock
) -> Enrolment:
    """Make the device key, trade the code, keep everything in the encrypted store.

    `hall_url` and `code` are the two lines of the page; either may hold the whole invitation (wire/invitation). The hall
    is known by its fingerprint before the code is said. Raises Refused(ENROL_CODE_REFUSED | HALL_*); nothing is kept then.
    """
    invitation = read_invitation(hall_url, code)
    private = new_private()
    ca = enroller.meet(invitation)
    enrolment = enroller.enrol(
        invitation.url, invitation.code, public_of(private), lambda data: sign(private, data), ca
    )
    with open_unit() as unit:
        unit.station.enrol(invitation.url, enrolment, private)
        unit.station.remember(CA_FACT, ca)
        unit.station.remember(PENDING_FACT, "" if enrolment.confirmed else "yes")
        first_staff(unit, enrolment, clock)
        unit.audit.note(at=clock(), actor="station", deed=Deed.ENROLLED, note=enrolment.device)
        unit.commit()
    return enrolment


def ask_confirmed(enrolment: Enrolment, *, enroller: Enroller, open_unit: OpenUnit, clock: Clock) -> bool:
    """Ask the hall whether somebody has confirmed this device; remember a yes with the people who may sign in from now on.

    Raises Refused(DEVICE_REVOKED | HALL_*); the device waits on then.
    """
    with open_unit() as unit:
        url, key, ca = unit.station.hall_url(), unit.station.device_key(), unit.station.fact(CA_FACT)
    staff = enroller.confirmed_staff(url, enrolment, key, ca)
    if staff is None:
        return False
    with open_unit() as unit:
        unit.station.remember(PENDING_FACT, "")
        unit.station.take_staff(staff)
        unit.station.saw_time(staff.issued_at)
        unit.audit.note(at=clock(), actor="hall", deed=Deed.DEVICE_CONFIRMED, note=enrolment.device)
        unit.commit()
    return True


def enrol_again(code: str, *, enroller: Enroller, open_unit: OpenUnit, clock: Clock) -> Enrolment:
    """Give a station whose disk was copied or put back a new place at its hall; store and queue stay.

    The hall counts this device's events from 1 again, in a new incarnation, so everything it has not signed for gets a new
    place under its old id: what did arrive before is a duplicate there. Cases are taken as the hall has them, and numbers
    that it knows are not given twice. A hall that was restored and has forgotten our key makes a new device of it: then what
    belongs to the device of before is let go.
    Raises Refused(ENROL_CODE_REFUSED | HALL_*), HALL_ANSWER_UNTRUSTED when another hall or station answers.
    """
    with open_unit() as unit:
        before, url, private = unit.station.enrolment(), unit.station.hall_url(), unit.station.device_key()
        ca = unit.station.fact(CA_FACT)
    if before is None:
        raise Refused(Failure.STATION_NOT_ENROLLED)
    asked = read_invitation(url, code).code
    given = enroller.enrol(
        url, asked, public_of(private), lambda data: sign(private, data), ca, before.device
    )
    if (given.hall_key, given.station) != (before.hall_key, before.station):
        raise Refused(Failure.HALL_ANSWER_UNTRUSTED)
    with open_unit() as unit:
        unit.station.renew(given)
        unit.station.remember(WRAPPED_FACT, "")  # it may be the wrap of another device, or forgotten
        if given.device != before.device:
            unit.station.remember(KEY_BEFORE_FACT, "")
        if given.epoch != before.epoch:
            unit.outbox.send_again(clock() - SENT_AGAIN, before.epoch)
            unit.blobs.send_again()
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
