"""补正, 退件, 撤回, 更正 and 视为受理 on the wire: what the counter asks of the applicant, and what ends or mends a receipt.

Sources: 行政许可法 art. 32 (1) items 3-5 (told once, all of it, within five working days; else accepted as of the receipt);
domain.md 1, 2 (COR, COK, RET), 3.6.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from wire.messages import Approval, MaterialOnWire


class Defect(StrEnum):
    """What is wrong with a paper, or with a field of the form."""

    MISSING = "missing"  # 未提交
    INCOMPLETE = "incomplete"  # 内容不全
    UNCLEAR = "unclear"  # 看不清
    EXPIRED = "expired"  # 过了有效期
    INCONSISTENT = "inconsistent"  # 与其他材料或核验不一致
    WRONG_FORM = "wrong_form"  # 不符合法定形式
    UNSIGNED = "unsigned"  # 没有签名或盖章


@dataclass(frozen=True, slots=True)
class CorrectionGap:
    """One thing to mend. `subject` is a paper's id, or `field:<key>` for an answer of the form; the words are the clerk's."""

    subject: str
    defect: Defect
    why: str  # what is wrong with it here
    standard: str  # what it has to be like, and where that stands
    how: str  # how to mend it


@dataclass(frozen=True, slots=True)
class GapAnswer:
    """How a gap was answered: "brought" with the paper, "explained" in words."""

    subject: str
    how: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Correction:
    """A correction as the case keeps it: asked once, for all gaps. While `answered_at` is None the clock stands still."""

    asked_at: datetime
    until: date  # the last day on which it may be brought
    answered_at: datetime | None
    gaps: tuple[CorrectionGap, ...]
    clerk: str = ""
    answers: tuple[GapAnswer, ...] = ()
    reminded_at: datetime | None = None  # before it is returned


@dataclass(frozen=True, slots=True)
class CorrectionAsked:
    """Body of correction_asked (补交告知, BJGZ). `until` is the last day of the limit, which is not counted."""

    receipt_no: str
    clerk: str
    asked_at: datetime
    until: date
    gaps: tuple[CorrectionGap, ...]


@dataclass(frozen=True, slots=True)
class CorrectionAnswered:
    """Body of correction_answered (补交受理, BJSL): the clock goes on. `materials` are all papers, as they stand now."""

    receipt_no: str
    clerk: str
    answered_at: datetime
    answers: tuple[GapAnswer, ...]
    materials: tuple[MaterialOnWire, ...]


@dataclass(frozen=True, slots=True)
class CaseReturned:
    """Body of case_returned (退件, BJ): the limit of the correction passed, and a second person signed.

    `clerk` is who proposed it: "station" where its timer did, which the hall checks by the limit itself.
    """

    receipt_no: str
    clerk: str
    returned_at: datetime
    reason: str
    text: str
    approval: Approval


@dataclass(frozen=True, slots=True)
class CaseWithdrawn:
    """Body of case_withdrawn (撤回, BJ). `items` are those that are withdrawn, all of them for the whole case.

    `signed_by` is "applicant" or "agent": whose signature stands on the request that the counter keeps.
    """

    receipt_no: str
    clerk: str
    withdrawn_at: datetime
    items: tuple[str, ...]
    text: str
    signed_by: str


@dataclass(frozen=True, slots=True)
class Amendment:
    """One thing that was written wrong: `applicant.name`, `applicant.id_no`, or `answer.<key>`."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ReceiptAmended:
    """Body of receipt_amended (更正): the same number in a new version; the sheets with these serials hold no more.

    `approval` is there where the change says who the case is about.
    """

    receipt_no: str
    clerk: str
    amended_at: datetime
    version: int  # from 2
    text: str
    changes: tuple[Amendment, ...]
    voided: tuple[str, ...]  # serials
    approval: Approval | None = None


@dataclass(frozen=True, slots=True)
class DeemedAccepted:
    """Body of case_deemed_accepted: nobody was told anything in time, so it is accepted as of the day of receipt
    (行政许可法 art. 32 (1) item 4). `last_day` was the fifth working day."""

    receipt_no: str
    accepted_at: datetime  # the time of the receipt
    last_day: date
    noticed_at: datetime
    promised: Mapping[str, date]
