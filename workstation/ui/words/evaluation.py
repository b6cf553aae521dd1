"""The words of 好差评: grades and tags for the citizen, steps and sums for supervisors."""

from __future__ import annotations

from collections.abc import Mapping

from wire.evaluation import Grade, Stage, Tag, stars_of
from wire.reviews import EvaluationSums, ReviewOrder, ReviewStep
from workstation.domain.counter_time import COUNTER_ZONE
from workstation.ui.language import QT_TRANSLATE_NOOP, translate

FULL, EMPTY = "★", "☆"


def grade(code: Grade) -> str:
    """Name a grade."""
    return translate("Grade", _GRADES[code])


def stars(code: Grade) -> str:
    """Draw a grade: five stars for the best."""
    full = stars_of(code)
    return FULL * full + EMPTY * (5 - full)


def tag(code: Tag) -> str:
    """Say what a citizen may tick."""
    return translate("Tag", _TAGS[code])


def stage(code: Stage) -> str:
    """Name what had been done when the citizen was asked."""
    return translate("EvaluationStage", _STAGES[code])


def review_step(code: ReviewStep) -> str:
    """Name a step of a bad review."""
    return translate("ReviewStep", _STEPS[code])


def review_step_detail(code: ReviewStep) -> str:
    """Say what is written down with a step."""
    return translate("ReviewStepDetail", _STEP_DETAILS[code])


def review_state(order: ReviewOrder) -> str:
    """Say how an order stands."""
    if order.closed_at is not None:
        return translate("Review", "已办结")
    return translate("Review", "已逾期") if order.overdue else translate("Review", "处理中")


def review_line(order: ReviewOrder, state: str, name: str) -> str:
    """Say in two lines of a list which order it is, until when and whose."""
    given = f"{order.given_at.astimezone(COUNTER_ZONE):%m-%d %H:%M}"
    first = translate("Review", "{0} · {1} · {2}").format(state, given, stage(order.stage))
    who = name or translate("Review", "还没有人")
    return first + "\n" + translate("Review", "期限 {0} · {1}").format(f"{order.due:%m-%d}", who)


def sums(told: EvaluationSums, grades: str) -> str:
    """Say how a station was rated."""
    return translate("Review", "{0} 起到昨天：邀请 {1} 次，作答 {2} 次（{3}）").format(
        told.since.isoformat(), told.asked, told.answered, grades
    )


def too_few(told: EvaluationSums) -> str:
    """Say why no sum is told."""
    return translate("Review", "{0} 起到昨天：作答不到 {1} 次，不出汇总，免得看出是谁评的").format(
        told.since.isoformat(), told.least
    )


# fmt: off
_GRADES: Mapping[Grade, str] = {
    Grade.VERY_SATISFIED: QT_TRANSLATE_NOOP("Grade", "非常满意"),
    Grade.SATISFIED: QT_TRANSLATE_NOOP("Grade", "满意"),
    Grade.FAIRLY_SATISFIED: QT_TRANSLATE_NOOP("Grade", "基本满意"),
    Grade.DISSATISFIED: QT_TRANSLATE_NOOP("Grade", "不满意"),
    Grade.VERY_DISSATISFIED: QT_TRANSLATE_NOOP("Grade", "非常不满意"),
}

_TAGS: Mapping[Tag, str] = {
    Tag.QUICK: QT_TRANSLATE_NOOP("Tag", "办得快"),
    Tag.CLEAR: QT_TRANSLATE_NOOP("Tag", "讲得清楚"),
    Tag.KIND: QT_TRANSLATE_NOOP("Tag", "态度好"),
    Tag.ONE_VISIT: QT_TRANSLATE_NOOP("Tag", "只跑一次"),
    Tag.SLOW: QT_TRANSLATE_NOOP("Tag", "等得久"),
    Tag.UNCLEAR: QT_TRANSLATE_NOOP("Tag", "没讲清楚"),
    Tag.UNKIND: QT_TRANSLATE_NOOP("Tag", "态度不好"),
    Tag.MORE_PAPERS: QT_TRANSLATE_NOOP("Tag", "多要材料"),
    Tag.SENT_AWAY: QT_TRANSLATE_NOOP("Tag", "让我白跑"),
    Tag.OTHER: QT_TRANSLATE_NOOP("Tag", "其他"),
}

_STAGES: Mapping[Stage, str] = {
    Stage.RECEIPT: QT_TRANSLATE_NOOP("EvaluationStage", "收件"),
    Stage.ACCEPTANCE: QT_TRANSLATE_NOOP("EvaluationStage", "受理"),
    Stage.RESULT: QT_TRANSLATE_NOOP("EvaluationStage", "办结"),
}

_STEPS: Mapping[ReviewStep, str] = {
    ReviewStep.VERIFIED: QT_TRANSLATE_NOOP("ReviewStep", "核实"),
    ReviewStep.FIXED: QT_TRANSLATE_NOOP("ReviewStep", "整改"),
    ReviewStep.EXPLAINED: QT_TRANSLATE_NOOP("ReviewStep", "说明"),
    ReviewStep.CALLED_BACK: QT_TRANSLATE_NOOP("ReviewStep", "回访"),
    ReviewStep.REGRADED: QT_TRANSLATE_NOOP("ReviewStep", "再评"),
    ReviewStep.CLOSED: QT_TRANSLATE_NOOP("ReviewStep", "办结"),
}

_STEP_DETAILS: Mapping[ReviewStep, str] = {
    ReviewStep.VERIFIED: QT_TRANSLATE_NOOP("ReviewStepDetail", "写查了什么、是不是属实"),
    ReviewStep.FIXED: QT_TRANSLATE_NOOP("ReviewStepDetail", "属实的：写改了什么"),
    ReviewStep.EXPLAINED: QT_TRANSLATE_NOOP("ReviewStepDetail", "不属实或改不了的：写清原因"),
    ReviewStep.CALLED_BACK: QT_TRANSLATE_NOOP("ReviewStepDetail", "写回访时间和办事人的意见"),
    ReviewStep.REGRADED: QT_TRANSLATE_NOOP("ReviewStepDetail", "选办事人对处理结果的评价"),
    ReviewStep.CLOSED: QT_TRANSLATE_NOOP("ReviewStepDetail", "该做的都做了，办结这件差评"),
}
# fmt: on
