"""特别程序 of a department, as the hall told it: while one runs the clock of its item stands still."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from wire.procedures import DayUnit, ProcedureKind


@dataclass(frozen=True, slots=True)
class Procedure:
    """One procedure of one item. Its time, from `begun_at` to `ended_at`, is not counted; `days` is what was expected."""

    id: str
    kind: ProcedureKind
    begun_at: datetime
    days: int
    unit: DayUnit
    reason: str
    notice_no: str  # of the 特殊程序期限告知 that the applicant got
    approver: str
    ended_at: datetime | None = None
    outcome: str = ""
