"""The triggers that keep the chains without gaps fail instead of taking their statement back (decision 040): it has written
nothing by then, and for what may be taken back SQLite copies each page that an INSERT touches.

Revision ID: 0016
"""

from __future__ import annotations

from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    for chain in ("outbox", "audit"):
        op.execute(f"DROP TRIGGER {chain}_in_order")
        op.execute(
            f"CREATE TRIGGER {chain}_in_order BEFORE INSERT ON {chain} "  # noqa: S608 - our own names
            f"WHEN NEW.seq <> (SELECT COALESCE(MAX(seq), 0) + 1 FROM {chain}) "
            f"BEGIN SELECT RAISE(FAIL, 'the chain has no gaps'); END"
        )
