"""Each sheet is followed to its end and its PDF is kept; result slips are printed in batches.

Revision ID: 0012
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    # Sheets of before this stay in the print ledger alone: nobody can say any more what became of them.
    op.create_table(
        "sheets",
        sa.Column("serial", sa.String, nullable=False),
        sa.Column("case", sa.String, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("fate", sa.String, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("batch", sa.String, nullable=False, server_default=""),
        sa.Column("made_at", sa.String, nullable=False),
        sa.Column("entry", sa.String, nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("serial", name="pk_sheets"),
    )
    op.create_index("ix_sheets_case", "sheets", ["case", "kind"])
    op.create_index("ix_sheets_made_at", "sheets", ["made_at"])
    op.create_index("ix_sheets_open", "sheets", ["made_at"], sqlite_where=sa.text("fate = 'open'"))
    op.create_index("ix_sheets_batch", "sheets", ["batch"], sqlite_where=sa.text("batch <> ''"))
    op.create_table(
        "print_batches",
        sa.Column("id", sa.String, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("started_at", sa.String, nullable=False),
        sa.Column("entry", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_print_batches"),
    )
