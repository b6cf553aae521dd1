"""What the page of transfers shows: masked, codes instead of sentences."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from catalogue.model import Text
from wire.messages import EventKind
from workstation.domain.needs_fixing import Act, Advice
from workstation.services.views import Link


@dataclass(frozen=True, slots=True)
class StepView:
    """A step on its way to the hall. `applicant` is masked; `trouble` is the code of the last try, "" before any;
    `behind` says that a parked step of the same case holds it up."""

    event: str
    case: str
    receipt_no: str
    applicant: str
    kind: EventKind
    by: str  # name of who did it
    queued_at: datetime
    tries: int
    trouble: str
    next_at: datetime | None
    behind: bool = False
    again: bool = False  # sent anew to a restored hall


@dataclass(frozen=True, slots=True)
class DifferView:
    """One thing that the two sides say otherwise: a code as wire/standing names it, the masked words of each side, and
    the catalogue's name of the paper, item or datum."""

    name: str
    here: str
    hall: str
    called: Text | None = None


@dataclass(frozen=True, slots=True)
class SideView:
    """What one side says of the case: state, who, where and when; "" where it is not known."""

    state: str
    clerk: str
    station: str
    window: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class ParkedView:
    """A step that needs a person. `hall` is None where the hall told no more than the code."""

    step: StepView
    advice: Advice
    acts: tuple[Act, ...]
    here: SideView
    hall: SideView | None
    differs: tuple[DifferView, ...]
    waiting_behind: int  # steps of the same case that it holds up


@dataclass(frozen=True, slots=True)
class StickView:
    """What a stick has taken and not brought back. `unsettled` counts steps on sticks without a receipt."""

    written_at: datetime | None = None
    parts: int = 0
    unsettled: int = 0
    read_at: datetime | None = None
    ready: bool = False  # the hall's key is known: a stick can be written


@dataclass(frozen=True, slots=True)
class TransferView:
    """Everything that did not arrive yet."""

    waiting: tuple[StepView, ...]
    waiting_total: int
    parked: tuple[ParkedView, ...]
    stick: StickView
    link: Link = Link.UP
    trouble: str = ""  # code of why the hall refuses, "" else
    next_at: datetime | None = None  # when the hall is tried again after trouble, None where that is not long


@dataclass(frozen=True, slots=True)
class StickWritten:
    """What was written: files, steps and scans in them, scans for which there was no room."""

    files: tuple[str, ...]
    steps: int
    scans: int
    left_out: int


@dataclass(frozen=True, slots=True)
class StickRead:
    """What receipts brought: steps that the hall has signed for now, that need a person, that wait; scans; changes."""

    settled: int
    known: int  # signed for before: the line or an earlier stick was faster
    parked: int
    waiting: int
    scans: int
    changes: int
    missing_parts: tuple[int, ...]
    code: str  # why the hall took nothing, "" when it did
