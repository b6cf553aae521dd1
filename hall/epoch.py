"""The epoch of the hall's database: who sees another one knows that the hall was restored or rebuilt."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, insert, select, update

from hall.other_cluster import forget_transactions
from hall.tables import feed_floors, meta

_SINCE = "epoch_since"


def renew_epoch(db: Connection) -> str:
    """Begin a new epoch, as whoever restores a backup must; return it."""
    begun = max(datetime.now(UTC), since(db) + timedelta(microseconds=1))
    epoch = secrets.token_hex(8)
    forget_transactions(db)
    db.execute(update(feed_floors).values(xid=0))
    db.execute(update(meta).where(meta.c.name == "epoch").values(value=epoch))
    db.execute(update(meta).where(meta.c.name == _SINCE).values(value=begun.isoformat()))
    return epoch


def since(db: Connection) -> datetime:
    """Return when the epoch began; of a hall from before there were announcements, the first time it is asked."""
    written = db.scalar(select(meta.c.value).where(meta.c.name == _SINCE))
    if written is None:
        written = datetime.now(UTC).isoformat()
        db.execute(insert(meta).values(name=_SINCE, value=written))
    return datetime.fromisoformat(written)
