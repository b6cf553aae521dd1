"""差评 orders: each has a day and somebody who is not the one rated; what was done about it is added and never taken away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, Row, func, insert, select, update

from deadlines.working_days import CalendarEnded, WorkingDays
from hall.calendar import current
from hall.database import HALL_ZONE, stamp
from hall.staffing import accounts_of
from hall.tables import alarms, evaluations, meta, review_orders, review_steps
from hall.upsert import upsert
from hall.who_may import hold
from wire.codec import decode, encode
from wire.evaluation import Opinion, Stage, code_of
from wire.keys import new_id
from wire.messages import Role
from wire.reviews import MOST_WORDS, ReviewAct, ReviewDone, ReviewOrder, ReviewStep
from wire.rights import Action

ALARM = "review_overdue"
_RULES = "review_rules"
_SPOKEN = frozenset({ReviewStep.VERIFIED, ReviewStep.FIXED, ReviewStep.EXPLAINED, ReviewStep.CALLED_BACK})
_Row = Row[tuple[object, ...]]


@dataclass(frozen=True, slots=True)
class ReviewRules:
    """Within how many working days a bad review is seen to (5, 7 or 15 from place to place, domain.md 8), and from how many
    answers on sums are told: fewer are no sum but persons."""

    days: int = 5
    least: int = 5


def review_rules(db: Connection) -> ReviewRules:
    """Return what the hall has set, for all its stations."""
    body = db.scalar(select(meta.c.value).where(meta.c.name == _RULES))
    return decode(ReviewRules, body) if body else ReviewRules()


def set_review_rules(db: Connection, rules: ReviewRules) -> None:
    """Change it. Orders that are open keep their day."""
    upsert(db, meta, {"name": _RULES, "value": encode(rules)}, ["name"], ["value"])


class ReviewRefused(Exception):
    """A step that is not taken; `code` goes back: review_unknown, same_person, review_closed, review_open, words, grade."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def open_order(db: Connection, evaluation: str, given_at: datetime) -> str:
    """Make the order of a bad review and give it to somebody else than who was rated; return its id."""
    row = db.execute(select(evaluations).where(evaluations.c.id == evaluation)).one()
    order = new_id()
    db.execute(
        insert(review_orders).values(
            id=order,
            evaluation=evaluation,
            station=row.station,
            clerk=row.clerk,
            person=row.person,
            assignee=_assignee(db, row.station, row.person),
            due=due_on(given_at.astimezone(HALL_ZONE).date(), review_rules(db).days, current(db)).isoformat(),
        )
    )
    return order


def due_on(start: date, days: int, table: WorkingDays) -> date:
    """Return the last day: day 1 is the working day after the start (domain.md 1.1). Beyond the table of working days
    every day counts: an order may come too early, and is never without a day."""
    day, left = start, days
    while left:
        day += timedelta(days=1)
        try:
            left -= table.is_workday(day)
        except CalendarEnded:
            return start + timedelta(days=days)
    return day


def act(db: Connection, station: str, wanted: ReviewAct, at: datetime) -> None:
    """Add a step to an order of this station. The same words twice are one step.

    Raises NotAllowed, ReviewRefused.
    """
    person = hold(db, station, wanted.supervisor, Action.REVIEW_HANDLED, at)
    mine = (review_orders.c.id == wanted.order) & (review_orders.c.station == station)
    row = db.execute(select(review_orders).where(mine).with_for_update()).first()
    if row is None:
        raise ReviewRefused("review_unknown")
    if person == row.person or wanted.supervisor == row.clerk:
        raise ReviewRefused("same_person")
    done = _steps_of(db, wanted.order)
    text = wanted.text.strip()
    if done and (done[-1].step, done[-1].text, done[-1].by) == (wanted.step, text, wanted.supervisor):
        return
    if row.closed_at is not None:
        raise ReviewRefused("review_closed")
    _hold_step(db, row, wanted, text, done)
    db.execute(
        insert(review_steps).values(
            order=wanted.order,
            step=wanted.step.value,
            text=text,
            grade=code_of(wanted.grade) if wanted.grade is not None else 0,
            login=wanted.supervisor,
            person=person,
            at=stamp(at),
        )
    )
    if wanted.step is ReviewStep.CLOSED:
        db.execute(update(review_orders).where(mine).values(closed_at=stamp(at)))


def _hold_step(db: Connection, row: _Row, wanted: ReviewAct, text: str, done: Sequence[ReviewDone]) -> None:
    if len(text) > MOST_WORDS or (wanted.step in _SPOKEN and not text):
        raise ReviewRefused("words")
    if (wanted.step is ReviewStep.REGRADED) is not (wanted.grade is not None):
        raise ReviewRefused("grade")
    if wanted.step is ReviewStep.CLOSED and _open_steps(done, named=not _opinion(db, row).anonymous):
        raise ReviewRefused("review_open")


