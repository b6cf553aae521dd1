"""REF 不予受理通知书: why, on which legal basis, who is competent instead, and what the applicant can do (domain.md 2)."""

from __future__ import annotations

from workstation.domain.slip import Slip, SlipRefusal
from workstation.printing import words
from workstation.printing.sheet import Fact, Sheet
from workstation.printing.templates.frame import case_facts, closing, opening
from workstation.printing.templates.papers import paper_table

# Administrative Licence Law (2019): art. 31, 32, 38, 78; the codes are those of domain/approval.Reason.
_REASONS = {
    "not_required": ("申请事项依法不需要办理", "《中华人民共和国行政许可法》第三十二条第一款第（一）项"),
    "not_competent": (
        "申请事项依法不属于本机关职权范围",
        "《中华人民共和国行政许可法》第三十二条第一款第（二）项",
    ),
    "not_corrected": (
        "经一次性告知，申请人在规定期限内没有补正",
        "《中华人民共和国行政许可法》第三十二条第一款第（四）项、第（五）项",
    ),
    "false_papers": (
        "申请人隐瞒有关情况或者提供虚假材料",
        "《中华人民共和国行政许可法》第三十一条第一款、第七十八条",
    ),
}
# Administrative Reconsideration Law (2023) art. 20; Administrative Litigation Law (2017) art. 46.
_REMEDIES = (
    "不服本决定的，可以自收到本通知书之日起六十日内依法申请行政复议。",
    "也可以自收到本通知书之日起六个月内依法向人民法院提起行政诉讼。",
    "对窗口服务有意见的，可以当场向主管反映，或者拨打 12345 投诉。",
    "情况变化或者材料补齐后，可以重新提出申请。",
)


def lay_out(sheet: Sheet, slip: Slip) -> None:
    """Write the notice. Raises ValueError for a slip that carries no refusal."""
    if slip.refusal is None:
        raise ValueError(slip.serial)
    opening(sheet, slip)
    sheet.facts([*case_facts(slip), Fact("决定时间", words.moment(slip.refusal.decided_at))])
    sheet.section(f"不予受理事项 {len(slip.lines)} 项")
    for number, line in enumerate(slip.lines, start=1):
        sheet.paragraph(f"{line.name.zh}（{line.department.zh}）", number=f"{number}. ")
    _why(sheet, slip.refusal)
    paper_table(sheet, "材料处理情况", slip.papers)
    closing(sheet, slip, sentences=_REMEDIES, signer="申请人")


def _why(sheet: Sheet, refusal: SlipRefusal) -> None:
    reason, basis = _REASONS[refusal.reason]
    sheet.section("不予受理的理由和依据")
    sheet.paragraph(f"理由：{reason}。")
    sheet.paragraph(f"说明：{refusal.text}")
    sheet.paragraph(f"依据：{basis}。")
    if refusal.competent_body:
        sheet.paragraph(f"可向以下机关申请：{refusal.competent_body}。")
