"""出件 at the desk: how a result goes out, who has it now, and in whose hands it ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from wire.agency import Agency
from wire.delivery import DeliveryState, Handover, Receiver, Way

# Nothing more happens to an order in these.
OVER = frozenset({DeliveryState.DELIVERED, DeliveryState.RETURNED, DeliveryState.FAILED})
WAYS = {"1": Way.COUNTER, "2": Way.COURIER, "3": Way.LOCKER}  # codes of the catalogue's list "delivery"


@dataclass(frozen=True, slots=True)
class Order:
    """A result that a partner carries. `number`, `place` and `code` are the partner's; the code opens the box."""

    id: str
    way: Way
    receiver: str
    phone: str
    address: str
    ordered_at: datetime
    state: DeliveryState = DeliveryState.ORDERED
    last_day: date | None = None
    size: str = ""
    originals: bool = False
    partner: str = ""
    number: str = ""
    place: str = ""
    code: str = ""
    custody: tuple[Handover, ...] = ()
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class HandedOut:
    """The result is in its receiver's hands. `sheet` is the serial of the 送达回证, "" where another office or a partner
    handed it out; then `receiver` has a name alone, masked."""

    way: Way
    receiver: Receiver
    at: datetime
    by: str  # name of the person or the office that handed it out
    sheet: str = ""
    agency: Agency | None = None
