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
from hall.steps import StepRefused, status_of
from hall.tables import alarms, cases, devices, inbox, places, sub_cases
from wire.codec import decode, encode
from wire.department_feed import TaskNews
from wire.keys import new_id
from wire.lifecycle import UNDER_WAY
from wire.messages import Alarm, CaseAccepted, CaseReceived, Envelope, SubCaseState

log = logging.getLogger(__name__)

_BEGUN = frozenset({SubCaseState.IN_REVIEW.value, SubCaseState.DECIDED.value})


def accept(
    db: Connection, station: str, envelope: Envelope, accepted: CaseAccepted, at: datetime, gate: Gate
) -> None:
    """受理 at the hall, also of a case that silence has accepted. Raises StepRefused as cases.accept does.

    A word that was not given in time, or that its own device's chain contradicts, fits no more than any other second
    acceptance.
    """
    case = envelope.subject
    row = life.case_of(db, case, station)
    silence = deemed_of(db, case)
    if silence is None or not _in_time(db, station, envelope, accepted, at, silence.last_day.isoformat()):
        life.accept(db, case, station, accepted, at, gate)
        return
    life.hold_office(row, station)
    begun = _has_begun(db, case)
    if not begun:
        take_back(db, row, told_at=accepted.accepted_at, at=at)
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
    db: Connection, station: str, envelope: Envelope, accepted: CaseAccepted, at: datetime, last_day: str
) -> bool:
    """Say whether the counter accepted within the five days. Its own clock says so, but never later than the hall's, and not
    before what the same device had done before it: events keep their order, so that a clock which was set back for one of
    them is seen by the one before."""
    if accepted.accepted_at > at or accepted.accepted_at.astimezone(HALL_ZONE).date().isoformat() > last_day:
        return False
    before = _before(db, station, envelope)
    return before is None or before.at <= accepted.accepted_at <= envelope.at


def _before(db: Connection, station: str, envelope: Envelope) -> Envelope | None:
    """Return the event before this one in the chain of its device, None for the first."""
    query = (
        select(inbox.c.envelope)
        .join(places, places.c.event == inbox.c.event)
        .join(devices, devices.c.id == places.c.device)
        .where(
            devices.c.station == station,
            places.c.seq == envelope.seq - 1,
            places.c.sha256 == envelope.prev,
        )
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
