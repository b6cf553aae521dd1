"""What citizens dispute of the answers.

Revision ID: 0004
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "disputes",
        *(
            sa.Column(name, sa.String, nullable=False)
            for name in ("id", "query", "case", "department", "service", "outcome", "body", "taken_at")
        ),
        sa.Column("verdict", sa.String, nullable=False),
        sa.Column("answer", sa.String, nullable=False),
        sa.Column("told", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_disputes"),
    )
    op.create_index("ix_disputes_department_verdict", "disputes", ["department", "verdict"])
    op.create_index("ix_disputes_query", "disputes", ["query"])


def downgrade() -> None:
    op.drop_table("disputes")
