"""The words for the audit trail: deeds, how the chain stands with the hall, alarms."""

from __future__ import annotations

from collections.abc import Mapping

from wire.messages import Outcome
from workstation.domain.approval import ProposalKind, Reason
from workstation.domain.audit import Standing
from workstation.domain.clerk import NO_WINDOW, Deed
from workstation.domain.slip import SlipKind
from workstation.ui.language import QT_TRANSLATE_NOOP, translate
from workstation.ui.words.cases import slip
from workstation.ui.words.printing import sheet_note
from workstation.ui.words.second_person import proposal_kind, reason
from workstation.ui.words.talk import outcome


def deed(code: Deed) -> str:
    """Name a deed; one that a later version wrote keeps its code."""
    return translate("Deed", _DEEDS[code]) if code in _DEEDS else code.value


def note(code: Deed, said: str) -> str:
    """Say what the note of a deed tells; what is no code of ours stays as it was written."""
    told = said
    match code, said.split(" "):
        case _ if (code, said) in _NOTES:
            told = translate("AuditNote", _NOTES[code, said])
        case Deed.SIGNED_IN, ["window", window, how] if how in _HOW:
            told = translate("AuditNote", _HOW[how])
            if window != NO_WINDOW:
                told = translate("AuditNote", "{0} 号窗口，{1}").format(window, told)
        case ((Deed.PRINTED | Deed.SHEET_SETTLED | Deed.SHEET_SAVED), [serial, what]):
            told = sheet_note(serial, what)
        case Deed.QUEUE_MOVED, [ticket, what] if what in _QUEUE:
            told = translate("AuditNote", "{0}，{1}").format(ticket, translate("AuditNote", _QUEUE[what]))
        case Deed.LOOKED_UP, ["draft", kind] if kind in set(SlipKind):
            told = translate("AuditNote", "打印前看{0}").format(slip(SlipKind(kind)))
        case Deed.LOOKED_UP, ["search", by, found] if by in _BY:
            told = translate("AuditNote", "{0}，找到 {1} 件").format(translate("AuditNote", _BY[by]), found)
        case ((Deed.VERIFIED | Deed.ASKED_AGAIN), [answer, *rest]) if answer in set(Outcome):
            told = " ".join([outcome(Outcome(answer)), *rest])
        case _, [proposal, kind, why] if kind in set(ProposalKind) and why in set(Reason):
            told = f"{proposal_kind(ProposalKind(kind))} · {reason(Reason(why))} · {proposal}"
    return told


def standing(code: Standing) -> str:
    """Say in a few characters how the chain stands with the hall."""
    return translate("Standing", _STANDINGS[code])


def standing_detail(code: Standing) -> str:
    """Say what that means and what to do."""
    return translate("StandingDetail", _STANDING_DETAILS[code])


def alarm(kind: str) -> str:
    """Say what was odd about a look-up; a kind that a newer hall tells keeps its code."""
    return translate("Alarm", _ALARMS[kind]) if kind in _ALARMS else kind


