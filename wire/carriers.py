"""What the hall says to those who carry results - couriers, lockers - and what they answer: canonical JSON, POST only.

`/orders` makes an order, or finds the one that is there under its id; `/orders/status` and `/orders/recall` speak of one.
The name of who shall get it and a phone number are all that a partner learns; what is in the bag it does not.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from wire.delivery import DeliveryState, Handover


@dataclass(frozen=True, slots=True)
class CarrierOrder:
    """A sealed bag to be carried. `bag` is its number, `size` of the box: s, m, l, "" for a courier."""

    order: str
    bag: str
    from_office: str
    receiver: str
    phone: str
    address: str
    size: str
    last_day: date | None


@dataclass(frozen=True, slots=True)
class CarrierQuestion:
    """Where an order is; or, at /orders/recall, that it shall come back, and why."""

    order: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class CarrierAnswer:
    """Where an order is. `number` is the partner's own, `place` where it lies, `code` what opens the box there."""

    order: str
    partner: str
    state: DeliveryState
    at: datetime
    number: str
    place: str = ""
    code: str = ""
    taken_by: str = ""
    custody: tuple[Handover, ...] = ()
