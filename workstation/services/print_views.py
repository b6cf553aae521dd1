"""What the screen is told of sheets, batches and printers: values, masked, with codes instead of sentences."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from catalogue.model import Text
from workstation.domain.sheet import BatchState, Fate, SpoolState
from workstation.domain.slip import PaperWish, SlipKind


@dataclass(frozen=True, slots=True)
class PrinterView:
    """A queue of the print service."""

    name: str
    is_stopped: bool
    accepts: bool
    reason: str = ""  # IPP keyword, "" when it says none
    jobs: int = 0


@dataclass(frozen=True, slots=True)
class SheetView:
    """A sheet in the ledger."""

    serial: str
    case: str
    receipt_no: str  # "" of before the receipt
    applicant: str  # masked
    kind: SlipKind
    reprint: int
    made_at: datetime
    clerk: str
    printer: str
    job: int
    state: SpoolState
    reason: str
    fate: Fate
    why: str
    handed_at: datetime | None
    ended_at: datetime | None
    settled_by: str
    settled_at: datetime | None
    may_exist: bool
    counts: bool
    sha256: str
    batch: str = ""
    place: int = 0


@dataclass(frozen=True, slots=True)
class PlaceView:
    """A place of a batch: whose slip, and its newest sheet; None while none was made."""

    place: int
    case: str
    receipt_no: str
    applicant: str  # masked
    title: Text
    sheet: SheetView | None
    voided: int  # sheets of this place that are void


@dataclass(frozen=True, slots=True)
class BatchView:
    """A batch of result slips."""

    id: str
    state: BatchState
    reason: str
    printer: str
    started_at: datetime
    places: tuple[PlaceView, ...]
    done: int  # places whose sheet the printer has done with
    out: int  # places accounted for: confirmed by a person
    halted_at: int = 0  # the first place that is neither done nor out, 0 when there is none


@dataclass(frozen=True, slots=True)
class WaitingResult:
    """A decided case whose result slip is not accounted for."""

    case: str
    receipt_no: str
    applicant: str  # masked
    title: Text
    decided_at: datetime | None


@dataclass(frozen=True, slots=True)
class PrintWork:
    """The page of printing: what waits, what is under way, what somebody still has to say something about."""

    waiting: tuple[WaitingResult, ...] = ()
    batch: BatchView | None = None
    open: tuple[SheetView, ...] = ()  # single sheets; those of the batch stand in it
    today: tuple[SheetView, ...] = ()  # the newest first
    queue: str = ""  # where sheets go, "" for the folder


@dataclass(frozen=True, slots=True)
class Draft:
    """A sheet as it would be: nothing of it is in the ledger. Whoever prints it hands it back as it is."""

    case: str
    kind: SlipKind
    wish: PaperWish
    papers: tuple[str, ...]  # what the kind may be printed on here, its first one first
    issued_at: datetime  # the time that stands on it
    serial: str  # the next one, while nothing else is printed
    reprint: int
    sha256: str
    pdf: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Preview:
    """One page of a sheet as it stands in the archive."""

    serial: str
    page: int  # from 1
    pages: int
    png: bytes = field(repr=False)
    sha256: str = ""
