"""What the ui shows of second persons and other offices: frozen values, masked already."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from catalogue.model import Text
from wire.agency import Power
from wire.delivery import DeliveryState, Handover, Way


@dataclass(frozen=True, slots=True)
class AgencyView:
    """Who acts for the applicant, masked, and how far. `over` says that the last day has passed."""

    name: str
    id_no: str
    relation: Text
    powers: tuple[Power, ...]
    until: date
    sheet: str
    over: bool


@dataclass(frozen=True, slots=True)
class OfficeStep:
    """What one body did with a case (收受分离): its name, and since when; None while it has not."""

    name: str
    at: datetime | None
    by: str = ""  # name of the person, where it is known


@dataclass(frozen=True, slots=True)
class HandoverView:
    """The papers between two offices: from whom to whom, with the sheet that travels with them."""

    from_name: str
    to_name: str
    sheet: str
    handed_by: str
    handed_at: datetime
    taken_by: str
    taken_at: datetime | None
    papers: tuple[tuple[str, Text], ...]  # material id and name
    missing: tuple[Text, ...]
    remark: str
    came_in: bool  # to this office


@dataclass(frozen=True, slots=True)
class OfficesView:
    """Receiving, accepting and deciding body of a case, each with its time; the handover where there was one.

    `forward_to` names the office that this one would hand the case on to now.
    """

    receiving: OfficeStep
    accepting: OfficeStep
    deciding: tuple[OfficeStep, ...]
    handover: HandoverView | None
    forward_to: Text | None
    steps_here: bool = True  # what comes next is this office's to do
    community: bool = False  # this office receives and hands on only


@dataclass(frozen=True, slots=True)
class OrderView:
    """A result that a partner carries, or that waits at the window. `code` opens the box; receiver and phone are masked."""

    way: Way
    state: DeliveryState
    receiver: str
    phone: str
    ordered_at: datetime
    partner: str
    number: str
    place: str
    code: str
    last_day: date | None
    custody: tuple[Handover, ...]
    trouble: str


@dataclass(frozen=True, slots=True)
class HandedOutView:
    """In whose hands the result is, masked. `agent` says that it was taken for the applicant."""

    way: Way
    receiver: str
    at: datetime
    by: str
    sheet: str
    agent: bool


@dataclass(frozen=True, slots=True)
class DeliveryView:
    """出件 of a decided case: what may be done with the result now, and what was."""

    ways: tuple[Way, ...]  # that may be ordered now
    phone: str  # of the form, masked
    address: str
    order: OrderView | None
    earlier: tuple[OrderView, ...]  # that came back or were not taken
    handed_out: HandedOutView | None
    may_hand_out: bool
    may_recall: bool
    agent: str = ""  # who may collect by the power of attorney of the receipt, masked
    wish: Way | None = None  # what the citizen chose in the form
