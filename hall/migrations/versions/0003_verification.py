"""Verification: grants, keys and circuits of registers, answers owed, alarms; the log of look-ups says more.

Revision ID: 0003
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_LOG = ("about", "rule", "replaces", "legal_basis", "grant_no", "reply_no", "trouble")


def _text(name: str, *, null: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String, nullable=null)


def upgrade() -> None:
    for name in _LOG:
        op.add_column("lookups", sa.Column(name, sa.String, nullable=False, server_default=""))
    op.add_column("lookups", sa.Column("took_ms", sa.Integer))
    op.create_index("ix_lookups_station_clerk_at", "lookups", ["station", "clerk", "at"])
    op.create_index("ix_lookups_service_at", "lookups", ["service", "at"])
    op.create_index("ix_lookups_case_rule", "lookups", ["case", "rule"])
    for name in ("self_mark", "kin_mark"):
        op.add_column("staff", sa.Column(name, sa.String))
    op.create_table(
        "grants",
        *(_text(name) for name in ("number", "item", "service", "issued_at", "expires_at")),
        _text("withdrawn_at", null=True),
        sa.PrimaryKeyConstraint("number", name="pk_grants"),
    )
    op.create_index("ix_grants_item_service", "grants", ["item", "service"])
    op.create_table(
        "register_keys",
        *(_text(name) for name in ("service", "public_key")),
        sa.PrimaryKeyConstraint("service", name="pk_register_keys"),
    )
    op.create_table(
        "circuits",
        *(_text(name) for name in ("service", "since", "retry_at")),
        sa.PrimaryKeyConstraint("service", name="pk_circuits"),
    )
    op.create_table(
        "owed",
        *(_text(name) for name in ("case", "service", "params", "ticket", "due")),
        sa.PrimaryKeyConstraint("case", "service", "params", name="pk_owed"),
    )
    op.create_table(
        "alarms",
        *(_text(name) for name in ("id", "at", "station", "clerk", "kind", "case", "service")),
        sa.Column("count", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_alarms"),
    )
    op.create_index("ix_alarms_station_at", "alarms", ["station", "at"])


def downgrade() -> None:
    for table in ("alarms", "owed", "circuits", "register_keys", "grants"):
        op.drop_table(table)
    for index in ("ix_lookups_station_clerk_at", "ix_lookups_service_at", "ix_lookups_case_rule"):
        op.drop_index(index, "lookups")
    for name in (*_LOG, "took_ms"):
        op.drop_column("lookups", name)
    for name in ("self_mark", "kin_mark"):
        op.drop_column("staff", name)
