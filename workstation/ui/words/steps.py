"""The words of the steps after the receipt: what is wrong with a paper, flags of a case, and drafts of what the notice says."""

from __future__ import annotations

from collections.abc import Mapping

from wire.corrections import Defect
from workstation.domain.case import CaseFlag
from workstation.ui.language import QT_TRANSLATE_NOOP, translate


def defect(code: Defect) -> str:
    """Name what is wrong."""
    return translate("Defect", _DEFECTS[code])


def flag(code: CaseFlag) -> str:
    """Name a flag, short enough for a chip."""
    return translate("CaseFlag", _FLAGS[code])


def flag_detail(code: CaseFlag) -> str:
    """Say what a flag means."""
    return translate("CaseFlagDetail", _FLAG_DETAILS[code])


def draft_why(code: Defect) -> str:
    """Draft what is wrong, as it will stand on the notice: Chinese whatever the interface speaks, for the citizen reads it."""
    return _WHY[code]


def draft_how(code: Defect) -> str:
    """Draft how to mend it, in the same way."""
    return _HOW[code]


def draft_standard(originals: int, copies: int) -> str:
    """Draft what the paper has to be like, in the same way."""
    parts = [f"原件 {originals} 份"] if originals else []
    parts += [f"复印件 {copies} 份"] if copies else []
    return "、".join(parts) + "，内容完整，在有效期内" if parts else "内容完整，在有效期内"


# fmt: off
_DEFECTS: Mapping[Defect, str] = {
    Defect.MISSING: QT_TRANSLATE_NOOP("Defect", "没有提交"),
    Defect.INCOMPLETE: QT_TRANSLATE_NOOP("Defect", "内容不全"),
    Defect.UNCLEAR: QT_TRANSLATE_NOOP("Defect", "看不清"),
    Defect.EXPIRED: QT_TRANSLATE_NOOP("Defect", "过了有效期"),
    Defect.INCONSISTENT: QT_TRANSLATE_NOOP("Defect", "和其他材料不一致"),
    Defect.WRONG_FORM: QT_TRANSLATE_NOOP("Defect", "不符合法定形式"),
    Defect.UNSIGNED: QT_TRANSLATE_NOOP("Defect", "没有签名或盖章"),
}

_FLAGS: Mapping[CaseFlag, str] = {
    CaseFlag.TOLERANT: QT_TRANSLATE_NOOP("CaseFlag", "容缺"),
    CaseFlag.COMMITMENT: QT_TRANSLATE_NOOP("CaseFlag", "告知承诺"),
    CaseFlag.PROXY: QT_TRANSLATE_NOOP("CaseFlag", "代办"),
    CaseFlag.CROSS_REGION: QT_TRANSLATE_NOOP("CaseFlag", "通办"),
    CaseFlag.OFFLINE: QT_TRANSLATE_NOOP("CaseFlag", "离线收件"),
}

_FLAG_DETAILS: Mapping[CaseFlag, str] = {
    CaseFlag.TOLERANT: QT_TRANSLATE_NOOP("CaseFlagDetail", "有材料经两人同意限期补交"),
    CaseFlag.COMMITMENT: QT_TRANSLATE_NOOP("CaseFlagDetail", "有材料由申请人书面承诺代替"),
    CaseFlag.PROXY: QT_TRANSLATE_NOOP("CaseFlagDetail", "由代办员代为提交"),
    CaseFlag.CROSS_REGION: QT_TRANSLATE_NOOP("CaseFlagDetail", "本工位代别的窗口收件"),
    CaseFlag.OFFLINE: QT_TRANSLATE_NOOP("CaseFlagDetail", "收件时连不上大厅，用的临时号"),
}

_WHY: Mapping[Defect, str] = {
    Defect.MISSING: "没有提交",
    Defect.INCOMPLETE: "内容不全",
    Defect.UNCLEAR: "看不清",
    Defect.EXPIRED: "已过有效期",
    Defect.INCONSISTENT: "与其他材料不一致",
    Defect.WRONG_FORM: "不符合法定形式",
    Defect.UNSIGNED: "没有签名或者盖章",
}

_HOW: Mapping[Defect, str] = {
    Defect.MISSING: "带来窗口核对",
    Defect.INCOMPLETE: "补齐内容后重新提交",
    Defect.UNCLEAR: "重新提交清晰的一份",
    Defect.EXPIRED: "换成有效期内的一份",
    Defect.INCONSISTENT: "改正或者说明后重新提交",
    Defect.WRONG_FORM: "换成符合要求的一份",
    Defect.UNSIGNED: "签名或者盖章后重新提交",
}
# fmt: on
