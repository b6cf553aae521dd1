"""Cases are found by the person they were for, so that what was given once can be offered again.

Revision ID: 0002
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.add_column("cases", sa.Column("person", sa.String, nullable=False, server_default=""))
    op.execute("UPDATE cases SET person = json_extract(body, '$.applicant.id_no')")
    op.create_index("ix_cases_person_received", "cases", ["person", "received_at"])


def downgrade() -> None:
    op.drop_index("ix_cases_person_received", "cases")
    op.drop_column("cases", "person")
