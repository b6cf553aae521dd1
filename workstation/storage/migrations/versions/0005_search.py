"""The index by which cases are found; it fills itself beside the counter, so that no start waits for it.

Revision ID: 0005
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.add_column("cases", sa.Column("project_no", sa.String))
    op.drop_index("ix_cases_ended", "cases")
    op.create_index("ix_cases_ended", "cases", ["ended_at"], sqlite_where=sa.text("ended_at <> ''"))
    op.create_index(
        "ix_cases_project", "cases", ["project_no"], sqlite_where=sa.text("project_no IS NOT NULL")
    )
    op.create_table(
        "term_books",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("block", sa.Integer, nullable=False),
        sa.Column("upto", sa.Integer, nullable=False),
        sa.Column("proof", sa.Integer, nullable=False),
        sa.Column("state", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_term_books"),
    )
    op.create_table(
        "case_terms",
        sa.Column("book", sa.Integer, nullable=False),
        sa.Column("term", sa.Integer, nullable=False),
        sa.Column("place", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("book", "term", "place", name="pk_case_terms"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "case_redo",
        sa.Column("place", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("place", name="pk_case_redo"),
    )
