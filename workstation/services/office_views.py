"""What the ui shows of second persons and other offices: frozen values, masked already."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from catalogue.model import Text
from wire.agency import Power


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
