"""Bad reviews and sums as the hall would tell them, and an invitation whose answers open with HALL_PRIVATE."""

from __future__ import annotations

from datetime import UTC, date, datetime

from wire.evaluation import Stage, Tag
from wire.keys import b64
from wire.recovery import new_recovery_key, recovery_public
from wire.reviews import EvaluationSums, ReviewDone, ReviewOrder, ReviewStep
from workstation.services.views import InvitationView, ReviewsView, ReviewView

HALL_PRIVATE = new_recovery_key()
INK = (
    "120,300 160,520 210,260;260,300 340,300;300,200 300,640;420,280 520,290 470,620;610,240 600,640 720,620"
)


def invitation(visit: str = "visit-1", case: str = "case-1") -> InvitationView:
    return InvitationView(
        visit,
        case,
        "44010426112403000127",
        Stage.ACCEPTANCE,
        "03",
        "测试街政务服务中心",
        b64(recovery_public(HALL_PRIVATE)),
    )


def order(
    number: int,
    *,
    overdue: bool = False,
    named: bool = False,
    done: tuple[ReviewDone, ...] = (),
    closed: bool = False,
    clerk: str = "clerk",
) -> ReviewOrder:
    taken = {each.step for each in done}
    left = [step for step in (ReviewStep.VERIFIED,) if step not in taken]
    if not taken & {ReviewStep.FIXED, ReviewStep.EXPLAINED}:
        left += [ReviewStep.FIXED, ReviewStep.EXPLAINED]
    if named:
        left += [step for step in (ReviewStep.CALLED_BACK, ReviewStep.REGRADED) if step not in taken]
    return ReviewOrder(
        id=f"order-{number}",
        stage=Stage.ACCEPTANCE if number % 2 else Stage.RECEIPT,
        clerk=clerk,
        window="03",
        given_at=datetime(2026, 11, 24 - number, 2, 15, tzinfo=UTC),
        tags=(Tag.UNCLEAR, Tag.SENT_AWAY) if number % 2 else (Tag.SLOW,),
        ink=INK if number % 2 else "",
        case="case-1" if named else "",
        receipt_no="44010426112403000127" if named else "",
        assignee="supervisor",
        due=date(2026, 11, 20 if overdue else 30),
        overdue=overdue,
        done=done,
        open_steps=() if closed else tuple(left),
        closed_at=datetime(2026, 11, 25, 8, 0, tzinfo=UTC) if closed else None,
    )


def done(step: ReviewStep, text: str) -> ReviewDone:
    return ReviewDone(step, text, "supervisor", datetime(2026, 11, 24, 3, 30, tzinfo=UTC))


SUMS = EvaluationSums(
    date(2026, 10, 26),
    asked=214,
    answered=171,
    grades={"1": 120, "2": 32, "3": 12, "4": 5, "5": 2},
    told=True,
    least=5,
)


def reviews(*orders: ReviewOrder, sums: EvaluationSums = SUMS) -> ReviewsView:
    names = {"clerk": "窗口员一", "supervisor": "主管二"}
    return ReviewsView(tuple(ReviewView(each, names, mine=True) for each in orders), sums)
