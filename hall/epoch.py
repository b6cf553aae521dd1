"""The epoch of the hall's database: who sees another one knows that the hall was restored or rebuilt."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime, timedelta, timezone

from sqlalchemy import Connection, insert, select, update

from hall.other_cluster import forget_transactions
from hall.tables import feed_floors, meta, numbers
from hall.upsert import dialect_insert

_SINCE = "epoch_since"
_BEIJING = timezone(timedelta(hours=8))
_GAP = 100_000  # of the six digits of a day


def renew_epoch(db: Connection) -> str:
    """Begin a new epoch, as whoever restores a backup must; return it."""
    begun = max(datetime.now(UTC), since(db) + timedelta(microseconds=1))
    epoch = secrets.token_hex(8)
    forget_transactions(db)
    db.execute(update(feed_floors).values(xid=0))
    _leave_a_gap(db, begun)
    db.execute(update(meta).where(meta.c.name == "epoch").values(value=epoch))
    db.execute(update(meta).where(meta.c.name == _SINCE).values(value=begun.isoformat()))
    return epoch


def _leave_a_gap(db: Connection, at: datetime) -> None:
    """Number today's cases behind a gap: the numbers that were given after the backup stand on paper, and their cases get
    them again when their stations send them once more (hall/heard_before.py)."""
    series = f"project:{at.astimezone(_BEIJING):%Y%m%d}"
    row = dialect_insert(db, numbers).values(series=series, last=_GAP)
    db.execute(row.on_conflict_do_update(index_elements=["series"], set_={"last": numbers.c.last + _GAP}))


def since(db: Connection) -> datetime:
    """Return when the epoch began; of a hall from before there were announcements, the first time it is asked."""
    written = db.scalar(select(meta.c.value).where(meta.c.name == _SINCE))
    if written is None:
        written = datetime.now(UTC).isoformat()
        db.execute(insert(meta).values(name=_SINCE, value=written))
    return datetime.fromisoformat(written)
