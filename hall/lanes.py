"""Lanes of receipt numbers: each device of a station counts in its own, and no lane is given twice."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import Connection, insert, select, update

from hall.algorithms import agreed_algorithms
from hall.database import hall_key, now, stamp
from hall.tables import devices, number_lanes
from wire.numbers import LANES, NumberBlock
from wire.signed import sign_reply

# A number names its day: a lane that nobody counts in any more is free for another device long before that.
REST = timedelta(days=30)


class LanesUsedUp(Exception):
    """All lanes of the station are in use: more devices than there are letters."""


def give_lane(db: Connection, device: str, want: str) -> str:
    """Give a device a lane of its station; the same wish again gets the same lane. Raises LanesUsedUp."""
    place = db.execute(select(devices).where(devices.c.id == device)).one()
    lanes = number_lanes.c
    again = db.scalar(select(lanes.lane).where(lanes.device == device, lanes.want == want))
    if again is not None:
        return str(again)
    at = stamp(now())
    # What the device had before rests: it says itself that it may not count there any more.
    db.execute(
        update(number_lanes).where(lanes.device == device, lanes.ended_at.is_(None)).values(ended_at=at)
    )
    row = {"device": device, "incarnation": place.incarnation, "want": want, "given_at": at, "ended_at": None}
    rows = db.execute(select(lanes.lane, lanes.ended_at).where(lanes.station == place.station)).all()
    known = {str(row.lane): row.ended_at for row in rows}
    fresh = next((lane for lane in LANES if lane not in known), None)
    if fresh is not None:
        db.execute(insert(number_lanes).values(station=place.station, lane=fresh, **row))
        return fresh
    rested = [lane for lane, ended in known.items() if ended and ended < stamp(now() - REST)]
    if not rested:
        raise LanesUsedUp
    lane = min(rested, key=lambda each: str(known[each]))
    db.execute(update(number_lanes).where(lanes.station == place.station, lanes.lane == lane).values(row))
    return lane


def block_for(db: Connection, device: str, want: str) -> NumberBlock:
    """Give a lane and sign it. Raises LanesUsedUp."""
    lane = give_lane(db, device, want)
    place = db.execute(select(devices).where(devices.c.id == device)).one()
    unsigned = NumberBlock(place.station, device, place.incarnation, lane, want, now(), "")
    return sign_reply(unsigned, hall_key(db), agreed_algorithms(db).signature)
