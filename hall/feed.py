"""The change feed: what each station is told, in order, behind an opaque cursor."""

from __future__ import annotations

from sqlalchemy import Connection, insert, select, update

from hall.database import fact
from hall.tables import cases, feed
from wire.codec import decode, encode
from wire.messages import Change, ChangeKind, ChangePage

MAX_PAGE = 200


class CursorGone(Exception):
    """A cursor of another epoch: the station has to take a snapshot."""


def tell(db: Connection, case: str, kind: ChangeKind, body: object) -> None:
    """Append a change of a case to its station's feed, with the case's next rev."""
    row = db.execute(
        update(cases)
        .where(cases.c.id == case)
        .values(rev=cases.c.rev + 1)
        .returning(cases.c.rev, cases.c.station)
    ).one()
    db.execute(
        insert(feed).values(station=row.station, change=encode(Change(case, row.rev, kind, encode(body))))
    )


def page(db: Connection, station: str, cursor: str, limit: int) -> ChangePage:
    """Return what the station has not seen. Raises CursorGone, ValueError for a cursor that is none.

    On SQLite there is one writer, so the row number is a safe order; PostgreSQL needs (xid8, seq) (sync.md 1.2).
    """
    epoch = fact(db, "epoch")
    after = 0
    if cursor:
        told_epoch, _, place = cursor.partition(".")
        if told_epoch != epoch:
            raise CursorGone
        after = int(place)
    wanted = min(max(limit, 1), MAX_PAGE)
    query = (
        select(feed.c.seq, feed.c.change)
        .where(feed.c.station == station, feed.c.seq > after)
        .order_by(feed.c.seq)
        .limit(wanted + 1)
    )
    rows = db.execute(query).all()
    shown = rows[:wanted]
    last = shown[-1].seq if shown else after
    items = tuple(decode(Change, row.change) for row in shown)
    return ChangePage(epoch, items, f"{epoch}.{last}", more=len(rows) > wanted)
