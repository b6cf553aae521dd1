"""A sheet may have no case: who only asks gets a one-time notice, and the ledger counts it too.

Revision ID: 0008
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    # SQLite changes no column in place: the table is written anew, with whatever columns stand in it by then.
    with op.batch_alter_table("prints") as prints:
        prints.alter_column("case", existing_type=sa.String, nullable=True)
