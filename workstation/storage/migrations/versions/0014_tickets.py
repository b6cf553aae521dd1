"""取号叫号: numbers of a day, and how far each is.

Revision ID: 0014
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.create_table(
        "tickets",
        sa.Column("id", sa.String, nullable=False),
        sa.Column("day", sa.String, nullable=False),
        sa.Column("entry", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_tickets"),
    )
    op.create_index("ix_tickets_day", "tickets", ["day"])
