"""What is said of a sheet whose code was read."""

from __future__ import annotations

from collections.abc import Mapping

from wire.sheets import OnPaper
from workstation.services.check_slip import SlipStanding, SlipState
from workstation.ui.language import QT_TRANSLATE_NOOP, translate

# fmt: off
_STATES: Mapping[SlipState, str] = {
    SlipState.GENUINE: QT_TRANSLATE_NOOP("SlipState", "真实有效"),
    SlipState.PROVISIONAL: QT_TRANSLATE_NOOP("SlipState", "真实，临时收件"),
    SlipState.REPLACED: QT_TRANSLATE_NOOP("SlipState", "已被新单据代替"),
    SlipState.VOIDED: QT_TRANSLATE_NOOP("SlipState", "已作废"),
    SlipState.ALTERED: QT_TRANSLATE_NOOP("SlipState", "内容被改动，不可采信"),
    SlipState.FOREIGN: QT_TRANSLATE_NOOP("SlipState", "本工位无法判断"),
    SlipState.UNREADABLE: QT_TRANSLATE_NOOP("SlipState", "不是本系统的单据码"),
}
_NEXT: Mapping[SlipState, str] = {
    SlipState.GENUINE: QT_TRANSLATE_NOOP("SlipNext", "把纸上的收件编号、流水号与下面逐字核对。"),
    SlipState.PROVISIONAL: QT_TRANSLATE_NOOP("SlipNext", "断网时出具。大厅登记后重新打印，这一张就被代替。"),
    SlipState.REPLACED: QT_TRANSLATE_NOOP("SlipNext", "以新的单据为准，收回这一张。"),
    SlipState.VOIDED: QT_TRANSLATE_NOOP("SlipNext", "收回这一张，按办件现在的情况办理。"),
    SlipState.ALTERED: QT_TRANSLATE_NOOP("SlipNext", "不按这张单据办理，连同单据报主管核实。"),
    SlipState.FOREIGN: QT_TRANSLATE_NOOP("SlipNext", "连上大厅后再核对一次。"),
    SlipState.UNREADABLE: QT_TRANSLATE_NOOP("SlipNext", "重新扫码，或者输入单据右下角的流水号。"),
}
_PAPER: Mapping[OnPaper, str] = {
    OnPaper.OUT: QT_TRANSLATE_NOOP("OnPaper", "已印出"),
    OnPaper.VOID: QT_TRANSLATE_NOOP("OnPaper", "没有印好，已作废"),
    OnPaper.UNCONFIRMED: QT_TRANSLATE_NOOP("OnPaper", "未确认印出"),
}
# fmt: on


def paper(said: SlipStanding) -> str:
    """Say whether the sheet came out, and how often its kind was printed again; "" where nobody knows."""
    if said.paper not in _PAPER:
        return ""
    told = translate("OnPaper", _PAPER[said.paper])
    return translate("OnPaper", "{0}，补打 {1} 次").format(told, said.reprints) if said.reprints else told


def state(said: SlipStanding) -> str:
    """Say in a few words what the sheet is."""
    return translate("SlipState", _STATES[said.state])


def remedy(said: SlipStanding) -> str:
    """Say what to do with it."""
    return translate("SlipNext", _NEXT[said.state])
