"""Tables of working days, the hall's own dates of each case, and extensions.

Revision ID: 0014
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.create_table(
        "calendars",
        sa.Column("version", sa.String, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("body", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("version", name="pk_calendars"),
        sa.UniqueConstraint("number", name="uq_calendars_number"),
    )
    op.create_table(
        "case_dates",
        sa.Column("case", sa.String, nullable=False),
        sa.Column("clock", sa.String, nullable=False),
        sa.Column("told", sa.String, nullable=False),
        sa.Column("beyond", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("case", name="pk_case_dates"),
        sa.ForeignKeyConstraint(["case"], ["cases.id"], name="fk_case_dates_case"),
    )
    op.create_index("ix_case_dates_beyond", "case_dates", ["beyond"])
    op.create_table(
        "extensions",
        sa.Column("id", sa.String, nullable=False),
        sa.Column("task", sa.Integer, nullable=False),
        sa.Column("body", sa.String, nullable=False),
        sa.Column("granted_by", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_extensions"),
        sa.ForeignKeyConstraint(["task"], ["sub_cases.id"], name="fk_extensions_task"),
    )
    op.create_index("ix_extensions_task", "extensions", ["task"])


def downgrade() -> None:
    op.drop_table("extensions")
    op.drop_table("case_dates")
    op.drop_table("calendars")
