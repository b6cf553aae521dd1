"""The change feed: what each station is told, in order, behind an opaque cursor."""

from __future__ import annotations

from sqlalchemy import Connection, func, insert, select, update

from hall.database import fact, now, stamp
from hall.tables import cases, feed, feed_floors
from wire.codec import decode, encode
from wire.messages import Change, ChangeKind, ChangePage

MAX_PAGE = 200


class CursorGone(Exception):
    """A cursor of another epoch, or of a time that was pruned: the station has to take a snapshot."""


def tell(db: Connection, case: str, kind: ChangeKind, body: object) -> None:
    """Append a change of a case to its station's feed, with the case's next rev."""
    row = db.execute(
        update(cases)
        .where(cases.c.id == case)
        .values(rev=cases.c.rev + 1)
        .returning(cases.c.rev, cases.c.station)
    ).one()
    db.execute(
        insert(feed).values(
            station=row.station, at=stamp(now()), change=encode(Change(case, row.rev, kind, encode(body)))
        )
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
    if after < (db.scalar(select(feed_floors.c.seq).where(feed_floors.c.station == station)) or 0):
        raise CursorGone
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


def newest_cursor(db: Connection, station: str) -> str:
    """Return the place behind everything that a station was told so far."""
    last = db.scalar(select(func.max(feed.c.seq)).where(feed.c.station == station))
    floor = db.scalar(select(feed_floors.c.seq).where(feed_floors.c.station == station))
    return f"{fact(db, 'epoch')}.{last or floor or 0}"
