"""The words of a case: its status, where each item is, how it ended, what can be printed."""

from __future__ import annotations

from collections.abc import Mapping

from wire.messages import ResultCode, SubCaseState
from wire.procedures import DayUnit, ProcedureKind
from workstation.domain.case import CaseStatus
from workstation.domain.slip import SlipKind
from workstation.ui.language import QT_TRANSLATE_NOOP, translate


def status(code: CaseStatus) -> str:
    """Name the status of a case; receipt and acceptance are never the same word."""
    return translate("CaseStatus", _STATUSES[code])


def sub_case(code: SubCaseState) -> str:
    """Say where one item of a case is."""
    return translate("SubCaseState", _STATES[code])


def result(code: ResultCode) -> str:
    """Say how an item ended."""
    return translate("ResultCode", _RESULTS[code])


def procedure(code: ProcedureKind) -> str:
    """Name a special procedure (特别程序)."""
    return translate("ProcedureKind", _PROCEDURES[code])


def days(count: int, unit: DayUnit) -> str:
    """Say how many days of which kind."""
    return translate("DayUnit", _UNITS[unit]).format(count)


def slip(code: SlipKind) -> str:
    """Name a sheet."""
    return translate("SlipKind", _SLIPS[code])


_STATUSES: Mapping[CaseStatus, str] = {
    CaseStatus.RECEIVED: QT_TRANSLATE_NOOP("CaseStatus", "已收件"),
    CaseStatus.ACCEPTED: QT_TRANSLATE_NOOP("CaseStatus", "已受理"),
    CaseStatus.DISPATCHED: QT_TRANSLATE_NOOP("CaseStatus", "办理中"),
    CaseStatus.DECIDED: QT_TRANSLATE_NOOP("CaseStatus", "已办结"),
    CaseStatus.DELIVERED: QT_TRANSLATE_NOOP("CaseStatus", "已领取"),
    CaseStatus.NOT_ACCEPTED: QT_TRANSLATE_NOOP("CaseStatus", "不予受理"),
    CaseStatus.VOIDED: QT_TRANSLATE_NOOP("CaseStatus", "已作废"),
}

_STATES: Mapping[SubCaseState, str] = {
    SubCaseState.WAITING: QT_TRANSLATE_NOOP("SubCaseState", "等前项办结"),
    SubCaseState.DISPATCHED: QT_TRANSLATE_NOOP("SubCaseState", "已送部门"),
    SubCaseState.IN_REVIEW: QT_TRANSLATE_NOOP("SubCaseState", "审核中"),
    SubCaseState.DECIDED: QT_TRANSLATE_NOOP("SubCaseState", "已办结"),
}

_RESULTS: Mapping[ResultCode, str] = {
    ResultCode.GRANTED: QT_TRANSLATE_NOOP("ResultCode", "准予办理"),
    ResultCode.DENIED: QT_TRANSLATE_NOOP("ResultCode", "不予办理"),
    ResultCode.VOIDED: QT_TRANSLATE_NOOP("ResultCode", "作废"),
    ResultCode.FORWARDED: QT_TRANSLATE_NOOP("ResultCode", "转报上级"),
    ResultCode.WITHDRAWN: QT_TRANSLATE_NOOP("ResultCode", "申请人撤回"),
    ResultCode.RETURNED: QT_TRANSLATE_NOOP("ResultCode", "退件"),
}

_SLIPS: Mapping[SlipKind, str] = {
    SlipKind.RECEIPT: QT_TRANSLATE_NOOP("SlipKind", "收件凭证"),
    SlipKind.ACCEPTANCE: QT_TRANSLATE_NOOP("SlipKind", "受理通知书"),
    SlipKind.RESULT: QT_TRANSLATE_NOOP("SlipKind", "结果单"),
    SlipKind.VERIFICATION: QT_TRANSLATE_NOOP("SlipKind", "核验结果单"),
    SlipKind.PROMISE: QT_TRANSLATE_NOOP("SlipKind", "告知承诺书"),
    SlipKind.DISPUTE: QT_TRANSLATE_NOOP("SlipKind", "核验异议单"),
    SlipKind.REFUSAL: QT_TRANSLATE_NOOP("SlipKind", "不予受理通知书"),
    SlipKind.CORRECTION: QT_TRANSLATE_NOOP("SlipKind", "补正告知书"),
    SlipKind.CORRECTED: QT_TRANSLATE_NOOP("SlipKind", "补正材料接收通知"),
    SlipKind.RETURN: QT_TRANSLATE_NOOP("SlipKind", "退件通知书"),
    SlipKind.ONE_TIME_NOTICE: QT_TRANSLATE_NOOP("SlipKind", "一次性告知单"),
    SlipKind.TOLERANCE: QT_TRANSLATE_NOOP("SlipKind", "容缺受理通知书"),
    SlipKind.TOLERANCE_PROMISE: QT_TRANSLATE_NOOP("SlipKind", "容缺受理承诺书"),
    SlipKind.SPECIAL_PROCEDURE: QT_TRANSLATE_NOOP("SlipKind", "特别程序期限告知书"),
    SlipKind.EXTENSION: QT_TRANSLATE_NOOP("SlipKind", "延长办理期限通知书"),
    SlipKind.TRANSFER: QT_TRANSLATE_NOOP("SlipKind", "物料流转凭证"),
    SlipKind.DECISION: QT_TRANSLATE_NOOP("SlipKind", "准予办理决定书"),
    SlipKind.DENIAL: QT_TRANSLATE_NOOP("SlipKind", "不予办理决定书"),
    SlipKind.DELIVERY: QT_TRANSLATE_NOOP("SlipKind", "送达回证"),
    SlipKind.PICKUP: QT_TRANSLATE_NOOP("SlipKind", "取件凭证"),
    SlipKind.PAYMENT: QT_TRANSLATE_NOOP("SlipKind", "缴费通知单"),
    SlipKind.POWER_OF_ATTORNEY: QT_TRANSLATE_NOOP("SlipKind", "授权委托书"),
    SlipKind.PROXY: QT_TRANSLATE_NOOP("SlipKind", "帮办代办单"),
    SlipKind.WHERE_TO_GO: QT_TRANSLATE_NOOP("SlipKind", "办理去向告知单"),
    SlipKind.TICKET: QT_TRANSLATE_NOOP("SlipKind", "排队号票"),
}

_PROCEDURES: Mapping[ProcedureKind, str] = {
    ProcedureKind.HEARING: QT_TRANSLATE_NOOP("ProcedureKind", "听证"),
    ProcedureKind.INSPECTION: QT_TRANSLATE_NOOP("ProcedureKind", "检验"),
    ProcedureKind.TESTING: QT_TRANSLATE_NOOP("ProcedureKind", "检测"),
    ProcedureKind.QUARANTINE: QT_TRANSLATE_NOOP("ProcedureKind", "检疫"),
    ProcedureKind.APPRAISAL: QT_TRANSLATE_NOOP("ProcedureKind", "鉴定"),
    ProcedureKind.EXPERT_REVIEW: QT_TRANSLATE_NOOP("ProcedureKind", "专家评审"),
    ProcedureKind.TENDER: QT_TRANSLATE_NOOP("ProcedureKind", "招标、拍卖"),
    ProcedureKind.OTHER: QT_TRANSLATE_NOOP("ProcedureKind", "其他"),
}

_UNITS: Mapping[DayUnit, str] = {
    DayUnit.WORKING: QT_TRANSLATE_NOOP("DayUnit", "{0} 个工作日"),
    DayUnit.NATURAL: QT_TRANSLATE_NOOP("DayUnit", "{0} 个自然日"),
}
