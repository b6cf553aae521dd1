"""The words of the work lists: their names, what an empty one means, conditions, days that are near or over."""

from __future__ import annotations

from collections.abc import Mapping

from workstation.domain.work_lists import ListKind
from workstation.ui.language import QT_TRANSLATE_NOOP, translate


def name(kind: ListKind) -> str:
    """Name a list."""
    return translate("ListKind", _NAMES[kind])


def tip(kind: ListKind) -> str:
    """Say what stands in a list."""
    return translate("ListTip", _TIPS[kind])


def nothing(kind: ListKind) -> tuple[str, str]:
    """Say that a list is empty, and what that means or what to do."""
    title, next_ = _NOTHING.get(kind, _NOTHING_HERE)
    return translate("ListEmpty", title), translate("ListEmpty", next_)


def days(back: int) -> str:
    """Say how far a condition looks back; 0 is however long."""
    return translate("ListDays", _DAYS[back])


DAYS = (0, 1, 7, 30)

_NAMES: Mapping[ListKind, str] = {
    ListKind.ALL: QT_TRANSLATE_NOOP("ListKind", "全部"),
    ListKind.DUE_TODAY: QT_TRANSLATE_NOOP("ListKind", "今天到期"),
    ListKind.OVERDUE: QT_TRANSLATE_NOOP("ListKind", "超期"),
    ListKind.OPEN: QT_TRANSLATE_NOOP("ListKind", "在办"),
    ListKind.TO_ACCEPT: QT_TRANSLATE_NOOP("ListKind", "待受理"),
    ListKind.TO_CORRECT: QT_TRANSLATE_NOOP("ListKind", "待补正"),
    ListKind.TO_SIGN: QT_TRANSLATE_NOOP("ListKind", "待会签"),
    ListKind.TO_REPLACE: QT_TRANSLATE_NOOP("ListKind", "换临时单"),
    ListKind.CHECKS: QT_TRANSLATE_NOOP("ListKind", "等核验"),
    ListKind.RESULTS: QT_TRANSLATE_NOOP("ListKind", "全部结果"),
    ListKind.RESULTS_WAITING: QT_TRANSLATE_NOOP("ListKind", "待领取"),
}
_TIPS: Mapping[ListKind, str] = {
    ListKind.ALL: QT_TRANSLATE_NOOP("ListTip", "本工位的全部办件，新的在前"),
    ListKind.DUE_TODAY: QT_TRANSLATE_NOOP("ListTip", "承诺今天办结或补交、还没有完成的"),
    ListKind.OVERDUE: QT_TRANSLATE_NOOP("ListTip", "过了承诺日期还没有办结的，最早的在前"),
    ListKind.OPEN: QT_TRANSLATE_NOOP("ListTip", "还没有办结、退回或作废的"),
    ListKind.TO_ACCEPT: QT_TRANSLATE_NOOP(
        "ListTip", "已收件或已补齐、还没有受理的；五个工作日不答复视为受理"
    ),
    ListKind.TO_CORRECT: QT_TRANSLATE_NOOP("ListTip", "已告知补正、申请人还没有补齐的"),
    ListKind.TO_SIGN: QT_TRANSLATE_NOOP("ListTip", "提请了不予受理、容缺、作废或恢复办理，等第二人会签的"),
    ListKind.TO_REPLACE: QT_TRANSLATE_NOOP("ListTip", "群众手里是临时收件单，大厅已给编号，该换正式凭证的"),
    ListKind.CHECKS: QT_TRANSLATE_NOOP("ListTip", "部门还欠核验答复的，最急的在前"),
    ListKind.RESULTS: QT_TRANSLATE_NOOP("ListTip", "已办结的，新办结的在前"),
    ListKind.RESULTS_WAITING: QT_TRANSLATE_NOOP("ListTip", "已办结还没有领取的，等得最久的在前"),
}
_NOTHING_HERE = (
    QT_TRANSLATE_NOOP("ListEmpty", "这个清单是空的"),
    QT_TRANSLATE_NOOP("ListEmpty", "现在没有要办的。看全部办件，按 Alt+1。"),
)
_NOTHING: Mapping[ListKind, tuple[str, str]] = {
    ListKind.ALL: (
        QT_TRANSLATE_NOOP("ListEmpty", "还没有办件"),
        QT_TRANSLATE_NOOP("ListEmpty", "在“受理”里收件后会出现在这里，Ctrl+1。"),
    ),
    ListKind.RESULTS_WAITING: (
        QT_TRANSLATE_NOOP("ListEmpty", "还没有可出的结果"),
        QT_TRANSLATE_NOOP("ListEmpty", "各部门办结后会自动出现在这里。进展看“办件”，Ctrl+2。"),
    ),
}
_DAYS: Mapping[int, str] = {
    0: QT_TRANSLATE_NOOP("ListDays", "不限"),
    1: QT_TRANSLATE_NOOP("ListDays", "今天"),
    7: QT_TRANSLATE_NOOP("ListDays", "近 7 天"),
    30: QT_TRANSLATE_NOOP("ListDays", "近 30 天"),
}
