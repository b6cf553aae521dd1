"""The first schema.

Revision ID: 0001
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "cases",
        sa.Column("id", sa.String, nullable=False),
        sa.Column("receipt_no", sa.String, nullable=False),
        sa.Column("status", sa.String, nullable=False),
        sa.Column("received_at", sa.String, nullable=False),
        sa.Column("body", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_cases"),
        sa.UniqueConstraint("receipt_no", name="uq_cases_receipt_no"),
    )
    op.create_index("ix_cases_received", "cases", ["received_at"])
    op.create_index("ix_cases_status_received", "cases", ["status", "received_at"])
    op.create_table(
        "drafts",
        sa.Column("case", sa.String, nullable=False),
        sa.Column("saved", sa.Integer, nullable=False),
        sa.Column("body", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("case", name="pk_drafts"),
    )
    op.create_table(
        "outbox",
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("id", sa.String, nullable=False),
        sa.Column("subject", sa.String, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("next_at", sa.String),
        sa.Column("trouble", sa.String, nullable=False),
        sa.Column("envelope", sa.String, nullable=False),
        sa.Column("sha256", sa.String, nullable=False),
        sa.Column("queued_at", sa.String, nullable=False),
        sa.Column("receipt", sa.String),
        sa.PrimaryKeyConstraint("seq", name="pk_outbox"),
        sa.UniqueConstraint("id", name="uq_outbox_id"),
        sa.CheckConstraint("state <> 'acked' OR receipt IS NOT NULL", name="ck_outbox_acked"),
    )
    op.create_index("ix_outbox_state_seq", "outbox", ["state", "seq"])
    op.create_index("ix_outbox_subject_state", "outbox", ["subject", "state"])
    op.create_table(
        "audit",
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("entry", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_audit"),
    )
    for deed in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER audit_no_{deed.lower()} BEFORE {deed} ON audit "
            "BEGIN SELECT RAISE(ABORT, 'the audit chain only grows'); END"
        )
    # A REPLACE deletes without asking the trigger above; this one also keeps both chains without gaps.
    for chain in ("audit", "outbox"):
        op.execute(
            f"CREATE TRIGGER {chain}_in_order BEFORE INSERT ON {chain} "  # noqa: S608 - our own names
            f"WHEN NEW.seq <> (SELECT COALESCE(MAX(seq), 0) + 1 FROM {chain}) "
            "BEGIN SELECT RAISE(ABORT, 'the chain has no gaps'); END"
        )
    op.execute(
        "CREATE TRIGGER outbox_no_delete BEFORE DELETE ON outbox WHEN OLD.receipt IS NULL "
        "BEGIN SELECT RAISE(ABORT, 'the hall has not signed for this'); END"
    )
    op.create_table(
        "prints",
        sa.Column("serial", sa.String, nullable=False),
        sa.Column("case", sa.String, nullable=False),
        sa.Column("entry", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("serial", name="pk_prints"),
        sa.ForeignKeyConstraint(["case"], ["cases.id"], name="fk_prints_case"),
    )
    op.create_index("ix_prints_case", "prints", ["case"])
    op.create_table(
        "blobs",
        sa.Column("sha256", sa.String, nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("wanted", sa.Integer, nullable=False),
        sa.Column("sent", sa.Integer, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_blobs"),
    )
    op.create_index("ix_blobs_unsent", "blobs", ["wanted", "sent", "size"])
    op.create_table(
        "numbers",
        sa.Column("series", sa.String, nullable=False),
        sa.Column("last", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("series", name="pk_numbers"),
    )
    op.create_table(
        "facts",
        sa.Column("name", sa.String, nullable=False),
        sa.Column("value", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_facts"),
    )
    op.create_table(
        "accounts",
        sa.Column("login", sa.String, nullable=False),
        sa.Column("body", sa.String, nullable=False),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("failed_at", sa.String),
        sa.PrimaryKeyConstraint("login", name="pk_accounts"),
    )
    op.create_table(
        "held",
        sa.Column("subject", sa.String, nullable=False),
        sa.Column("rev", sa.Integer, nullable=False),
        sa.Column("body", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("subject", "rev", name="pk_held"),
    )
