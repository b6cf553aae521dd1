"""What every slip shares: the head with its numbers and marks, the facts of the case, the code and the signatures."""

from __future__ import annotations

from collections.abc import Sequence

from catalogue.model import Text
from workstation.domain.slip import Language, Slip
from workstation.printing import words
from workstation.printing.marks import MM, Rule
from workstation.printing.qr import QrCode, qr_code
from workstation.printing.sheet import Fact, Sheet
from workstation.printing.template import Template

_MARK_SIZE = 11.0
_NOTE = 1.5  # of the body's size, from line to line of the sentences beside the code
_SIGNATURE = 9 * MM
_STAMP = 8 * MM


def said(text: Text, slip: Slip) -> str:
    """Say a text in the language of the sheet; English stands on a line of its own, once when both are the same."""
    if slip.language is Language.CHINESE or text.en in ("", text.zh):
        return text.zh
    return f"{text.zh}\n{text.en}"


def beside(text: Text, slip: Slip) -> str:
    """Say a short text in the language of the sheet, English on the same line."""
    return said(text, slip).replace("\n", " ")


def opening(sheet: Sheet, slip: Slip, template: Template) -> None:
    """Write who issues what, the marks in the corner, and the sheet's own number."""
    paper = sheet.paper
    _marks(sheet, slip)
    sheet.skip(1 * MM)
    sheet.title(slip.centre, 11)
    sheet.skip(2 * MM)
    sheet.title(template.title.zh, paper.title)
    if slip.language is Language.BOTH:
        sheet.title(template.title.en, paper.body + 2)
    sheet.skip(2 * MM)
    serial = f"{beside(words.SERIAL, slip)} {slip.serial}"
    printed = f"{beside(words.PRINTED_AT, slip)} {words.moment(slip.issued_at)}"
    if not paper.roll:  # the roll says both in its footer
        sheet.words(
            paper.right - sheet.width(serial, paper.small), sheet.y + paper.small, serial, paper.small
        )
        sheet.words(paper.left, sheet.y + paper.small, printed, paper.small)
        sheet.skip(5 * MM)


def case_facts(slip: Slip) -> list[Fact]:
    """The numbers, persons and times that stand on every slip of a case."""

    def fact(label: Text, value: Text | str, wide: bool = False) -> Fact:
        return Fact(
            said(label, slip), said(value if isinstance(value, Text) else Text(value, value), slip), wide
        )

    facts = [
        fact(words.RECEIPT_NO, slip.receipt_no or words.NO_RECEIPT_NUMBER),
        fact(words.PROJECT_NO, slip.project_no or words.NO_PROJECT_NUMBER),
        fact(words.MATTER, slip.title, wide=True),
        fact(words.APPLICANT, slip.applicant),
        fact(words.ID_NUMBER, slip.applicant_id),
    ]
    if slip.subject:
        facts.append(fact(words.SUBJECT, slip.subject, wide=True))
    if slip.receipt_no and slip.received_at:
        facts.append(fact(words.RECEIVED_AT, words.moment(slip.received_at)))
    if slip.accepted_at:
        facts.append(fact(words.ACCEPTED_AT, words.moment(slip.accepted_at)))
    number = Text(words.WINDOW_NO.zh.format(slip.window), words.WINDOW_NO.en.format(slip.window))
    facts.append(fact(words.WINDOW, number))
    facts.append(fact(words.CLERK, slip.clerk))
    return facts


def code_of(slip: Slip) -> QrCode | None:
    """Make the code of a sheet; a specimen has none."""
    return qr_code(slip.code) if slip.code else None


def closing(
    sheet: Sheet, slip: Slip, template: Template, sentences: Sequence[Text], code: QrCode | None
) -> None:
    """Write code, numbered sentences beside it, and the places for signatures and stamp, together on one page."""
    paper = sheet.paper
    side = code.side if code else 0.0
    below = paper.roll or code is None
    x = paper.left if below else paper.left + side + 6 * MM
    lines = [
        pair
        for number, text in enumerate(sentences, start=1)
        for pair in _numbered(sheet, slip, number, text, paper.right - x)
    ]
    note = paper.body * _NOTE
    notes = 9 * MM + len(lines) * note if lines else 0.0
    square = side + 6 * MM if code else 0.0
    height = square + notes if below else max(square, notes)
    signatures = _signature_rows(template) * _SIGNATURE + (3 * MM if template.closing.signers else 0.0)
    if height + signatures > sheet.page_room and lines:
        # Too many words for one page beside the code: they run over pages like any others.
        sheet.section(beside(words.NOTES, slip))
        for number, text in enumerate(sentences, start=1):
            sheet.paragraph(said(text, slip), number=f"{number}. ")
        closing(sheet, slip, template, (), code)
        return
    sheet.room(height + signatures)
    sheet.skip(3 * MM)
    top = sheet.y
    if code:
        left = (paper.width - side) / 2 if below else paper.left
        sheet.add(code.mark(left, top))
        caption = beside(words.CHECK_BY_CODE, slip)
        size = paper.body + 0.5 if slip.language is Language.CHINESE else paper.small
        at = left + (side - sheet.width(caption, size)) / 2
        sheet.words(at, top + side + 3.4 * MM, caption, size, bold=True)
    start = top + square if below else top
    if lines:
        sheet.words(x, start + 5 * MM, beside(words.NOTES, slip), paper.body + 1.5, bold=True)
    for number, (indent, line) in enumerate(lines):
        sheet.words(x + indent, start + 11 * MM + number * note, line)
    _signatures(sheet, slip, template, top + height)
    sheet.skip(height + signatures - 3 * MM)


