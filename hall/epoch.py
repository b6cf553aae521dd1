"""The epoch of the hall's database: who sees another one knows that the hall was restored or rebuilt."""

from __future__ import annotations

import secrets

from sqlalchemy import Connection, update

from hall.other_cluster import forget_transactions
from hall.tables import meta


def renew_epoch(db: Connection) -> str:
    """Begin a new epoch, as whoever restores a backup must; return it."""
    epoch = secrets.token_hex(8)
    forget_transactions(db)
    db.execute(update(meta).where(meta.c.name == "epoch").values(value=epoch))
    return epoch
