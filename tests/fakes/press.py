"""A press without paper, and the slips that tests of the paper print: normal, longest, rarest."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from catalogue.model import Text
from workstation import resources
from workstation.domain.failures import Failure, Refused
from workstation.domain.sheet import Spool, SpoolState
from workstation.domain.slip import Slip, SlipCheck, SlipKind, SlipLine, SlipPaper, SlipRefusal
from workstation.printing.press import PaperPress
from workstation.services.print_views import PrinterView

RARE_NAMES = "测𬭎㛃䶮𠅤𪚥"  # the last one stands in HanaMinB only
# A private-use code point: no font of ours may have it.
NOWHERE = "\ue123"


# The shape of an e-licence number (domain.md 3.4); type and issuer are invented.
_LICENCE = "1.2.156.3005.2.11000000000000000SIM1.11440100SIMULATED0.2026112300000"


_SAID = datetime(2026, 11, 23, 1, 25, tzinfo=UTC)
_CHECKS = (
    SlipCheck(Text("母亲户籍", ""), "match", "公安部门", "HJ20261123000017", _SAID),
    SlipCheck(
        Text("父母婚姻登记", ""),
        "no_record",
        "民政部门",
        "HY20261123000018",
        _SAID,
        Text("未查到登记记录（不等于未婚）", ""),
        disputed=True,
    ),
    SlipCheck(Text("出生医学证明", ""), "unavailable", "卫生健康部门", "", _SAID),
)


class FakePress:
    """Implements ports.Press in memory: `sheets` are the printed ones. Refuses the private use area."""

    def __init__(self) -> None:
        self.sheets: dict[str, bytes] = {}
        self.spools: dict[str, Spool] = {}
        self.handed: list[tuple[str, str]] = []  # serial and printer, in order
        self.jobs = 0
        self.state = SpoolState.COMPLETED  # of a sheet just handed over
        self.refuses: Failure | None = None
        self.silent = False  # nobody answers what became of a job
        self.queues: tuple[PrinterView, ...] = ()

    def make(self, slip: Slip) -> bytes:
        for character in slip.applicant + slip.subject:
            if "\ue000" <= character <= "\uf8ff":
                raise Refused(Failure.GLYPH_MISSING, character=f"U+{ord(character):04X}")
        return b"%PDF-" + repr(slip).encode()

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


def a_slip(kind: SlipKind) -> Slip:
    """The newborn bundle of a synthetic family."""
    at = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)
    receipt = kind is SlipKind.RECEIPT
    lines = tuple(
        SlipLine(
            name=Text(name, name),
            department=Text(department, department),
            promised_on="" if receipt else "2026-12-04",
            result="granted" if kind is SlipKind.RESULT else "",
            result_text="准予办理（模拟审批）" if kind is SlipKind.RESULT else "",
            licence=licence if kind is SlipKind.RESULT else "",
            decided_at="2026-11-25" if kind is SlipKind.RESULT else "",
        )
        for name, department, licence in (
            ("出生登记", "公安部门", f"户口登记 {_LICENCE}1.001.X"),
            ("城乡居民医保参保（新生儿）", "医保部门", f"参保凭证 {_LICENCE}2.001.7"),
            ("社保卡申领（新生儿）", "人社部门", f"社会保障卡 {_LICENCE}3.001.K"),
        )
    )
    return Slip(
        kind=kind,
        serial=f"GZ0001261123{kind.value}00017",
        reprint=0,
        provisional=False,
        centre="广州市越秀区测试街道政务服务中心",
        window="01",
        clerk="测窗口",
        receipt_no="GZ000126112301000K7",
        project_no=None if receipt else "440104-2026-000123",
        title=Text("新生儿出生一件事", "Newborn, all in one"),
        applicant="测试一",
        applicant_id="440***********002X",
        subject="测小宝",
        issued_at=at,
        received_at=at,
        accepted_at=None if receipt or kind is SlipKind.REFUSAL else at,
        lines=lines,
        papers=(SlipPaper(Text("亲属关系证明", ""), "committed"),)
        if kind is SlipKind.PROMISE
        else (
            _saved("结婚证", "广州市民政局", "EV-MZ-20261123-000017"),
            _saved("母亲户口簿", "广州市公安局", "EV-GA-20261123-000018"),
            _saved("父亲户口簿", "广州市公安局", "EV-GA-20261123-000019"),
            _saved("父母申报声明", "广州市公安局", "EV-GA-20261123-000020"),
            _saved("出生医学证明副页", "广州市卫生健康委员会", "EV-WJ-20261123-000021"),
            SlipPaper(Text("母亲居民身份证", "Mother's identity card"), "replaced_by_card"),
            SlipPaper(Text("出生医学证明", "Birth certificate"), "original_seen"),
            SlipPaper(Text("新生儿照片", "Photo"), "scanned"),
        ),
        papers_saved=6,
        code="YC1."
        + "eyJpdGVtcyI6W1siYmlydGgiLCJncmFudGVkIl1dfQ" * 5
        + "."
        + "A1b2C3-_" * 10
        + "abcdef.GZ00012611230017X",
        checks=_CHECKS if kind in {SlipKind.VERIFICATION, SlipKind.DISPUTE} else (),
        statement="本人与测试二于一九二〇年五月在越秀区登记结婚，带了结婚证原件。"
        if kind is SlipKind.DISPUTE
        else "",
        refusal=SlipRefusal("not_competent", "房屋在外区，由所在区办理。", "测试区住房和建设局", at)
        if kind is SlipKind.REFUSAL
        else None,
    )


def longest_slip(kind: SlipKind) -> Slip:
    """Everything at its longest: 50-character names, ten items, forty papers, a page of reasons."""
    slip = a_slip(kind)
    name = "阿卜杜热依木江·买买提艾力" * 4
    line = replace(
        slip.lines[0],
        name=Text("城乡居民基本医疗保险（新生儿及符合条件的港澳台居民）参保登记、变更登记与关系转移接续", ""),
        department=Text("广州市越秀区人力资源和社会保障局社会保险基金管理中心", ""),
        licence="中华人民共和国城乡居民社会保险参保凭证（电子） "
        + "1.2.156.3005.2.11100000000013127D001.440100" * 2
        if kind is SlipKind.RESULT
        else "",
    )
    reasons = (
        "经审查，申请人提交的材料齐全、符合法定形式；依据《社会保险法》第二十五条，决定如下：“准予登记”。"
        * 60
    )
    first = replace(line, result_text=reasons if kind is SlipKind.RESULT else "")
    paper = _saved(
        "中华人民共和国居民户口簿（首页、户主页及全部家庭成员页）" * 2,
        "广州市公安局" * 5,
        "EV" + "0123456789" * 6,
    )
    return replace(
        slip,
        centre="广东省广州市越秀区" * 6 + "政务服务中心",
        clerk=name,
        title=Text("新生儿出生及其父母户籍、医疗保险、社会保障卡联合办理一件事" * 3, ""),
        applicant=name[:50],
        subject=name[:50],
        lines=(first, *(line for _ in range(9))),
        papers=tuple(paper for _ in range(4 if kind is SlipKind.PROMISE else 40)),
        papers_saved=60,
        reprint=12,
        provisional=kind is SlipKind.RECEIPT,
        checks=slip.checks * 12,
        statement=slip.statement * 16,
        code=slip.code + "x" * 400,
    )


def rare_slip(kind: SlipKind) -> Slip:
    """Names beyond the basic plane."""
    return replace(a_slip(kind), applicant=RARE_NAMES, subject="阿·" + RARE_NAMES, clerk="测喆堃")


def _saved(paper: str, source: str, evidence: str) -> SlipPaper:
    return SlipPaper(Text(paper, paper), "replaced_by_verification", source, evidence)