def _numbered(sheet: Sheet, slip: Slip, number: int, text: Text, width: float) -> list[tuple[float, str]]:
    """Lines with their indent, hanging behind the number."""
    mark = f"{number}. "
    indent = sheet.width(mark, sheet.paper.body)
    first, *rest = sheet.lines(said(text, slip), width - indent)
    return [(0.0, mark + first), *((indent, line) for line in rest)]


def _signature_rows(template: Template) -> int:
    places = len(template.closing.signers) + (2 if template.closing.signers else 0) * template.closing.stamp
    return (places + 1) // 2


def _signatures(sheet: Sheet, slip: Slip, template: Template, top: float) -> None:
    """Two places a line: one for each signer, then the date and the stamp."""
    paper = sheet.paper
    middle = paper.width / 2 + 4 * MM
    places = [(beside(signer, slip) + "：", True) for signer in template.closing.signers]
    if places and template.closing.stamp:
        if len(places) % 2:
            places.append((words.DATE_LINE.zh, False))
            places.append((words.STAMP.zh, False))
        else:
            places += [(words.DATE_LINE.zh, False), (words.STAMP.zh, False)]
    for at, (sign, line) in enumerate(places):
        x, end = (middle, paper.right) if at % 2 else (paper.left, middle - 8 * MM)
        y = top + 8 * MM + (at // 2) * _SIGNATURE
        sheet.words(x, y, sign, grey=0.35 if sign == words.STAMP.zh else 0.0)
        if line:
            sheet.add(Rule(x + sheet.width(sign, paper.body), y + 1 * MM, end, y + 1 * MM))


def running_head(slip: Slip, template: Template) -> str:
    """What stands at the top of the second page and later: never a person."""
    number = slip.receipt_no or slip.serial
    head = f"{template.title.zh} {number}{words.CONTINUED.zh}"
    return f"{head} {template.title.en}{words.CONTINUED.en}" if slip.language is Language.BOTH else head


def footer(slip: Slip, template: Template, page: int, pages: int, copy: int = 0) -> tuple[str, str]:
    """The version of the template, for whom this copy is, and which page of which sheet this is."""
    left = f"{words.PRODUCT} · 版式 {slip.kind.value}-{template.version}"
    if len(template.copies) > 1:
        left += f" · 第 {copy + 1} 联 {beside(template.copies[copy], slip)}"
    right = f"{words.SERIAL.zh} {slip.serial}"
    if slip.reprint:
        right += f" · {words.REPRINT.zh.format(slip.reprint)}"
    if pages > 1:
        right += f" · 第 {page} 页，共 {pages} 页"
    return left, right


def _marks(sheet: Sheet, slip: Slip) -> None:
    texts = (
        ([words.SPECIMEN.zh] if slip.specimen else [])
        + ([words.PROVISIONAL.zh] if slip.provisional else [])
        + ([words.REPRINT.zh.format(slip.reprint)] if slip.reprint else [])
    )
    edge = sheet.paper.right
    top = sheet.y
    for text in texts:
        width = sheet.width(text, _MARK_SIZE) + 4 * MM
        left, bottom = edge - width, top + 7 * MM
        sheet.words(left + 2 * MM, top + 5 * MM, text, _MARK_SIZE, bold=True)
        sheet.add(
            Rule(left, top, edge, top, 1),
            Rule(left, bottom, edge, bottom, 1),
            Rule(left, top, left, bottom, 1),
            Rule(edge, top, edge, bottom, 1),
        )
        top = bottom + 2 * MM
    if texts and sheet.paper.roll:
        sheet.skip(top - sheet.y)
