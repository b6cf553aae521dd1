"""Scans leave the table for sealed files beside the store; a row knows how far its upload is.

Revision ID: 0007
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import context, op

from workstation.storage.scan_files import ScanFiles

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    db = op.get_bind()
    scans: ScanFiles | None = context.config.attributes.get("scans")
    names = list(db.scalars(sa.text("SELECT sha256 FROM blobs")))
    if names and scans is None:
        raise AssertionError("a store with scans needs a folder for them")
    for sha256 in names:
        # One at a time: a station may hold gigabytes. Sealed already, under the same key that opens the file.
        box = db.scalar(sa.text("SELECT content FROM blobs WHERE sha256 = :name"), {"name": sha256})
        if scans is not None and box is not None:
            scans.write(sha256, bytes(box))
    op.drop_column("blobs", "content")
    op.add_column("blobs", sa.Column("address", sa.String, nullable=False, server_default=""))
    op.add_column("blobs", sa.Column("taken", sa.Integer, nullable=False, server_default="0"))
    op.add_column("blobs", sa.Column("trouble", sa.String, nullable=False, server_default=""))
