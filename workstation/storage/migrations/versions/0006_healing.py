"""What heals the queue: incarnations, when the hall signed, what is sent anew, receipts of epochs before, conflicts.

Revision ID: 0006
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

_EMPTY = sa.text("x''")


def upgrade() -> None:
    op.add_column("outbox", sa.Column("incarnation", sa.Integer, nullable=False, server_default=sa.text("1")))
    op.add_column("outbox", sa.Column("number", sa.Integer, nullable=False, server_default=sa.text("0")))
    op.add_column("outbox", sa.Column("acked_at", sa.String, nullable=False, server_default=""))
    op.add_column("outbox", sa.Column("again", sa.Integer, nullable=False, server_default=sa.text("0")))
    op.add_column("outbox", sa.Column("standing", sa.LargeBinary, nullable=False, server_default=_EMPTY))
    op.execute(
        "UPDATE outbox SET number = seq, incarnation = COALESCE((SELECT json_extract(value, '$.incarnation') "
        "FROM facts WHERE name = 'enrolment'), 1)"
    )
    op.execute(
        "UPDATE outbox SET acked_at = CASE WHEN instr(json_extract(receipt, '$.received_at'), '.') "
        "THEN json_extract(receipt, '$.received_at') "
        "ELSE replace(json_extract(receipt, '$.received_at'), 'Z', '.000000Z') END WHERE receipt IS NOT NULL"
    )
    op.create_index("ix_outbox_incarnation", "outbox", ["incarnation", "number"], unique=True)
    op.create_table(
        "earlier_receipts",
        sa.Column("event", sa.String, nullable=False),
        sa.Column("epoch", sa.String, nullable=False),
        sa.Column("receipt", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("event", "epoch", name="pk_earlier_receipts"),
    )
    # Cases of before do not say which epoch their `rev` counts in: it is the one the station knows now.
    op.execute(
        "INSERT INTO facts (name, value) SELECT 'first_epoch', json_extract(value, '$.epoch') FROM facts "
        "WHERE name = 'enrolment'"
    )
