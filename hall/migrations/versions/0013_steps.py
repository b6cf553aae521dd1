"""A case says where it is in the one table of steps; corrections, versions of a receipt.

Revision ID: 0013
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

from hall.migrations.online import add_column, beside_the_work, create_index, fill

revision = "0013"
down_revision = "0012"

# Where the cases are that were there before: as their columns and items said it until now.
_WHERE = """CASE
    WHEN concluded_at IS NOT NULL THEN 'decided'
    WHEN closed = 'case_not_accepted' THEN 'not_accepted'
    WHEN closed IS NOT NULL THEN 'voided'
    WHEN accepted IS NULL THEN 'received'
    WHEN EXISTS (SELECT 1 FROM sub_cases s WHERE s."case" = cases.id AND s.state = 'in_review') THEN 'in_review'
    WHEN EXISTS (SELECT 1 FROM sub_cases s WHERE s."case" = cases.id AND s.state = 'dispatched') THEN 'dispatched'
    ELSE 'accepted'
END"""


def upgrade() -> None:
    op.create_table(
        "case_steps",
        sa.Column("event", sa.String, nullable=False),
        sa.Column("case", sa.String, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("at", sa.String, nullable=False),
        sa.Column("body", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("event", name="pk_case_steps"),
        sa.ForeignKeyConstraint(["case"], ["cases.id"], name="fk_case_steps_case"),
        if_not_exists=True,
    )
    op.create_index("ix_case_steps_case", "case_steps", ["case"], if_not_exists=True)
    with beside_the_work():
        add_column("cases", sa.Column("status", sa.String, nullable=False, server_default="received"))
        add_column("cases", sa.Column("version", sa.Integer, nullable=False, server_default="1"))
        fill("cases", "true", _say_where, after="")
        # Those that nobody has accepted or asked about yet: whose five working days run.
        create_index("ix_cases_waiting", "cases", ["id"], "status = 'received'")


def _say_where(db: sa.Connection, ids: Sequence[Any]) -> None:
    said = sa.text(f"UPDATE cases SET status = {_WHERE} WHERE id IN :ids AND status <> {_WHERE}")  # noqa: S608 - of this file
    db.execute(said.bindparams(sa.bindparam("ids", expanding=True)), {"ids": list(ids)})


def downgrade() -> None:
    op.drop_index("ix_cases_waiting", "cases")
    op.drop_table("case_steps")
    for name in ("version", "status"):
        op.drop_column("cases", name)
