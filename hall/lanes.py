"""Lanes of receipt numbers: each device of a station counts in its own, and no lane is given twice."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import Connection, func, insert, select, update

from hall.algorithms import agreed_algorithms
from hall.database import hall_key, now, stamp
from hall.tables import devices, number_lanes, stations
from wire.numbers import LANES, NumberBlock
from wire.signed import sign_reply

# A number names its day: a lane that nobody counts in any more is free for another device long before that.
REST = timedelta(days=30)


# A device asks for another lane when it has lost count: its disk was copied or put back. One that does so again and
# again is broken or in wrong hands, and must not use up those of the station's other devices.
MOST_OF_ONE = 40


class LanesUsedUp(Exception):
    """All lanes of the station are in use, more devices than there are letters; or this device has taken too many."""


def give_lane(db: Connection, device: str, want: str) -> str:
    """Give a device a lane of its station; the same wish again gets the same lane. Raises LanesUsedUp."""
    place = db.execute(select(devices).where(devices.c.id == device)).one()
    # Two devices of one station at once take two lanes: the second sees what the first was given.
    held = select(stations.c.code).where(stations.c.code == place.station)
    db.execute(held.with_for_update(key_share=True))  # a push that names the station goes on meanwhile
    lanes = number_lanes.c
    again = db.scalar(select(lanes.lane).where(lanes.device == device, lanes.want == want))
    if again is not None:
        return str(again)
    at, rested_before = stamp(now()), stamp(now() - REST)
    lately = (lanes.device == device) & (lanes.given_at >= rested_before) & (lanes.incarnation > 0)
    if (db.scalar(select(func.count()).where(lately)) or 0) >= MOST_OF_ONE:
        raise LanesUsedUp
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
    rested = [lane for lane, ended in known.items() if ended and ended < rested_before]
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
