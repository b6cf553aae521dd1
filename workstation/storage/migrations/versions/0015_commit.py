"""Less to write and to read for each case (031): the place of a key stands in the row of the case, and is one look-up instead of
two elsewhere; what an envelope needs of the enrolment stands by itself. From here on bodies are packed by another method, which a program of before cannot read:
the number of the schema keeps it away (wire/box.py reads both).

Revision ID: 0015
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    # Short rows, written once and in order: half a second for a hundred thousand cases.
    op.create_table(
        "case_keys_new",
        sa.Column("owner", sa.String, nullable=False),
        sa.Column("slot", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("owner", name="pk_case_keys"),
        sa.UniqueConstraint("slot", name="uq_case_keys_slot"),
        sqlite_with_rowid=False,
    )
    op.execute("INSERT INTO case_keys_new SELECT owner, slot FROM case_keys ORDER BY owner")
    op.drop_table("case_keys")
    op.rename_table("case_keys_new", "case_keys")
    # A second and a half for a hundred thousand cases.
    op.add_column("cases", sa.Column("slot", sa.Integer))
    op.execute("UPDATE cases SET slot = (SELECT k.slot FROM case_keys k WHERE k.owner = cases.id)")
    op.execute(
        """INSERT INTO facts (name, value) SELECT 'agreed', COALESCE(json_extract(value, '$.incarnation'), 1) || ' '
            || COALESCE(json_extract(value, '$.algorithms.digest'), 'sha-256') FROM facts WHERE name = 'enrolment'"""
    )
