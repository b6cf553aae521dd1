"""延长审批 of a department, as the hall told it: the limits of its item are longer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Extension:
    """One extension of one item by so many working days (行政许可法 art. 42)."""

    id: str
    granted_at: datetime
    days: int
    reason: str
    notice_no: str  # of what the applicant was told
    approver: str
