"""What each department owes and by when, an index of what it has open, and who looked at another office's scans.

Revision ID: 0019
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

from hall.migrations.online import add_column, beside_the_work, create_index, fill

revision = "0019"
down_revision = "0018"

_OPEN = "state IN ('dispatched', 'in_review')"


def upgrade() -> None:
    with beside_the_work():
        add_column("sub_cases", sa.Column("due_on", sa.String, nullable=False, server_default=""))
        fill("sub_cases", _OPEN, _say_by_when, after=0)
        create_index(
            "ix_sub_cases_open", "sub_cases", ["department", "due_on", "state", "dispatched_at"], _OPEN
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


def _say_by_when(db: sa.Connection, ids: Sequence[Any]) -> None:
    """The hall's own day of what departments have open; one whose clock stands still is owed by no day."""
    open_ = sa.text(
        "SELECT s.id, s.item, c.accepted, d.told, EXISTS (SELECT 1 FROM procedures p WHERE p.task = s.id"
        ' AND p.ended IS NULL) AS stands FROM sub_cases s JOIN cases c ON c.id = s."case" LEFT JOIN case_dates d'
        ' ON d."case" = c.id WHERE s.id IN :ids'
    )
    rows = [
        {"id": row.id, "due": "" if row.stands else _promised(row.accepted, row.told).get(row.item, "")}
        for row in db.execute(open_.bindparams(sa.bindparam("ids", expanding=True)), {"ids": list(ids)})
    ]
    db.execute(sa.text("UPDATE sub_cases SET due_on = :due WHERE id = :id"), rows)


def _promised(accepted: str | None, told: str | None) -> dict[str, str]:
    promised = dict(json.loads(accepted)["promised"]) if accepted else {}
    dates = json.loads(told)["items"] if told else []
    return promised | {each["item"]: each["promised_on"] or "" for each in dates}


def downgrade() -> None:
    op.drop_table("scan_looks")
    op.drop_index("ix_sub_cases_open", "sub_cases")
    op.drop_column("sub_cases", "due_on")
