"""What every slip shares: the head with its numbers and marks, the facts of the case, the code and the signatures."""

from __future__ import annotations

from collections.abc import Sequence

from workstation.domain.slip import Slip
from workstation.printing import words
from workstation.printing.marks import MM, Rule
from workstation.printing.qr import qr_marks, qr_side
from workstation.printing.sheet import BODY, LEFT, RIGHT, SMALL, WIDTH, Fact, Sheet

_MARK_SIZE = 11.0


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
        Fact("收件编号", slip.receipt_no),
        Fact("办件编号", slip.project_no or words.NO_PROJECT_NUMBER),
        Fact("办理事项", slip.title.zh, wide=True),
        Fact("申请人", slip.applicant),
        Fact("证件号码", slip.applicant_id),
    ]
    if slip.subject:
        facts.append(Fact("办理对象", slip.subject, wide=True))
    facts.append(Fact("收件时间", words.moment(slip.received_at)))
    if slip.accepted_at:
        facts.append(Fact("受理时间", words.moment(slip.accepted_at)))
    facts.append(Fact("窗口", f"{slip.window} 号窗口"))
    facts.append(Fact("经办人", slip.clerk))
    return facts


def notices(sheet: Sheet, title: str, sentences: Sequence[str]) -> None:
    """Write numbered sentences under a heading."""
    sheet.section(title)
    for number, sentence in enumerate(sentences, start=1):
        sheet.paragraph(sentence, number=f"{number}. ")


def closing(sheet: Sheet, slip: Slip, signer: str) -> None:
    """Write the code and the places for signature and stamp, kept together on one page."""
    side = qr_side(slip.code)
    sheet.room(side + 11 * MM)
    sheet.skip(4 * MM)
    top = sheet.y
    sheet.add(*qr_marks(slip.code, LEFT, top))
    caption = "扫码核验"
    sheet.words(LEFT + (side - sheet.width(caption, 10)) / 2, top + side + 3.4 * MM, caption, 10, bold=True)
    x = LEFT + side + 10 * MM
    for sign, at in ((f"{signer}签字：", 8 * MM), ("经办人签字：", 19 * MM)):
        sheet.words(x, top + at, sign)
        sheet.add(Rule(x + sheet.width(sign, BODY), top + at + 1 * MM, RIGHT, top + at + 1 * MM))
    sheet.words(x, top + 30 * MM, "日期：        年      月      日")
    stamp = "（专用印章）"
    sheet.words(LEFT + WIDTH - 40 * MM, top + 30 * MM, stamp, grey=0.35)
    sheet.skip(side + 4 * MM)


def running_head(slip: Slip) -> str:
    """What stands at the top of the second page and later: never a person."""
    return f"{words.TITLES[slip.kind]} {slip.receipt_no}（续）"


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
