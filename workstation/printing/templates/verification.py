"""VER 核验结果单: what departments answered, with numbers to look it up by and no raw data (domain.md 5.1)."""

from __future__ import annotations

from workstation.domain.slip import Slip
from workstation.printing.sheet import Sheet
from workstation.printing.templates.checks import check_table
from workstation.printing.templates.frame import case_facts, closing, opening

_NOTICES = (
    "本单只记载核验结论和编号，不记载登记内容；只用于本次申办，不作为任何证明使用。",
    "“未查到登记记录”只说明登记系统里没有查到，不说明事实有无；早年档案可能没有补录。",
    "认为结论不对的，可以当场提出异议，由窗口转送答复部门核实；核实期间按纸质材料办理。",
)


def lay_out(sheet: Sheet, slip: Slip) -> None:
    """Write the sheet of outcomes."""
    opening(sheet, slip)
    sheet.facts(case_facts(slip))
    check_table(sheet, "核验", slip.checks)
    closing(sheet, slip, sentences=_NOTICES, signer="申请人")
