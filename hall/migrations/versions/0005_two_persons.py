"""People with terms, numbered staff lists, approvals of a second person, cases that were refused or voided.

Revision ID: 0005
"""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.add_column("cases", sa.Column("closed", sa.String))
    op.create_table(
        "staff_lists",
        sa.Column("station", sa.String, sa.ForeignKey("stations.code"), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("station", name="pk_staff_lists"),
    )
    op.create_table(
        "staff_terms",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("station", sa.String, sa.ForeignKey("stations.code"), nullable=False),
        sa.Column("login", sa.String, nullable=False),
        sa.Column("person", sa.String, nullable=False),
        sa.Column("roles", sa.String, nullable=False),
        sa.Column("since", sa.String, nullable=False),
        sa.Column("until", sa.String),
        sa.PrimaryKeyConstraint("id", name="pk_staff_terms"),
    )
    op.create_index("ix_staff_terms_station_login", "staff_terms", ["station", "login"])
    op.create_table(
        "approvals",
        sa.Column("proposal", sa.String, nullable=False),
        sa.Column("case", sa.String, sa.ForeignKey("cases.id"), nullable=False),
        sa.Column("event", sa.String, nullable=False),
        sa.Column("body", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("proposal", name="pk_approvals"),
    )
    _begin_terms()


def _begin_terms() -> None:
    """Whoever has an account already had it from the beginning."""
    db = op.get_bind()
    for station, login, body in db.execute(sa.text("SELECT station, login, body FROM staff")).all():
        db.execute(
            sa.text(
                "INSERT INTO staff_terms (station, login, person, roles, since) VALUES (:s, :l, '', :r, '')"
            ),
            {"s": station, "l": login, "r": " ".join(json.loads(body)["roles"])},
        )


def downgrade() -> None:
    op.drop_table("approvals")
    op.drop_table("staff_terms")
    op.drop_table("staff_lists")
    op.drop_column("cases", "closed")
