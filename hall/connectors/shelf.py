"""What a connector has read and not delivered, in the hall's database: a kill at any point loses and blocks nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import SystemRandom

from sqlalchemy import Connection, Select, delete, exists, func, insert, or_, select, update

from hall.connectors.exporter import Became, Delivery
from hall.database import stamp
from hall.department_feed import page
from hall.feed import CursorGone
from hall.tables import connectors, parcels
from wire.codec import decode, encode
from wire.department_feed import DepartmentEvent

FULL = 500  # parcels that wait: more are not read before some are gone
MOST_TRIES = 8  # of one event, when others get through meanwhile
LONGEST_S = 60.0
_DICE = SystemRandom()


class ConnectorUnknown(Exception):
    """No connector of this name, or no parcel of this event."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a connector stands, for an administrator."""

    name: str
    department: str
    target: str
    delivered: int
    waiting: int
    parked: int
    trouble: str
    trouble_since: str
    running: bool


@dataclass(frozen=True, slots=True)
class Parked:
    """An event that a person must look at, and how many of its case wait behind it."""

    connector: str
    event: str
    case: str
    kind: str
    code: str
    tries: int
    parked_at: str
    behind: int


def add_connector(db: Connection, name: str, department: str, target: str) -> None:
    """Make a connector known, or give it another target; how far it has read stays."""
    known = db.execute(select(connectors).where(connectors.c.name == name)).first()
    if known is None:
        texts = dict.fromkeys(("cursor", "holder", "held_until", "trouble", "trouble_since"), "")
        row = {"name": name, "department": department, "target": target, "delivered": 0, **texts}
        db.execute(insert(connectors).values(row))
    elif known.department != department:
        raise ConnectorUnknown(f"{name} is a connector of {known.department}")
    elif known.target != target:
        db.execute(update(connectors).where(connectors.c.name == name).values(target=target))


def hold(db: Connection, name: str, holder: str, at: datetime, lease: timedelta) -> bool:
    """Say whether this process may work for the connector until `at` + `lease`: two would mix up the order of a case."""
    still = (connectors.c.holder == holder) & (connectors.c.held_until > stamp(at + lease / 2))
    if db.execute(select(connectors.c.name).where(connectors.c.name == name, still)).first() is not None:
        return True  # Nothing is written while nothing happens.
    mine = or_(connectors.c.holder == holder, connectors.c.held_until < stamp(at))
    taken = update(connectors).where(connectors.c.name == name, mine)
    return db.execute(taken.values(holder=holder, held_until=stamp(at + lease))).rowcount == 1


def let_go(db: Connection, name: str, holder: str) -> None:
    """End the hold at once."""
    mine = update(connectors).where(connectors.c.name == name, connectors.c.holder == holder)
    db.execute(mine.values(holder="", held_until=""))


def fill(db: Connection, name: str, at: datetime) -> bool:
    """Put the next page of the feed on the shelf and move the cursor in the same transaction; say whether there was any.

    A cursor of another epoch begins anew: what was delivered is delivered again under its old id.
    """
    row = db.execute(select(connectors).where(connectors.c.name == name)).one()
    waiting = _ready(name).with_only_columns(func.count())
    if int(db.execute(waiting).scalar_one()) >= FULL:
        return False
    try:
        found = page(db, row.department, row.cursor, FULL)
    except CursorGone:
        found = page(db, row.department, "", FULL)
    if found.cursor != row.cursor:
        db.execute(update(connectors).where(connectors.c.name == name).values(cursor=found.cursor))
    known = set(db.scalars(select(parcels.c.event).where(parcels.c.connector == name)))
    new = [event for event in found.items if event.id not in known]
    last = db.execute(select(func.max(parcels.c.place)).where(parcels.c.connector == name)).scalar() or 0
    for place, event in enumerate(new, int(last) + 1):
        db.execute(
            insert(parcels).values(
                connector=name,
                event=event.id,
                place=place,
                case=event.case,
                body=encode(event),
                tries=0,
                next_at=stamp(at),
                code="",
                delivered_then=0,
            )
        )
    return bool(found.items)


def due(db: Connection, name: str, at: datetime, most: int) -> tuple[DepartmentEvent, ...]:
    """Return what may go out now: of each case the oldest only, and what never failed before what did."""
    ready = _ready(name).where(parcels.c.next_at <= stamp(at))
    rows = db.execute(ready.order_by(parcels.c.tries, parcels.c.place).limit(most))
    return tuple(decode(DepartmentEvent, row.body) for row in rows)


def settle(db: Connection, name: str, told: Sequence[Delivery], at: datetime) -> None:
    """Note what became of the events: forget, try again later, or park where a person sees it."""
    passed = sum(each.became is Became.DELIVERED for each in told)
    total = update(connectors).where(connectors.c.name == name)
    total = total.values(delivered=connectors.c.delivered + passed).returning(connectors.c.delivered)
    delivered = int(db.execute(total).scalar_one())
    for each in told:
        this = (parcels.c.connector == name) & (parcels.c.event == each.event)
        if each.became is Became.DELIVERED:
            db.execute(delete(parcels).where(this))
        elif each.became is Became.REFUSED:
            values = {"parked_at": stamp(at), "code": each.code}
            db.execute(update(parcels).where(this).values({**values, "tries": parcels.c.tries + 1}))
        elif each.became is Became.AGAIN:
            _try_later(db, name, each, delivered, at)


