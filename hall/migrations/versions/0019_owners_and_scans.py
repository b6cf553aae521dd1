"""What each department owes and by when, an index of what it has open, and who looked at another office's scans.

Revision ID: 0019
"""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"

_AT_ONCE = 500
_OPEN = "state IN ('dispatched', 'in_review')"


def upgrade() -> None:
    op.add_column("sub_cases", sa.Column("due_on", sa.String, nullable=False, server_default=""))
    _fill(op.get_bind())
    op.create_index(
        "ix_sub_cases_open",
        "sub_cases",
        ["department", "due_on", "state", "dispatched_at"],
        sqlite_where=sa.text(_OPEN),
        postgresql_where=sa.text(_OPEN),
    )
    op.create_table(
        "scan_looks",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("at", sa.String, nullable=False),
        sa.Column("station", sa.String, nullable=False),
        sa.Column("device", sa.String, nullable=False),
        sa.Column("clerk", sa.String, nullable=False),
        sa.Column("case", sa.String, nullable=False),
        sa.Column("sha256", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_scan_looks"),
        sa.ForeignKeyConstraint(["case"], ["cases.id"], name="fk_scan_looks_case"),
    )
    op.create_index("ix_scan_looks_case", "scan_looks", ["case"])


def _fill(db: sa.Connection) -> None:
    """The hall's own day of what departments have open; one whose clock stands still is owed by no day."""
    open_ = sa.text(
        "SELECT s.id, s.item, c.accepted, d.told, EXISTS (SELECT 1 FROM procedures p WHERE p.task = s.id"
        ' AND p.ended IS NULL) AS stands FROM sub_cases s JOIN cases c ON c.id = s."case" LEFT JOIN case_dates d'
        " ON d.\"case\" = c.id WHERE s.state IN ('dispatched', 'in_review') AND s.id > :after ORDER BY s.id LIMIT :some"
    )
    after = 0
    while rows := db.execute(open_, {"after": after, "some": _AT_ONCE}).all():
        for row in rows:
            promised = dict(json.loads(row.accepted)["promised"]) if row.accepted else {}
            told = json.loads(row.told)["items"] if row.told else []
            promised |= {each["item"]: each["promised_on"] or "" for each in told}
            due = "" if row.stands else promised.get(row.item, "")
            db.execute(
                sa.text("UPDATE sub_cases SET due_on = :due WHERE id = :id"), {"due": due, "id": row.id}
            )
        after = rows[-1].id


def downgrade() -> None:
    op.drop_table("scan_looks")
    op.drop_index("ix_sub_cases_open", "sub_cases")
    op.drop_column("sub_cases", "due_on")
