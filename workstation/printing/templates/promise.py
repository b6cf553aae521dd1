"""COM 告知承诺书: the notice of the office, then the promise of the applicant (国办发〔2020〕42号).

The wording follows the parts that 42号 asks for: what is certified, the basis, the promise, liability, how it is checked. A
department's own form of words takes its place locally.
"""

from __future__ import annotations

from workstation.domain.slip import Slip
from workstation.printing.marks import MM
from workstation.printing.sheet import Column, Sheet
from workstation.printing.templates.frame import case_facts, closing, opening

_COLUMNS = (Column(0.07, "序号"), Column(0.93, "承诺代替的证明材料"))
_TOLD = (
    "证明的内容：上表材料所要证明的情况，属于办理本事项的条件。",
    "依据：国务院令第716号第七条至第十条；国办发〔2020〕42号（全面推行证明事项告知承诺制）；具体条款以当地公布为准。",
    "承诺的方式：书面，由申请人本人签字，当场提交；不愿承诺的，提交纸质材料，不影响办理。",
    "不实承诺的责任：查实后撤销决定，追回待遇，依法处理，并记入信用记录。",
    "核查的方式：部门信息核验、现场核查、事后抽查。",
)
_PROMISED = (
    "已知晓以上告知的全部内容；",
    "自身已符合办理条件，上表材料所要证明的情况属实；",
    "愿意配合核查，情况变化时及时说明；",
    "愿意承担不实承诺的责任；以上是真实的意思表示。",
)


def lay_out(sheet: Sheet, slip: Slip) -> None:
    """Write notice and promise."""
    opening(sheet, slip)
    sheet.facts(case_facts(slip))
    sheet.section(f"承诺事项 {len(slip.papers)} 项")
    sheet.table(_COLUMNS, [(str(number), paper.name.zh) for number, paper in enumerate(slip.papers, start=1)])
    sheet.skip(1 * MM)
    sheet.paragraph("用于事项：" + "、".join(line.name.zh for line in slip.lines))
    sheet.section("一、告知（受理窗口）")
    for number, said in enumerate(_TOLD, start=1):
        sheet.paragraph(said, number=f"{number}. ")
    sheet.section("二、承诺（申请人）")
    sheet.paragraph("申请人承诺：")
    for number, said in enumerate(_PROMISED, start=1):
        sheet.paragraph(said, number=f"{number}. ")
    closing(
        sheet,
        slip,
        sentences=("本承诺书签字后生效，一份随办件归档，一份交申请人。", "没有签字的，不能代替证明材料。"),
        signer="承诺人",
    )
