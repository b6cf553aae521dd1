"""A sheet of an older version of a receipt holds no more, and the ledger says since when.

Revision ID: 0008
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.add_column("prints", sa.Column("voided_at", sa.String, nullable=False, server_default=""))
