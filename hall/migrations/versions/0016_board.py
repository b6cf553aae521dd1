"""The board counts open cases by window: columns that the bodies hold already, and an index of what is open.

Revision ID: 0016
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

from hall.migrations.online import add_column, beside_the_work, create_index, fill

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    with beside_the_work():
        for name in ("window", "received_at", "due_on"):
            add_column("cases", sa.Column(name, sa.String, nullable=False, server_default=""))
        # Only what is open counts: the bodies of what is over stay closed.
        fill("cases", "concluded_at IS NULL", _say_on_the_row, after="")
        columns = ["station", "window", "status", "due_on", "received_at"]
        create_index("ix_cases_open", "cases", columns, "concluded_at IS NULL")


def _say_on_the_row(db: sa.Connection, ids: Sequence[Any]) -> None:
    bodies = sa.text("SELECT id, body, accepted FROM cases WHERE id IN :ids")
    rows = [
        {"id": row.id, **_said(row.body, row.accepted)}
        for row in db.execute(bodies.bindparams(sa.bindparam("ids", expanding=True)), {"ids": list(ids)})
    ]
    db.execute(
        sa.text('UPDATE cases SET "window" = :window, received_at = :at, due_on = :due WHERE id = :id'), rows
    )


def _said(body: str, accepted: str | None) -> dict[str, str]:
    received = json.loads(body)
    promised = json.loads(accepted)["promised"] if accepted else {}
    return {
        "window": received["window"],
        "at": received["received_at"],
        "due": min(promised.values(), default=""),
    }


def downgrade() -> None:
    op.drop_index("ix_cases_open", "cases")
    for name in ("due_on", "received_at", "window"):
        op.drop_column("cases", name)
