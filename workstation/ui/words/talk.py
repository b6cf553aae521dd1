"""The words of the talk at the counter: what is wrong with a value, where it came from, what a register said."""

from __future__ import annotations

from collections.abc import Mapping

from wire.messages import MaterialHow, Origin, Outcome
from workstation.forms.model import Problem
from workstation.ui.language import QT_TRANSLATE_NOOP, translate


def problem(code: Problem) -> str:
    """Say why a value or a paper is not good yet."""
    return translate("Problem", _PROBLEMS[code])


def outcome(code: Outcome) -> str:
    """Say what a register answered, and no more than it answered."""
    return translate("Outcome", _OUTCOMES[code])


def material_how(code: MaterialHow) -> str:
    """Say how a paper was handled."""
    return translate("MaterialHow", _HANDLED[code])


def origin(code: Origin) -> str:
    """Say where a value came from, in two characters or so: it stands in a narrow badge."""
    return translate("Origin", _ORIGINS[code])


_PROBLEMS: Mapping[Problem, str] = {
    Problem.MISSING: QT_TRANSLATE_NOOP("Problem", "没填"),
    Problem.TOO_LONG: QT_TRANSLATE_NOOP("Problem", "太长，缩短一些"),
    Problem.CHARACTERS: QT_TRANSLATE_NOOP("Problem", "有不能用的字符，删掉"),
    Problem.ID_LENGTH: QT_TRANSLATE_NOOP("Problem", "应为 18 位"),
    Problem.ID_CHECK: QT_TRANSLATE_NOOP("Problem", "校验位不对，核对号码"),
    Problem.ID_DATE: QT_TRANSLATE_NOOP("Problem", "号码里的出生日期不存在，核对号码"),
    Problem.CREDIT_CODE: QT_TRANSLATE_NOOP("Problem", "信用代码不对，核对 18 位"),
    Problem.DATE_FORM: QT_TRANSLATE_NOOP("Problem", "写 8 位数字，如 20260105"),
    Problem.DATE_IMPOSSIBLE: QT_TRANSLATE_NOOP("Problem", "没有这一天，核对日期"),
    Problem.DATE_FUTURE: QT_TRANSLATE_NOOP("Problem", "日期还没到，核对日期"),
    Problem.CODE_UNKNOWN: QT_TRANSLATE_NOOP("Problem", "没有这个选项，从列表里选"),
    Problem.CONFLICT: QT_TRANSLATE_NOOP("Problem", "几个事项的要求互相矛盾，分开办"),
    Problem.PHONE_FORM: QT_TRANSLATE_NOOP("Problem", "手机 11 位，座机带区号"),
    Problem.CERTIFICATE_FORM: QT_TRANSLATE_NOOP("Problem", "编号应为 1 个字母加 9 位数字"),
    Problem.DIVISION_FORM: QT_TRANSLATE_NOOP("Problem", "区划代码应为 6 位数字"),
    Problem.ACCOUNT_FORM: QT_TRANSLATE_NOOP("Problem", "账号只能是数字，核对位数"),
    Problem.NUMBER_FORM: QT_TRANSLATE_NOOP("Problem", "只能填数字"),
    Problem.AMOUNT_FORM: QT_TRANSLATE_NOOP("Problem", "写金额，如 1200 或 1200.50"),
    Problem.PHOTO_FORM: QT_TRANSLATE_NOOP("Problem", "不是照片，按空格选文件"),
    Problem.PAPER_MISSING: QT_TRANSLATE_NOOP("Problem", "缺，看原件或扫描"),
    Problem.CHECK_NOT_ASKED: QT_TRANSLATE_NOOP("Problem", "没核验，按 F6"),
    Problem.CHECK_NEGATIVE: QT_TRANSLATE_NOOP("Problem", "核验没有证实，看原件"),
    Problem.CHECK_UNAVAILABLE: QT_TRANSLATE_NOOP("Problem", "对方系统不可用，看原件或稍后再核"),
    Problem.CONDITION: QT_TRANSLATE_NOOP("Problem", "不符合受理条件"),
}

_OUTCOMES: Mapping[Outcome, str] = {
    Outcome.MATCH: QT_TRANSLATE_NOOP("Outcome", "一致"),
    Outcome.NO_MATCH: QT_TRANSLATE_NOOP("Outcome", "不一致"),
    Outcome.RECORD_FOUND: QT_TRANSLATE_NOOP("Outcome", "有登记"),
    # A register that has nothing has said nothing about the person's life (domain.md 4.1).
    Outcome.NO_RECORD: QT_TRANSLATE_NOOP("Outcome", "未查到登记记录（不等于没有）"),
    Outcome.CONFLICT: QT_TRANSLATE_NOOP("Outcome", "登记之间有矛盾"),
    Outcome.UNAVAILABLE: QT_TRANSLATE_NOOP("Outcome", "暂不可用"),
    Outcome.DENIED: QT_TRANSLATE_NOOP("Outcome", "对方不提供"),
    Outcome.EXPIRED: QT_TRANSLATE_NOOP("Outcome", "核验已过期"),
    Outcome.PENDING: QT_TRANSLATE_NOOP("Outcome", "等待答复"),
}

_HANDLED: Mapping[MaterialHow, str] = {
    MaterialHow.REPLACED_BY_CARD: QT_TRANSLATE_NOOP("MaterialHow", "刷卡替代"),
    MaterialHow.REPLACED_BY_VERIFICATION: QT_TRANSLATE_NOOP("MaterialHow", "核验替代"),
    MaterialHow.ORIGINAL_SEEN: QT_TRANSLATE_NOOP("MaterialHow", "已看原件"),
    MaterialHow.SCANNED: QT_TRANSLATE_NOOP("MaterialHow", "已扫描"),
    MaterialHow.TOLERATED: QT_TRANSLATE_NOOP("MaterialHow", "容缺"),
    MaterialHow.COMMITTED: QT_TRANSLATE_NOOP("MaterialHow", "已承诺"),
    MaterialHow.PENDING: QT_TRANSLATE_NOOP("MaterialHow", "等待答复"),
    MaterialHow.MISSING: QT_TRANSLATE_NOOP("MaterialHow", "缺"),
}

_ORIGINS: Mapping[Origin, str] = {
    Origin.CARD: QT_TRANSLATE_NOOP("Origin", "卡片"),
    Origin.VERIFICATION: QT_TRANSLATE_NOOP("Origin", "核验"),
    Origin.E_LICENCE: QT_TRANSLATE_NOOP("Origin", "证照"),
    Origin.EARLIER_CASE: QT_TRANSLATE_NOOP("Origin", "往件"),
    Origin.TYPED: QT_TRANSLATE_NOOP("Origin", "录入"),
    Origin.DEFAULT: QT_TRANSLATE_NOOP("Origin", "默认"),
}
