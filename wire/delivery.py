"""出件: how a result reaches whoever it is for, and who has it after whom (domain.md 1 step 12, 3.6, 5.4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from wire.agency import Agency


class Way(StrEnum):
    """How a result is handed out; the codes 1, 2, 3 of the catalogue's list "delivery"."""

    COUNTER = "counter"
    COURIER = "courier"
    LOCKER = "locker"  # 蜜蜂箱


class DeliveryState(StrEnum):
    """Where an order is with the partner who carries it out."""

    ORDERED = "ordered"  # the hall has not heard from the partner yet
    ON_THE_WAY = "on_the_way"
    IN_THE_BOX = "in_the_box"  # the pick-up code is good
    DELIVERED = "delivered"
    EXPIRED = "expired"  # nobody came: it goes back
    RECALLED = "recalled"  # the window has asked for it
    RETURNED = "returned"  # back at the window
    FAILED = "failed"  # the partner does not take the order
    AT_THE_WINDOW = "at_the_window"  # 窗口领取: it lies ready, with a code of our own


@dataclass(frozen=True, slots=True)
class Handover:
    """One step of the chain of custody: who gave it to whom when, and where that was."""

    at: datetime
    giver: str
    taker: str
    place: str


@dataclass(frozen=True, slots=True)
class Receiver:
    """Who takes a result. `proof` is "card" (a machine has read it) or "original" (the clerk has looked and typed)."""

    name: str
    id_type: str
    id_no: str
    proof: str


@dataclass(frozen=True, slots=True)
class DeliveryOrdered:
    """Body of delivery_ordered. `order` is a UUIDv7; `size` is of the box: s, m, l; `originals` says that papers of the
    citizen's own go with the result. `last_day` is until when it waits in a box."""

    order: str
    receipt_no: str
    clerk: str
    ordered_at: datetime
    way: Way
    receiver: str
    phone: str
    address: str
    size: str = ""
    originals: bool = False
    last_day: date | None = None


@dataclass(frozen=True, slots=True)
class DeliveryRecalled:
    """Body of delivery_recalled: what is in a box or on the way comes back to the window."""

    order: str
    receipt_no: str
    clerk: str
    recalled_at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class ResultCollected:
    """Body of result_collected (LQDJ): the result is in its receiver's hands. `sheet` is the serial of the 送达回证.

    Without `agency` the receiver is the applicant; with it the agent, by a power of attorney that says so.
    """

    receipt_no: str
    clerk: str
    collected_at: datetime
    way: Way
    receiver: Receiver
    sheet: str
    agency: Agency | None = None
    order: str = ""


@dataclass(frozen=True, slots=True)
class DeliveryMoved:
    """Change delivery_moved: what the partner says of an order. `number` is its own (运单号, 箱单号); `code` opens the box;
    `taken_by` is who took it, as the partner says."""

    order: str
    way: Way
    state: DeliveryState
    at: datetime
    partner: str
    number: str = ""
    place: str = ""
    code: str = ""
    taken_by: str = ""
    custody: tuple[Handover, ...] = ()
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class CollectedThere:
    """Change result_collected: another office, or a partner, has handed the result out. `receiver` is masked."""

    station_name: str
    way: Way
    receiver: str
    collected_at: datetime
