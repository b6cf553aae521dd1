"""好差评 at the hall: sealed opinions of citizens are opened here and nowhere else, each visit once, and told only as sums."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, func, select

from hall.bad_reviews import open_order, review_rules
from hall.cases import StepRefused
from hall.database import HALL_ZONE, fact, stamp
from hall.staffing import at_the_time
from hall.tables import evaluations
from hall.upsert import insert_if_new
from wire.box import BoxBroken
from wire.codec import Malformed, encode
from wire.evaluation import BAD, EvaluationGiven, Opinion, code_of, open_opinion
from wire.keys import unb64
from wire.messages import Envelope
from wire.reviews import EvaluationSums

SUM_DAYS = 30


def take(db: Connection, station: str, envelope: Envelope, given: EvaluationGiven, at: datetime) -> None:
    """Keep what a citizen said of a visit; a bad review becomes an order.

    Raises StepRefused(evaluation_known) for a visit that was rated before, evaluation_sealed for what this hall cannot open
    or what is no opinion, evaluation_clerk for a clerk who was not there.
    """
    if envelope.subject != given.visit:
        raise StepRefused("evaluation_sealed")
    opinion = _opened(db, given)
    then = min(envelope.at, at)
    known = at_the_time(db, station, given.clerk, then)
    if known is None:
        raise StepRefused("evaluation_clerk")
    row = {
        "id": envelope.id,
        "visit": given.visit,
        "station": station,
        "stage": given.stage.value,
        "nth": given.nth,
        "clerk": given.clerk,
        "person": known[1],
        "window": given.window,
        "given_at": stamp(then),
        "grade": code_of(opinion.grade) if opinion.grade is not None else 0,
        "opinion": encode(opinion),
    }
    if not insert_if_new(db, evaluations, row):
        raise StepRefused("evaluation_known")
    if opinion.grade in BAD:
        open_order(db, envelope.id, then)


def _opened(db: Connection, given: EvaluationGiven) -> Opinion:
    try:
        return open_opinion(unb64(fact(db, "recovery_key")), given.visit, given.sealed)
    except (BoxBroken, Malformed):
        raise StepRefused("evaluation_sealed") from None


def sums_of(db: Connection, station: str, at: datetime) -> EvaluationSums:
    """Count what was said at a station in the last 30 whole days.

    Whole days, and none before enough have spoken: whoever looked at the sums after each visit would read each grade.
    """
    today = at.astimezone(HALL_ZONE).replace(hour=0, minute=0, second=0, microsecond=0)
    since = today - timedelta(days=SUM_DAYS)
    counted = (
        select(evaluations.c.grade, func.count())
        .where(
            evaluations.c.station == station,
            evaluations.c.given_at >= stamp(since),
            evaluations.c.given_at < stamp(today),
        )
        .group_by(evaluations.c.grade)
    )
    counts = {int(grade): int(n) for grade, n in db.execute(counted)}
    return _sums(since.date(), counts, review_rules(db).least)


def _sums(since: date, counts: Mapping[int, int], least: int) -> EvaluationSums:
    answered = sum(n for grade, n in counts.items() if grade)
    told = answered >= least
    grades = {str(code): counts.get(code, 0) for code in range(1, 6)} if told else {}
    return EvaluationSums(since, sum(counts.values()), answered, grades, told, least)
