"""The words of the talk at the counter: what is wrong with a value, where it came from, what a register said."""

from __future__ import annotations

from collections.abc import Mapping

from catalogue.model import Text
from wire.messages import MaterialHow, Origin, Outcome, Verdict
from workstation.forms.model import Problem
from workstation.ui.language import QT_TRANSLATE_NOOP, said, translate


def problem(code: Problem) -> str:
    """Say why a value or a paper is not good yet."""
    return translate("Problem", _PROBLEMS[code])


def outcome(code: Outcome, no_record: Text | None = None) -> str:
    """Say what a register answered, and no more than it answered; `no_record` is the register's own sentence for that."""
    if code is Outcome.NO_RECORD and no_record is not None:
        return said(no_record)
    return translate("Outcome", _OUTCOMES[code])


def outcome_next(code: Outcome) -> str:
    """Say what the clerk can do when an answer does not meet its rule."""
    return translate("OutcomeNext", _NEXT[code])


def verdict(code: Verdict) -> str:
    """Say what the department made of a dispute."""
    return translate("Verdict", _VERDICTS[code])


def card_proves(what: str) -> str:
    """Say what a card proves, in one line."""
    return translate("CardProof", "现在能证明：{0}").format(what)


def card_saves(use: str, papers: str) -> str:
    """Say which papers of this form a use of the card saves."""
    return translate("CardProof", "{0}（免交{1}）").format(use, papers)


def card_proof_note(why_not: str, planned: int) -> str:
    """Say why a card proves nothing ("expired", "typed", "no_card"), else how many uses are only planned."""
    if why_not:
        return translate("CardProof", _WHY_NOT[why_not])
    return translate("CardProof", "另有 {0} 项应用在规划中，还不能替代材料，看原件办理").format(planned)


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
    Problem.CHECK_PENDING: QT_TRANSLATE_NOOP("Problem", "部门还没答复，留待答复或看原件"),
    Problem.CHECK_EXPIRED: QT_TRANSLATE_NOOP("Problem", "核验已过期，按 F6 再核"),
    Problem.CONDITION: QT_TRANSLATE_NOOP("Problem", "不符合受理条件"),
    Problem.CHECK_DISPUTED: QT_TRANSLATE_NOOP("Problem", "有异议，看原件办理"),
    Problem.CONSENT_MISSING: QT_TRANSLATE_NOOP("Problem", "要办事人同意，不同意就看原件"),
    Problem.PAPER_DOES_NOT_STAND: QT_TRANSLATE_NOOP("Problem", "期限已过或手续不全，看原件"),
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

_NEXT: Mapping[Outcome, str] = {
    Outcome.MATCH: QT_TRANSLATE_NOOP("OutcomeNext", "与办理要求不符，看原件办理"),
    Outcome.RECORD_FOUND: QT_TRANSLATE_NOOP("OutcomeNext", "与办理要求不符，看原件办理"),
    Outcome.NO_MATCH: QT_TRANSLATE_NOOP("OutcomeNext", "核对姓名和号码；没填错就看原件，或提异议"),
    Outcome.NO_RECORD: QT_TRANSLATE_NOOP("OutcomeNext", "看原件办理；办事人说有登记就提异议"),
    Outcome.CONFLICT: QT_TRANSLATE_NOOP("OutcomeNext", "看原件办理，并提异议由部门核实"),
    Outcome.UNAVAILABLE: QT_TRANSLATE_NOOP("OutcomeNext", "按 F6 再问，或看原件，或留待答复"),
    Outcome.DENIED: QT_TRANSLATE_NOOP("OutcomeNext", "没有授权查询，看原件办理"),
    Outcome.EXPIRED: QT_TRANSLATE_NOOP("OutcomeNext", "按 F6 再问"),
    Outcome.PENDING: QT_TRANSLATE_NOOP("OutcomeNext", "留待答复会自动再问，也可看原件"),
}

_VERDICTS: Mapping[Verdict, str] = {
    Verdict.UPHELD: QT_TRANSLATE_NOOP("Verdict", "部门核实：维持原答复"),
    Verdict.CORRECTED: QT_TRANSLATE_NOOP("Verdict", "部门核实：已更正登记"),
}

_WHY_NOT: Mapping[str, str] = {
    "expired": QT_TRANSLATE_NOOP("CardProof", "这张卡已过有效期，不能替代材料，看原件办理"),
    "typed": QT_TRANSLATE_NOOP("CardProof", "没有读卡，不能替代材料，看原件办理"),
    "no_card": QT_TRANSLATE_NOOP("CardProof", "不是读卡器里的社会保障卡，只证明身份"),
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
