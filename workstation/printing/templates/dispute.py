"""DIS 核验异议单: which answer the citizen says is wrong, in the citizen's words (个人信息保护法 art. 46)."""

from __future__ import annotations

from workstation.domain.slip import Slip
from workstation.printing.sheet import Sheet
from workstation.printing.templates.checks import check_table
from workstation.printing.templates.frame import case_facts, closing, opening

_NOTICES = (
    "本异议经大厅转送答复部门，由该部门核实后维持或者更正；结果在本件进展里答复申请人。",
    "核实期间本件不停，改按纸质材料办理；以后的核验以更正后的登记为准。",
    "申请人对所述情况的真实性负责。",
)


def lay_out(sheet: Sheet, slip: Slip) -> None:
    """Write the dispute."""
    opening(sheet, slip)
    sheet.facts(case_facts(slip))
    check_table(sheet, "有异议的核验", slip.checks)
    sheet.section("申请人的说明")
    sheet.paragraph(slip.statement)
    closing(sheet, slip, sentences=_NOTICES, signer="申请人")
