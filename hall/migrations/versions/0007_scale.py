"""Many writers: changes ordered by transaction, places of envelopes on their own, partitions on PostgreSQL.

Revision ID: 0007
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

# Fixed: nobody has to make partitions of next month, and a missing one stops nobody.
PARTITIONS = 16
_OWN_XID = "(pg_current_xact_id()::text::bigint)"


def upgrade() -> None:
    postgres = op.get_bind().dialect.name == "postgresql"
    now = sa.text(_OWN_XID) if postgres else "0"
    op.add_column("cases", sa.Column("told_in", sa.BigInteger, nullable=False, server_default="0"))
    op.create_index("ix_disputes_case", "disputes", ["case"])
    op.create_table(
        "places",
        sa.Column("device", sa.String, nullable=False),
        sa.Column("incarnation", sa.Integer, nullable=False),
        sa.Column("seq", sa.BigInteger, nullable=False),
        sa.Column("event", sa.String, nullable=False),
        sa.Column("sha256", sa.String, nullable=False),
        sa.Column("prev", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("device", "incarnation", "seq", name="pk_places"),
        postgresql_partition_by="HASH (device)",
    )
    if postgres:
        _partition("places")
        op.alter_column("cases", "told_in", server_default=now)
        _split_feed()
        _split_inbox()
    else:
        op.add_column("feed", sa.Column("xid", sa.BigInteger, nullable=False, server_default="0"))
    _fill_places(postgres=postgres)


def _partition(table: str) -> None:
    for n in range(PARTITIONS):
        op.execute(
            f"CREATE TABLE {table}_{n:02} PARTITION OF {table} FOR VALUES WITH (MODULUS {PARTITIONS}, REMAINDER {n})"
        )


def _split_feed() -> None:
    """By station: a page is one station's, and reads one partition. What was told before stands first, in its order."""
    op.rename_table("feed", "feed_whole")
    op.execute("CREATE SEQUENCE feed_order")
    op.create_table(
        "feed",
        sa.Column("station", sa.String, nullable=False),
        sa.Column("xid", sa.BigInteger, nullable=False, server_default=sa.text(_OWN_XID)),
        sa.Column("seq", sa.BigInteger, nullable=False, server_default=sa.text("nextval('feed_order')")),
        sa.Column("change", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("station", "xid", "seq", name="pk_feed_split"),
        postgresql_partition_by="HASH (station)",
    )
    _partition("feed")
    op.execute("INSERT INTO feed (station, xid, seq, change) SELECT station, 0, seq, change FROM feed_whole")
    op.execute("SELECT setval('feed_order', (SELECT coalesce(max(seq), 0) + 1 FROM feed_whole))")
    op.drop_table("feed_whole")


def _split_inbox() -> None:
    """By event: the same envelope twice is one, whichever device brings it, so the key must be the event's alone."""
    op.rename_table("inbox", "inbox_whole")
    op.create_table(
        "inbox",
        *(sa.Column(name, sa.String, nullable=False) for name in ("event", "device")),
        sa.Column("incarnation", sa.Integer, nullable=False),
        sa.Column("seq", sa.BigInteger, nullable=False),
        *(sa.Column(name, sa.String, nullable=False) for name in ("sha256", "envelope", "result")),
        sa.PrimaryKeyConstraint("event", name="pk_inbox_split"),
        postgresql_partition_by="HASH (event)",
    )
    _partition("inbox")
    columns = "event, device, incarnation, seq, sha256, envelope, result"
    op.execute(f"INSERT INTO inbox ({columns}) SELECT {columns} FROM inbox_whole")  # noqa: S608 - names of this file
    op.drop_table("inbox_whole")


def _fill_places(*, postgres: bool) -> None:
    prev = "envelope::json ->> 'prev'" if postgres else "json_extract(envelope, '$.prev')"
    columns = "device, incarnation, seq, event, sha256"
    op.execute(f"INSERT INTO places ({columns}, prev) SELECT {columns}, {prev} FROM inbox")  # noqa: S608 - names of this file


def downgrade() -> None:
    op.drop_table("places")
    op.drop_index("ix_disputes_case", "disputes")
    op.drop_column("cases", "told_in")
    if op.get_bind().dialect.name != "postgresql":
        op.drop_column("feed", "xid")
