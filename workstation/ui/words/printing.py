"""The words of paper: how far a sheet is, why it is no further, what became of it, how a batch stands."""

from __future__ import annotations

from collections.abc import Mapping

from workstation.domain.failures import Failure
from workstation.domain.sheet import BatchState, Fate, SpoolState, VoidReason
from workstation.domain.slip import Language
from workstation.services.print_views import SheetView
from workstation.ui.language import QT_TRANSLATE_NOOP, translate
from workstation.ui.words import failures


def standing(sheet: SheetView) -> str:
    """Say how a sheet stands: what a person said of it counts before what the printer said."""
    if sheet.fate is Fate.OUT:
        return translate("Sheet", "已出纸")
    if sheet.fate is Fate.VOID:
        return translate("Sheet", "作废：{0}").format(void_reason(sheet.why))
    said = translate("SpoolState", _STATES[sheet.state])
    why = reason(sheet.reason)
    return translate("Sheet", "{0}：{1}").format(said, why) if why else said


def number(reprint: int) -> str:
    """Say which print it is."""
    return translate("Sheet", "补打 {0}").format(reprint) if reprint else translate("Sheet", "首次")


def paper(name: str) -> str:
    """Name a paper; one that only a template knows keeps its letters."""
    return translate("Paper", _PAPERS[name]) if name in _PAPERS else name


def language(code: Language) -> str:
    """Say in which words a sheet is printed."""
    return translate("SheetLanguage", _LANGUAGES[code])


def reason(code: str) -> str:
    """Say why a sheet or a batch is no further; a keyword of a printer that we do not know stays as it is."""
    if code in _REASONS:
        return translate("PrintReason", _REASONS[code])
    if code in set(Failure):
        return failures.failure(Failure(code)).rstrip("。.")
    return code


def remedy(code: str) -> str:
    """Say what to do about it."""
    if code in set(Failure):
        return failures.remedy(Failure(code))
    return translate("PrintRemedy", _REMEDIES.get(code, _ANY_REMEDY))


def sheet_note(serial: str, what: str) -> str:
    """Say what the audit trail tells of a sheet: which print it is, or what somebody said became of it."""
    if what.isdigit() and int(what):
        return translate("AuditNote", "{0}，第 {1} 次补打").format(serial, what)
    if what in set(VoidReason):
        return translate("AuditNote", "{0}，作废：{1}").format(serial, void_reason(what))
    told = translate("AuditNote", _NOTES[what]) if what in _NOTES else what
    return translate("AuditNote", "{0}，{1}").format(serial, told)


def batch(code: BatchState) -> str:
    """Say how a batch stands."""
    return translate("BatchState", _BATCHES[code])


def void_reason(code: str) -> str:
    """Say why a sheet is void."""
    return translate("VoidReason", _VOID[VoidReason(code)]) if code in set(VoidReason) else code


# fmt: off
_STATES: Mapping[SpoolState, str] = {
    SpoolState.MADE: QT_TRANSLATE_NOOP("SpoolState", "没有送到打印机"),
    SpoolState.QUEUED: QT_TRANSLATE_NOOP("SpoolState", "排队等打印"),
    SpoolState.PRINTING: QT_TRANSLATE_NOOP("SpoolState", "正在打印"),
    SpoolState.STOPPED: QT_TRANSLATE_NOOP("SpoolState", "打印停住"),
    SpoolState.COMPLETED: QT_TRANSLATE_NOOP("SpoolState", "打完了，等确认出纸"),
    SpoolState.ABORTED: QT_TRANSLATE_NOOP("SpoolState", "打印中断"),
    SpoolState.CANCELLED: QT_TRANSLATE_NOOP("SpoolState", "已从打印机撤回"),
    SpoolState.LOST: QT_TRANSLATE_NOOP("SpoolState", "打印服务查不到了"),
}

