"""视为受理: a receipt about which nobody said anything within five working days counts as accepted from its day on.

行政许可法 art. 32 (1) item 4; domain.md 0.3, 3.6. The hall counts, accepts, dispatches, tells the station and raises an alarm: a
clerk who let the days pass has accepted, whatever is missing.
"""

from __future__ import annotations

import dataclasses
import logging
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, delete, insert, select, update

from catalogue.model import Catalogue
from deadlines.plan import NO_LIMIT, Part, plan
from deadlines.rules import deemed
from deadlines.working_days import CalendarEnded, WorkingDays
from hall.cases import case_of, dispatch
from hall.database import HALL_ZONE, stamp
from hall.dates import start_clocks
from hall.department_feed import Subject, tell_department
from hall.feed import tell
from hall.steps import hold_step, move
from hall.tables import alarms, case_dates, case_steps, cases, sub_cases
from wire.codec import decode, encode
from wire.corrections import DeemedAccepted
from wire.department_feed import TaskNews
from wire.keys import new_id
from wire.lifecycle import CaseStatus, Step
from wire.messages import (
    Alarm,
    CaseAccepted,
    CaseReceived,
    ChangeKind,
    EventKind,
    SubCaseState,
)

log = logging.getLogger(__name__)

DEEMED = "deemed"  # kind of the step, and of the alarm
CORRECTED = (
    "deemed_corrected"  # kind of the step once somebody had spoken in time after all, and of the alarm of it
)
MOST_AT_ONCE = 200
CatalogueOf = Callable[[Connection, str], Catalogue]


def deem(
    db: Connection, table: WorkingDays, catalogue_of: CatalogueOf, at: datetime, most: int = MOST_AT_ONCE
) -> tuple[str, ...]:
    """Accept what has waited too long; return the cases, at most `most`. What the table of days does not reach waits on."""
    found: list[str] = []
    for row in db.execute(_silent().order_by(cases.c.id)).all():
        received = decode(CaseReceived, str(row.body))
        try:
            last = deemed(received.received_at, table)
        except CalendarEnded:
            continue
        if last.has_come(at.astimezone(HALL_ZONE).date()) and _still_silent(db, str(row.id)):
            accept_by_silence(db, str(row.id), str(row.station), received, table, catalogue_of, at)
            found.append(str(row.id))
            if len(found) == most:
                break
    return tuple(found)


def _silent() -> Select[Any]:
    told = select(case_steps.c.case).where(
        case_steps.c.case == cases.c.id,
        case_steps.c.kind.in_((EventKind.CORRECTION_ASKED.value, EventKind.CASE_REOPENED.value)),
    )
    return select(cases.c.id, cases.c.body, cases.c.station).where(
        cases.c.status == CaseStatus.RECEIVED.value, ~told.exists()
    )


def _still_silent(db: Connection, case: str) -> bool:
    """Hold a case and look once more: on PostgreSQL its station may have spoken since it was found."""
    db.execute(select(cases.c.id).where(cases.c.id == case).with_for_update())
    return db.execute(_silent().where(cases.c.id == case)).first() is not None


def accept_by_silence(
    db: Connection,
    case: str,
    station: str,
    received: CaseReceived,
    table: WorkingDays,
    catalogue_of: CatalogueOf,
    at: datetime,
) -> None:
    """Accept one case as of its receipt. Raises StepRefused when it is not received any more."""
    row = case_of(db, case, station)
    status = hold_step(row, Step.DEEM_ACCEPTED)
    last = deemed(received.received_at, table).last_day
    promised = _promised(received, catalogue_of(db, received.catalogue), table)
    accepted = CaseAccepted(
        received.receipt_no,
        DEEMED,
        received.received_at,
        promised,
        received.materials,
        received.verifications,
    )
    db.execute(update(cases).where(cases.c.id == case).values(accepted=encode(accepted)))
    move(db, case, status)
    told = DeemedAccepted(received.receipt_no, received.received_at, last, at, promised)
    row_of_step = {"event": f"{DEEMED}:{case}", "case": case, "kind": DEEMED, "at": stamp(at)}
    db.execute(insert(case_steps).values(**row_of_step, body=encode(told)))
    tell(db, case, ChangeKind.CASE_DEEMED_ACCEPTED, told)
    alarm = Alarm(new_id(), at, station, received.clerk, DEEMED, case, "", 1)
    db.execute(insert(alarms).values(dataclasses.asdict(alarm) | {"at": stamp(at)}))
    log.warning("%s counts as accepted: nobody was told anything until %s", case, last.isoformat())
    dispatch(db, case, at)
    items = [order.item for order in received.sub_cases]
    start_clocks(db, case, accepted, items, catalogue_of(db, received.catalogue), at)


def deemed_of(db: Connection, case: str) -> DeemedAccepted | None:
    """Return that a case was accepted by silence, None when it was not."""
    body = db.scalar(select(case_steps.c.body).where(case_steps.c.event == f"{DEEMED}:{case}"))
    return decode(DeemedAccepted, body) if body else None


def mark_corrected(db: Connection, case: str) -> None:
    """更正: the acceptance by silence does not stand any more; what was counted, and when, stays to be seen."""
    changed = update(case_steps).where(case_steps.c.event == f"{DEEMED}:{case}")
    db.execute(changed.values(event=f"{CORRECTED}:{new_id()}", kind=CORRECTED))


def take_back(
    db: Connection, row: Row[tuple[object, ...]], *, told_at: datetime, at: datetime
) -> Row[tuple[object, ...]]:
    """Undo an acceptance by silence for a step that was taken in time and came here late; return the case as it is then.

    Once a department has begun, nothing is undone: the step does not fit any more, and a person sees why.
    """
    case = str(row.id)
    found = deemed_of(db, case)
    if found is None or told_at.astimezone(HALL_ZONE).date() > found.last_day:
        return row
    subs = db.execute(select(sub_cases).where(sub_cases.c.case == case)).all()
    untouched = (SubCaseState.WAITING.value, SubCaseState.DISPATCHED.value)
    if any(sub.state not in untouched for sub in subs):
        return row
    for sub in subs:
        if sub.state == SubCaseState.DISPATCHED.value:
            about = Subject(case, str(sub.item), int(sub.id))
            tell_department(db, str(sub.department), TaskNews.CASE_CLOSED, about, at)
    waiting = {"state": SubCaseState.WAITING.value, "dispatched_at": None, "due_on": ""}
    db.execute(update(sub_cases).where(sub_cases.c.case == case).values(waiting))
    db.execute(update(cases).where(cases.c.id == case).values(accepted=None, due_on=""))
    mark_corrected(db, case)
    db.execute(delete(case_dates).where(case_dates.c.case == case))
    move(db, case, CaseStatus.RECEIVED)
    log.info("%s was spoken about in time after all", case)
    return case_of(db, case, str(row.station))


def _promised(received: CaseReceived, catalogue: Catalogue, table: WorkingDays) -> dict[str, date]:
    parts = tuple(
        Part(order.item, catalogue.items[order.item].promised, NO_LIMIT, order.after)
        for order in received.sub_cases
        if order.item in catalogue.items
    )
    known = {part.key for part in parts}
    parts = tuple(part for part in parts if set(part.after) <= known)
    try:
        dates = plan(received.received_at, parts, table, received.received_at)
    except (CalendarEnded, ValueError):
        return {}
    return {key: each.promised.on for key, each in dates.items() if each.promised is not None}
