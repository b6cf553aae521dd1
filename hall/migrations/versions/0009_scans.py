"""Scans by station, uploads under way, which scans a case names and when all are there.

Cases of before name none here: whose their scans are was not written down, so they are not counted as missing.

Revision ID: 0009
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def _text(name: str, *, null: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String, nullable=null)


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=False)


def upgrade() -> None:
    op.create_table(
        "blobs",
        _text("sha256"),
        _text("station"),
        _number("size"),
        _text("media"),
        _text("came_at"),
        sa.PrimaryKeyConstraint("sha256", "station", name="pk_blobs"),
        sa.ForeignKeyConstraint(["station"], ["stations.code"], name="fk_blobs_station"),
    )
    op.create_table(
        "uploads",
        _text("id"),
        _text("device"),
        _text("station"),
        _text("sha256"),
        _number("size"),
        _number("taken"),
        _text("parts"),
        _text("expires_at"),
        _text("done_at", null=True),
        sa.PrimaryKeyConstraint("id", name="pk_uploads"),
        sa.ForeignKeyConstraint(["device"], ["devices.id"], name="fk_uploads_device"),
    )
    op.create_index("ix_uploads_device_sha256", "uploads", ["device", "sha256"])
    op.create_index("ix_uploads_expires_at", "uploads", ["expires_at"])
    op.create_table(
        "case_scans",
        _text("case"),
        _text("sha256"),
        sa.PrimaryKeyConstraint("case", "sha256", name="pk_case_scans"),
        sa.ForeignKeyConstraint(["case"], ["cases.id"], name="fk_case_scans_case"),
    )
    op.create_index("ix_case_scans_sha256", "case_scans", ["sha256"])
    op.add_column("cases", _text("papers_at", null=True))


def downgrade() -> None:
    op.drop_column("cases", "papers_at")
    for table in ("case_scans", "uploads", "blobs"):
        op.drop_table(table)
