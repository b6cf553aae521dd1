"""A sheet of paper from its making to its end: handed to a printer, followed, and accounted for by whoever stands there.

Nothing counts as printed before the printer said that it is done and a person said that the paper is there. Whether a
sheet may exist on paper decides what comes next: one that surely does not is handed over again as it is, with its own
serial; one that may is declared void and followed by a numbered reprint (domain.md 2, print rules).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from workstation.domain.slip import SlipKind


class SpoolState(StrEnum):
    """How far the print service is with a sheet."""

    MADE = "made"  # committed; no printer has it
    QUEUED = "queued"
    PRINTING = "printing"
    STOPPED = "stopped"  # the printer or the job is held: it goes on when somebody lets it
    COMPLETED = "completed"
    ABORTED = "aborted"
    CANCELLED = "cancelled"
    LOST = "lost"  # the print service does not know the job any more: the printer was removed


class Fate(StrEnum):
    """What a person said became of it."""

    OPEN = "open"
    OUT = "out"  # it came out, whole
    VOID = "void"


class VoidReason(StrEnum):
    """Why a sheet is void."""

    JAMMED = "jammed"
    SPOILT = "spoilt"
    NEVER_PRINTED = "never_printed"
    FORGOTTEN = "forgotten"  # of no case, and nobody has said anything of it in a month


UNDER_WAY = frozenset({SpoolState.QUEUED, SpoolState.PRINTING, SpoolState.STOPPED})
ENDED = frozenset({SpoolState.COMPLETED, SpoolState.ABORTED, SpoolState.CANCELLED, SpoolState.LOST})


@dataclass(frozen=True, slots=True)
class Spool:
    """What the print service said of a sheet. `reason` is its keyword (RFC 8011 5.3.8, 5.4.12) or a code of ours."""

    printer: str = ""
    job: int = 0  # 0 where nothing has taken it
    state: SpoolState = SpoolState.MADE
    reason: str = ""
    began: bool = False  # the printer took to it: some of it may be on paper
    handed_at: datetime | None = None
    seen_at: datetime | None = None
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """An entry of the print ledger's second half: the sheet itself. Names nobody; its PDF is sealed beside it."""

    serial: str
    case: str
    kind: SlipKind
    reprint: int  # 0 = first print, n = 补打 n
    clerk: str
    made_at: datetime
    sha256: str  # of the PDF: what was previewed, what went to the printer, and what is kept
    batch: str = ""
    place: int = 0  # in the batch, from 1
    spool: Spool = field(default_factory=Spool)
    fate: Fate = Fate.OPEN
    why: str = ""  # VoidReason value
    settled_by: str = ""
    settled_at: datetime | None = None


def counts(sheet: Sheet) -> bool:
    """Say whether the sheet counts as printed."""
    return sheet.spool.state is SpoolState.COMPLETED and sheet.fate is Fate.OUT


def may_exist(sheet: Sheet) -> bool:
    """Say whether some of it may be on paper; what nobody can know counts as that."""
    spool = sheet.spool
    return spool.began or spool.state in {
        SpoolState.PRINTING,
        SpoolState.COMPLETED,
        SpoolState.ABORTED,
        SpoolState.LOST,
    }


def is_open(sheet: Sheet) -> bool:
    """Say whether somebody still has to say what became of it."""
    return sheet.fate is Fate.OPEN


def is_under_way(sheet: Sheet) -> bool:
    """Say whether the print service is to be asked about it."""
    return sheet.fate is Fate.OPEN and sheet.spool.state in UNDER_WAY


def handed(sheet: Sheet, spool: Spool) -> Sheet:
    """Note what the print service said when it took the sheet, or that it did not."""
    return replace(sheet, spool=spool)


def seen(sheet: Sheet, said: Spool, at: datetime) -> Sheet:
    """Note what the print service says of a job now; what once began stays begun."""
    ended = sheet.spool.ended_at or (at if said.state in ENDED else None)
    began = sheet.spool.began or said.began
    return replace(
        sheet,
        spool=replace(said, began=began, handed_at=sheet.spool.handed_at, seen_at=at, ended_at=ended),
    )


def settled(sheet: Sheet, fate: Fate, by: str, at: datetime, why: VoidReason | None = None) -> Sheet:
    """Note what a person said became of it. Raises ValueError for one that is settled, or out before it was printed."""
    if not is_open(sheet):
        raise ValueError("settled before")
    if fate is Fate.OUT and sheet.spool.state is not SpoolState.COMPLETED:
        raise ValueError("not printed")
    return replace(sheet, fate=fate, why=why.value if why else "", settled_by=by, settled_at=at)


# -- batches -----------------------------------------------------------------------------------------
class BatchState(StrEnum):
    """How a batch of result slips stands."""

    RUNNING = "running"
    HALTED = "halted"  # by a person, a jam or a printer that takes nothing
    DONE = "done"  # every place accounted for
    ENDED = "ended"  # by a person: the rest waits in the list again


@dataclass(frozen=True, slots=True)
class Batch:
    """Result slips of several cases in one go; the place of a case is its index + 1."""

    id: str
    cases: tuple[str, ...]
    clerk: str
    started_at: datetime
    printer: str = ""
    state: BatchState = BatchState.RUNNING
    reason: str = ""
    ended_at: datetime | None = None


def latest_of(sheets: Iterable[Sheet]) -> dict[int, Sheet]:
    """Return the newest sheet of each place: the others of it were void before that one was made."""
    found: dict[int, Sheet] = {}
    for sheet in sorted(sheets, key=lambda each: (each.reprint, each.serial)):
        known = found.get(sheet.place)
        if known is None or known.fate is Fate.VOID or sheet.fate is not Fate.VOID:
            found[sheet.place] = sheet
    return found


def to_do(batch: Batch, sheets: Iterable[Sheet]) -> tuple[int, Sheet | None] | None:
    """Return the first place that no printer has, with the sheet that was made for it and is still good; None when none is.

    A sheet that surely never reached paper is handed over as it is; a void one needs another.
    """
    known = latest_of(sheets)
    for place in range(1, len(batch.cases) + 1):
        sheet = known.get(place)
        if sheet is None or sheet.fate is Fate.VOID:
            return place, None
        if sheet.fate is Fate.OPEN and not may_exist(sheet) and sheet.spool.state not in UNDER_WAY:
            return place, sheet
    return None
