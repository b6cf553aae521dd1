"""好差评: that a citizen was asked once for a visit, and that it is over; what was said stands nowhere here.

Revision ID: 0013
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.create_table(
        "evaluations",
        sa.Column("visit", sa.String, nullable=False),
        sa.Column("case", sa.String, nullable=False),
        sa.Column("sitting", sa.String, nullable=False),
        sa.Column("stage", sa.String, nullable=False),
        sa.Column("nth", sa.Integer, nullable=False),
        sa.Column("clerk", sa.String, nullable=False),
        sa.Column("window", sa.String, nullable=False),
        sa.Column("invited_at", sa.String, nullable=False),
        sa.Column("ended_at", sa.String),
        sa.PrimaryKeyConstraint("visit", name="pk_evaluations"),
        sa.UniqueConstraint("case", "sitting", name="uq_evaluations_case"),
    )
