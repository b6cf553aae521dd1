"""特别程序: a hearing, a test, a review of experts. Its time is not counted, and the applicant is told of it in writing.

行政许可法 art. 51 (domain.md 1.1); the exchange messages are TBCXSQ and TBCXJG. An extension (延长审批, code 1) is none of
these: it stops no clock but moves its end, and belongs to whoever computes deadlines.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class ProcedureKind(StrEnum):
    """What is done meanwhile; in GB/T 39046 all of them are code 2."""

    HEARING = "hearing"  # 听证
    INSPECTION = "inspection"  # 检验
    TESTING = "testing"  # 检测
    QUARANTINE = "quarantine"  # 检疫
    APPRAISAL = "appraisal"  # 鉴定
    EXPERT_REVIEW = "expert_review"  # 专家评审
    TENDER = "tender"  # 招标, 拍卖
    OTHER = "other"


class DayUnit(StrEnum):
    """What days a number counts (G and Z of the Guangdong norm)."""

    WORKING = "working"
    NATURAL = "natural"


@dataclass(frozen=True, slots=True)
class BeginProcedure:
    """A department stops the clock of its sub-case. `notice_no` is the number of the 特殊程序期限告知 that the applicant got."""

    kind: ProcedureKind
    days: int  # how long it is expected to take, at least 1
    unit: DayUnit
    reason: str
    notice_no: str
    approver: str  # who allowed it
    by: str  # the reviewer


@dataclass(frozen=True, slots=True)
class EndProcedure:
    """The clock runs again. `outcome` is what the procedure found, in the department's words."""

    outcome: str
    by: str


@dataclass(frozen=True, slots=True)
class ProcedureBegun:
    """A sub-case's clock stands still from `begun_at` on. `procedure` is a UUIDv7, good for both messages."""

    procedure: str
    item: str
    kind: ProcedureKind
    begun_at: datetime
    days: int
    unit: DayUnit
    reason: str
    notice_no: str
    approver: str


@dataclass(frozen=True, slots=True)
class ProcedureEnded:
    """The clock runs again from `ended_at` on."""

    procedure: str
    item: str
    ended_at: datetime
    outcome: str