# fmt: off
_DEEDS: Mapping[Deed, str] = {
    Deed.SIGNED_IN: QT_TRANSLATE_NOOP("Deed", "登录"),
    Deed.SIGNED_OUT: QT_TRANSLATE_NOOP("Deed", "退出"),
    Deed.SIGN_IN_FAILED: QT_TRANSLATE_NOOP("Deed", "登录没有成功"),
    Deed.ENROLLED: QT_TRANSLATE_NOOP("Deed", "工位登记"),
    Deed.CARD_READ: QT_TRANSLATE_NOOP("Deed", "读卡"),
    Deed.PERSON_TYPED: QT_TRANSLATE_NOOP("Deed", "手工录入办事人"),
    Deed.REUSED: QT_TRANSLATE_NOOP("Deed", "沿用以前的内容"),
    Deed.REVEALED: QT_TRANSLATE_NOOP("Deed", "查看完整信息"),
    Deed.VISIT_OPENED: QT_TRANSLATE_NOOP("Deed", "选择事项"),
    Deed.VISIT_DROPPED: QT_TRANSLATE_NOOP("Deed", "删除草稿"),
    Deed.ASKED: QT_TRANSLATE_NOOP("Deed", "发出核验"),
    Deed.VERIFIED: QT_TRANSLATE_NOOP("Deed", "信息核验"),
    Deed.CHANGED_TRUSTED_VALUE: QT_TRANSLATE_NOOP("Deed", "改动卡片或核验内容"),
    Deed.RECEIVED: QT_TRANSLATE_NOOP("Deed", "收件"),
    Deed.ACCEPTED: QT_TRANSLATE_NOOP("Deed", "受理"),
    Deed.CHANGE_TAKEN: QT_TRANSLATE_NOOP("Deed", "收到大厅消息"),
    Deed.PRINTED: QT_TRANSLATE_NOOP("Deed", "打印"),
    Deed.LOOKED_UP: QT_TRANSLATE_NOOP("Deed", "查看办件"),
    Deed.PAPER_SEEN: QT_TRANSLATE_NOOP("Deed", "看原件"),
    Deed.SCAN_TAKEN: QT_TRANSLATE_NOOP("Deed", "收下扫描件"),
    Deed.AUDIT_READ: QT_TRANSLATE_NOOP("Deed", "查看留痕"),
    Deed.AUDIT_EXPORTED: QT_TRANSLATE_NOOP("Deed", "导出留痕"),
    Deed.DEVICE_CONFIRMED: QT_TRANSLATE_NOOP("Deed", "大厅确认本工位"),
    Deed.KEY_ROTATED: QT_TRANSLATE_NOOP("Deed", "更换设备密钥"),
    Deed.SHUT_OUT: QT_TRANSLATE_NOOP("Deed", "大厅停用本工位"),
    Deed.AUDIT_REFUSED: QT_TRANSLATE_NOOP("Deed", "大厅不认留痕"),
    Deed.PURGED: QT_TRANSLATE_NOOP("Deed", "到期销毁"),
    Deed.KEY_WRAPPED: QT_TRANSLATE_NOOP("Deed", "密钥托管"),
    Deed.KEY_RECOVERED: QT_TRANSLATE_NOOP("Deed", "找回密钥"),
    Deed.NOTICE_GIVEN: QT_TRANSLATE_NOOP("Deed", "查询告知"),
    Deed.CONSENTED: QT_TRANSLATE_NOOP("Deed", "同意查询"),
    Deed.DISPUTED: QT_TRANSLATE_NOOP("Deed", "提出异议"),
    Deed.PROMISE_PRINTED: QT_TRANSLATE_NOOP("Deed", "打印承诺书"),
    Deed.COMMITTED: QT_TRANSLATE_NOOP("Deed", "告知承诺"),
    Deed.LEFT_PENDING: QT_TRANSLATE_NOOP("Deed", "等部门答复"),
    Deed.ASKED_AGAIN: QT_TRANSLATE_NOOP("Deed", "自动复核"),
    Deed.PAPER_BROUGHT: QT_TRANSLATE_NOOP("Deed", "补看材料"),
    Deed.LOCKED: QT_TRANSLATE_NOOP("Deed", "锁定工位"),
    Deed.RESUMED: QT_TRANSLATE_NOOP("Deed", "解锁工位"),
    Deed.STAFF_TAKEN: QT_TRANSLATE_NOOP("Deed", "收到账号名单"),
    Deed.DIAGNOSED: QT_TRANSLATE_NOOP("Deed", "诊断读卡器"),
    Deed.PROPOSED: QT_TRANSLATE_NOOP("Deed", "提请会签"),
    Deed.APPROVED: QT_TRANSLATE_NOOP("Deed", "会签"),
    Deed.DECLINED: QT_TRANSLATE_NOOP("Deed", "不同意会签"),
    Deed.PROPOSAL_ENDED: QT_TRANSLATE_NOOP("Deed", "提请撤回或失效"),
    Deed.NOT_ACCEPTED: QT_TRANSLATE_NOOP("Deed", "不予受理"),
    Deed.TOLERATED: QT_TRANSLATE_NOOP("Deed", "容缺"),
    Deed.VOIDED: QT_TRANSLATE_NOOP("Deed", "作废"),
    Deed.REOPENED: QT_TRANSLATE_NOOP("Deed", "恢复办理"),
    Deed.HALL_RESTORED: QT_TRANSLATE_NOOP("Deed", "大厅恢复过，重新上报"),
    Deed.HALL_BEHIND: QT_TRANSLATE_NOOP("Deed", "大厅缺已签结果，保留本机的"),
    Deed.SNAPSHOT_TAKEN: QT_TRANSLATE_NOOP("Deed", "整体核对大厅办件"),
    Deed.REENROLLED: QT_TRANSLATE_NOOP("Deed", "工位重新登记"),
    Deed.STEP_RETRIED: QT_TRANSLATE_NOOP("Deed", "重发步骤"),
    Deed.STEP_SET_ASIDE: QT_TRANSLATE_NOOP("Deed", "采用大厅结果"),
    Deed.STICK_WRITTEN: QT_TRANSLATE_NOOP("Deed", "导出到 U 盘"),
    Deed.STICK_READ: QT_TRANSLATE_NOOP("Deed", "读取大厅回执"),
    Deed.LIMITS_TAKEN: QT_TRANSLATE_NOOP("Deed", "收到离线限制"),
    Deed.CALENDAR_SET: QT_TRANSLATE_NOOP("Deed", "改工作日表"),
    Deed.SCAN_SEEN: QT_TRANSLATE_NOOP("Deed", "查看扫描件"),
    Deed.CALENDAR_SIGNED: QT_TRANSLATE_NOOP("Deed", "确认工作日表"),
    Deed.CALENDAR_TAKEN: QT_TRANSLATE_NOOP("Deed", "收到工作日表"),
    Deed.AGENCY_TAKEN: QT_TRANSLATE_NOOP("Deed", "登记代办"),
    Deed.FORWARDED: QT_TRANSLATE_NOOP("Deed", "转送受理单位"),
    Deed.PAPERS_TAKEN: QT_TRANSLATE_NOOP("Deed", "接收材料"),
    Deed.ROUTE_PRINTED: QT_TRANSLATE_NOOP("Deed", "打印办理指引"),
    Deed.DELIVERY_ORDERED: QT_TRANSLATE_NOOP("Deed", "安排寄送或入柜"),
    Deed.DELIVERY_RECALLED: QT_TRANSLATE_NOOP("Deed", "召回结果"),
    Deed.HANDED_OUT: QT_TRANSLATE_NOOP("Deed", "交付结果"),
    Deed.CORRECTION_ASKED: QT_TRANSLATE_NOOP("Deed", "补正告知"),
    Deed.CORRECTION_TAKEN: QT_TRANSLATE_NOOP("Deed", "收到补正"),
    Deed.WITHDRAWN: QT_TRANSLATE_NOOP("Deed", "申请人撤回"),
    Deed.AMENDED: QT_TRANSLATE_NOOP("Deed", "更正收件"),
    Deed.RETURNED: QT_TRANSLATE_NOOP("Deed", "退件"),
    Deed.GAPS_TOLD: QT_TRANSLATE_NOOP("Deed", "一次性告知"),
    Deed.REMINDED: QT_TRANSLATE_NOOP("Deed", "补正期限提醒"),
    Deed.EVALUATION_INVITED: QT_TRANSLATE_NOOP("Deed", "邀请评价"),
    Deed.EVALUATION_ENDED: QT_TRANSLATE_NOOP("Deed", "评价结束"),
    Deed.REVIEWS_READ: QT_TRANSLATE_NOOP("Deed", "查看差评"),
    Deed.REVIEW_HANDLED: QT_TRANSLATE_NOOP("Deed", "处理差评"),
    Deed.SLIP_VOIDED: QT_TRANSLATE_NOOP("Deed", "单据作废"),
    Deed.SLIP_CHECKED: QT_TRANSLATE_NOOP("Deed", "核对单据"),
    Deed.BOARD_SEEN: QT_TRANSLATE_NOOP("Deed", "查看大厅看板"),
    Deed.REPORT_EXPORTED: QT_TRANSLATE_NOOP("Deed", "导出报表"),
    Deed.SHIFT_HANDED_OVER: QT_TRANSLATE_NOOP("Deed", "日结交班"),
    Deed.SHIFT_SIGNED: QT_TRANSLATE_NOOP("Deed", "交接会签"),
    Deed.SHIFT_TAKEN: QT_TRANSLATE_NOOP("Deed", "接班确认"),
    Deed.SHEET_SETTLED: QT_TRANSLATE_NOOP("Deed", "单子出纸或作废"),
    Deed.SHEET_SAVED: QT_TRANSLATE_NOOP("Deed", "单子另存为文件"),
    Deed.BATCH_MOVED: QT_TRANSLATE_NOOP("Deed", "成批打印"),
    Deed.QUEUE_MOVED: QT_TRANSLATE_NOOP("Deed", "取号叫号"),
}

