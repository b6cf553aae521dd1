"""ACC 受理通知书: the clock runs, and each item has a promised date (domain.md 2)."""

from __future__ import annotations

from workstation.domain.slip import Slip
from workstation.printing import words
from workstation.printing.sheet import Column, Sheet
from workstation.printing.templates.frame import case_facts, closing, opening
from workstation.printing.templates.papers import paper_table

_COLUMNS = (
    Column(0.07, "序号"),
    Column(0.46, "事项"),
    Column(0.25, "办理部门"),
    Column(0.22, "承诺办结日期"),
)
_NOTICES = (
    "以上事项已受理。承诺期限按工作日计算，从受理次日起算；依法不计入期限的时间另行书面告知。",
    "结果全部办结后，凭本通知书或者收件编号在窗口一次领取。本通知书遗失的，持有效身份证件在窗口补打。",
    "申请人对所提交材料和所填信息的真实性负责。",
)


def lay_out(sheet: Sheet, slip: Slip) -> None:
    """Write the notice of acceptance."""
    opening(sheet, slip)
    sheet.facts(case_facts(slip))
    sheet.section(f"受理事项 {len(slip.lines)} 项")
    sheet.table(
        _COLUMNS,
        [
            (str(number), line.name.zh, line.department.zh, words.day(line.promised_on))
            for number, line in enumerate(slip.lines, start=1)
        ],
    )
    paper_table(sheet, "材料清单", slip.papers)
    closing(sheet, slip, sentences=_NOTICES, signer="申请人")
