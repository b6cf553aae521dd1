"""The shelf of work lists: pages by key and place over indexed columns, counts, and the filters of clerks.

A page begins behind a row whose key is known, or a number of rows behind it: the rows between are stepped over in an index
that holds everything the list asks for, so that none of them is opened.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.sqlite import insert

from wire.codec import decode, encode
from workstation.domain.approval import ProposalState
from workstation.domain.case import Case
from workstation.domain.counter_time import COUNTER_ZONE
from workstation.domain.work_lists import (
    LISTS,
    Due,
    ListWanted,
    Mark,
    Place,
    SavedFilter,
    Start,
    answer_by,
    due_on,
    to_replace,
)
from workstation.storage.raw import raw
from workstation.storage.tables import list_filters
from workstation.storage.times import stamp

_OPEN = ProposalState.OPEN.value
_MARKS = {
    Mark.TO_REPLACE: "to_replace = 1",
    Mark.ANSWER_OWED: "answer_by <> ''",
    Mark.PROPOSED: f"id IN (SELECT \"case\" FROM proposals WHERE state = '{_OPEN}')",  # noqa: S608 - our own word
    Mark.ENDED: "ended_at <> ''",
}
# The first half names the index: SQLite does not see by itself that a day is not empty.
_DUE = {Due.TODAY: "due_on <> '' AND due_on = ?", Due.BEFORE: "due_on <> '' AND due_on < ?"}


# The columns of the work lists.
LISTED = ("clerk", "due_on", "answer_by", "to_replace", "listed")


def listed(case: Case) -> tuple[object, ...]:
    """Return the values of LISTED."""
    return case.clerk, _day(due_on(case)), _day(answer_by(case)), int(to_replace(case)), 1


@dataclass(slots=True)
class Counted:
    """How many cases there were in all, up to which place and after which purge: all of them are counted once."""

    upto: int = 0
    purge: int = -1
    count: int = 0


class ListShelf:
    """See services.ports.Lists."""

    def __init__(self, connection: Connection, counted: Counted) -> None:
        self._db = connection
        self._counted = counted

    def places(self, wanted: ListWanted, today: date, start: Start, limit: int) -> tuple[Place, ...]:
        """Return where the rows of a page stand, in the order of the list; see services.ports.Lists."""
        column = wanted.by.value
        down = wanted.backwards is not start.backward
        where, values = _where(wanted, today)
        if start.after is not None:
            sign = "<" if down else ">"
            # Not as a pair: SQLite looks a pair up by its first half alone and sorts what it finds.
            where.append(f"{column} {sign}= ? AND ({column} {sign} ? OR rowid {sign} ?)")
            values += [start.after.key, start.after.key, start.after.place]
        way = "DESC" if down else "ASC"
        query = f"""SELECT {column}, rowid FROM cases {_all(where)}
            ORDER BY {column} {way}, rowid {way} LIMIT ? OFFSET ?"""  # noqa: S608 - our own columns
        rows = raw(self._db).execute(query, (*values, limit, start.skip)).fetchall()
        found = [Place(str(key), int(place)) for key, place in rows]
        return tuple(reversed(found) if start.backward else found)

    def received(self, since: date, until: date, after: Place | None, limit: int) -> tuple[Place, ...]:
        """Return where the cases of a span of days of receipt stand, the first first, behind a place."""
        first, last = (
            datetime.combine(day, time(), COUNTER_ZONE) for day in (since, until + timedelta(days=1))
        )
        known = after or Place(stamp(first), -1)
        query = """SELECT received_at, rowid FROM cases
            WHERE received_at >= ? AND received_at < ? AND (received_at > ? OR rowid > ?)
            ORDER BY received_at, rowid LIMIT ?"""
        values = (known.key, stamp(last), known.key, known.place, limit)
        return tuple(Place(str(key), int(place)) for key, place in raw(self._db).execute(query, values))

    def count(self, wanted: ListWanted, today: date) -> int:
        """Return how many cases stand in a list."""
        where, values = _where(wanted, today)
        if not where:
            return self._count_all()
        query = f"SELECT count(*) FROM cases {_all(where)}"  # noqa: S608 - as above
        return int(raw(self._db).execute(query, values).fetchone()[0])

    def before(self, wanted: ListWanted, today: date, case: str) -> int | None:
        """Return how many rows of a list stand before a case; None for one that is not in it."""
        where, values = _where(wanted, today)
        column = wanted.by.value
        here = f"SELECT {column}, rowid FROM cases {_all([*where, 'id = ?'])}"  # noqa: S608 - as above
        row = raw(self._db).execute(here, (*values, case)).fetchone()
        if row is None:
            return None
        sign = ">" if wanted.backwards else "<"
        where.append(f"{column} {sign}= ? AND ({column} {sign} ? OR rowid {sign} ?)")
        query = f"SELECT count(*) FROM cases {_all(where)}"  # noqa: S608 - as above
        return int(raw(self._db).execute(query, (*values, row[0], row[0], row[1])).fetchone()[0])

    def moment(self) -> int:
        """Return a number that is another one after whatever may change a list: the place of the newest audit entry."""
        return int(raw(self._db).execute("SELECT COALESCE(MAX(seq), 0) FROM audit").fetchone()[0])

    def filters(self, login: str) -> tuple[SavedFilter, ...]:
        """Return a clerk's filters by name."""
        query = select(list_filters.c.body).where(list_filters.c.login == login).order_by(list_filters.c.name)
        return tuple(decode(SavedFilter, body) for body in self._db.scalars(query))

    def keep_filter(self, login: str, saved: SavedFilter) -> None:
        """Keep a filter; one of the same name goes."""
        row = insert(list_filters).values(login=login, name=saved.name, body=encode(saved))
        self._db.execute(
            row.on_conflict_do_update(index_elements=["login", "name"], set_={"body": row.excluded.body})
        )

    def drop_filter(self, login: str, name: str) -> None:
        """Let go of a filter; one that is not there is none."""
        at = list_filters.c
        self._db.execute(delete(list_filters).where(at.login == login, at.name == name))

    def _count_all(self) -> int:
        """Count what came since the last time; after a purge all of them anew."""
        db, known = raw(self._db), self._counted
        purge = int(db.execute("SELECT COALESCE(MAX(id), 0) FROM purges").fetchone()[0])
        upto = int(db.execute("SELECT COALESCE(MAX(rowid), 0) FROM cases").fetchone()[0])
        if purge != known.purge or upto < known.upto:
            known.upto, known.purge, known.count = 0, purge, 0
        newer = db.execute("SELECT count(*) FROM cases WHERE rowid > ?", (known.upto,)).fetchone()
        if known.upto == 0:
            # By the index alone: the table is the whole file.
            newer = db.execute("SELECT count(*) FROM cases WHERE received_at > ''").fetchone()
        known.count += int(newer[0])
        known.upto = upto
        return known.count


def _where(wanted: ListWanted, today: date) -> tuple[list[str], list[Any]]:
    at = LISTS[wanted.kind]
    where: list[str] = []
    values: list[Any] = []
    if at.due is not None:
        where.append(_DUE[at.due])
        values.append(today.isoformat())
    if at.mark is not None:
        where.append(_MARKS[at.mark])
    status = (wanted.status,) if wanted.status is not None else ()
    for some in (at.status, status):
        if some:
            # With a clerk their index serves, and it holds the state as well.
            plain = "+" if wanted.clerk else ""
            where.append(f"{plain}status IN ({', '.join('?' * len(some))})")
            values += [each.value for each in some]
    if wanted.clerk:
        where.append("clerk = ?")
        values.append(wanted.clerk)
    since = wanted.since(today)
    if since is not None:
        where.append("received_at >= ?")
        values.append(stamp(datetime.combine(since, time(), COUNTER_ZONE)))
    return where, values


def _all(where: list[str]) -> str:
    return f"WHERE {' AND '.join(where)}" if where else ""


def _day(day: date | None) -> str:
    return day.isoformat() if day is not None else ""
