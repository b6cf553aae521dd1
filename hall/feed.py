"""The change feed: what each station is told, in order, behind an opaque cursor, with no gap however many write at once.

On SQLite there is one writer, so the row number is a safe order. On PostgreSQL rows become visible in the order of commits,
not of their numbers: a cursor over numbers alone loses rows (sync.md 1.2). There the order is (xid, seq), and a page ends
below the oldest transaction that still writes. `tests/integration/test_feed_order.py` sees the plain order lose rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Table,
    func,
    insert,
    literal_column,
    select,
    text,
    tuple_,
    update,
)

from hall.database import fact, now, stamp
from hall.tables import cases, feed, feed_floors
from hall.upsert import is_postgres
from wire.codec import encode
from wire.messages import Change, ChangeKind

MAX_PAGE = 200
# Of a place: itself, or what stands for it in a statement.
Number = int | ColumnElement[int]
_MOST = 2**63  # no number of a database is larger
OWN_XID: ColumnElement[int] = literal_column("pg_current_xact_id()::text::bigint")
_OLDEST_WRITER: ColumnElement[int] = literal_column("pg_snapshot_xmin(pg_current_snapshot())::text::bigint")


class CursorGone(Exception):
    """A cursor of another epoch, or of a time that was pruned: the station has to take a snapshot."""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A place in the feed: the transaction that told (0 on SQLite) and the number of the row."""

    xid: int = 0
    seq: int = 0


def read_cursor(cursor: str, epoch: str) -> Place:
    """Return where a cursor stands; the beginning for none. Raises CursorGone, ValueError for a cursor that is none.

    Numbers of transactions begin anew in another cluster, and rows of a restored hall are other rows: both have another
    epoch, so the epoch is in the cursor.
    """
    if not cursor:
        return Place()
    told_epoch, *place = cursor.split(".")
    if told_epoch != epoch:
        raise CursorGone
    xid, seq = ("0", *place) if len(place) == 1 else place  # of before there were transactions in it
    at = Place(int(xid), int(seq))
    if max(abs(at.xid), abs(at.seq)) >= _MOST:
        raise ValueError("no place")
    return at


def write_cursor(place: Place, epoch: str) -> str:
    """Return the cursor that stands at a place."""
    return f"{epoch}.{place.xid}.{place.seq}"


def tell(db: Connection, case: str, kind: ChangeKind, body: object, *, only: str = "") -> None:
    """Append a change of a case to the feed of its station, with the case's next rev; where another office accepts, to the
    feed of both, or of the one that is named by `only`."""
    grown: dict[str, Any] = {"rev": cases.c.rev + 1}
    if is_postgres(db):
        # A transaction that began earlier may come to this case later: it takes the place of the one that was before it
        # at the case, so that a case is told in the order of its revs. Nobody has read past a place while a transaction
        # with a smaller number goes on.
        grown["told_in"] = func.greatest(cases.c.told_in, OWN_XID)
    changed = update(cases).where(cases.c.id == case).values(grown)
    grown_to = (cases.c.rev, cases.c.station, cases.c.accepting, cases.c.told_in)
    row = db.execute(changed.returning(*grown_to)).one()
    change = encode(Change(case, row.rev, kind, encode(body)))
    for station in (only,) if only else (row.station, row.accepting):
        if station is not None:
            db.execute(insert(feed).values(station=station, xid=row.told_in, at=stamp(now()), change=change))


def in_order(query: Select[Any], told: Table, after: tuple[Number, Number], *, postgres: bool) -> Select[Any]:
    """Return a query of a table with `xid` and `seq` as one of what is told behind a place, in its safe order."""
    xid, seq = after
    if not postgres:
        return query.where(told.c.seq > seq).order_by(told.c.seq)
    behind = tuple_(told.c.xid, told.c.seq) > tuple_(xid, seq)
    return query.where(behind, told.c.xid < _OLDEST_WRITER).order_by(told.c.xid, told.c.seq)


def newest_cursor(db: Connection, station: str) -> str:
    """Return the place behind everything that a station could have read by now."""
    query = select(feed.c.xid, feed.c.seq).where(feed.c.station == station)
    if is_postgres(db):
        query = query.where(feed.c.xid < _OLDEST_WRITER)
    last = db.execute(query.order_by(feed.c.xid.desc(), feed.c.seq.desc()).limit(1)).first()
    place = Place(last.xid, last.seq) if last else _floor(db, station)
    return write_cursor(place, fact(db, "epoch"))


def _floor(db: Connection, station: str) -> Place:
    """Return up to where a station's feed was pruned."""
    row = db.execute(select(feed_floors).where(feed_floors.c.station == station)).first()
    return Place(row.xid, row.seq) if row else Place()


# -- how far the feed is behind -------------------------------------------------------------------------------
# A writer that has been open for so long holds back every station's news: somebody should look.
ALARM_S = 30.0


@dataclass(frozen=True, slots=True)
class FeedAge:
    """How old the news is that nobody can read yet: `seconds` since the oldest open writer began (0.0 without one),
    `transactions` that have begun since, and the process of the database behind it (0 for none or one that is hidden)."""

    seconds: float
    transactions: int
    pid: int

    @property
    def alarm(self) -> bool:
        """Say whether somebody should look."""
        return self.seconds >= ALARM_S


_AGE = text(
    """
    SELECT extract(epoch FROM clock_timestamp() - oldest.since)::float8 AS seconds, oldest.pid,
           pg_snapshot_xmax(now.snapshot)::text::bigint - pg_snapshot_xmin(now.snapshot)::text::bigint AS held
    FROM (SELECT pg_current_snapshot() AS snapshot) AS now
    LEFT JOIN LATERAL (
        SELECT xact_start AS since, pid FROM pg_stat_activity WHERE backend_xid IS NOT NULL AND pid <> pg_backend_pid()
        UNION ALL SELECT prepared, 0 FROM pg_prepared_xacts
        ORDER BY since LIMIT 1
    ) AS oldest ON true
    """
)


def feed_age(db: Connection) -> FeedAge:
    """Say how far the feed is behind: a writer that stands still holds it back, even one of another database of the cluster
    (sync.md 1.2). On SQLite nothing ever does."""
    if not is_postgres(db):
        return FeedAge(0.0, 0, 0)
    row = db.execute(_AGE).one()
    return FeedAge(max(row.seconds or 0.0, 0.0), row.held, row.pid or 0)