_QUEUE: Mapping[str, str] = {
    "taken": QT_TRANSLATE_NOOP("AuditNote", "取号"),
    "call": QT_TRANSLATE_NOOP("AuditNote", "叫号"),
    "recall": QT_TRANSLATE_NOOP("AuditNote", "再叫一遍"),
    "miss": QT_TRANSLATE_NOOP("AuditNote", "过号"),
    "serve": QT_TRANSLATE_NOOP("AuditNote", "办完"),
    "leave": QT_TRANSLATE_NOOP("AuditNote", "走了"),
}

# What a note says in a code of its own, by its deed; ids and numbers in a note stay as they are.
_NOTES: Mapping[tuple[Deed, str], str] = {
    (Deed.LOCKED, "asked"): QT_TRANSLATE_NOOP("AuditNote", "本人锁定"),
    (Deed.LOCKED, "idle"): QT_TRANSLATE_NOOP("AuditNote", "久未操作"),
    (Deed.LOCKED, "card"): QT_TRANSLATE_NOOP("AuditNote", "操作员卡取走"),
    (Deed.LOCKED, "suspended"): QT_TRANSLATE_NOOP("AuditNote", "电脑休眠"),
    (Deed.RESUMED, "password"): QT_TRANSLATE_NOOP("AuditNote", "用密码"),
    (Deed.RESUMED, "card"): QT_TRANSLATE_NOOP("AuditNote", "用操作员卡"),
    (Deed.SIGNED_OUT, "somebody else signed in"): QT_TRANSLATE_NOOP("AuditNote", "换人登录"),
    (Deed.SIGNED_OUT, "account ended"): QT_TRANSLATE_NOOP("AuditNote", "账号停用"),
    (Deed.REVEALED, "person"): QT_TRANSLATE_NOOP("AuditNote", "姓名和号码"),
    (Deed.CARD_READ, "another person"): QT_TRANSLATE_NOOP("AuditNote", "不是办事人的卡"),
}
_HOW: Mapping[str, str] = {
    "password": QT_TRANSLATE_NOOP("AuditNote", "用密码"),
    "card": QT_TRANSLATE_NOOP("AuditNote", "用密码和操作员卡"),
}
_BY: Mapping[str, str] = {
    "name": QT_TRANSLATE_NOOP("AuditNote", "按姓名查找"),
    "initials": QT_TRANSLATE_NOOP("AuditNote", "按拼音首字母查找"),
    "number": QT_TRANSLATE_NOOP("AuditNote", "按号码查找"),
    "slip": QT_TRANSLATE_NOOP("AuditNote", "按单据查找"),
}

