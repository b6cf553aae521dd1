"""Work lists: columns that say what is owed by when, and the saved filters of clerks. Cases of before get theirs beside the
counter, so that no start waits for it.

Revision ID: 0011
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    for name in ("clerk", "due_on", "answer_by"):
        op.add_column("cases", sa.Column(name, sa.String, nullable=False, server_default=""))
    for name in ("to_replace", "listed"):
        op.add_column("cases", sa.Column(name, sa.Integer, nullable=False, server_default=sa.text("0")))
    op.drop_index("ix_cases_ended", "cases")
    op.create_index("ix_cases_ended", "cases", ["ended_at", "status"], sqlite_where=sa.text("ended_at <> ''"))
    op.create_index("ix_cases_due", "cases", ["due_on"], sqlite_where=sa.text("due_on <> ''"))
    op.create_index("ix_cases_answer", "cases", ["answer_by"], sqlite_where=sa.text("answer_by <> ''"))
    op.create_index("ix_cases_replace", "cases", ["received_at"], sqlite_where=sa.text("to_replace = 1"))
    op.create_index("ix_cases_unlisted", "cases", ["listed"], sqlite_where=sa.text("listed = 0"))
    op.create_index("ix_cases_clerk_received", "cases", ["clerk", "received_at", "status"])
    op.create_table(
        "handovers",
        sa.Column("id", sa.String, nullable=False),
        sa.Column("at", sa.String, nullable=False),
        sa.Column("body", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_handovers"),
    )
    op.create_index("ix_handovers_at", "handovers", ["at"])
    op.create_table(
        "list_filters",
        sa.Column("login", sa.String, nullable=False),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("body", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("login", "name", name="pk_list_filters"),
    )
