"""When each change was told, and up to where the feed was pruned.

Revision ID: 0008
"""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

from hall.migrations.online import add_column, beside_the_work, create_index

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    with beside_the_work():
        _add_at()
        create_index("ix_feed_at", "feed", ["at"])
    op.create_table(
        "feed_floors",
        sa.Column("station", sa.String, sa.ForeignKey("stations.code"), nullable=False),
        sa.Column("xid", sa.BigInteger, nullable=False, server_default="0"),
        sa.Column("seq", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("station", name="pk_feed_floors"),
    )


def _add_at() -> None:
    """When a change was told is not known any more: it counts from now."""
    if op.get_bind().dialect.name == "postgresql":
        # Rows of before have the default of the moment in which the column came: none is written.
        add_column("feed", sa.Column("at", sa.String, nullable=False, server_default=_now()))
        op.alter_column("feed", "at", server_default="")
        return
    op.add_column("feed", sa.Column("at", sa.String, nullable=False, server_default=""))
    op.execute(sa.text("UPDATE feed SET at = :now").bindparams(now=_now()))


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def downgrade() -> None:
    op.drop_table("feed_floors")
    op.drop_index("ix_feed_at", "feed")
    op.drop_column("feed", "at")
