"""Lets go of what the feed told long ago: a station that was away for longer takes a snapshot."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, select

from hall.database import stamp
from hall.tables import feed, feed_floors
from hall.upsert import upsert

CURSOR_DAYS = 90  # a cursor is good for at least so long (sync.md 1, JMAP)


def prune_feed(db: Connection, at: datetime, days: int = CURSOR_DAYS) -> int:
    """Delete what was told more than `days` before `at`, and write down how far; return how many changes went."""
    old = (feed.c.at < stamp(at - timedelta(days=days)), feed.c.at != "")
    for station in list(db.scalars(select(feed.c.station).where(*old).distinct())):
        places = select(feed.c.xid, feed.c.seq).where(feed.c.station == station, *old)
        last = db.execute(places.order_by(feed.c.xid.desc(), feed.c.seq.desc()).limit(1)).one()
        row = {"station": station, "xid": last.xid, "seq": last.seq}
        upsert(db, feed_floors, row, ["station"], ["xid", "seq"])
    return db.execute(delete(feed).where(*old)).rowcount