def _open_steps(done: Sequence[ReviewDone], *, named: bool) -> tuple[ReviewStep, ...]:
    """Return what has to come before the end: verified; fixed or explained; called back and asked again who gave a name."""
    taken = {each.step for each in done}
    left = [] if ReviewStep.VERIFIED in taken else [ReviewStep.VERIFIED]
    if not taken & {ReviewStep.FIXED, ReviewStep.EXPLAINED}:
        left += [ReviewStep.FIXED, ReviewStep.EXPLAINED]
    if named:
        left += [step for step in (ReviewStep.CALLED_BACK, ReviewStep.REGRADED) if step not in taken]
    return tuple(left)


def orders_for(db: Connection, station: str, login: str, at: datetime) -> tuple[ReviewOrder, ...]:
    """Return the orders of a station that a supervisor may see: not those about themself. Raises NotAllowed."""
    person = hold(db, station, login, Action.REVIEWS_READ, at)
    raise_overdue(db, station, at)
    orders = review_orders.c
    theirs = (orders.station == station) & (orders.person != person) & (orders.clerk != login)
    query = select(review_orders).where(theirs).order_by(orders.closed_at.is_not(None), orders.due, orders.id)
    return tuple(_order(db, row, at) for row in db.execute(query.limit(200)).all())


def open_orders(db: Connection, station: str, at: datetime) -> tuple[ReviewOrder, ...]:
    """Return what is open, the first due first, for whoever runs the hall; "" for all stations."""
    query = select(review_orders).where(review_orders.c.closed_at.is_(None))
    if station:
        query = query.where(review_orders.c.station == station)
    rows = db.execute(query.order_by(review_orders.c.due, review_orders.c.id)).all()
    return tuple(_order(db, row, at) for row in rows)


def raise_overdue(db: Connection, station: str, at: datetime) -> int:
    """Raise an alarm for each order whose day is over, once, and hand on what nobody holds any more; return how many are
    overdue. "" for all stations."""
    query = select(review_orders).where(review_orders.c.closed_at.is_(None)).with_for_update()
    if station:
        query = query.where(review_orders.c.station == station)
    late = 0
    # In one order, so that two who look at once do not hold what the other one waits for.
    for row in db.execute(query.order_by(review_orders.c.id)).all():
        late += _is_late(row, at)
        held = row.assignee in _others(db, row.station, row.person)
        changed = {} if held else {"assignee": _assignee(db, row.station, row.person)}
        if _is_late(row, at) and row.alarmed_at is None:
            _alarm(db, row, at)
            changed["alarmed_at"] = stamp(at)
        if changed:
            db.execute(update(review_orders).where(review_orders.c.id == row.id).values(**changed))
    return late


def _alarm(db: Connection, row: _Row, at: datetime) -> None:
    db.execute(
        insert(alarms).values(
            id=new_id(),
            at=stamp(at),
            station=row.station,
            clerk=row.assignee,
            kind=ALARM,
            case="",
            service=row.id,
            count=1,
        )
    )


def _is_late(row: _Row, at: datetime) -> bool:
    return row.closed_at is None and at.astimezone(HALL_ZONE).date() > date.fromisoformat(str(row.due))


def _others(db: Connection, station: str, person: str) -> list[str]:
    """Supervisors of a station who are not the person rated, by login."""
    return [
        account.login
        for account in accounts_of(db, station)
        if Role.SUPERVISOR in account.roles and account.person != person
    ]


def _assignee(db: Connection, station: str, person: str) -> str:
    """Choose who has the fewest open orders; "" while there is nobody but the one rated."""
    counted = (
        select(review_orders.c.assignee, func.count())
        .where(review_orders.c.station == station, review_orders.c.closed_at.is_(None))
        .group_by(review_orders.c.assignee)
    )
    held = {str(login): int(n) for login, n in db.execute(counted)}
    found = sorted((held.get(login, 0), login) for login in _others(db, station, person))
    return found[0][1] if found else ""


def _steps_of(db: Connection, order: str) -> tuple[ReviewDone, ...]:
    query = select(review_steps).where(review_steps.c.order == order).order_by(review_steps.c.id)
    return tuple(
        ReviewDone(ReviewStep(row.step), row.text, row.login, datetime.fromisoformat(row.at))
        for row in db.execute(query)
    )


def _opinion(db: Connection, row: _Row) -> Opinion:
    body = db.scalar(select(evaluations.c.opinion).where(evaluations.c.id == row.evaluation))
    return decode(Opinion, str(body))


def _order(db: Connection, row: _Row, at: datetime) -> ReviewOrder:
    rated = db.execute(select(evaluations).where(evaluations.c.id == row.evaluation)).one()
    opinion = decode(Opinion, rated.opinion)
    done = _steps_of(db, str(row.id))
    closed = row.closed_at
    return ReviewOrder(
        id=row.id,
        stage=Stage(rated.stage),
        clerk=row.clerk,
        window=rated.window,
        given_at=datetime.fromisoformat(rated.given_at),
        tags=opinion.tags,
        ink=opinion.ink,
        case=opinion.case,
        receipt_no=opinion.receipt_no,
        assignee=row.assignee,
        due=date.fromisoformat(row.due),
        overdue=_is_late(row, at),
        done=done,
        open_steps=() if closed else _open_steps(done, named=not opinion.anonymous),
        closed_at=datetime.fromisoformat(closed) if closed else None,
    )
