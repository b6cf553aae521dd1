"""The sheets that leave the printer: their values, serials and ledger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from catalogue.model import Text


class SlipKind(StrEnum):
    """Document codes of domain.md 2."""

    RECEIPT = "RCP"  # 收件凭证: this is not acceptance
    ACCEPTANCE = "ACC"  # 受理通知书
    RESULT = "FIN"  # 结果单
    VERIFICATION = "VER"  # 核验结果单: outcomes and numbers, no raw data
    PROMISE = "COM"  # 告知承诺书: notice and promise, to be signed
    DISPUTE = "DIS"  # 异议单
    REFUSAL = "REF"  # 不予受理通知书


@dataclass(frozen=True, slots=True)
class SlipLine:
    """One item on a slip."""

    name: Text
    department: Text
    promised_on: str = ""  # ISO date or ""
    result: str = ""  # result code, "" when not decided
    result_text: str = ""
    licence: str = ""  # licence name and number
    decided_at: str = ""


@dataclass(frozen=True, slots=True)
class SlipPaper:
    """One paper on a slip: how it was handled, and what saved it."""

    name: Text
    how: str  # MaterialHow value
    source: str = ""
    evidence_no: str = ""
    until: str = ""  # ISO date by which what stands open must be there


@dataclass(frozen=True, slots=True)
class SlipCheck:
    """One check on a slip: what was said in a word, by whom, when and under which number; never what was found."""

    title: Text
    outcome: str  # Outcome value
    source: str
    evidence_no: str
    at: datetime
    no_record: Text | None = None  # the register's own sentence for NO_RECORD
    disputed: bool = False


@dataclass(frozen=True, slots=True)
class SlipRefusal:
    """Why a case was not accepted: the reason's code, the clerk's words, and where to go instead."""

    reason: str
    text: str
    competent_body: str
    decided_at: datetime


@dataclass(frozen=True, slots=True)
class Slip:
    """All a template needs; the same values give the same PDF. Personal data here is masked or the holder's own."""

    kind: SlipKind
    serial: str
    reprint: int  # 0 = first print, n = 补打 n
    provisional: bool  # 临时收件: made without the hall
    centre: str
    window: str
    clerk: str
    receipt_no: str  # "" on a sheet of before the receipt
    project_no: str | None
    title: Text  # bundle or item name
    applicant: str  # full name: the sheet is the citizen's own
    applicant_id: str  # masked
    subject: str  # name of the person the case is about (the child), or ""
    issued_at: datetime
    received_at: datetime
    accepted_at: datetime | None
    lines: tuple[SlipLine, ...]
    papers: tuple[SlipPaper, ...]
    papers_saved: int
    code: str  # text of the QR code
    template: str = "1"
    checks: tuple[SlipCheck, ...] = ()
    statement: str = ""  # what the citizen says, on an 异议单
    refusal: SlipRefusal | None = None


@dataclass(frozen=True, slots=True)
class Print:
    """An entry of the print ledger."""

    serial: str
    case: str
    kind: SlipKind
    reprint: int
    template: str
    clerk: str
    printed_at: datetime
    sha256: str  # of the PDF
    path: str
