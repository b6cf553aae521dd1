"""Lanes of receipt numbers: which device counts where.

Revision ID: 0012
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.create_table(
        "number_lanes",
        sa.Column("station", sa.String, nullable=False),
        sa.Column("lane", sa.String, nullable=False),
        sa.Column("device", sa.String, nullable=False),
        sa.Column("incarnation", sa.Integer, nullable=False),
        sa.Column("want", sa.String, nullable=False),
        sa.Column("given_at", sa.String, nullable=False),
        sa.Column("ended_at", sa.String),
        sa.PrimaryKeyConstraint("station", "lane", name="pk_number_lanes"),
        sa.ForeignKeyConstraint(["station"], ["stations.code"], name="fk_number_lanes_station"),
        sa.ForeignKeyConstraint(["device"], ["devices.id"], name="fk_number_lanes_device"),
        sa.UniqueConstraint("device", "want", name="uq_number_lanes_device"),
    )


def downgrade() -> None:
    op.drop_table("number_lanes")
