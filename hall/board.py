"""The board: how much stands at each counter of the hall, counted from the open cases alone."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ColumnElement, Connection, case, func, select, update

from hall.algorithms import agreed_algorithms
from hall.database import HALL_ZONE, hall_key
from hall.department_names import department_name
from hall.tables import case_dates, cases, stations, sub_cases
from wire.board import BoardRow, HallBoard, OwnerRow
from wire.codec import decode
from wire.lifecycle import BEFORE_ACCEPTANCE, OPEN
from wire.messages import CaseAccepted, CaseReceived, SubCaseState
from wire.signed import sign_reply

LONGEST_WINDOW = 40  # letters
_OPEN = sorted(status.value for status in OPEN)
_WITH_DEPARTMENTS = (SubCaseState.DISPATCHED.value, SubCaseState.IN_REVIEW.value)
_QUEUED = sorted(status.value for status in BEFORE_ACCEPTANCE)


def board(db: Connection, station: str, asked_by: str, at: datetime) -> HallBoard:
    """Count the open cases of every window; the caller has asked whether the person may see it."""
    today = at.astimezone(HALL_ZONE).date()
    queued = cases.c.status.in_(_QUEUED)
    day = today.isoformat()
    counted = (
        select(
            cases.c.station,
            stations.c.name,
            stations.c.level,
            cases.c.window,
            func.count().label("open"),
            _sum(cases.c.due_on == day).label("due_today"),
            _sum((cases.c.due_on != "") & (cases.c.due_on < day)).label("overdue"),
            _sum(queued).label("queue"),
            func.min(case((queued & (cases.c.received_at != ""), cases.c.received_at))).label("oldest"),
        )
        .join(stations, stations.c.code == cases.c.station)
        .where(cases.c.concluded_at.is_(None), cases.c.status.in_(_OPEN))
        .group_by(cases.c.station, stations.c.name, stations.c.level, cases.c.window)
        .order_by(cases.c.station, cases.c.window)
    )
    rows = tuple(
        BoardRow(
            station=row.station,
            station_name=row.name,
            window=row.window,
            open=row.open,
            due_today=int(row.due_today),
            overdue=int(row.overdue),
            queue=int(row.queue),
            oldest=datetime.fromisoformat(row.oldest) if row.oldest else None,
            level=row.level,
        )
        for row in db.execute(counted)
    )
    said = HallBoard(station, asked_by, at, today, rows, owners=_owners(db, day))
    return sign_reply(said, hall_key(db), agreed_algorithms(db).signature)


def _owners(db: Connection, day: str) -> tuple[OwnerRow, ...]:
    """Count what each department has to decide."""
    waits = sub_cases.c.state == SubCaseState.DISPATCHED.value
    counted = (
        select(
            sub_cases.c.department,
            func.count().label("open"),
            _sum(sub_cases.c.due_on == day).label("due_today"),
            _sum((sub_cases.c.due_on != "") & (sub_cases.c.due_on < day)).label("overdue"),
            _sum(waits).label("queue"),
            func.min(case((waits, sub_cases.c.dispatched_at))).label("oldest"),
        )
        .where(sub_cases.c.state.in_(_WITH_DEPARTMENTS))
        .group_by(sub_cases.c.department)
        .order_by(sub_cases.c.department)
    )
    return tuple(
        OwnerRow(
            department=row.department,
            name=department_name(row.department),
            name_en=department_name(row.department, "en"),
            open=row.open,
            due_today=int(row.due_today),
            overdue=int(row.overdue),
            queue=int(row.queue),
            oldest=datetime.fromisoformat(row.oldest) if row.oldest else None,
        )
        for row in db.execute(counted)
    )


def window_of(received: CaseReceived) -> str:
    """Return the window that the board counts a case under: of whatever a station says, what an index can hold."""
    return received.window.replace("\x00", "")[:LONGEST_WINDOW]


def note_due(db: Connection, case_id: str) -> None:
    """Write down by when the next item of an accepted case is promised; "" when none is open.

    Where the hall has computed dates of its own these count, and it has written them down with them (hall/dates.py).
    """
    if db.execute(select(case_dates.c.case).where(case_dates.c.case == case_id)).first() is not None:
        return
    accepted = db.scalar(select(cases.c.accepted).where(cases.c.id == case_id))
    if accepted is None:
        return
    promised = decode(CaseAccepted, accepted).promised
    undecided = select(sub_cases.c.item).where(sub_cases.c.case == case_id, sub_cases.c.result.is_(None))
    days: list[date] = [promised[item] for item in db.scalars(undecided) if item in promised]
    due = min(days).isoformat() if days else ""
    db.execute(update(cases).where(cases.c.id == case_id).values(due_on=due))


def first_due(accepted: CaseAccepted) -> str:
    """Return the first promised day of an acceptance, "" where nothing was promised."""
    return min(accepted.promised.values()).isoformat() if accepted.promised else ""


def _sum(what: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((what, 1), else_=0)), 0)
