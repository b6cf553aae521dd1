"""The table of working days as it travels and is kept: self-contained, so that an old case is computed by its table again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class WorkingDayTable:
    """Monday to Friday work but for `off`, weekends do not but for `work`; days outside `since` to `until` are not known.

    The hall's is signed like a VerificationReply and a smaller number than the one held is not taken; a station's own has
    no signature. `version` names just this content: whose it is, its number, the beginning of its hash.
    """

    version: str
    number: int
    issued_at: datetime
    by: str  # who set it
    reason: str
    source: str
    since: date
    until: date
    off: tuple[date, ...]
    work: tuple[date, ...]
    signature: str = ""
    algorithm: str = ""
    confirmed_by: str = ""  # of a station's own: the second person, who looked at it before it counted
