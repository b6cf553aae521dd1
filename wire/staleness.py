"""What a station may still do that has not heard the hall for long, or has much that the hall does not know: signed by it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Limits:
    """Where one stage begins; whichever is passed first counts. 0 is no limit."""

    silent_hours: float  # without a word of the hall
    pending: int  # steps that the hall has not signed for
    oldest_hours: float  # age of the oldest of them


@dataclass(frozen=True, slots=True)
class StalenessPolicy:
    """The hall's limits, signed like a VerificationReply; a smaller number than the one held is not taken.

    The defaults are those of the models: X-Road stops taking messages 14,400 s after the last time stamp, MOSIP freezes
    after five days without a sync and at a hundred packets (reliability.md A1), which are two hundred steps here: receipt and
    slip. `high_risk` holds items that the catalogue
    marks so, `restrict` holds all.
    """

    number: int
    issued_at: datetime
    warn: Limits
    high_risk: Limits
    restrict: Limits
    signature: str = ""
    algorithm: str = ""


WARN = Limits(2.0, 120, 24.0)
HIGH_RISK = Limits(4.0, 160, 48.0)
RESTRICT = Limits(120.0, 200, 120.0)