def note_trouble(db: Connection, name: str, code: str, at: datetime) -> None:
    """Remember why nothing goes out, and since when; "" when things do again."""
    since = stamp(at) if code else ""
    changed = update(connectors).where(connectors.c.name == name, connectors.c.trouble != code)
    db.execute(changed.values(trouble=code, trouble_since=since))


def retry(db: Connection, name: str, event: str | None, at: datetime) -> int:
    """Let a parked event, or all of them, go out again as if never tried; return how many. Raises ConnectorUnknown."""
    chosen = _parked(db, name, event)
    values = {"parked_at": None, "tries": 0, "next_at": stamp(at), "code": "", "delivered_then": 0}
    again = (parcels.c.connector == name) & parcels.c.event.in_(chosen)
    db.execute(update(parcels).where(again).values(values))
    return len(chosen)


def drop(db: Connection, name: str, event: str) -> None:
    """Give up a parked event: what waits behind it goes out. Raises ConnectorUnknown."""
    (chosen,) = _parked(db, name, event)
    db.execute(delete(parcels).where(parcels.c.connector == name, parcels.c.event == chosen))


def standings(db: Connection, at: datetime) -> tuple[Standing, ...]:
    """Return all connectors."""
    count = select(parcels.c.connector, func.count(), func.count(parcels.c.parked_at))
    counts = {
        name: (every, parked) for name, every, parked in db.execute(count.group_by(parcels.c.connector))
    }
    return tuple(
        Standing(
            row.name,
            row.department,
            row.target,
            row.delivered,
            counts.get(row.name, (0, 0))[0] - counts.get(row.name, (0, 0))[1],
            counts.get(row.name, (0, 0))[1],
            row.trouble,
            row.trouble_since,
            row.held_until >= stamp(at),
        )
        for row in db.execute(select(connectors).order_by(connectors.c.name))
    )


def parked(db: Connection) -> tuple[Parked, ...]:
    """Return what a person must look at, the oldest first."""
    later = parcels.alias("later")
    behind = (
        select(func.count())
        .where(
            later.c.connector == parcels.c.connector,
            later.c.case == parcels.c.case,
            later.c.place > parcels.c.place,
        )
        .scalar_subquery()
    )
    rows = select(parcels, behind.label("behind")).where(parcels.c.parked_at.is_not(None))
    return tuple(
        Parked(
            row.connector,
            row.event,
            row.case,
            decode(DepartmentEvent, row.body).kind.value,
            row.code,
            row.tries,
            str(row.parked_at),
            row.behind,
        )
        for row in db.execute(rows.order_by(parcels.c.parked_at, parcels.c.place))
    )


def backoff_s(tries: int) -> float:
    """Return a pause after so many failures: doubling from one second, at most a minute, half of it by chance."""
    longest = min(LONGEST_S, 2.0 ** min(tries, 10))
    return longest / 2 + _DICE.uniform(0, longest / 2)


def _ready(name: str) -> Select[tuple[object, ...]]:
    """What is not parked and has nothing of its case before it."""
    earlier = parcels.alias("earlier")
    before = exists().where(
        earlier.c.connector == parcels.c.connector,
        earlier.c.case == parcels.c.case,
        earlier.c.place < parcels.c.place,
    )
    return select(parcels).where(parcels.c.connector == name, parcels.c.parked_at.is_(None), ~before)


def _try_later(db: Connection, name: str, told: Delivery, delivered: int, at: datetime) -> None:
    this = (parcels.c.connector == name) & (parcels.c.event == told.event)
    row = db.execute(select(parcels).where(this)).first()
    if row is None:
        return  # Another process of this name held it meanwhile, and delivered it.
    then = int(row.delivered_then) if row.tries else delivered
    tries = int(row.tries) + 1
    # While nothing gets through it is the other side's trouble, however often one event was tried.
    poisoned = tries >= MOST_TRIES and delivered > then
    values = {
        "tries": tries,
        "code": told.code,
        "delivered_then": then,
        "next_at": stamp(at + timedelta(seconds=max(told.pause_s, backoff_s(tries)))),
        "parked_at": stamp(at) if poisoned else None,
    }
    db.execute(update(parcels).where(this).values(values))


def _parked(db: Connection, name: str, event: str | None) -> list[str]:
    query = select(parcels.c.event).where(parcels.c.connector == name, parcels.c.parked_at.is_not(None))
    found = list(db.scalars(query if event is None else query.where(parcels.c.event == event)))
    if not found and (event is not None or not _known(db, name)):
        raise ConnectorUnknown(name)
    return found


def _known(db: Connection, name: str) -> bool:
    return db.execute(select(connectors.c.name).where(connectors.c.name == name)).first() is not None
