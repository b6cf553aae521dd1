"""A hall's rows in another cluster of PostgreSQL: numbers of transactions begin anew there, so the feed's order must too."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Connection, func, literal_column, select, text, update

from hall.tables import cases, feed
from hall.upsert import is_postgres


def moved(db: Connection) -> bool:
    """Say whether the rows come from another cluster, whose transactions had higher numbers: a dump was restored here."""
    if not is_postgres(db):
        return False
    newest = func.greatest(func.max(feed.c.xid), select(func.max(cases.c.told_in)).scalar_subquery())
    here: ColumnElement[int] = literal_column("pg_snapshot_xmax(pg_current_snapshot())::text::bigint")
    return bool(db.scalar(select(func.coalesce(newest, 0) > here).select_from(feed)))


def forget_transactions(db: Connection) -> None:
    """Put all that was told to the beginning, in its order: everything there is was committed long ago."""
    # With new numbers, because the old ones alone are not the order, and behind the highest, because they must not meet.
    if is_postgres(db):
        db.execute(
            text(
                """
                UPDATE feed SET xid = 0, seq = o.place FROM (
                    SELECT station AS s, xid AS x, seq AS q,
                           (SELECT max(seq) FROM feed) + row_number() OVER (ORDER BY xid, seq) AS place
                    FROM feed
                ) AS o WHERE station = o.s AND xid = o.x AND seq = o.q
                """
            )
        )
        db.execute(text("SELECT setval('feed_order', (SELECT coalesce(max(seq), 0) + 1 FROM feed))"))
        db.execute(update(cases).values(told_in=0))
        db.execute(
            text(
                """
                UPDATE department_feed SET xid = 0, seq = o.place FROM (
                    SELECT seq AS q, (SELECT max(seq) FROM department_feed) + row_number() OVER (ORDER BY xid, seq) AS place
                    FROM department_feed
                ) AS o WHERE seq = o.q
                """
            )
        )
        order = "pg_get_serial_sequence('department_feed', 'seq')"
        db.execute(text(f"SELECT setval({order}, (SELECT coalesce(max(seq), 0) + 1 FROM department_feed))"))  # noqa: S608 - no value of anybody's
