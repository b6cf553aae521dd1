"""The hall's signed word on its epoch, for a station that is told of another one."""

from __future__ import annotations

from sqlalchemy import Connection

from hall.algorithms import agreed_algorithms
from hall.database import fact, hall_key
from hall.epoch import since
from wire.epoch import EpochAnnouncement
from wire.keys import key_id, public_of
from wire.signed import sign_reply


def announce(db: Connection) -> EpochAnnouncement:
    """Say which epoch is in force, and since when."""
    private = hall_key(db)
    unsigned = EpochAnnouncement(fact(db, "epoch"), since(db), key_id(public_of(private)), "")
    return sign_reply(unsigned, private, agreed_algorithms(db).signature)
