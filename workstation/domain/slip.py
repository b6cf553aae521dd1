"""The sheets that leave the printer: their values, serials and ledger."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from catalogue.model import Text

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


class SlipKind(StrEnum):
    """Document codes of domain.md 2. What stands on each, and which variables it takes: resources/documents/<code>.yaml."""

    RECEIPT = "RCP"  # 收件凭证: this is not acceptance
    ACCEPTANCE = "ACC"  # 受理通知书
    RESULT = "FIN"  # 结果单
    VERIFICATION = "VER"  # 核验结果单: outcomes and numbers, no raw data
    PROMISE = "COM"  # 告知承诺书: notice and promise, to be signed
    DISPUTE = "DIS"  # 异议单
    REFUSAL = "REF"  # 不予受理通知书
    CORRECTION = "COR"  # 补正告知书: all gaps at once
    CORRECTED = "COK"  # 补正重新启动通知 (COR-OK)
    RETURN = "RET"  # 退件通知
    ONE_TIME_NOTICE = "GAP"  # 一次性告知单; needs no case
    TOLERANCE = "TOL"  # 容缺受理通知书
    TOLERANCE_PROMISE = "TLP"  # 容缺受理承诺书 (TOL-P)
    SPECIAL_PROCEDURE = "SPX"  # 特殊程序期限告知
    EXTENSION = "EXT"  # 延长办理期限通知
    TRANSFER = "TRN"  # 物料流转凭证
    DECISION = "DEC"  # 批准决定书: issued by the department, the counter only prints it
    DENIAL = "DEN"  # 不予批准决定书: as DEC
    DELIVERY = "DLV"  # 送达回证
    PICKUP = "PCK"  # 取件凭证
    PAYMENT = "PAY"  # 缴费通知
    POWER_OF_ATTORNEY = "POA"  # 授权委托书
    PROXY = "PRX"  # 代办受理单 / 办结(终止)单
    WHERE_TO_GO = (
        "WAY"  # 去向告知单: another level or another office takes this item (domain.md 5.6); needs no case
    )
    TICKET = "TKT"  # 排队号票; needs no case
    SHIFT = "SHF"  # 日结交接单; needs no case


class Language(StrEnum):
    """In which words a sheet is printed: Chinese, or Chinese with English beside it."""

    CHINESE = "zh"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class PaperWish:
    """How a kind of sheet is wanted: on which paper, in which words."""

    paper: str = ""  # a4, a5, roll80; "" = the kind's first that a printer here has
    language: Language = Language.CHINESE


# What a variable of a template may hold; a table is a tuple of rows. The types stand in the template's file.
Scalar = str | int | bool | date | datetime | Text
Row = Mapping[str, object]  # of scalars
Value = Scalar | tuple[str, ...] | tuple[Text, ...] | tuple[Row, ...]
Variables = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class SlipLine:
    """One item on a slip, as a row: the `items` of a template."""

    name: Text
    department: Text
    promised_on: date | None = None
    result: str = ""  # result code, "" when not decided
    remark: str = ""  # the department's words, when they fit beside the code
    reasoning: str = ""  # the same, when they need the width of the sheet
    licence: str = ""
    licence_no: str = ""
    decided_on: date | None = None


@dataclass(frozen=True, slots=True)
class SlipPaper:
    """One paper on a slip, as a row: how it was handled, and what saved it."""

    name: Text
    how: str  # MaterialHow value
    source: str = ""
    evidence_no: str = ""
    until: date | None = None  # by which what stands open must be there


@dataclass(frozen=True, slots=True)
class SlipCheck:
    """One check on a slip, as a row: what was said in a word, by whom, when and under which number; never what was found."""

    title: Text
    outcome: str  # Outcome value
    source: str
    evidence_no: str
    at: datetime
    no_record: Text | None = None  # the register's own sentence for NO_RECORD
    disputed: bool = False


# Of a sheet without a case.
_NO_WORDS = Text("", "")


def rows(values: Iterable[DataclassInstance]) -> tuple[Row, ...]:
    """Make rows of frozen values; a field that holds nothing ("" or None) is absent, as a template wants it."""
    return tuple(
        {f.name: held for f in fields(value) if (held := getattr(value, f.name)) not in ("", None)}
        for value in values
    )


@dataclass(frozen=True, slots=True)
class Slip:
    """All a template needs; the same values give the same PDF. Personal data here is masked or the holder's own."""

    kind: SlipKind
    serial: str
    centre: str
    window: str
    clerk: str
    issued_at: datetime
    code: str = ""  # text of the QR code; "" prints none (a specimen)
    variables: Variables = field(default_factory=dict)
    # Of the case; all empty on a sheet that has none.
    receipt_no: str = ""  # "" on a sheet of before the receipt
    project_no: str | None = None
    title: Text = _NO_WORDS  # bundle or item name
    applicant: str = ""  # full name: the sheet is the citizen's own
    applicant_id: str = ""  # masked
    subject: str = ""  # name of the person the case is about (the child), or ""
    received_at: datetime | None = None
    accepted_at: datetime | None = None
    # Of the print.
    reprint: int = 0  # 0 = first print, n = 补打 n
    provisional: bool = False  # 临时收件: made without the hall
    specimen: bool = False  # 样张: a preview, never a sheet of its own
    language: Language = Language.CHINESE
    paper: str = ""  # a4, a5, roll80; "" = the template's first
    template: str = ""  # the version its content was signed under; "" = whatever stands here

    @property
    def has_case(self) -> bool:
        """Say whether a case or a visit stands behind the sheet."""
        return bool(self.applicant)


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
    provisional: bool = False  # 临时收件
    content: str = ""  # the beginning of the SHA-256 of what stands on it, as in its code
    voided: str = ""  # why it counts no more (services/void_slip.VoidReason), "" while it does
    replaced_by: str = ""  # serial of the sheet that stands for it
