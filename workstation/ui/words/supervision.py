"""The words of the board, the reports and the handover."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime

from workstation.domain.handover import HandoverState, ShiftFigures
from workstation.domain.report import By, Tally
from workstation.ui.language import QT_TRANSLATE_NOOP, translate


def by(code: By) -> str:
    """Name what the lines of a report are about."""
    return translate("ReportBy", _BY[code])


def tally_heads() -> tuple[str, ...]:
    """Name the columns of a report, in the order of Tally's fields."""
    return tuple(translate("Tally", _TALLY[field.name]) for field in fields(Tally))


def tally_cells(tally: Tally) -> tuple[int, ...]:
    """Return the numbers in the same order."""
    return tuple(getattr(tally, field.name) for field in fields(Tally))


def level(code: str) -> str:
    """Name a level by its code of 行使层级 (GB/T 39046 annex A), what has none as what nobody said."""
    return translate("OfficeLevel", _LEVELS.get(code, _NO_LEVEL))


def grouping(code: str) -> str:
    """Name what the lines of the board are about."""
    return translate("BoardGrouping", _GROUPINGS[code])


def queue(*, owner: bool) -> str:
    """Name what waits: for a word at the counter, or in a department for somebody to take it."""
    return translate("Board", "待接办") if owner else translate("Board", "等受理")


def board_heads(*, owner: bool) -> tuple[str, ...]:
    """Name the columns of the board."""
    return (
        translate("Board", "名称"),
        translate("Board", "在办"),
        translate("Board", "今天到期"),
        translate("Board", "超期"),
        queue(owner=owner),
        translate("Board", "最久已等"),
    )


def figures(said: ShiftFigures) -> tuple[tuple[str, str], ...]:
    """Name every figure of a shift with its number."""
    return tuple(
        (translate("ShiftFigures", _FIGURES[field.name]), f"{getattr(said, field.name):,}")
        for field in fields(ShiftFigures)
    )


def handover_state(code: HandoverState) -> str:
    """Say where a handover is."""
    return translate("HandoverState", _STATES[code])


def waited(since: datetime | None, now: datetime) -> str:
    """Say how long the first in a queue has waited, "" for an empty queue."""
    if since is None:
        return ""
    minutes = max(int((now - since).total_seconds() // 60), 0)
    if minutes < 60:
        return translate("Waited", "{0} 分钟").format(minutes)
    if minutes < 60 * 48:
        return translate("Waited", "{0} 小时").format(minutes // 60)
    return translate("Waited", "{0} 天").format(minutes // (60 * 24))


# fmt: off
_BY: Mapping[By, str] = {
    By.DAY: QT_TRANSLATE_NOOP("ReportBy", "按日"),
    By.ITEM: QT_TRANSLATE_NOOP("ReportBy", "按事项"),
    By.CLERK: QT_TRANSLATE_NOOP("ReportBy", "按人员"),
    By.WINDOW: QT_TRANSLATE_NOOP("ReportBy", "按窗口"),
    By.OFFICE: QT_TRANSLATE_NOOP("ReportBy", "按收件机构"),
    By.LEVEL: QT_TRANSLATE_NOOP("ReportBy", "按层级"),
    By.OWNER: QT_TRANSLATE_NOOP("ReportBy", "按决定部门"),
}
_NO_LEVEL = QT_TRANSLATE_NOOP("OfficeLevel", "层级不明")
_LEVELS: Mapping[str, str] = {
    "2": QT_TRANSLATE_NOOP("OfficeLevel", "省级"),
    "3": QT_TRANSLATE_NOOP("OfficeLevel", "市级"),
    "4": QT_TRANSLATE_NOOP("OfficeLevel", "区级"),
    "5": QT_TRANSLATE_NOOP("OfficeLevel", "街道"),
    "6": QT_TRANSLATE_NOOP("OfficeLevel", "社区"),
}
_GROUPINGS: Mapping[str, str] = {
    "window": QT_TRANSLATE_NOOP("BoardGrouping", "按窗口"),
    "level": QT_TRANSLATE_NOOP("BoardGrouping", "按层级"),
    "owner": QT_TRANSLATE_NOOP("BoardGrouping", "按决定部门"),
}
_TALLY: Mapping[str, str] = {
    "received": QT_TRANSLATE_NOOP("Tally", "收件"),
    "accepted": QT_TRANSLATE_NOOP("Tally", "受理"),
    "refused": QT_TRANSLATE_NOOP("Tally", "不予受理、退回"),
    "decided": QT_TRANSLATE_NOOP("Tally", "办结"),
    "open": QT_TRANSLATE_NOOP("Tally", "在办"),
    "overdue": QT_TRANSLATE_NOOP("Tally", "超期"),
    "papers_saved": QT_TRANSLATE_NOOP("Tally", "少交材料"),
}
_FIGURES: Mapping[str, str] = {
    "received": QT_TRANSLATE_NOOP("ShiftFigures", "收件"),
    "accepted": QT_TRANSLATE_NOOP("ShiftFigures", "受理"),
    "corrections": QT_TRANSLATE_NOOP("ShiftFigures", "补正告知"),
    "refused": QT_TRANSLATE_NOOP("ShiftFigures", "不予受理、退件"),
    "withdrawn": QT_TRANSLATE_NOOP("ShiftFigures", "撤回"),
    "voided": QT_TRANSLATE_NOOP("ShiftFigures", "作废"),
    "printed": QT_TRANSLATE_NOOP("ShiftFigures", "打印张数"),
    "open": QT_TRANSLATE_NOOP("ShiftFigures", "在办"),
    "drafts": QT_TRANSLATE_NOOP("ShiftFigures", "草稿"),
    "proposed": QT_TRANSLATE_NOOP("ShiftFigures", "待会签"),
    "unsent": QT_TRANSLATE_NOOP("ShiftFigures", "待传步骤"),
    "parked": QT_TRANSLATE_NOOP("ShiftFigures", "传输待处理"),
    "unaccounted": QT_TRANSLATE_NOOP("ShiftFigures", "去向不明的单据"),
}
_STATES: Mapping[HandoverState, str] = {
    HandoverState.SIGNED: QT_TRANSLATE_NOOP("HandoverState", "已会签，待接班确认"),
    HandoverState.TAKEN: QT_TRANSLATE_NOOP("HandoverState", "已接班"),
}
# fmt: on