_STANDINGS: Mapping[Standing, str] = {
    Standing.GOOD: QT_TRANSLATE_NOOP("Standing", "大厅已签"),
    Standing.LATE: QT_TRANSLATE_NOOP("Standing", "大厅久未签"),
    Standing.STOPPED: QT_TRANSLATE_NOOP("Standing", "未签超时，已停办"),
    Standing.REFUSED: QT_TRANSLATE_NOOP("Standing", "大厅不认"),
}

_STANDING_DETAILS: Mapping[Standing, str] = {
    Standing.GOOD: QT_TRANSLATE_NOOP("StandingDetail", "签过的改动一处都能查出来；没签的几条只有本机作证。"),
    Standing.LATE: QT_TRANSLATE_NOOP("StandingDetail", "没签的只有本机作证。检查网络，连上大厅后自动补签。"),
    Standing.STOPPED: QT_TRANSLATE_NOOP("StandingDetail", "按规定停止收件和受理，连上大厅、签名后自动恢复。"),
    Standing.REFUSED: QT_TRANSLATE_NOOP("StandingDetail", "现在的留痕和大厅签过的对不上。保留现场，用 main.py audit verify 查哪里被改。"),
}

_ALARMS: Mapping[str, str] = {
    "self": QT_TRANSLATE_NOOP("Alarm", "查询本人"),
    "relative": QT_TRANSLATE_NOOP("Alarm", "查询同姓同住址的人"),
    "volume": QT_TRANSLATE_NOOP("Alarm", "查询量异常"),
    "limit": QT_TRANSLATE_NOOP("Alarm", "超过查询限额"),
    "review_overdue": QT_TRANSLATE_NOOP("Alarm", "差评逾期未办结"),
    "deemed": QT_TRANSLATE_NOOP("Alarm", "五个工作日没有告知，视为受理"),
    "deemed_corrected": QT_TRANSLATE_NOOP("Alarm", "按时受理的消息晚到，视为受理已更正"),
}
# fmt: on
