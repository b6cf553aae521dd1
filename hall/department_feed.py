"""The feed of each department: what its own system, its connectors and the simulated departments read, behind a cursor."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select

from hall.database import fact
from hall.feed import MAX_PAGE, OWN_XID, Place, in_order, read_cursor, write_cursor
from hall.tables import department_feed, sub_cases
from hall.upsert import is_postgres
from wire.codec import decode, encode
from wire.department_feed import DepartmentEvent, DepartmentPage, TaskNews
from wire.keys import new_id
from wire.messages import SubCaseState

OPEN = (SubCaseState.DISPATCHED.value, SubCaseState.IN_REVIEW.value)
EVERYBODY = "all"  # no department: a connector's word for every feed in one


@dataclass(frozen=True, slots=True)
class Subject:
    """What an event is about: a case, and one of its sub-cases where it concerns a single one."""

    case: str
    item: str = ""
    task: int = 0


def tell_department(
    db: Connection,
    department: str,
    kind: TaskNews,
    about: Subject,
    at: datetime,
    details: Mapping[str, str] | None = None,
) -> None:
    """Append an event to a department's feed, in the transaction of what it tells."""
    event = DepartmentEvent(
        new_id(), department, kind, at, about.case, about.item, about.task, dict(details or {})
    )
    row: dict[str, Any] = {
        "event": event.id,
        "department": department,
        "case": about.case,
        "body": encode(event),
    }
    if is_postgres(db):
        # As in hall/feed.py: a transaction that began earlier may come to this case later, and stands behind it then.
        before = select(func.max(department_feed.c.xid)).where(department_feed.c.case == about.case)
        row["xid"] = func.greatest(before.scalar_subquery(), OWN_XID)  # of nothing and something: something
    db.execute(insert(department_feed).values(row))


def tell_open_tasks(db: Connection, case: str, kind: TaskNews, at: datetime) -> None:
    """Tell every department that has an open task of the case, once a task."""
    rows = select(sub_cases).where(sub_cases.c.case == case, sub_cases.c.state.in_(OPEN))
    for row in db.execute(rows.order_by(sub_cases.c.id)).all():
        tell_department(db, row.department, kind, Subject(case, row.item, row.id), at)


def tell_whoever_heard(db: Connection, case: str, kind: TaskNews, at: datetime) -> None:
    """Tell every department that was told anything of the case before."""
    heard = select(department_feed.c.department).where(department_feed.c.case == case).distinct()
    for department in sorted(db.scalars(heard)):
        tell_department(db, department, kind, Subject(case), at)


def page(db: Connection, department: str, cursor: str, limit: int) -> DepartmentPage:
    """Return what a department has not taken; EVERYBODY reads all feeds in the order in which they were written.

    Raises CursorGone for a cursor of another epoch, ValueError for one that is none. An event may be told again (at least
    once): its id stays the same.
    """
    epoch = fact(db, "epoch")
    after = read_cursor(cursor, epoch)
    if after.xid < 0 or after.seq < 0:
        raise ValueError("no place")
    wanted = min(max(limit, 1), MAX_PAGE)
    query = select(department_feed.c.xid, department_feed.c.seq, department_feed.c.body)
    if department != EVERYBODY:
        query = query.where(department_feed.c.department == department)
    behind = in_order(query, department_feed, (after.xid, after.seq), postgres=is_postgres(db))
    rows = db.execute(behind.limit(wanted + 1)).all()
    shown = rows[:wanted]
    last = Place(shown[-1].xid, shown[-1].seq) if shown else after
    items = tuple(decode(DepartmentEvent, row.body) for row in shown)
    return DepartmentPage(epoch, items, write_cursor(last, epoch), more=len(rows) > wanted)
