"""RCP 收件凭证: what the counter holds, and that holding it is not acceptance (domain.md 2)."""

from __future__ import annotations

from workstation.domain.slip import Slip
from workstation.printing.sheet import Sheet
from workstation.printing.templates.frame import case_facts, closing, opening
from workstation.printing.templates.papers import paper_table

_NOT_ACCEPTANCE = "本凭证不代表受理，只证明窗口已收到所列材料。"
# Administrative Licence Law art. 32 (4); "five days" are working days (art. 82).
_FIVE_DAYS = (
    "材料不齐全或者不符合法定形式的，窗口当场或者在五个工作日内一次性告知需要补正的全部内容；"
    "逾期不告知的，自收到材料之日起即为受理。"
)
_PROVISIONAL = "本凭证在网络中断时出具，为临时收件；网络恢复后由大厅登记并生成办件编号，收件编号不变。"
_KEEP = "请妥善保管本凭证，查询进度和领取结果时出示收件编号或者二维码。"


def lay_out(sheet: Sheet, slip: Slip) -> None:
    """Write the receipt."""
    opening(sheet, slip, provisional=slip.provisional)
    sheet.facts(case_facts(slip))
    sheet.section(f"申请事项 {len(slip.lines)} 项")
    for number, line in enumerate(slip.lines, start=1):
        sheet.paragraph(f"{line.name.zh}（{line.department.zh}）", number=f"{number}. ")
    paper_table(sheet, "材料清单", slip.papers)
    provisional = (_PROVISIONAL,) if slip.provisional else ()
    sentences = (_NOT_ACCEPTANCE, _FIVE_DAYS, *provisional, _KEEP)
    closing(sheet, slip, sentences=sentences, signer="申请人")
