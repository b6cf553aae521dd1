"""The board: how much stands at each counter of the hall, counted from the open cases alone."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ColumnElement, Connection, case, func, select, update

from hall.algorithms import agreed_algorithms
from hall.database import HALL_ZONE, hall_key
from hall.tables import cases, stations, sub_cases
from wire.board import BoardRow, HallBoard
from wire.codec import decode
from wire.lifecycle import BEFORE_ACCEPTANCE, OPEN
from wire.messages import CaseAccepted, CaseReceived
from wire.signed import sign_reply

LONGEST_WINDOW = 40  # letters
_OPEN = sorted(status.value for status in OPEN)
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
            cases.c.window,
            func.count().label("open"),
            _sum(cases.c.due_on == day).label("due_today"),
            _sum((cases.c.due_on != "") & (cases.c.due_on < day)).label("overdue"),
            _sum(queued).label("queue"),
            func.min(case((queued & (cases.c.received_at != ""), cases.c.received_at))).label("oldest"),
        )
        .join(stations, stations.c.code == cases.c.station)
        .where(cases.c.concluded_at.is_(None), cases.c.status.in_(_OPEN))
        .group_by(cases.c.station, stations.c.name, cases.c.window)
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
        )
        for row in db.execute(counted)
    )
    said = HallBoard(station, asked_by, at, today, rows)
    return sign_reply(said, hall_key(db), agreed_algorithms(db).signature)


def window_of(received: CaseReceived) -> str:
    """Return the window that the board counts a case under: of whatever a station says, what an index can hold."""
    return received.window.replace("\x00", "")[:LONGEST_WINDOW]


def note_due(db: Connection, case_id: str) -> None:
    """Write down by when the next item of an accepted case is promised; "" when none is open."""
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
