"""The watch over those who ask: limits for each person, and alarms of what an auditor should look at.

It keeps ids and codes. Whether somebody asked about themself or their family is told by keyed hashes of the staff
record: the hall never holds a clerk's own number or address for it.
"""

from __future__ import annotations

import hashlib
import hmac
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Connection, func, insert, select, update

from hall.database import HALL_ZONE, fact, stamp
from hall.lookup_log import Person, asked_since
from hall.settings import Limits
from hall.tables import alarms, lookups, staff
from wire.keys import new_id
from wire.messages import Alarm, VerificationQuery

MOST_TOLD = 500
_OWN_DAYS = 14  # a person's usual volume is that of so many days
# The two-character surnames of the common lists: without them 欧阳 and 欧 were one family.
_COMPOUND = frozenset(
    [
        "欧阳",
        "上官",
        "司马",
        "司徒",
        "诸葛",
        "东方",
        "皇甫",
        "尉迟",
        "公孙",
        "慕容",
        "令狐",
        "长孙",
        "宇文",
        "轩辕",
        "端木",
        "南宫",
        "夏侯",
        "司空",
        "呼延",
        "独孤",
        "拓跋",
    ]
)


class AlarmKind(StrEnum):
    """What an auditor should look at."""

    SELF = "self"  # somebody asked about themself
    RELATIVE = "relative"  # same surname and address as the one who asked
    VOLUME = "volume"  # more in an hour than is usual, for anybody and for this person
    LIMIT = "limit"  # refused because of a limit


@dataclass(frozen=True, slots=True)
class OverLimit:
    """Which limit is reached."""

    limit: int
    period: str  # hour or day


class Watch:
    """Judges look-ups inside the caller's transaction."""

    def __init__(self, limits: Limits, key: str) -> None:
        """`key` is the hall's watch key, hex: with it the marks of the staff record are made."""
        self._limits, self._key = limits, key

    def before(
        self, db: Connection, station: str, query: VerificationQuery, person: Person, at: datetime
    ) -> OverLimit | None:
        """Say whether this look-up would be one too many; raise what alarms can be raised before the answer."""
        hour, day = _begin(at, "hour"), _begin(at, "day")
        in_hour, in_day = asked_since(db, station, query.clerk, hour, day)
        for asked, limit, period, begun in (
            (in_hour, self._limits.per_hour, "hour", hour),
            (in_day, self._limits.per_day, "day", day),
        ):
            if asked >= limit:
                self._count(db, AlarmKind.LIMIT, station, query, at, begun, add=1)
                return OverLimit(limit, period)
        if self._is_self(query, person):
            _write(db, AlarmKind.SELF, station, query, at, 1)
        asked = in_hour + 1
        # The own measure is asked for only when the common one is met: it reads two weeks.
        if asked >= self._limits.unusual_hour and asked >= self._own_measure(db, station, query.clerk, hour):
            self._count(db, AlarmKind.VOLUME, station, query, at, hour, to=asked)
        return None

    def after(
        self,
        db: Connection,
        station: str,
        query: VerificationQuery,
        person: Person,
        address: str,
        at: datetime,
    ) -> None:
        """Raise the alarm that needs the answer; `address` is what the register said of the person, "" for nothing."""
        if person.kin_mark is None or self._is_self(query, person):
            return
        if person.kin_mark in _kin_marks(self._key, query, address):
            _write(db, AlarmKind.RELATIVE, station, query, at, 1)

    def _is_self(self, query: VerificationQuery, person: Person) -> bool:
        return person.self_mark is not None and person.self_mark in _self_marks(self._key, query)

    def _own_measure(self, db: Connection, station: str, clerk: str, hour: datetime) -> float:
        """Say from which number on an hour is unusual for this person by their own earlier hours."""
        slot = func.substr(lookups.c.at, 1, 13)
        earlier = (
            select(func.count().label("asked"))
            .where(
                lookups.c.station == station,
                lookups.c.clerk == clerk,
                lookups.c.at >= stamp(hour - timedelta(days=_OWN_DAYS)),
                lookups.c.at < stamp(hour),
            )
            .group_by(slot)
            .subquery()
        )
        own = db.scalar(select(func.avg(earlier.c.asked))) or 0.0
        return self._limits.unusual_factor * float(own)

    def _count(
        self,
        db: Connection,
        kind: AlarmKind,
        station: str,
        query: VerificationQuery,
        at: datetime,
        begun: datetime,
        *,
        add: int = 0,
        to: int = 0,
    ) -> None:
        """Keep one alarm for each period, with its count, instead of one for each look-up."""
        here = alarms.c.station == station, alarms.c.clerk == query.clerk, alarms.c.kind == kind.value
        known = db.execute(select(alarms.c.id).where(*here, alarms.c.at >= stamp(begun))).first()
        if known is None:
            _write(db, kind, station, query, at, to or add)
            return
        count = to or alarms.c.count + add
        db.execute(update(alarms).where(alarms.c.id == known.id).values(count=count))


