"""The words of the paper: titles, results, how a paper was handled, dates as a citizen reads them."""

from __future__ import annotations

from datetime import date, datetime

from wire.messages import MaterialHow, Outcome, ResultCode
from workstation.domain.counter_time import COUNTER_ZONE
from workstation.domain.slip import SlipKind

PRODUCT = "一窗工作站"

TITLES = {
    SlipKind.RECEIPT: "收件凭证",
    SlipKind.ACCEPTANCE: "受理通知书",
    SlipKind.RESULT: "结果单",
    SlipKind.VERIFICATION: "核验结果单",
    SlipKind.PROMISE: "告知承诺书",
    SlipKind.DISPUTE: "核验异议单",
    SlipKind.REFUSAL: "不予受理通知书",
}

RESULTS = {
    ResultCode.GRANTED: "准予办理",
    ResultCode.DENIED: "不予办理",
    ResultCode.VOIDED: "作废",
    ResultCode.FORWARDED: "转报上级",
    ResultCode.WITHDRAWN: "申请人撤回",
    ResultCode.RETURNED: "退件",
}

HANDLED = {
    MaterialHow.REPLACED_BY_CARD: "免交，读卡核验",
    MaterialHow.REPLACED_BY_VERIFICATION: "免交，部门核验",
    MaterialHow.ORIGINAL_SEEN: "已核对原件",
    MaterialHow.SCANNED: "已收扫描件",
    MaterialHow.TOLERATED: "容缺，限期补交",
    MaterialHow.COMMITTED: "告知承诺，免交",
    MaterialHow.PENDING: "等待部门答复",
    MaterialHow.MISSING: "未交",
}

SAVED = frozenset({MaterialHow.REPLACED_BY_CARD, MaterialHow.REPLACED_BY_VERIFICATION})

OUTCOMES = {
    Outcome.MATCH: "一致",
    Outcome.NO_MATCH: "不一致",
    Outcome.RECORD_FOUND: "有登记记录",
    # A register that has nothing has said nothing about the person's life (domain.md 4.1).
    Outcome.NO_RECORD: "未查到登记记录（不等于没有）",
    Outcome.CONFLICT: "登记信息之间有矛盾，待部门核实",
    Outcome.UNAVAILABLE: "部门系统暂不可用，没有结果",
    Outcome.DENIED: "部门没有提供",
    Outcome.EXPIRED: "结果已过有效期，需要重新核验",
    Outcome.PENDING: "部门尚未答复",
}

NO_RECEIPT_NUMBER = "收件后生成"
NO_PROJECT_NUMBER = "大厅登记后生成"
NOTHING = "—"


def day(iso: str) -> str:
    """Write an ISO date as 2026年1月5日; nothing stays a dash."""
    if not iso:
        return NOTHING
    written = date.fromisoformat(iso)
    return f"{written.year}年{written.month}月{written.day}日"


def moment(at: datetime) -> str:
    """Write a time in Beijing time as 2026年1月5日 09:30."""
    local = at.astimezone(COUNTER_ZONE)
    return f"{day(local.date().isoformat())} {local:%H:%M}"
