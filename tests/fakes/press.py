"""A press without paper, and the slips that tests of the paper print: normal, longest, rarest."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache

from catalogue.model import Text
from tests.fakes.documents import CONTENT
from workstation import resources
from workstation.domain.failures import Failure, Refused
from workstation.domain.sheet import Spool, SpoolState
from workstation.domain.slip import Row, Scalar, Slip, SlipKind, Value, Variables
from workstation.printing.documents import Documents
from workstation.printing.filling import fill
from workstation.printing.press import PaperPress
from workstation.printing.template import Type, Variable
from workstation.services.print_views import PrinterView

RARE_NAMES = "测𬭎㛃䶮𠅤𪚥"  # the last one stands in HanaMinB only
# A private-use code point: no font of ours may have it.
NOWHERE = "\ue123"
UNDRAWABLE = "\x07"

_AT = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)
_WITHOUT_CASE = {
    SlipKind.TRANSFER,
    SlipKind.POWER_OF_ATTORNEY,
    SlipKind.WHERE_TO_GO,
    SlipKind.TICKET,
    SlipKind.SHIFT,
    SlipKind.ONE_TIME_NOTICE,
}
_LONG_NAME = "阿卜杜热依木江·买买提艾力" * 4
_LONG_WORDS = "城乡居民基本医疗保险（新生儿及符合条件的港澳台居民）参保登记、变更登记与关系转移接续"
_LONG_TEXT = (
    "经审查，申请人提交的材料齐全、符合法定形式；依据《社会保险法》第二十五条，决定如下：“准予登记”。"
)
_LONG_NUMBER = "1.2.156.3005.2.11100000000013127D001.440100" * 2


@cache
def documents() -> Documents:
    """The templates that ship."""
    return Documents(resources.documents_dir())


class FakePress:
    """Implements ports.Press in memory: `sheets` are the printed ones. Refuses a control character."""

    def __init__(self) -> None:
        self.sheets: dict[str, bytes] = {}
        self.slips: dict[str, Slip] = {}
        self.spools: dict[str, Spool] = {}
        self.handed: list[tuple[str, str]] = []  # serial and printer, in order
        self.jobs = 0
        self.state = SpoolState.COMPLETED  # of a sheet just handed over
        self.refuses: Failure | None = None
        self.silent = False  # nobody answers what became of a job
        self.queues: tuple[PrinterView, ...] = ()

    def prepare(self) -> None:
        """Nothing to load."""

    def version(self, kind: SlipKind) -> str:
        return documents().template(kind).version

    def papers(self, kind: SlipKind) -> tuple[str, ...]:
        return tuple(paper.value for paper in documents().template(kind).papers)

    def make(self, slip: Slip) -> bytes:
        for character in slip.applicant + slip.subject:
            if character == UNDRAWABLE:
                raise Refused(Failure.GLYPH_MISSING, character=f"U+{ord(character):04X}")
        fill(slip, documents().template(slip.kind), documents().codes)
        self.slips[slip.serial] = slip
        return b"%PDF-" + repr(slip).encode()

    def as_ofd(self, pdf: bytes) -> bytes:
        if not pdf.startswith(b"%PDF-Slip("):
            raise Refused(Failure.SHEET_NOT_SAVED, cause="unreadable")
        return b"PK" + pdf

    def put(self, serial: str, pdf: bytes, printer: str = "") -> Spool:
        if self.refuses is not None:
            raise Refused(self.refuses, printer=printer)
        self.sheets[serial] = pdf
        self.handed.append((serial, printer))
        self.jobs += 1
        spool = Spool(printer, self.jobs, self.state, "", began=self.state is not SpoolState.QUEUED)
        self.spools[serial] = spool
        return spool

    def look(self, spool: Spool) -> Spool:
        if self.silent:
            raise Refused(Failure.PRINT_SERVICE_DOWN)
        return next((each for each in self.spools.values() if each.job == spool.job), spool)

    def find(self, serial: str, printer: str = "") -> Spool | None:
        return self.spools.get(serial)

    def take_back(self, spool: Spool) -> Spool:
        serial = next(name for name, each in self.spools.items() if each.job == spool.job)
        if self.spools[serial].state is not SpoolState.COMPLETED:
            self.spools[serial] = replace(self.spools[serial], state=SpoolState.CANCELLED)
        return self.spools[serial]

    def printers(self) -> tuple[PrinterView, ...]:
        return self.queues

    def where(self, serial: str, spool: Spool) -> str:
        return f"{serial}.pdf" if spool.job else ""

    def say(self, serial: str, state: SpoolState, *, reason: str = "", began: bool = True) -> None:
        """The printer says something about the job of a sheet."""
        self.spools[serial] = replace(self.spools[serial], state=state, reason=reason, began=began)


class RealPress(FakePress):
    """Makes real PDFs; where they go stays as it is here."""

    def __init__(self) -> None:
        super().__init__()
        self._paper = PaperPress(resources.font_files(), self)

    def make(self, slip: Slip) -> bytes:
        return self._paper.make(slip)

    def as_ofd(self, pdf: bytes) -> bytes:
        return self._paper.as_ofd(pdf)


def a_slip(kind: SlipKind) -> Slip:
    """The newborn bundle of a synthetic family."""
    receipt = kind is SlipKind.RECEIPT
    slip = Slip(
        kind=kind,
        serial=f"GZ0001261123{kind.value}00017",
        centre="广州市越秀区测试街道政务服务中心",
        window="01",
        clerk="测窗口",
        issued_at=_AT,
        variables=CONTENT[kind],
        code="YC1."
        + "eyJpdGVtcyI6W1siYmlydGgiLCJncmFudGVkIl1dfQ" * 5
        + "."
        + "A1b2C3-_" * 10
        + "abcdef.GZ00012611230017X",
    )
    if kind in _WITHOUT_CASE:
        return slip
    return replace(
        slip,
        receipt_no="GZ000126112301000K7",
        project_no=None if receipt else "440104-2026-000123",
        title=Text("新生儿出生一件事", "Newborn, all in one"),
        applicant="测试一",
        applicant_id="440***********002X",
        subject="测小宝",
        received_at=_AT,
        accepted_at=None if receipt or kind is SlipKind.REFUSAL else _AT,
    )


def longest_slip(kind: SlipKind) -> Slip:
    """Everything at its longest: 50-character names, ten rows and more, a page of reasons, every variable there."""
    slip = a_slip(kind)
    long = replace(
        slip,
        centre="广东省广州市越秀区" * 6 + "政务服务中心",
        clerk=_LONG_NAME,
        variables={name: _longest(each) for name, each in documents().template(kind).variables.items()},
        reprint=12,
        provisional=kind is SlipKind.RECEIPT,
        specimen=kind is SlipKind.ACCEPTANCE,
        code=slip.code + "x" * 400,
    )
    if not slip.has_case:
        return long
    return replace(
        long,
        title=Text("新生儿出生及其父母户籍、医疗保险、社会保障卡联合办理一件事" * 3, ""),
        applicant=_LONG_NAME[:50],
        subject=_LONG_NAME[:50],
    )


def rare_slip(kind: SlipKind) -> Slip:
    """Names beyond the basic plane."""
    slip = a_slip(kind)
    if not slip.has_case:
        return replace(slip, clerk=RARE_NAMES, centre="阿·" + RARE_NAMES)
    return replace(slip, applicant=RARE_NAMES, subject="阿·" + RARE_NAMES, clerk="测喆堃")


def with_rows(slip: Slip, name: str, rows: tuple[Row, ...]) -> Slip:
    """The slip with another table."""
    return replace(slip, variables={**slip.variables, name: rows})


def _longest(variable: Variable) -> Value:
    if variable.columns is not None:
        row = {name: _scalar(column, 0) for name, column in variable.columns.items()}
        first = {name: _scalar(column, 1) for name, column in variable.columns.items()}
        return (first, *(row for _ in range(12)))
    match variable.type:
        case Type.TEXTS:
            return (_LONG_WORDS,) * 12
        case Type.NAMES:
            return (Text(_LONG_WORDS, _LONG_WORDS),) * 12
        case _:
            return _scalar(variable, 1)


def _scalar(variable: Variable, paragraphs: int) -> Scalar:
    match variable.type:
        case Type.WORDS:
            return Text(_LONG_WORDS, _LONG_WORDS)
        case Type.NUMBER:
            return 1_234_567
        case Type.DATE:
            return date(2026, 12, 31)
        case Type.MOMENT:
            return _AT + timedelta(days=20)
        case Type.FLAG:
            return True
        case Type.CODE:
            codes = documents().codes[variable.codes]
            return max(codes, key=lambda code: len(codes[code].zh))
        case _:
            if variable.name in ("number", "pickup_code"):
                return "A0001-9999"
            if variable.name in (
                "reasoning",
                "text",
                "explanation",
                "statement",
                "discrepancies",
                "result",
                "reason",
            ):
                return _LONG_TEXT * (40 if paragraphs else 1)
            return _LONG_NUMBER if variable.name.endswith("_no") else _LONG_NAME


def content(kind: SlipKind) -> Variables:
    """The everyday variables of a kind."""
    return CONTENT[kind]
