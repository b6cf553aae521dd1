"""A case (办件) with its sub-cases: states, and what may follow what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from wire.agency import Agency
from wire.corrections import Amendment, Correction
from wire.dates import DatesTold
from wire.forwarding import EndedThere
from wire.lifecycle import ENDED_EARLY, CaseStatus, NoSuchStep, Step, follow, may
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
from workstation.domain.delivery import HandedOut, Order
from workstation.domain.extension import Extension
from workstation.domain.failures import Failure, Refused
from workstation.domain.forwarding import Forwarding
from workstation.domain.procedure import Procedure
from workstation.domain.verification import CheckDone, Dispute, OpenCheck

# The states are the table's, of desk and hall alike; whoever speaks of a case finds them here.
__all__ = ["ENDED_EARLY", "CaseStatus", "Step"]


class CaseFlag(StrEnum):
    """What is particular about the way of a case (domain.md 1, side flags)."""

    TOLERANT = "tolerant"  # 容缺
    COMMITMENT = "commitment"  # 告知承诺
    PROXY = "proxy"  # 代办
    CROSS_REGION = "cross_region"  # 通办
    OFFLINE = "offline"  # received while the hall did not answer


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
    extensions: tuple[Extension, ...] = ()  # 延长审批
    legal_on: date | None = None  # last day by law
    promised_at: datetime | None = None  # of a promise in hours or minutes
    first_promised_on: date | None = None  # what this desk promised at the acceptance, whatever came after

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
class Amended:
    """A correction of what was written wrong at the receipt (更正): since then the case has this version."""

    version: int
    at: datetime
    clerk: str
    text: str
    changes: tuple[Amendment, ...]
    approval: Approval | None = None


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """What the applicant took back by a signed request, and when."""

    at: datetime
    clerk: str
    items: tuple[str, ...]
    text: str
    signed_by: str  # applicant, agent


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
    dates: DatesTold | None = None  # the hall's own, which count
    calendar: str = ""  # version of the table of working days that its dates were promised by
    agency: Agency | None = None  # 代办: who acts for an applicant who is not there
    forwarding: Forwarding | None = None  # received by one office, accepted by another
    ended_there: EndedThere | None = None  # the other office has refused or voided it
    orders: tuple[Order, ...] = ()  # to partners who carry the result, the last one last
    handed_out: HandedOut | None = None
    corrections: tuple[Correction, ...] = ()  # the first first; a case is asked once, a reopened one again
    marked: tuple[CaseFlag, ...] = ()  # flags of its receipt, which nothing later tells
    version: int = 1  # of the receipt
    amended: tuple[Amended, ...] = ()
    withdrawals: tuple[Withdrawal, ...] = ()
    deemed_on: date | None = None  # 视为受理: the day on which the five working days had passed
    notice_by: date | None = (
        None  # the last day for a word on the receipt: after it silence accepts (domain.md 0.3)
    )
    provisional: bool = False  # the newest receipt slip says 临时收件

    @property
    def flags(self) -> tuple[CaseFlag, ...]:
        """What is particular about it: marked at the receipt, or seen from its papers."""
        hows = {m.how for m in self.materials}
        there = set(self.marked)
        if MaterialHow.TOLERATED in hows or self.tolerances:
            there.add(CaseFlag.TOLERANT)
        if MaterialHow.COMMITTED in hows:
            there.add(CaseFlag.COMMITMENT)
        if self.offline:
            there.add(CaseFlag.OFFLINE)
        if self.agency is not None:
            there.add(CaseFlag.PROXY)
        if self.forwarding is not None:
            there.add(CaseFlag.CROSS_REGION)
        return tuple(flag for flag in CaseFlag if flag in there)

    @property
    def correction(self) -> Correction | None:
        """The last correction that was asked for, answered or not."""
        return self.corrections[-1] if self.corrections else None

    @property
    def undecided(self) -> tuple[SubCase, ...]:
        """The items that have no result: neither decided nor withdrawn."""
        return tuple(sub for sub in self.sub_cases if sub.result is None)

    def may(self, step: Step) -> bool:
        """Say whether the table has the step from here (wire/lifecycle.py)."""
        return may(step, self.status)

    def after(self, step: Step) -> CaseStatus:
        """Return where the case is after a step. Raises Refused(STEP_NOT_ALLOWED) for one that the table does not have."""
        try:
            return follow(step, self.status)
        except NoSuchStep:
            raise Refused(Failure.STEP_NOT_ALLOWED, status=self.status.value) from None

    def accept(self, at: datetime, promised: Mapping[str, date]) -> Case:
        """受理. Raises Refused(STEP_NOT_ALLOWED) unless the case waits for it."""
        status = self.after(Step.ACCEPT)
        subs = tuple(
            replace(sub, promised_on=promised.get(sub.item), first_promised_on=promised.get(sub.item))
            for sub in self.sub_cases
        )
        return replace(self, status=status, accepted_at=at, sub_cases=subs)

    def close(self, step: Step, approval: Approval) -> Case:
        """不予受理, 作废 or 退件: REFUSE, VOID or RETURN. Raises Refused(STEP_NOT_ALLOWED)."""
        return replace(self, status=self.after(step), closing=approval)

    def reopen(self) -> Case:
        """恢复办理: received again. Raises Refused(STEP_NOT_ALLOWED) unless two persons had ended it."""
        return replace(self, status=self.after(Step.REOPEN), closing=None)

    def ask_correction(self, asked: Correction) -> Case:
        """补正告知: the clock stands still. Raises Refused(STEP_NOT_ALLOWED)."""
        status = self.after(Step.ASK_CORRECTION)
        return replace(self, status=status, corrections=(*self.corrections, asked))

    def take_correction(self, answered: Correction) -> Case:
        """补正已收: the clock goes on; `answered` is the last correction with its answers. Raises Refused(STEP_NOT_ALLOWED)."""
        status = self.after(Step.TAKE_CORRECTION)
        return replace(self, status=status, corrections=(*self.corrections[:-1], answered))

    def tolerate(self, material: str, until: date, approval: Approval) -> Case:
        """容缺: one missing paper may come until the day."""
        papers = tuple(
            replace(m, how=MaterialHow.TOLERATED) if m.material == material else m for m in self.materials
        )
        others = tuple(t for t in self.tolerances if t.material != material)
        return replace(self, materials=papers, tolerances=(*others, Tolerance(material, until, approval)))

    @property
    def ended_at(self) -> datetime | None:
        """When the matter was over: concluded by the hall, ended by two persons or by the applicant. None while it is open."""
        if self.concluded_at is None and self.status in ENDED_EARLY:
            if self.ended_there is not None:
                return self.ended_there.at
            if self.closing is not None:
                return self.closing.approved_at
            return self.withdrawals[-1].at if self.withdrawals else None
        return self.concluded_at

    @property
    def decided(self) -> bool:
        """Say whether every sub-case has its result and the hall has sealed them."""
        return self.seal is not None and all(sub.result is not None for sub in self.sub_cases)
