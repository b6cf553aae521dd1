"""FIN 结果单: one sheet for all items of a joint case, with the ledger of papers saved (domain.md 2)."""

from __future__ import annotations

from collections.abc import Sequence

from wire.messages import MaterialHow, ResultCode
from workstation.domain.slip import Slip, SlipLine
from workstation.printing import words
from workstation.printing.sheet import Column, Sheet
from workstation.printing.templates.frame import case_facts, closing, opening
from workstation.printing.templates.papers import saved_table

_COLUMNS = (
    Column(0.18, "事项"),
    Column(0.12, "部门"),
    Column(0.16, "结果"),
    Column(0.38, "证照名称及编号"),  # an e-licence number fits into two lines
    Column(0.16, "办结日期"),
)
_SHORT = 24  # characters that a cell of the table holds well; a longer reasoning gets the whole width
_NOTICES = (
    "扫码核验可以确认本单由大厅签发，以及各事项的结果；核验以大厅记录为准。",
    "领取人在签字前核对姓名、证照名称及编号。对结果有异议的，向作出决定的部门提出，也可以依法申请行政复议或者提起行政诉讼。",
)


def lay_out(sheet: Sheet, slip: Slip) -> None:
    """Write the result slip."""
    opening(sheet, slip)
    sheet.facts(case_facts(slip))
    sheet.section(f"办理结果 {len(slip.lines)} 项")
    sheet.table(_COLUMNS, [_row(line) for line in slip.lines])
    _reasons(sheet, slip.lines)
    saved = [paper for paper in slip.papers if MaterialHow(paper.how) in words.SAVED]
    if saved:
        saved_table(sheet, slip.papers_saved, saved)
    closing(sheet, slip, sentences=_NOTICES, signer="领取人")


def _reasons(sheet: Sheet, lines: Sequence[SlipLine]) -> None:
    long = [line for line in lines if len(line.result_text) > _SHORT]
    if long:
        sheet.section("决定说明")
    for line in long:
        sheet.paragraph(f"{line.name.zh}：{line.result_text}")


def _row(line: SlipLine) -> tuple[str, ...]:
    said = words.RESULTS[ResultCode(line.result)] if line.result else "办理中"
    short = line.result_text if len(line.result_text) <= _SHORT else ""
    # A department that begins with our word says it with its own ending: once is enough.
    result = short if short.startswith(said) else f"{said}\n{short}".strip()
    return (
        line.name.zh,
        line.department.zh,
        result,
        line.licence.replace(" ", "\n", 1) or words.NOTHING,  # the long number on lines of its own
        words.day(line.decided_at),
    )
