"""The words of what needs two persons: what is proposed, why, and what a signature does."""

from __future__ import annotations

from collections.abc import Mapping

from workstation.domain.approval import ProposalKind, Reason
from workstation.ui.language import QT_TRANSLATE_NOOP, translate


def proposal_kind(code: ProposalKind) -> str:
    """Name what is proposed."""
    return translate("ProposalKind", _KINDS[code])


def proposal_effect(code: ProposalKind) -> str:
    """Say what happens once the second person has signed."""
    return translate("ProposalEffect", _EFFECTS[code])


def reason(code: Reason) -> str:
    """Say why, as the list of reasons has it."""
    return translate("Reason", _REASONS[code])


# fmt: off
_KINDS: Mapping[ProposalKind, str] = {
    ProposalKind.REFUSE: QT_TRANSLATE_NOOP("ProposalKind", "不予受理"),
    ProposalKind.TOLERATE: QT_TRANSLATE_NOOP("ProposalKind", "容缺"),
    ProposalKind.VOID: QT_TRANSLATE_NOOP("ProposalKind", "作废"),
    ProposalKind.REOPEN: QT_TRANSLATE_NOOP("ProposalKind", "恢复办理"),
    ProposalKind.RETURN: QT_TRANSLATE_NOOP("ProposalKind", "退件"),
    ProposalKind.AMEND: QT_TRANSLATE_NOOP("ProposalKind", "更正申请人信息"),
}

_EFFECTS: Mapping[ProposalKind, str] = {
    ProposalKind.REFUSE: QT_TRANSLATE_NOOP("ProposalEffect", "会签后办件改为“不予受理”，并打印通知书。"),
    ProposalKind.TOLERATE: QT_TRANSLATE_NOOP("ProposalEffect", "会签后这份材料可以限期补交，不再挡住受理。"),
    ProposalKind.VOID: QT_TRANSLATE_NOOP("ProposalEffect", "会签后这次收件作废，收件号保留，不再办理。"),
    ProposalKind.REOPEN: QT_TRANSLATE_NOOP("ProposalEffect", "会签后办件回到“已收件”，原收件号不变。"),
    ProposalKind.RETURN: QT_TRANSLATE_NOOP("ProposalEffect", "会签后办件退回，打印退件通知和退回材料清单。"),
    ProposalKind.AMEND: QT_TRANSLATE_NOOP("ProposalEffect", "会签后收件号不变、版本加一，原来打印的单据全部作废。"),
}

_REASONS: Mapping[Reason, str] = {
    Reason.NOT_REQUIRED: QT_TRANSLATE_NOOP("Reason", "依法不需要办理"),
    Reason.NOT_COMPETENT: QT_TRANSLATE_NOOP("Reason", "不归本机关管"),
    Reason.NOT_CORRECTED: QT_TRANSLATE_NOOP("Reason", "告知后逾期没有补正"),
    Reason.FALSE_PAPERS: QT_TRANSLATE_NOOP("Reason", "材料虚假"),
    Reason.SECONDARY_PAPER: QT_TRANSLATE_NOOP("Reason", "主要材料齐全，次要材料随后补交"),
    Reason.WRONG_PERSON: QT_TRANSLATE_NOOP("Reason", "收错了人"),
    Reason.WRONG_ITEM: QT_TRANSLATE_NOOP("Reason", "收错了事项"),
    Reason.TWICE: QT_TRANSLATE_NOOP("Reason", "重复收件"),
    Reason.DECIDED_BY_MISTAKE: QT_TRANSLATE_NOOP("Reason", "原处理有误"),
    Reason.OBSTACLE_GONE: QT_TRANSLATE_NOOP("Reason", "原来的障碍已经消除"),
    Reason.LIMIT_PASSED: QT_TRANSLATE_NOOP("Reason", "超过补正期限没有补正"),
    Reason.WRITTEN_WRONG: QT_TRANSLATE_NOOP("Reason", "收件时登记有误"),
}
# fmt: on
