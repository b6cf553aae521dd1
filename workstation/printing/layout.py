"""A filled template to marks on pages: its blocks in their order, then its closing; once for each copy."""

from __future__ import annotations

from catalogue.model import Text
from workstation.domain.slip import Slip
from workstation.printing import words
from workstation.printing.filling import Filling, fill
from workstation.printing.formats import FORMATS, Format, Paper
from workstation.printing.frame import (
    case_facts,
    closing,
    code_of,
    footer,
    opening,
    running_head,
    said,
)
from workstation.printing.marks import MM, Page
from workstation.printing.sheet import Column, Fact, Measure, Sheet
from workstation.printing.template import (
    Big,
    CaseFacts,
    Codes,
    Facts,
    Listing,
    Paragraphs,
    Section,
    Table,
    Template,
)

_BIG = 34.0  # points
_Running = Section | Table | Listing | Paragraphs | Big


def paper_of(slip: Slip, template: Template) -> Format:
    """The paper that was asked for, else the template's first one."""
    wanted = Paper(slip.paper) if slip.paper else template.papers[0]
    return FORMATS[wanted if wanted in template.papers else template.papers[0]]


def lay_out(
    slip: Slip, template: Template, codes: Codes, fonts: Measure
) -> tuple[tuple[Page, ...], tuple[float, float]]:
    """Return the pages of all copies and the size of the paper, in points.

    Raises Refused(DOCUMENT_BROKEN | GLYPH_MISSING).
    """
    filling = fill(slip, template, codes)
    paper = paper_of(slip, template)
    pages: list[Page] = []
    height = paper.height
    code = code_of(slip)
    for copy in range(max(1, len(template.copies))):
        sheet = Sheet(fonts, paper, running=running_head(slip, template))
        opening(sheet, slip, template)
        grid: list[Fact] = []  # facts that follow each other are one grid
        for block in template.blocks:
            if not filling.holds(block.when):
                continue
            if isinstance(block, CaseFacts):
                grid += case_facts(slip) if slip.has_case else []
                continue
            if isinstance(block, Facts):
                grid += _facts(slip, filling, block)
                continue
            sheet.facts(grid)
            grid = []
            _block(sheet, slip, filling, block)
        sheet.facts(grid)
        notes = [filling.say(phrase) for phrase, when in template.closing.notes if filling.holds(when)]
        if sheet.unwritten:
            named = "、".join(f"U+{ord(character):04X}" for character in sorted(sheet.unwritten))
            notes.append(Text(words.UNWRITTEN.zh.format(named), words.UNWRITTEN.en.format(named)))
        closing(sheet, slip, template, [note for note in notes if note.zh], code)
        if slip.specimen:
            sheet.mark_all(words.SPECIMEN.zh)
        pages += sheet.finish(lambda page, all_, copy=copy: footer(slip, template, page, all_, copy))  # type: ignore[misc]
        height = sheet.height
    return tuple(pages), (paper.width, height)


def _block(sheet: Sheet, slip: Slip, filling: Filling, block: _Running) -> None:
    match block:
        case Section():
            sheet.section(said(filling.say(block.title), slip).replace("\n", " / "))
        case Table():
            _table(sheet, slip, filling, block)
        case Listing():
            for number, row in enumerate(filling.rows(block.of, block.rows), start=1):
                text = said(row.say(block.text), slip)
                sheet.paragraph(text, number=f"{number}. " if block.numbered else "")
        case Paragraphs():
            _paragraphs(sheet, slip, filling, block)
        case Big():
            sheet.skip(2 * MM)
            sheet.title(filling.say(block.text).zh, _BIG)
            sheet.skip(2 * MM)


def _facts(slip: Slip, filling: Filling, block: Facts) -> list[Fact]:
    found = []
    for line in block.facts:
        value = filling.say(line.value) if filling.holds(line.when) else None
        if value is not None and value.zh:
            found.append(Fact(said(line.label, slip), said(value, slip), line.wide))
    return found


def _table(sheet: Sheet, slip: Slip, filling: Filling, block: Table) -> None:
    columns = [Column(column.share / 100, said(column.head, slip)) for column in block.columns]
    rows = [
        [said(row.say(column.value), slip) or words.NOTHING for column in block.columns]
        for row in filling.rows(block.of, block.rows)
    ]
    if rows:
        sheet.table(columns, rows)


def _paragraphs(sheet: Sheet, slip: Slip, filling: Filling, block: Paragraphs) -> None:
    sheet.skip(0.8 * MM)
    texts = [filling.say(phrase) for phrase, when in block.texts if filling.holds(when)]
    for number, text in enumerate([text for text in texts if text.zh], start=1):
        sheet.paragraph(said(text, slip), number=f"{number}. " if block.numbered else "")
