"""A poll in one statement: whether its device may come in, the facts of the hall, and what its station has not seen.

One statement sees one moment. Between two of them the feed may be pruned or another epoch begin: a page that was read after
the floor would leave out what went meanwhile.
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Dialect,
    Integer,
    Select,
    String,
    bindparam,
    cast,
    func,
    select,
)

from hall.feed import MAX_PAGE, CursorGone, Place, in_order, read_cursor, write_cursor
from hall.standing import ShutOut, as_text, hold, kept_fact
from hall.tables import device_keys, devices, feed, feed_floors
from hall.upsert import Speaks
from wire.algorithms import SETS, STANDARD
from wire.codec import decode
from wire.keys import key_id, public_of, unb64
from wire.messages import Change, ChangePage
from wire.signed import sign_reply


class _Seen(NamedTuple):
    """What was read, as one text of JSON. `device` is what `hold` asks; `told` is place and change, None for nothing."""

    epoch: str
    hall_key: str
    algorithms: str | None
    device: tuple[str | None, str | None, str | None] | None
    floor: tuple[int, int] | None
    told: list[tuple[int, int, str]] | None


def page(db: Speaks, station: str, cursor: str, limit: int, key: str = "") -> ChangePage:
    """Return what a station has not seen, signed by the hall: a station believes nobody else about its cases.

    `key` is the id of the key that signed, "" for whoever has looked already. Raises ShutOut where its device may not come in
    (any more) or is not of that station, CursorGone, ValueError for a cursor that is none.
    """
    wanted = min(max(limit, 1), MAX_PAGE)
    seen = _look(db, station, key, _place(cursor), wanted + 1)
    if key:
        if seen.device is None:
            raise ShutOut("device_unknown")
        hold(*seen.device)
    after = read_cursor(cursor, seen.epoch)
    if after < (Place(*seen.floor) if seen.floor else Place()):
        raise CursorGone
    told = sorted(seen.told or ())  # what is gathered to one value has no order that is promised
    shown = told[:wanted]
    last = Place(*shown[-1][:2]) if shown else after
    items = tuple(decode(Change, change) for _, _, change in shown)
    newest, hall = write_cursor(last, seen.epoch), _name_of(seen.hall_key)
    said = ChangePage(seen.epoch, items, newest, len(told) > wanted, station, cursor, hall, "")
    return sign_reply(said, unb64(seen.hall_key), _signature_of(seen.algorithms))


def _place(cursor: str) -> Place:
    """Return where to read from before the epoch is known; what is wrong with a cursor is said when it is."""
    try:
        return read_cursor(cursor, cursor.partition(".")[0])
    except ValueError:
        return Place()


def _look(db: Speaks, station: str, key: str, after: Place, most: int) -> _Seen:
    sql, fixed = _as_text(db.dialect)
    given = {"station": station, "key": key, "xid": after.xid, "seq": after.seq, "most": most}
    (row,) = db.exec_driver_sql(sql, {**fixed, **given}).scalars()
    return _Seen(*json.loads(row))


@lru_cache(maxsize=2)
def _as_text(dialect: Dialect) -> tuple[str, Any]:
    return as_text(_query(postgres=dialect.name == "postgresql"), dialect)


def _query(*, postgres: bool) -> Select[tuple[str]]:
    # One text, as in hall/standing.py.
    row: Any = func.json_build_array if postgres else func.json_array
    rows: Any = func.json_agg if postgres else func.json_group_array

    def part(made: Select[Any]) -> ColumnElement[Any]:
        # What comes out of a subquery is a mere text for SQLite.
        return made.scalar_subquery() if postgres else func.json(made.scalar_subquery())

    told = _told(postgres=postgres).subquery()
    floor = select(row(feed_floors.c.xid, feed_floors.c.seq))
    device = select(row(device_keys.c.until, devices.c.revoked_at, devices.c.confirmed_at))
    device = device.join(devices, devices.c.id == device_keys.c.device)
    seen = {
        "epoch": kept_fact("epoch"),
        "hall_key": kept_fact("hall_key"),
        "algorithms": kept_fact("algorithms"),
        "device": part(
            device.where(device_keys.c.id == bindparam("key"), devices.c.station == bindparam("station"))
        ),
        "floor": part(floor.where(feed_floors.c.station == bindparam("station"))),
        "told": part(select(rows(row(told.c.xid, told.c.seq, told.c.change)))),
    }
    whole = row(*(seen[name] for name in _Seen._fields))
    return select(cast(whole, String) if postgres else whole)


def _told(*, postgres: bool) -> Select[Any]:
    mine = select(feed.c.xid, feed.c.seq, feed.c.change).where(feed.c.station == bindparam("station"))
    after = bindparam("xid", type_=BigInteger), bindparam("seq", type_=BigInteger)
    return in_order(mine, feed, after, postgres=postgres).limit(bindparam("most", type_=Integer))


@lru_cache(maxsize=2)
def _name_of(hall_key: str) -> str:
    return key_id(public_of(unb64(hall_key)))


def _signature_of(algorithms: str | None) -> str:
    return (SETS[algorithms] if algorithms else STANDARD).signature
