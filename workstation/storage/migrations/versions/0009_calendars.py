"""Tables of working days with their versions: an old case is computed by the table it was promised by.

Revision ID: 0009
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_table(
        "calendars",
        sa.Column("version", sa.String, primary_key=True),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("own", sa.Integer, nullable=False),
        sa.Column("body", sa.String, nullable=False),
    )
