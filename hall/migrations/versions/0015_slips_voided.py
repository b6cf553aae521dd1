"""A slip may be voided: what was told of it.

Revision ID: 0015
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    op.add_column("slips", sa.Column("voided", sa.String))


def downgrade() -> None:
    with op.batch_alter_table("slips") as slips:
        slips.drop_column("voided")
