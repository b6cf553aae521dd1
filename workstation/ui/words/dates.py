"""The words for days that are owed: lights, limits, and whose word counts where desk and hall differ."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from catalogue.model import Limit
from deadlines.course import Why
from deadlines.lights import Colour, Light
from wire.dates import DatesWhy
from workstation.domain.extension import Extension
from workstation.services.date_views import CaseDatesView, ItemDatesView
from workstation.services.views import CaseView, PromiseView, WhatIfView
from workstation.ui.language import QT_TRANSLATE_NOOP, translate
from workstation.ui.words.times import minute

# fmt: off
_LIMITS: Mapping[str, str] = {
    "workday": QT_TRANSLATE_NOOP("Limit", "{0} 个工作日"),
    "day": QT_TRANSLATE_NOOP("Limit", "{0} 个自然日"),
    "hour": QT_TRANSLATE_NOOP("Limit", "{0} 小时"),
    "minute": QT_TRANSLATE_NOOP("Limit", "{0} 分钟"),
    "month": QT_TRANSLATE_NOOP("Limit", "{0} 个月"),
}
_MOVED: Mapping[DatesWhy, str] = {
    DatesWhy.ACCEPTED: QT_TRANSLATE_NOOP("DatesWhy", "大厅受理登记时算的"),
    DatesWhy.PROCEDURE: QT_TRANSLATE_NOOP("DatesWhy", "因特别程序顺延"),
    DatesWhy.EXTENDED: QT_TRANSLATE_NOOP("DatesWhy", "因延长审批顺延"),
    DatesWhy.DECIDED: QT_TRANSLATE_NOOP("DatesWhy", "前一事项已办结，从那天起算"),
    DatesWhy.CALENDAR: QT_TRANSLATE_NOOP("DatesWhy", "大厅的工作日表加长后算的"),
}
_STOPPED: Mapping[Why, str] = {
    Why.PROCEDURE: QT_TRANSLATE_NOOP("Light", "停止计时"),
    Why.CORRECTION: QT_TRANSLATE_NOOP("Light", "等补正，停止计时"),
}
# fmt: on


def light(lit: Light, *, short: bool = False) -> str:
    """Say how near the day is, "" where nothing is owed. `short` says 日 for working days, where the tip says which."""
    if lit.colour is Colour.UNKNOWN:
        return ""
    if lit.colour is Colour.STOPPED:
        return translate("Light", _STOPPED[lit.why or Why.PROCEDURE])
    if lit.colour is Colour.RED:
        return _late(lit, short=short)
    if lit.days == 0:
        return translate("Light", "今天到期")
    if short:
        return translate("Light", "余 {0} 日").format(lit.days)
    left = translate("Light", "余 {0} 天") if lit.natural else translate("Light", "余 {0} 个工作日")
    return left.format(lit.days)


def _late(lit: Light, *, short: bool) -> str:
    if lit.days == 0:
        return translate("Light", "已超时")
    if short:
        return translate("Light", "超期 {0} 日").format(-lit.days)
    late = translate("Light", "超期 {0} 天") if lit.natural else translate("Light", "超期 {0} 个工作日")
    return late.format(-lit.days)


def longest_row() -> str:
    """Return as much as a row of a list has room for."""
    return "00-00 · " + translate("Light", "超期 {0} 日").format(30)


def limit(given: Limit) -> str:
    """Say a limit: 即办, or how many of what."""
    if given.n == 0:
        return translate("Limit", "即办")
    return translate("Limit", _LIMITS[given.unit]).format(given.n)


def full_day(on: date, today: date) -> str:
    """Write a day as it is said at the counter, with its year where that is not this year; English writes it in figures."""
    if on.year == today.year:
        return translate("Day", "{0} 月 {1} 日").format(on.month, on.day, on.isoformat())
    return translate("Day", "{0} 年 {1} 月 {2} 日").format(on.year, on.month, on.day, on.isoformat())


def moment(on: date, at: datetime | None) -> str:
    """Write a last day, or the minute of a limit in hours."""
    return minute(at) if at is not None else on.isoformat()


# -- what-if at the counter ---------------------------------------------------------------------------------
def whole(view: WhatIfView | None) -> str:
    """Say until when everything would be done."""
    if view is None:
        return ""
    if view.ended is not None:
        return translate("WhatIf", "工作日表没有 {0} 这一天，算不出").format(view.ended.isoformat())
    if view.due is None:
        return translate("WhatIf", "今天受理 → 没有约定期限")
    if view.due == view.today:
        return translate("WhatIf", "今天受理 → 当天办结")
    return translate("WhatIf", "今天受理 → 最迟 {0}办结").format(full_day(view.due, view.today))


def silence(view: WhatIfView | None) -> str:
    """Say until when somebody has to say what is missing (行政许可法 art. 32)."""
    if view is None or view.notice_on is None:
        return ""
    said = (
        translate("WhatIf", "已收件：最迟 {0}告知补正，过期视为受理")
        if view.received
        else translate("WhatIf", "今天收件：最迟 {0}告知补正，过期视为受理")
    )
    return said.format(full_day(view.notice_on, view.today))


def of_item(promise: PromiseView, today: date) -> str:
    """Say one item's day with its limit."""
    how_long = limit(promise.limit) if promise.limit is not None else ""
    if promise.due is None:
        return ""
    when = minute(promise.due_at) if promise.due_at is not None else full_day(promise.due, today)
    said = translate("WhatIf", "最迟 {0}").format(when)
    return translate("WhatIf", "{0} · {1}").format(said, how_long) if how_long else said


