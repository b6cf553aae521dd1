"""Holds everything that the hall keeps together: chains, receipts, cases and their events, sub-cases and what departments heard."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, and_, func, select

from hall.algorithms import agreed_algorithms
from hall.database import hall_key
from hall.deemed import DEEMED
from hall.engines import reading
from hall.tables import case_steps, cases, department_feed, devices, inbox, places, sub_cases
from wire.codec import Malformed, decode, digest
from wire.department_feed import DepartmentEvent, TaskNews
from wire.keys import public_of
from wire.lifecycle import BEFORE_ACCEPTANCE, ENDED_EARLY, FINISHED, UNDER_WAY, CaseStatus
from wire.messages import Envelope, EventKind, PushResult, PushStatus, Result, SubCaseState
from wire.signed import receipt_is_genuine

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that does not fit, by ids: never what it is about.

    Codes of chains: chain_broken, chain_head, place_missing, event_missing; of events: envelope, envelope_hash, receipt,
    receipt_missing; of cases: case_missing, event_of_case, event_of_acceptance, sub_cases_missing; of sub-cases: result,
    dispatch_early, not_dispatched, not_told, conclusion, state.
    """

    code: str
    where: str


def faults(engine: Engine) -> Iterator[Fault]:
    """Yield whatever does not fit, beside a hall that serves: all of it is looked at as it stood at one moment."""
    with _as_it_stands(engine) as db:
        yield from _chains(db)
        told = _Told()
        yield from _events(db, told)
        yield from _cases(db, told)
        yield from _sub_cases(db)


@contextmanager
def _as_it_stands(engine: Engine) -> Iterator[Connection]:
    # Who only reads holds no number of a transaction: stations' news go on meanwhile.
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="REPEATABLE READ") as db, db.begin():
            yield db
    else:
        with reading(engine) as db:
            yield db


def gaps(db: Connection) -> int:
    """Count places in front of which something is still to come: events that a station holds back for a person are such."""
    before = places.alias()
    follows = and_(
        before.c.device == places.c.device,
        before.c.incarnation == places.c.incarnation,
        before.c.seq == places.c.seq - 1,
    )
    alone = select(func.count()).select_from(places.outerjoin(before, follows))
    return int(db.scalar(alone.where(places.c.seq > 1, before.c.seq.is_(None))) or 0)


def _chains(db: Connection) -> Iterator[Fault]:
    after = places.alias()
    next_one = and_(
        after.c.device == places.c.device,
        after.c.incarnation == places.c.incarnation,
        after.c.seq == places.c.seq + 1,
    )
    torn = select(places.c.device, after.c.seq).select_from(places.join(after, next_one))
    for row in db.execute(torn.where(after.c.prev != places.c.sha256)):
        yield Fault("chain_broken", f"{row.device}/{row.seq}")
    longest = (
        select(places.c.device, places.c.incarnation, func.max(places.c.seq).label("seq"))
        .group_by(places.c.device, places.c.incarnation)
        .subquery()
    )
    mine = and_(longest.c.device == devices.c.id, longest.c.incarnation == devices.c.incarnation)
    heads = select(devices.c.id, devices.c.last_seq, longest.c.seq).select_from(
        devices.outerjoin(longest, mine)
    )
    for device, said, found in db.execute(heads):
        if (found or 0) != said:
            yield Fault("chain_head", f"{device}/{said}")
    lost = select(places.c.event).select_from(places.outerjoin(inbox, inbox.c.event == places.c.event))
    for event in db.scalars(lost.where(inbox.c.event.is_(None))):
        yield Fault("event_missing", str(event))
    unplaced = select(inbox.c.event).select_from(inbox.outerjoin(places, inbox.c.event == places.c.event))
    for event in db.scalars(unplaced.where(places.c.event.is_(None))):
        yield Fault("place_missing", str(event))


class _Told:
    """Cases of which an event was taken."""

    def __init__(self) -> None:
        self.received: set[str] = set()
        self.accepted: set[str] = set()


