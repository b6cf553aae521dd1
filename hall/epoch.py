"""The epoch of the hall's database: who sees another one knows that the hall was restored or rebuilt."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from sqlalchemy import Connection, insert, select, update

from hall.algorithms import agreed_algorithms
from hall.database import fact, hall_key, now, stamp
from hall.other_cluster import forget_transactions
from hall.tables import feed_floors, meta
from wire.epoch import EpochAnnouncement
from wire.keys import key_id, public_of
from wire.signed import sign_reply

_SINCE = "epoch_since"


def renew_epoch(db: Connection) -> str:
    """Begin a new epoch, as whoever restores a backup must; return it."""
    begun = max(now(), _since(db) + timedelta(microseconds=1))
    epoch = secrets.token_hex(8)
    forget_transactions(db)
    db.execute(update(feed_floors).values(xid=0))
    db.execute(update(meta).where(meta.c.name == "epoch").values(value=epoch))
    db.execute(update(meta).where(meta.c.name == _SINCE).values(value=stamp(begun)))
    return epoch


def announce(db: Connection) -> EpochAnnouncement:
    """Say under the hall's key which epoch is in force: a station that is told of another one asks for this."""
    private = hall_key(db)
    unsigned = EpochAnnouncement(fact(db, "epoch"), _since(db), key_id(public_of(private)), "")
    return sign_reply(unsigned, private, agreed_algorithms(db).signature)


def _since(db: Connection) -> datetime:
    """Return when the epoch began; of a hall from before there were announcements, the first time it is asked."""
    written = db.scalar(select(meta.c.value).where(meta.c.name == _SINCE))
    if written is None:
        written = stamp(now())
        db.execute(insert(meta).values(name=_SINCE, value=written))
    return datetime.fromisoformat(written)
