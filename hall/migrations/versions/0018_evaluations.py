"""好差评 and the orders of bad reviews. The database itself refuses to delete one, or to change what was said.

Revision ID: 0018
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"

# What may never be deleted, and what may not even be changed.
KEPT = ("evaluations", "review_orders", "review_steps")
FIXED = ("evaluations", "review_steps")


def upgrade() -> None:
    op.create_table(
        "evaluations",
        sa.Column("id", sa.String, nullable=False),
        sa.Column("visit", sa.String, nullable=False),
        sa.Column("station", sa.String, nullable=False),
        sa.Column("stage", sa.String, nullable=False),
        sa.Column("nth", sa.Integer, nullable=False),
        sa.Column("clerk", sa.String, nullable=False),
        sa.Column("person", sa.String, nullable=False),
        sa.Column("window", sa.String, nullable=False),
        sa.Column("given_at", sa.String, nullable=False),
        sa.Column("grade", sa.Integer, nullable=False),
        sa.Column("opinion", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_evaluations"),
        sa.ForeignKeyConstraint(["station"], ["stations.code"], name="fk_evaluations_station"),
        sa.UniqueConstraint("station", "visit", name="uq_evaluations_station"),
    )
    op.create_index("ix_evaluations_station_given", "evaluations", ["station", "given_at"])
    op.create_table(
        "review_orders",
        sa.Column("id", sa.String, nullable=False),
        sa.Column("evaluation", sa.String, nullable=False),
        sa.Column("station", sa.String, nullable=False),
        sa.Column("clerk", sa.String, nullable=False),
        sa.Column("person", sa.String, nullable=False),
        sa.Column("assignee", sa.String, nullable=False),
        sa.Column("due", sa.String, nullable=False),
        sa.Column("alarmed_at", sa.String),
        sa.Column("closed_at", sa.String),
        sa.PrimaryKeyConstraint("id", name="pk_review_orders"),
        sa.ForeignKeyConstraint(["evaluation"], ["evaluations.id"], name="fk_review_orders_evaluation"),
        sa.UniqueConstraint("evaluation", name="uq_review_orders_evaluation"),
    )
    op.create_index("ix_review_orders_station_closed", "review_orders", ["station", "closed_at"])
    op.create_table(
        "review_steps",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("order", sa.String, nullable=False),
        sa.Column("step", sa.String, nullable=False),
        sa.Column("text", sa.String, nullable=False),
        sa.Column("grade", sa.Integer, nullable=False),
        sa.Column("login", sa.String, nullable=False),
        sa.Column("person", sa.String, nullable=False),
        sa.Column("at", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_review_steps"),
        sa.ForeignKeyConstraint(["order"], ["review_orders.id"], name="fk_review_steps_order"),
    )
    op.create_index("ix_review_steps_order", "review_steps", ["order"])
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION refuse_to_forget() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'reviews are kept'; END $$"
        )
    for table in KEPT:
        _refuse("DELETE", table)
    for table in FIXED:
        _refuse("UPDATE", table)


def _refuse(deed: str, table: str) -> None:
    name = f"keep_{table}_{deed.lower()}"
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {deed} ON {table} FOR EACH ROW EXECUTE FUNCTION refuse_to_forget()"
        )
    else:
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {deed} ON {table} BEGIN SELECT RAISE(ABORT, 'reviews are kept'); END"
        )


def downgrade() -> None:
    for table in reversed(KEPT):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_to_forget()")
