"""A case (办件) with its sub-cases: states, and what may follow what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from wire.messages import (
    AnswerOnWire,
    Approval,
    MaterialHow,
    MaterialOnWire,
    NoticeGiven,
    Party,
    Result,
    SubCaseState,
    Tolerance,
)
from wire.standing import CaseStanding
from workstation.domain.failures import Failure, Refused
from workstation.domain.procedure import Procedure
from workstation.domain.verification import CheckDone, Dispute, OpenCheck


class CaseStatus(StrEnum):
    """Where a case is (domain.md 1, 3.6). Receipt is not acceptance."""

    RECEIVED = "received"  # 收件
    ACCEPTED = "accepted"  # 受理
    DISPATCHED = "dispatched"  # 已分发
    DECIDED = "decided"  # 已办结, the result slip may be printed
    DELIVERED = "delivered"
    NOT_ACCEPTED = "not_accepted"  # 不予受理
    VOIDED = "voided"  # 作废: received by mistake


# Ended by two persons before any department worked: nothing of such a case waits, unless it is reopened.
ENDED_EARLY = frozenset({CaseStatus.NOT_ACCEPTED, CaseStatus.VOIDED})


@dataclass(frozen=True, slots=True)
class SubCase:
    """One item of a case, as the hall last told."""

    item: str
    item_version: str
    department: str
    after: tuple[str, ...]
    state: SubCaseState = SubCaseState.WAITING
    promised_on: date | None = None
    result: Result | None = None
    procedures: tuple[Procedure, ...] = ()  # 特别程序, the first first

    @property
    def result_words(self) -> str:
        """The department's own words, with the clause of law where it named one; "" before the decision."""
        if self.result is None:
            return ""
        return f"{self.result.text}（{self.result.basis}）" if self.result.basis else self.result.text


@dataclass(frozen=True, slots=True)
class PaperSaved:
    """A paper the citizen did not have to bring, and what replaced it."""

    material: str
    by: str  # "card" or the verification rule
    source: str  # department's name, empty for the card
    evidence_no: str


@dataclass(frozen=True, slots=True)
class Overruled:
    """The hall's word was taken over what this station had said: which steps, why, and what the hall has instead."""

    at: datetime
    clerk: str  # login of who took it
    steps: tuple[str, ...]  # kinds of events
    code: str
    standing: CaseStanding | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """A case at this counter. The hall is the authority after the receipt: its word wins."""

    id: str
    receipt_no: str
    station: str
    window: str
    clerk: str
    bundle: str | None
    catalogue: str
    applicant: Party
    sub_cases: tuple[SubCase, ...]
    answers: Mapping[str, AnswerOnWire]
    materials: tuple[MaterialOnWire, ...]
    papers_saved: tuple[PaperSaved, ...]
    status: CaseStatus
    received_at: datetime
    offline: bool
    accepted_at: datetime | None = None
    project_no: str | None = None
    concluded_at: datetime | None = None
    seal: str | None = None
    rev: int = 0  # last change of the hall that was taken
    prints: Mapping[str, int] = field(default_factory=dict)  # slip kind -> sheets printed
    checks: tuple[CheckDone, ...] = ()
    pending: tuple[OpenCheck, ...] = ()  # answers that departments owe; the station asks again by itself
    disputes: tuple[Dispute, ...] = ()
    notice: NoticeGiven | None = None
    tolerances: tuple[Tolerance, ...] = ()  # papers that may come later, each with its second person
    papers_at: datetime | None = None  # when the hall had all scans that it names
    closing: Approval | None = None  # why it was refused or voided, and who said so
    rev_epoch: str = ""  # the hall's epoch that `rev` counts in; "" is the first one this station knew
    overruled: tuple[Overruled, ...] = ()
    calendar: str = ""  # version of the table of working days that its dates were promised by

    def accept(self, at: datetime, promised: Mapping[str, date]) -> Case:
        """受理. Raises Refused(STEP_NOT_ALLOWED) unless the case is received."""
        if self.status is not CaseStatus.RECEIVED:
            raise Refused(Failure.STEP_NOT_ALLOWED, status=self.status.value)
        subs = tuple(replace(sub, promised_on=promised.get(sub.item)) for sub in self.sub_cases)
        return replace(self, status=CaseStatus.ACCEPTED, accepted_at=at, sub_cases=subs)

    def close(self, status: CaseStatus, approval: Approval) -> Case:
        """不予受理 or 作废. Raises Refused(STEP_NOT_ALLOWED) unless the case is received."""
        if self.status is not CaseStatus.RECEIVED:
            raise Refused(Failure.STEP_NOT_ALLOWED, status=self.status.value)
        return replace(self, status=status, closing=approval)

    def reopen(self) -> Case:
        """恢复办理: received again. Raises Refused(STEP_NOT_ALLOWED) unless it was refused or voided."""
        if self.status not in ENDED_EARLY:
            raise Refused(Failure.STEP_NOT_ALLOWED, status=self.status.value)
        return replace(self, status=CaseStatus.RECEIVED, closing=None)

    def tolerate(self, material: str, until: date, approval: Approval) -> Case:
        """容缺: one missing paper may come until the day."""
        papers = tuple(
            replace(m, how=MaterialHow.TOLERATED) if m.material == material else m for m in self.materials
        )
        others = tuple(t for t in self.tolerances if t.material != material)
        return replace(self, materials=papers, tolerances=(*others, Tolerance(material, until, approval)))

    @property
    def ended_at(self) -> datetime | None:
        """When the matter was over: concluded by the hall, or refused or voided by two persons. None while it is open."""
        if self.concluded_at is None and self.closing is not None and self.status in ENDED_EARLY:
            return self.closing.approved_at
        return self.concluded_at

    @property
    def decided(self) -> bool:
        """Say whether every sub-case has its result and the hall has sealed them."""
        return self.seal is not None and all(sub.result is not None for sub in self.sub_cases)
