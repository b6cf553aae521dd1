"""Proposals for a second person; a station that was enrolled before counts as having heard the hall just now.

Revision ID: 0003
"""

from __future__ import annotations

import json
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "proposals",
        sa.Column("id", sa.String, nullable=False),
        sa.Column("case", sa.String, sa.ForeignKey("cases.id"), nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("proposed_at", sa.String, nullable=False),
        sa.Column("body", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_proposals"),
    )
    op.create_index("ix_proposals_case", "proposals", ["case"])
    op.create_index("ix_proposals_state_proposed", "proposals", ["state", "proposed_at"])
    _first_staff_list()


def _first_staff_list() -> None:
    """The accounts stay good for the usual days: otherwise nobody could sign in at a station that is offline now."""
    db = op.get_bind()
    enrolled = db.execute(sa.text("SELECT value FROM facts WHERE name = 'enrolment'")).scalar()
    if enrolled is None:
        return
    before = json.loads(enrolled)
    held = {
        "station": before["station"],
        "number": 0,
        "issued_at": datetime.now(UTC).isoformat().replace("+00:00", "Z"),
        "policy": {"sign_in_days": 5, "warn_days": 2, "offline_approvals": []},
        "accounts": before["staff"],
        "signature": "",
    }
    db.execute(
        sa.text("INSERT INTO facts (name, value) VALUES ('staff_list', :value)"), {"value": json.dumps(held)}
    )


def downgrade() -> None:
    op.drop_table("proposals")
    op.get_bind().execute(sa.text("DELETE FROM facts WHERE name = 'staff_list'"))