def _events(db: Connection, told: _Told) -> Iterator[Fault]:
    public, agreed = public_of(hall_key(db)), agreed_algorithms(db)
    rows = select(inbox.c.event, inbox.c.sha256, inbox.c.envelope, inbox.c.result)
    for row in db.execute(rows.execution_options(yield_per=_AT_ONCE)):
        try:
            envelope, result = decode(Envelope, row.envelope), decode(PushResult, row.result)
        except Malformed:
            yield Fault("envelope", row.event)
            continue
        right = envelope.id == row.event and envelope.sha256 == row.sha256
        if not right or digest(envelope.body, envelope.digest) != row.sha256:
            yield Fault("envelope_hash", row.event)
        if result.status is not PushStatus.APPLIED:
            continue
        receipt = result.receipt
        if receipt is None:
            yield Fault("receipt_missing", row.event)
        elif (receipt.event, receipt.sha256) != (row.event, row.sha256) or not receipt_is_genuine(
            receipt, public, agreed.signature
        ):
            yield Fault("receipt", row.event)
        if envelope.kind is EventKind.CASE_RECEIVED:
            told.received.add(envelope.subject)
        elif envelope.kind is EventKind.CASE_ACCEPTED:
            told.accepted.add(envelope.subject)


def _cases(db: Connection, told: _Told) -> Iterator[Fault]:
    parts = select(func.count()).where(sub_cases.c.case == cases.c.id).scalar_subquery()
    rows = select(cases.c.id, cases.c.accepted.is_not(None).label("accepted"), parts.label("parts"))
    there: set[str] = set()
    by_silence = set(db.scalars(select(case_steps.c.case).where(case_steps.c.kind == DEEMED)))
    for row in db.execute(rows.execution_options(yield_per=_AT_ONCE)):
        there.add(row.id)
        if row.id not in told.received:
            yield Fault("event_of_case", row.id)
        if row.accepted and row.id not in told.accepted | by_silence:
            yield Fault("event_of_acceptance", row.id)
        if not row.parts:
            yield Fault("sub_cases_missing", row.id)
    for case in sorted(told.received - there):
        yield Fault("case_missing", case)


def _sub_cases(db: Connection) -> Iterator[Fault]:
    told = _dispatches(db)
    rows = (
        select(sub_cases, cases.c.accepted, cases.c.closed, cases.c.concluded_at, cases.c.status)
        .join(cases, cases.c.id == sub_cases.c.case)
        .order_by(sub_cases.c.case, sub_cases.c.id)
    )
    case: list[Any] = []
    for row in db.execute(rows.execution_options(yield_per=_AT_ONCE)):
        if case and case[0].case != row.case:
            yield from _case_parts(case, told)
            case = []
        case.append(row)
    if case:
        yield from _case_parts(case, told)


def _dispatches(db: Connection) -> set[int]:
    found: set[int] = set()
    named = department_feed.c.body.contains(TaskNews.TASK_DISPATCHED.value)
    bodies = select(department_feed.c.body).where(named).execution_options(yield_per=_AT_ONCE)
    for body in db.scalars(bodies):
        event = decode(DepartmentEvent, body)
        if event.kind is TaskNews.TASK_DISPATCHED:
            found.add(event.task)
    return found


def _case_parts(rows: list[Any], told: set[int]) -> Iterator[Fault]:
    ended = {row.item for row in rows if row.result is not None}
    for row in rows:
        where = f"{row.case}/{row.item}"
        decided = row.state == SubCaseState.DECIDED.value
        waits = row.state == SubCaseState.WAITING.value
        if decided != (row.result is not None) or not _reads(row.result):
            yield Fault("result", where)
        ready = all(item in ended for item in json.loads(row.after))
        if not waits and not decided and row.accepted is None:
            yield Fault("dispatch_early", where)
        if not waits and not decided and not ready:
            yield Fault("dispatch_early", where)
        if waits and ready and row.accepted is not None and row.closed is None:
            yield Fault("not_dispatched", where)
        if row.dispatched_at is not None and row.id not in told:
            yield Fault("not_told", where)
    # A case that the applicant took back whole has ended without a conclusion.
    concludes = len(ended) == len(rows) and rows[0].closed is None
    if concludes != (rows[0].concluded_at is not None):
        yield Fault("conclusion", str(rows[0].case))
    if not _fits(rows[0]):
        yield Fault("state", str(rows[0].case))


def _fits(case: Any) -> bool:
    """Say whether the state of a case is what its columns say (wire/lifecycle.py)."""
    status = CaseStatus(case.status)
    if case.closed is not None:
        return status in ENDED_EARLY
    if case.concluded_at is not None:
        return status in FINISHED
    return status in (UNDER_WAY if case.accepted is not None else BEFORE_ACCEPTANCE)


def _reads(result: str | None) -> bool:
    if result is None:
        return True
    try:
        decode(Result, result)
    except Malformed:
        return False
    return True
