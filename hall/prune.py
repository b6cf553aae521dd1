"""Lets go of what the feed told long ago: a station that was away for longer takes a snapshot."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, func, select

from hall.database import stamp
from hall.tables import feed, feed_floors

CURSOR_DAYS = 90  # a cursor is good for at least so long (sync.md 1, JMAP)


def prune_feed(db: Connection, at: datetime, days: int = CURSOR_DAYS) -> int:
    """Delete what was told more than `days` before `at`, and write down how far; return how many changes went."""
    old = (feed.c.at < stamp(at - timedelta(days=days)), feed.c.at != "")
    ends = select(feed.c.station, func.max(feed.c.seq).label("seq")).where(*old).group_by(feed.c.station)
    for row in db.execute(ends).all():
        gone = delete(feed_floors).where(feed_floors.c.station == row.station)
        db.execute(gone)
        db.execute(feed_floors.insert().values(station=row.station, seq=row.seq))
    return db.execute(delete(feed).where(*old)).rowcount