_REASONS: Mapping[str, str] = {
    "": "",
    "media-jam": QT_TRANSLATE_NOOP("PrintReason", "卡纸"),
    "media-empty": QT_TRANSLATE_NOOP("PrintReason", "缺纸"),
    "media-needed": QT_TRANSLATE_NOOP("PrintReason", "缺纸"),
    "toner-empty": QT_TRANSLATE_NOOP("PrintReason", "没有碳粉"),
    "marker-supply-empty": QT_TRANSLATE_NOOP("PrintReason", "没有墨或碳粉"),
    "cover-open": QT_TRANSLATE_NOOP("PrintReason", "打印机盖开着"),
    "door-open": QT_TRANSLATE_NOOP("PrintReason", "打印机门开着"),
    "offline": QT_TRANSLATE_NOOP("PrintReason", "打印机没有联机"),
    "connecting-to-device": QT_TRANSLATE_NOOP("PrintReason", "正在连打印机"),
    "paused": QT_TRANSLATE_NOOP("PrintReason", "打印机已暂停"),
    "printer-stopped": QT_TRANSLATE_NOOP("PrintReason", "打印机已暂停"),
    "job-printing": "",
    "job-incoming": "",
    "job-hold-until-specified": QT_TRANSLATE_NOOP("PrintReason", "任务被挂起"),
    "job-completed-with-errors": QT_TRANSLATE_NOOP("PrintReason", "打印服务处理出错"),
    "aborted-by-system": QT_TRANSLATE_NOOP("PrintReason", "打印服务中断了任务"),
    "job-canceled-by-user": QT_TRANSLATE_NOOP("PrintReason", "有人取消了任务"),
    "job-unknown": QT_TRANSLATE_NOOP("PrintReason", "任务不在了，打印机可能已被删除"),
    "printer-removed": QT_TRANSLATE_NOOP("PrintReason", "打印机已被删除"),
    "by_person": QT_TRANSLATE_NOOP("PrintReason", "按了暂停"),
    "stopped": QT_TRANSLATE_NOOP("PrintReason", "打印停住"),
    "aborted": QT_TRANSLATE_NOOP("PrintReason", "打印中断"),
    "cancelled": QT_TRANSLATE_NOOP("PrintReason", "任务被取消"),
    "lost": QT_TRANSLATE_NOOP("PrintReason", "打印服务查不到任务"),
}

_REMEDIES: Mapping[str, str] = {
    "media-jam": QT_TRANSLATE_NOOP("PrintRemedy", "把卡住的纸取出来，在打印机上按恢复，再从没打好的那一张接着打。"),
    "media-empty": QT_TRANSLATE_NOOP("PrintRemedy", "加纸，打印机会自己接着打；不动就按恢复。"),
    "media-needed": QT_TRANSLATE_NOOP("PrintRemedy", "加纸，打印机会自己接着打；不动就按恢复。"),
    "cover-open": QT_TRANSLATE_NOOP("PrintRemedy", "关好盖子，打印机会自己接着打。"),
    "door-open": QT_TRANSLATE_NOOP("PrintRemedy", "关好门，打印机会自己接着打。"),
    "paused": QT_TRANSLATE_NOOP("PrintRemedy", "在打印机或打印服务里恢复，或换一台打印机。"),
    "job-unknown": QT_TRANSLATE_NOOP("PrintRemedy", "换一台打印机重打；可能已经出过纸的会标明补打。"),
    "printer-removed": QT_TRANSLATE_NOOP("PrintRemedy", "换一台打印机重打；可能已经出过纸的会标明补打。"),
    "by_person": QT_TRANSLATE_NOOP("PrintRemedy", "数一数出来的纸，再接着打或结束这一批。"),
}
_ANY_REMEDY = QT_TRANSLATE_NOOP("PrintRemedy", "看看打印机和出来的纸，再接着打，或换一台打印机。")

_PAPERS: Mapping[str, str] = {
    "a4": QT_TRANSLATE_NOOP("Paper", "A4"),
    "a5": QT_TRANSLATE_NOOP("Paper", "A5"),
    "roll80": QT_TRANSLATE_NOOP("Paper", "80 毫米卷纸"),
}

_LANGUAGES: Mapping[Language, str] = {
    Language.CHINESE: QT_TRANSLATE_NOOP("SheetLanguage", "中文"),
    Language.BOTH: QT_TRANSLATE_NOOP("SheetLanguage", "中英双语"),
}

_NOTES: Mapping[str, str] = {
    "0": QT_TRANSLATE_NOOP("AuditNote", "首次打印"),
    "again": QT_TRANSLATE_NOOP("AuditNote", "再次送打印"),
    "out": QT_TRANSLATE_NOOP("AuditNote", "已出纸"),
}

_BATCHES: Mapping[BatchState, str] = {
    BatchState.RUNNING: QT_TRANSLATE_NOOP("BatchState", "正在打印"),
    BatchState.HALTED: QT_TRANSLATE_NOOP("BatchState", "停住了"),
    BatchState.DONE: QT_TRANSLATE_NOOP("BatchState", "全部出纸"),
    BatchState.ENDED: QT_TRANSLATE_NOOP("BatchState", "已结束"),
}

_VOID: Mapping[VoidReason, str] = {
    VoidReason.JAMMED: QT_TRANSLATE_NOOP("VoidReason", "卡纸"),
    VoidReason.SPOILT: QT_TRANSLATE_NOOP("VoidReason", "打坏"),
    VoidReason.NEVER_PRINTED: QT_TRANSLATE_NOOP("VoidReason", "没有打印"),
    VoidReason.FORGOTTEN: QT_TRANSLATE_NOOP("VoidReason", "一直没人确认"),
}
# fmt: on
