"""The words for what a newer release of the catalogue changes."""

from __future__ import annotations

from collections.abc import Mapping

from workstation.services.views import ReleaseChange
from workstation.ui.language import QT_TRANSLATE_NOOP, said, translate


def release_change(change: ReleaseChange) -> str:
    """Say one change in a line: the item, what of it, and how."""
    difference = change.difference
    what = translate("Release", _WHAT.get(difference.what, _OTHER))
    if change.label is None and difference.name == "":
        words = translate("Release", "{0}由 {1} 改为 {2}")
        told = words.format(what, _value(difference.before), _value(difference.after))
    else:
        label = said(change.label) if change.label is not None else difference.name
        told = translate("Release", _HOW[difference.sign]).format(what, label)
    return translate("Release", "{0}：{1}").format(said(change.item), told)


def _value(text: str) -> str:
    number, _, unit = text.partition(" ")
    if unit in _UNITS:
        return translate("Release", _UNITS[unit]).format(number)
    return translate("Release", _VALUES[text]) if text in _VALUES else text


_HOW: Mapping[str, str] = {
    "+": QT_TRANSLATE_NOOP("Release", "新增{0}“{1}”"),
    "-": QT_TRANSLATE_NOOP("Release", "取消{0}“{1}”"),
    "~": QT_TRANSLATE_NOOP("Release", "{0}“{1}”有改动"),
}
_OTHER = QT_TRANSLATE_NOOP("Release", "规定")
_WHAT: Mapping[str, str] = {
    "item": QT_TRANSLATE_NOOP("Release", "事项"),
    "field": QT_TRANSLATE_NOOP("Release", "信息项"),
    "paper": QT_TRANSLATE_NOOP("Release", "材料"),
    "check": QT_TRANSLATE_NOOP("Release", "核验"),
    "scenario": QT_TRANSLATE_NOOP("Release", "情形"),
    "promised": QT_TRANSLATE_NOOP("Release", "承诺时限"),
    "legal": QT_TRANSLATE_NOOP("Release", "法定时限"),
    "correction": QT_TRANSLATE_NOOP("Release", "补正时限"),
    "name": QT_TRANSLATE_NOOP("Release", "名称"),
    "department": QT_TRANSLATE_NOOP("Release", "部门"),
    "conditions": QT_TRANSLATE_NOOP("Release", "受理条件数"),
}
_UNITS: Mapping[str, str] = {
    "workday": QT_TRANSLATE_NOOP("Release", "{0} 个工作日"),
    "day": QT_TRANSLATE_NOOP("Release", "{0} 天"),
    "hour": QT_TRANSLATE_NOOP("Release", "{0} 小时"),
    "minute": QT_TRANSLATE_NOOP("Release", "{0} 分钟"),
    "month": QT_TRANSLATE_NOOP("Release", "{0} 个月"),
}
_VALUES: Mapping[str, str] = {
    "none": QT_TRANSLATE_NOOP("Release", "无"),
    "None": QT_TRANSLATE_NOOP("Release", "无"),
    "True": QT_TRANSLATE_NOOP("Release", "是"),
    "False": QT_TRANSLATE_NOOP("Release", "否"),
}
