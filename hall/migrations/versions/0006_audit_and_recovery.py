"""Stamps on the audit chains of devices, and the way back to a lost store.

Revision ID: 0006
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def _text(name: str, *, null: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String, nullable=null)


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=False)


def _device(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["device"], ["devices.id"], name=f"fk_{table}_device")


def upgrade() -> None:
    op.create_table(
        "audit_stamps",
        _text("device"),
        _number("incarnation"),
        _number("seq"),
        _text("hash"),
        _text("body"),
        sa.PrimaryKeyConstraint("device", "incarnation", "seq", name="pk_audit_stamps"),
        _device("audit_stamps"),
    )
    op.create_table(
        "audit_refusals",
        _text("device"),
        _text("code"),
        _number("seq"),
        _text("hash"),
        _number("known_seq"),
        _text("first_at"),
        _text("last_at"),
        sa.PrimaryKeyConstraint("device", "code", "seq", "hash", name="pk_audit_refusals"),
        _device("audit_refusals"),
    )
    op.create_table(
        "recovery_wraps",
        _text("device"),
        _text("wrap"),
        _text("at"),
        sa.PrimaryKeyConstraint("device", name="pk_recovery_wraps"),
        _device("recovery_wraps"),
    )
    op.create_table(
        "recoveries",
        _text("digest"),
        _text("device"),
        _text("sealed"),
        _text("made_at"),
        _text("expires_at"),
        _text("used_at", null=True),
        _number("failures"),
        sa.PrimaryKeyConstraint("digest", name="pk_recoveries"),
        _device("recoveries"),
    )


def downgrade() -> None:
    for table in ("recoveries", "recovery_wraps", "audit_refusals", "audit_stamps"):
        op.drop_table(table)
