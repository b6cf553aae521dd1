"""Cases that one office receives and another accepts; orders to those who carry results out.

Revision ID: 0017
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from hall.migrations.online import add_column, beside_the_work, create_index

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    with beside_the_work():
        add_column("cases", sa.Column("accepting", sa.String))
        add_column("cases", sa.Column("collected", sa.String))
        create_index("ix_cases_accepting", "cases", ["accepting"])
    op.create_table(
        "forwardings",
        sa.Column("case", sa.String, nullable=False),
        sa.Column("to_station", sa.String, nullable=False),
        sa.Column("body", sa.String, nullable=False),
        sa.Column("at", sa.String, nullable=False),
        sa.Column("taken", sa.String),
        sa.PrimaryKeyConstraint("case", name="pk_forwardings"),
        sa.ForeignKeyConstraint(["case"], ["cases.id"], name="fk_forwardings_case"),
        sa.ForeignKeyConstraint(["to_station"], ["stations.code"], name="fk_forwardings_to_station"),
    )
    op.create_table(
        "deliveries",
        sa.Column("id", sa.String, nullable=False),
        sa.Column("case", sa.String, nullable=False),
        sa.Column("station", sa.String, nullable=False),
        sa.Column("way", sa.String, nullable=False),
        sa.Column("body", sa.String, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("number", sa.String, nullable=False),
        sa.Column("moved", sa.String),
        sa.Column("recall", sa.String),
        sa.Column("next_at", sa.String, nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_deliveries"),
        sa.ForeignKeyConstraint(["case"], ["cases.id"], name="fk_deliveries_case"),
        sa.ForeignKeyConstraint(["station"], ["stations.code"], name="fk_deliveries_station"),
    )
    op.create_index("ix_deliveries_case", "deliveries", ["case"])
    op.create_index("ix_deliveries_next_at", "deliveries", ["next_at"])


def downgrade() -> None:
    op.drop_table("deliveries")
    op.drop_table("forwardings")
    op.drop_index("ix_cases_accepting", "cases")
    op.drop_column("cases", "collected")
    op.drop_column("cases", "accepting")
