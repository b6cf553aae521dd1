"""What one shift writes to the next is sealed under a key of its own, so that it can be let go of.

Revision ID: 0013
"""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import context, op

from wire.codec import encode
from workstation.storage.seals import Seals

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.add_column(
        "handovers", sa.Column("sealed", sa.LargeBinary, nullable=False, server_default=sa.text("x''"))
    )
    db = op.get_bind()
    seals: Seals | None = context.config.attributes.get("seals")
    for row in db.execute(sa.text("SELECT id, body FROM handovers")).all():
        said = json.loads(row.body)
        remark, said["remark"] = said["remark"], ""
        if not remark:
            continue
        if seals is None:
            raise AssertionError("a store with handovers needs its keys")
        new = {"id": row.id, "body": encode(said), "sealed": seals.seal(row.id, remark)}
        db.execute(sa.text("UPDATE handovers SET body = :body, sealed = :sealed WHERE id = :id"), new)
