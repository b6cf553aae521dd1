"""When each change was told, and up to where the feed was pruned.

Revision ID: 0008
"""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.add_column("feed", sa.Column("at", sa.String, nullable=False, server_default=""))
    # When it was told is not known any more: it counts from now.
    op.execute(sa.text("UPDATE feed SET at = :now").bindparams(now=_now()))
    op.create_index("ix_feed_at", "feed", ["at"])
    op.create_table(
        "feed_floors",
        sa.Column("station", sa.String, sa.ForeignKey("stations.code"), nullable=False),
        sa.Column("xid", sa.BigInteger, nullable=False, server_default="0"),
        sa.Column("seq", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("station", name="pk_feed_floors"),
    )


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def downgrade() -> None:
    op.drop_table("feed_floors")
    op.drop_index("ix_feed_at", "feed")
    op.drop_column("feed", "at")
