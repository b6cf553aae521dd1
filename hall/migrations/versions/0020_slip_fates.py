"""What persons said became of their sheets: it came out, or it is void.

Revision ID: 0020
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    op.create_table(
        "slip_fates",
        sa.Column("serial", sa.String, nullable=False),
        sa.Column("case", sa.String, nullable=False),
        sa.Column("body", sa.String, nullable=False),
        sa.Column("told_at", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("serial", name="pk_slip_fates"),
    )


def downgrade() -> None:
    op.drop_table("slip_fates")
