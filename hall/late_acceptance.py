"""An acceptance that was made in time and told late: it wins over the acceptance by silence that was counted meanwhile.

A station without network accepts within the five working days (行政许可法 art. 32), and the hall, which hears nothing, counts the
receipt as accepted as of its day (hall/deemed.py). When the station's word comes, the case is put right: its day, its papers and
its clocks are those of the counter, what departments have begun goes on, and the trace of both stays.
"""

from __future__ import annotations

import dataclasses
import logging
from datetime import datetime

from sqlalchemy import Connection, Row, insert, select, update

from hall import cases as life
from hall import papers
from hall.acceptance import Gate
from hall.board import first_due
from hall.database import HALL_ZONE, stamp
from hall.dates import start_clocks
from hall.deemed import CORRECTED, deemed_of, mark_corrected, take_back
from hall.department_feed import tell_open_tasks
from hall.standing import Standing
from hall.steps import StepRefused, status_of
from hall.tables import alarms, cases, inbox, places, sub_cases
from wire.codec import decode, encode
from wire.department_feed import TaskNews
from wire.keys import new_id
from wire.lifecycle import UNDER_WAY
from wire.messages import Alarm, CaseAccepted, CaseReceived, Envelope, SubCaseState

log = logging.getLogger(__name__)

_BEGUN = frozenset({SubCaseState.IN_REVIEW.value, SubCaseState.DECIDED.value})


def accept(
    db: Connection, mine: Standing, envelope: Envelope, accepted: CaseAccepted, at: datetime, gate: Gate
) -> None:
    """受理 at the hall, also of a case that silence has accepted. Raises StepRefused as cases.accept does.

    A word that was not given in time, or that its own device's chain contradicts, fits no more than any other second
    acceptance.
    """
    case = envelope.subject
    silence = deemed_of(db, case)
    if silence is not None and _in_time(db, mine, envelope, accepted, at, silence.last_day.isoformat()):
        win(db, case, mine.station, accepted, at, gate)
    else:
        life.accept(db, case, mine.station, accepted, at, gate)


def win(db: Connection, case: str, station: str, accepted: CaseAccepted, at: datetime, gate: Gate) -> None:
    """Put an acceptance in the place of that by silence; that it was made in time is the caller's to know. Raises StepRefused as
    cases.accept does, accepted_already once a department has decided."""
    row = life.case_of(db, case, station)
    life.hold_office(row, station)
    if not _has_begun(db, case):
        received = decode(CaseReceived, str(row.body))
        take_back(db, row, told_at=received.received_at, at=at)
        life.accept(db, case, station, accepted, at, gate)
    elif status_of(row) in UNDER_WAY:
        _put_right(db, row, accepted, at, gate)
        mark_corrected(db, case)
    else:
        raise StepRefused("accepted_already")
    alarm = Alarm(new_id(), at, station, accepted.clerk, CORRECTED, case, "", 1)
    db.execute(insert(alarms).values(dataclasses.asdict(alarm) | {"at": stamp(at)}))
    log.warning("%s was accepted in time after all, told %s", case, stamp(at))


def _in_time(
    db: Connection, mine: Standing, envelope: Envelope, accepted: CaseAccepted, at: datetime, last_day: str
) -> bool:
    """Say whether the counter accepted within the five days. Its own clock says so, but never later than the hall's, not after it
    was written down, and not before what the same device had done before it: events keep their order, so that a clock which was
    set back for one of them is seen by the one before."""
    if accepted.accepted_at > at or accepted.accepted_at.astimezone(HALL_ZONE).date().isoformat() > last_day:
        return False
    before = _before(db, mine, envelope)
    return accepted.accepted_at <= envelope.at and (before is None or before.at <= accepted.accepted_at)


def _before(db: Connection, mine: Standing, envelope: Envelope) -> Envelope | None:
    """Return the last event before this one that is here of the chain of its device, None for the first. What lies between may
    be held back at the station, or kept back on purpose: the one before that stands all the same."""
    query = (
        select(inbox.c.envelope)
        .join(places, places.c.event == inbox.c.event)
        .where(
            places.c.device == mine.device,
            places.c.incarnation == mine.incarnation,
            places.c.seq < envelope.seq,
        )
        .order_by(places.c.seq.desc())
        .limit(1)
    )
    text = db.scalar(query)
    return decode(Envelope, text) if text else None


def _has_begun(db: Connection, case: str) -> bool:
    states = db.scalars(select(sub_cases.c.state).where(sub_cases.c.case == case))
    return any(state in _BEGUN for state in states)


def _put_right(
    db: Connection, row: Row[tuple[object, ...]], accepted: CaseAccepted, at: datetime, gate: Gate
) -> None:
    """A department has begun with it: it goes on, with the counter's day, papers and clocks."""
    case, received = str(row.id), decode(CaseReceived, str(row.body))
    life.hold_papers(db, row, accepted, gate)
    db.execute(
        update(cases).where(cases.c.id == case).values(accepted=encode(accepted), due_on=first_due(accepted))
    )
    papers.name_scans(db, case, accepted.materials, at)
    tell_open_tasks(db, case, TaskNews.PAPERS_CHANGED, at)
    items = [order.item for order in received.sub_cases]
    start_clocks(db, case, accepted, items, gate.release(db, received.catalogue), at)