def by_law(promise: PromiseView) -> str:
    """Say the law's day, "" where there is none."""
    if promise.legal is None:
        return ""
    return translate("WhatIf", "法定最迟 {0}").format(promise.legal.isoformat())


# -- lists and the case page --------------------------------------------------------------------------------
def row(case: CaseView) -> str:
    """Say in a cell what is nearest of a case: the day and how near it is."""
    due, said = case.dates.due_on, light(case.dates.light, short=True)
    if due is None:
        return said
    return f"{due:%m-%d} · {said}" if said else f"{due:%m-%d}"


def row_more(case: CaseView) -> str:
    """Say the same in whole words: what has to be done by that day."""
    dates = case.dates
    if dates.due_on is None:
        return ""
    said, on = light(dates.light), dates.due_on.isoformat()
    if dates.notice_on is not None:
        return translate("CaseList", "{0}（含）前受理或告知补正，{1}").format(on, said)
    if dates.deliver_on is not None:
        return translate("CaseList", "{0}（含）前送达结果，{1}").format(on, said)
    return translate("CaseList", "{0}（含）前办结，{1}").format(on, said)


def of_case(dates: CaseDatesView) -> list[tuple[str, str]]:
    """Return label and words of what concerns the whole case."""
    facts: list[tuple[str, str]] = []
    if dates.notice_on is not None:
        said = translate("CaseDates", "{0}（含）前，{1}；过期不告知补正，视为受理")
        facts.append(
            (translate("CaseDates", "告知期限"), said.format(dates.notice_on.isoformat(), light(dates.light)))
        )
    if dates.deliver_on is not None:
        said = translate("CaseDates", "{0}（含）前，{1}")
        facts.append(
            (
                translate("CaseDates", "送达期限"),
                said.format(dates.deliver_on.isoformat(), light(dates.light)),
            )
        )
    if dates.joint_on is not None:
        facts.append((translate("CaseDates", "联办法定期限"), _joint(dates, dates.joint_on)))
    elif dates.joint_beyond:
        facts.append(
            (translate("CaseDates", "联办法定期限"), translate("CaseDates", "在工作日表之后，算不出"))
        )
    return facts


def _joint(dates: CaseDatesView, on: date) -> str:
    """Say the limit of several departments together, how near it is, and where the desk counts another day."""
    said = light(dates.joint_light)
    words = (
        translate("CaseDates", "{0}（含）前，{1}").format(on.isoformat(), said) if said else on.isoformat()
    )
    if dates.joint_desk_on is None:
        return words
    return translate("CaseDates", "{0}（以大厅为准；本工位算的是 {1}）").format(
        words, dates.joint_desk_on.isoformat()
    )


def of_sub_case(view: ItemDatesView) -> list[str]:
    """Return the lines about one item's days: the law's, what it was before, and where desk and hall differ."""
    lines: list[str] = []
    if view.legal_on is not None:
        lines.append(translate("ItemDates", "法定最迟 {0}").format(view.legal_on.isoformat()))
    elif view.legal_beyond:
        lines.append(translate("ItemDates", "法定期限在工作日表之后，算不出"))
    if view.first_on is not None and view.why is not None:
        why = translate("DatesWhy", _MOVED[view.why])
        lines.append(translate("ItemDates", "受理时承诺 {0}，{1}").format(view.first_on.isoformat(), why))
    if view.desk_on is not None:
        lines.append(_halls_word(view))
    if view.hall_ended is not None:
        said = translate("ItemDates", "大厅的工作日表只到 {0}，没有算出；按本工位承诺")
        lines.append(said.format(view.hall_ended.isoformat()))
    return lines


def _halls_word(view: ItemDatesView) -> str:
    desk = view.desk_on.isoformat() if view.desk_on is not None else ""
    if view.desk_calendar != view.hall_calendar:
        said = translate(
            "ItemDates", "以大厅为准：本工位算的是 {0}，两边工作日表不同（本工位 {1}，大厅 {2}）"
        )
        return said.format(desk, view.desk_calendar, view.hall_calendar)
    return translate("ItemDates", "以大厅为准：本工位算的是 {0}，大厅的受理时间或时限不同").format(desk)


def extension(given: Extension) -> str:
    """Say one extension (延长审批)."""
    said = translate("ItemDates", "延长审批：{0} 批准延长 {1} 个工作日（{2}，告知书 {3}）")
    return said.format(minute(given.granted_at), given.days, given.reason, given.notice_no)
