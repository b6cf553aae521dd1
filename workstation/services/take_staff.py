"""A list of staff from the hall: newer ones change who may sit down, older ones change nothing."""

from __future__ import annotations

import logging

from wire.messages import Enrolment, StaffList, StaffPolicy
from workstation.domain.clerk import Deed
from workstation.domain.needs_fixing import Advice, advice_for
from workstation.services.ports import Clock, Look, OpenUnit, Unit

log = logging.getLogger(__name__)


def take_staff(staff: StaffList, *, open_unit: OpenUnit, clock: Clock, look: Look | None = None) -> bool:
    """Take a list whose signature was checked; say whether it changed anything but its age.

    A list with a smaller number, or one that was issued before the one held, was kept back by somebody: it is refused
    and noted. The hall's time is believed, so that a clock that once ran ahead shuts nobody out for ever.
    """
    with (look or open_unit)() as unit:
        held = unit.station.staff_list()
        same = held is not None and _content(staff) == _content(held) and staff.issued_at >= held.issued_at
        # A station at rest hears this twice a minute: it writes down its age now and then only.
        if same and unit.station.hear_staff(staff):
            return False
    with open_unit() as unit:
        held = unit.station.staff_list()
        if held is not None and (staff.number, staff.issued_at) < (held.number, held.issued_at):
            old = staff.number < held.number
            if old:
                unit.audit.note(
                    at=clock(), actor="hall", deed=Deed.STAFF_TAKEN, note=f"refused {staff.number}"
                )
                unit.commit()
                log.error("staff list %s refused: %s is held", staff.number, held.number)
            return False
        changed = held is None or _content(staff) != _content(held)
        unit.station.take_staff(staff)
        unit.station.saw_time(staff.issued_at)
        if changed:
            unit.audit.note(at=clock(), actor="hall", deed=Deed.STAFF_TAKEN, note=f"number {staff.number}")
            _try_again(unit, clock)
        unit.commit()
    return changed


def _try_again(unit: Unit, clock: Clock) -> None:
    """What the hall has not taken because it did not know somebody, or not in that role, is sent once more: the list that
    came may be the remedy. An opinion of a citizen has nobody at the counter who would press for it."""
    for waiting in unit.outbox.parked_items():
        if advice_for(waiting.trouble) is Advice.STAFF:
            unit.outbox.retry(waiting.envelope.id)
            note = f"{waiting.envelope.kind.value} {waiting.envelope.id}"
            unit.audit.note(
                at=clock(),
                actor="station",
                deed=Deed.STEP_RETRIED,
                case=waiting.envelope.subject,
                note=note,
            )


def first_staff(unit: Unit, enrolment: Enrolment, clock: Clock) -> None:
    """Keep what came with the enrolment as the first list; any that the hall signs is newer."""
    first = StaffList(enrolment.station, 0, clock(), StaffPolicy(), enrolment.staff, "")
    unit.station.take_staff(first)
    unit.station.saw_time(first.issued_at)


def _content(staff: StaffList) -> tuple[object, ...]:
    return staff.number, staff.accounts, staff.policy
