"""What became of a printed sheet: a station tells it once a person has said so, the hall tells it to whoever holds the sheet.

A hall of before takes no event of this kind: its subject is the serial, so that it holds up no step of the case
(docs/wire.md).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Fate(StrEnum):
    """What a person said became of it."""

    OUT = "out"  # 已印出: it came out, whole
    VOID = "void"  # 作废: it jammed, was spoilt, or never was on paper


class OnPaper(StrEnum):
    """What the hall knows of a sheet."""

    OUT = "out"
    VOID = "void"
    UNCONFIRMED = "unconfirmed"  # 未确认印出: made, and nobody has said that it came out
    UNKNOWN = "unknown"  # the hall has not heard of the sheet, or the code is none of ours


@dataclass(frozen=True, slots=True)
class SlipSettled:
    """Body of slip_settled."""

    case: str
    receipt_no: str
    slip: str  # document code of domain.md 2
    serial: str
    reprint: int  # 0 = first print, n = 补打 n
    fate: Fate
    why: str  # of a void one: jammed, spoilt, never_printed; else ""
    clerk: str
    settled_at: datetime


@dataclass(frozen=True, slots=True)
class PaperOfSlip:
    """What became of the sheet that a code is from. `reprints` counts all 补打 of its kind for its case, this one among them."""

    state: OnPaper
    serial: str = ""
    slip: str = ""
    reprint: int = 0
    reprints: int = 0
    why: str = ""
    settled_at: datetime | None = None