def remember(db: Connection, station: str, login: str, name: str, id_no: str, address: str) -> bool:
    """Keep the marks of a person's own record as keyed hashes, nothing else. Return whether the account is there."""
    key = fact(db, "watch_key")
    marks = {
        "self_mark": _mark(key, "number", id_no) if id_no.strip() else None,
        "kin_mark": _mark(key, surname(name), address) if name.strip() and address.strip() else None,
    }
    there = staff.c.station == station, staff.c.login == login
    return db.execute(update(staff).where(*there).values(**marks)).rowcount == 1


def told(db: Connection, station: str = "") -> tuple[Alarm, ...]:
    """Return the alarms of a station, or of all, newest first."""
    chosen = select(alarms).order_by(alarms.c.at.desc(), alarms.c.id.desc()).limit(MOST_TOLD)
    rows = db.execute(chosen.where(alarms.c.station == station) if station else chosen).mappings()
    return tuple(
        Alarm(
            id=row["id"],
            at=datetime.fromisoformat(row["at"]),
            station=row["station"],
            clerk=row["clerk"],
            kind=row["kind"],
            case=row["case"],
            service=row["service"],
            count=row["count"],
        )
        for row in rows
    )


def surname(name: str) -> str:
    """Return the surname of a Chinese name: two characters for the known compound ones, else the first."""
    name = _plain(name)
    return name[:2] if name[:2] in _COMPOUND else name[:1]


def keyed(key: str, text: str) -> str:
    """Return a keyed hash, hex: what it was made of cannot be found by trying without the hall's key."""
    return hmac.new(bytes.fromhex(key), text.encode(), hashlib.sha256).hexdigest()


def _self_marks(key: str, query: VerificationQuery) -> set[str]:
    numbers = {query.sponsor.id_no, *query.params.values()}
    return {_mark(key, "number", number) for number in numbers}


def _kin_marks(key: str, query: VerificationQuery, address: str) -> set[str]:
    names = {value for name, value in query.params.items() if name == "name" or name.endswith("_name")}
    places = {address, *(value for name, value in query.params.items() if name.endswith("address"))} - {""}
    return {_mark(key, surname(name), place) for name in names for place in places}


def _mark(key: str, *parts: str) -> str:
    return keyed(key, "\x1f".join(_plain(part) for part in parts))


def _plain(text: str) -> str:
    """Write a text so that the same address or number in another typing is the same: width, case, signs, spaces."""
    wide = unicodedata.normalize("NFKC", text).casefold()
    return "".join(sign for sign in wide if unicodedata.category(sign)[0] in "LN")


def _write(
    db: Connection, kind: AlarmKind, station: str, query: VerificationQuery, at: datetime, count: int
) -> None:
    db.execute(
        insert(alarms).values(
            id=new_id(),
            at=stamp(at),
            station=station,
            clerk=query.clerk,
            kind=kind.value,
            case=query.case,
            service=query.service,
            count=count,
        )
    )


def _begin(at: datetime, period: str) -> datetime:
    here = at.astimezone(HALL_ZONE).replace(minute=0, second=0, microsecond=0)
    return here.replace(hour=0) if period == "day" else here
