"""The board counts open cases by window: columns that the bodies hold already, and an index of what is open.

Revision ID: 0016
"""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"

_AT_ONCE = 500


def upgrade() -> None:
    for name in ("window", "received_at", "due_on"):
        op.add_column("cases", sa.Column(name, sa.String, nullable=False, server_default=""))
    db = op.get_bind()
    # Only what is open counts: the bodies of what is over stay closed.
    open_ = "SELECT id, body, accepted FROM cases WHERE concluded_at IS NULL AND id > :after ORDER BY id LIMIT :some"
    after = ""
    while rows := db.execute(sa.text(open_), {"after": after, "some": _AT_ONCE}).all():
        for row in rows:
            said = json.loads(row.body)
            promised = json.loads(row.accepted)["promised"] if row.accepted else {}
            db.execute(
                sa.text(
                    'UPDATE cases SET "window" = :window, received_at = :at, due_on = :due WHERE id = :id'
                ),
                {
                    "window": said["window"],
                    "at": said["received_at"],
                    "due": min(promised.values(), default=""),
                    "id": row.id,
                },
            )
        after = rows[-1].id
    op.create_index(
        "ix_cases_open",
        "cases",
        ["station", "window", "status", "due_on", "received_at"],
        sqlite_where=sa.text("concluded_at IS NULL"),
        postgresql_where=sa.text("concluded_at IS NULL"),
    )


def downgrade() -> None:
    op.drop_index("ix_cases_open", "cases")
    for name in ("due_on", "received_at", "window"):
        op.drop_column("cases", name)
