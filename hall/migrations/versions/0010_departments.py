"""Feeds of departments, their connectors, special procedures, sessions of reviewers.

Revision ID: 0010
"""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

from wire.codec import encode
from wire.department_feed import DepartmentEvent, TaskNews
from wire.keys import new_id

revision = "0010"
down_revision = "0009"

_OWN_XID = "(pg_current_xact_id()::text::bigint)"


def _text(name: str, *, null: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String, nullable=null)


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=False)


def upgrade() -> None:
    postgres = op.get_bind().dialect.name == "postgresql"
    own = sa.text(_OWN_XID) if postgres else "0"
    op.create_table(
        "department_feed",
        sa.Column(
            "seq", sa.BigInteger().with_variant(sa.Integer, "sqlite"), nullable=False, autoincrement=True
        ),
        sa.Column("xid", sa.BigInteger, nullable=False, server_default=own),  # the transaction that told
        _text("event"),
        _text("department"),
        _text("case"),
        _text("body"),
        sa.PrimaryKeyConstraint("seq", name="pk_department_feed"),
        sa.UniqueConstraint("event", name="uq_department_feed_event"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_department_feed_department_place", "department_feed", ["department", "xid", "seq"])
    op.create_index("ix_department_feed_case", "department_feed", ["case"])
    _tell_open_tasks()
    # Only now anything holds sub_cases: to the end of this step, which is near.
    op.create_table(
        "procedures",
        _text("id"),
        _number("task"),
        _text("begun"),
        _text("begun_by"),
        _text("ended", null=True),
        _text("ended_by"),
        sa.PrimaryKeyConstraint("id", name="pk_procedures"),
        sa.ForeignKeyConstraint(["task"], ["sub_cases.id"], name="fk_procedures_task"),
    )
    op.create_index("ix_procedures_task", "procedures", ["task"])
    _reviewers()
    _connectors()
    op.add_column("sub_cases", _text("dispatched_at", null=True))
    op.add_column("sub_cases", sa.Column("taken_by", sa.String, nullable=False, server_default=""))


def _tell_open_tasks() -> None:
    """What waits for a department already stands at the beginning of its feed; since when it does was not kept."""
    db = op.get_bind()
    waiting = sa.text(
        "SELECT id, \"case\", item, department FROM sub_cases WHERE state IN ('dispatched', 'in_review') ORDER BY id"
    )
    told = sa.text('INSERT INTO department_feed (event, department, "case", body) VALUES (:e, :d, :c, :b)')
    rows = []
    for task, case, item, department in db.execute(waiting).all():
        event = DepartmentEvent(
            new_id(), department, TaskNews.TASK_DISPATCHED, datetime.now(UTC), case, item, task
        )
        rows.append({"e": event.id, "d": department, "c": case, "b": encode(event)})
    if rows:
        db.execute(told, rows)


def _reviewers() -> None:
    op.create_table(
        "reviewer_sessions",
        _text("digest"),
        _text("department"),
        _text("login"),
        _text("began_at"),
        _text("seen_at"),
        sa.PrimaryKeyConstraint("digest", name="pk_reviewer_sessions"),
    )
    op.create_index("ix_reviewer_sessions_department_login", "reviewer_sessions", ["department", "login"])
    op.create_table(
        "sign_in_failures",
        _number("id"),
        _text("department"),
        _text("login"),
        _text("at"),
        sa.PrimaryKeyConstraint("id", name="pk_sign_in_failures"),
    )
    op.create_index("ix_sign_in_failures_department_login", "sign_in_failures", ["department", "login"])


def _connectors() -> None:
    op.create_table(
        "connectors",
        _text("name"),
        _text("department"),
        _text("target"),
        _text("cursor"),
        _number("delivered"),
        _text("holder"),
        _text("held_until"),
        _text("trouble"),
        _text("trouble_since"),
        sa.PrimaryKeyConstraint("name", name="pk_connectors"),
    )
    op.create_table(
        "parcels",
        _text("connector"),
        _text("event"),
        _number("place"),
        _text("case"),
        _text("body"),
        _number("tries"),
        _text("next_at"),
        _text("code"),
        _number("delivered_then"),
        _text("parked_at", null=True),
        sa.PrimaryKeyConstraint("connector", "event", name="pk_parcels"),
        sa.UniqueConstraint("connector", "place", name="uq_parcels_place"),
        sa.ForeignKeyConstraint(["connector"], ["connectors.name"], name="fk_parcels_connector"),
    )


def downgrade() -> None:
    for table in (
        "parcels",
        "connectors",
        "sign_in_failures",
        "reviewer_sessions",
        "procedures",
        "department_feed",
    ):
        op.drop_table(table)
    op.drop_column("sub_cases", "taken_by")
    op.drop_column("sub_cases", "dispatched_at")
