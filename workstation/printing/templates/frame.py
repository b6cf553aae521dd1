"""What every slip shares: the head with its numbers and marks, the facts of the case, the code and the signatures."""

from __future__ import annotations

from collections.abc import Sequence

from workstation.domain.slip import Slip
from workstation.printing import words
from workstation.printing.marks import MM, Rule
from workstation.printing.qr import qr_marks, qr_side
from workstation.printing.sheet import BODY, LEFT, RIGHT, SMALL, WIDTH, Fact, Sheet

_MARK_SIZE = 11.0
_NOTE = BODY * 1.5  # from line to line of the sentences beside the code
_SIGNATURES = 21 * MM


def opening(sheet: Sheet, slip: Slip, *, provisional: bool = False) -> None:
    """Write who issues what, the marks in the corner, and the sheet's own number."""
    _marks(sheet, slip, provisional=provisional)
    sheet.skip(1 * MM)
    sheet.title(slip.centre, 11)
    sheet.skip(2 * MM)
    sheet.title(words.TITLES[slip.kind], 21)
    sheet.skip(2 * MM)
    serial = f"流水号 {slip.serial}"
    sheet.words(RIGHT - sheet.width(serial, SMALL), sheet.y + SMALL, serial, SMALL)
    sheet.words(LEFT, sheet.y + SMALL, f"打印时间 {words.moment(slip.issued_at)}", SMALL)
    sheet.skip(5 * MM)


def case_facts(slip: Slip) -> list[Fact]:
    """The numbers, persons and times that stand on every slip."""
    facts = [
        Fact("收件编号", slip.receipt_no or words.NO_RECEIPT_NUMBER),
        Fact("办件编号", slip.project_no or words.NO_PROJECT_NUMBER),
        Fact("办理事项", slip.title.zh, wide=True),
        Fact("申请人", slip.applicant),
        Fact("证件号码", slip.applicant_id),
    ]
    if slip.subject:
        facts.append(Fact("办理对象", slip.subject, wide=True))
    if slip.receipt_no:
        facts.append(Fact("收件时间", words.moment(slip.received_at)))
    if slip.accepted_at:
        facts.append(Fact("受理时间", words.moment(slip.accepted_at)))
    facts.append(Fact("窗口", f"{slip.window} 号窗口"))
    facts.append(Fact("经办人", slip.clerk))
    return facts


def closing(sheet: Sheet, slip: Slip, *, sentences: Sequence[str], signer: str) -> None:
    """Write code, numbered sentences beside it, and the places for signature and stamp, together on one page."""
    side = qr_side(slip.code)
    x = LEFT + side + 6 * MM
    lines = [
        line for n, text in enumerate(sentences, start=1) for line in _numbered(sheet, n, text, RIGHT - x)
    ]
    beside = 9 * MM + len(lines) * _NOTE
    height = max(side + 6 * MM, beside)
    sheet.room(height + _SIGNATURES)
    sheet.skip(3 * MM)
    top = sheet.y
    sheet.add(*qr_marks(slip.code, LEFT, top))
    caption = "扫码核验"
    sheet.words(LEFT + (side - sheet.width(caption, 10)) / 2, top + side + 3.4 * MM, caption, 10, bold=True)
    sheet.words(x, top + 5 * MM, "说明", 11, bold=True)
    for at, (indent, line) in enumerate(lines):
        sheet.words(x + indent, top + 11 * MM + at * _NOTE, line)
    _signatures(sheet, top + height, signer)
    sheet.skip(height + _SIGNATURES - 3 * MM)


def _numbered(sheet: Sheet, number: int, text: str, width: float) -> list[tuple[float, str]]:
    """Lines with their indent, hanging behind the number."""
    mark = f"{number}. "
    indent = sheet.width(mark, BODY)
    first, *rest = sheet.lines(text, width - indent)
    return [(0.0, mark + first), *((indent, line) for line in rest)]


def _signatures(sheet: Sheet, top: float, signer: str) -> None:
    middle = LEFT + WIDTH / 2 + 4 * MM
    for sign, x, end in (
        (f"{signer}签字：", LEFT, middle - 8 * MM),
        ("经办人签字：", middle, RIGHT),
    ):
        sheet.words(x, top + 8 * MM, sign)
        sheet.add(Rule(x + sheet.width(sign, BODY), top + 9 * MM, end, top + 9 * MM))
    sheet.words(LEFT, top + 17 * MM, "日期：          年        月        日")
    sheet.words(middle, top + 17 * MM, "（专用印章）", grey=0.35)


def running_head(slip: Slip) -> str:
    """What stands at the top of the second page and later: never a person."""
    return f"{words.TITLES[slip.kind]} {slip.receipt_no or slip.serial}（续）"


def footer(slip: Slip, page: int, pages: int) -> tuple[str, str]:
    """The version of the template, and which page of which sheet this is."""
    left = f"{words.PRODUCT} · 版式 {slip.kind.value}-{slip.template}"
    right = f"流水号 {slip.serial}"
    if slip.reprint:
        right += f" · 补打 {slip.reprint}"
    if pages > 1:
        right += f" · 第 {page} 页，共 {pages} 页"
    return left, right


def _marks(sheet: Sheet, slip: Slip, *, provisional: bool) -> None:
    texts = (["临时收件"] if provisional else []) + ([f"补打 {slip.reprint}"] if slip.reprint else [])
    top = sheet.y
    for text in texts:
        width = sheet.width(text, _MARK_SIZE) + 4 * MM
        left, bottom = RIGHT - width, top + 7 * MM
        sheet.words(left + 2 * MM, top + 5 * MM, text, _MARK_SIZE, bold=True)
        sheet.add(
            Rule(left, top, RIGHT, top, 1),
            Rule(left, bottom, RIGHT, bottom, 1),
            Rule(left, top, left, bottom, 1),
            Rule(RIGHT, top, RIGHT, bottom, 1),
        )
        top = bottom + 2 * MM
