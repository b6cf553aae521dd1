"""Numbers of tasks are given once on SQLite too: a restored hall goes on behind those it has forgotten (hall/epoch.py).

SQLite gives a number again that was the highest and has gone, unless the table is AUTOINCREMENT, which no ALTER TABLE makes it.
PostgreSQL counts in a sequence anyway.

Revision ID: 0021
"""

from __future__ import annotations

from alembic import op
from sqlalchemy import text

revision = "0021"
down_revision = "0020"

_BACK = """INSERT INTO sub_cases (id, "case", item, department, "after", state, result, dispatched_at, taken_by, due_on)
SELECT id, "case", item, department, "after", state, result, dispatched_at, taken_by, due_on FROM sub_cases_kept ORDER BY id"""
_TABLE = """CREATE TABLE sub_cases (
	id INTEGER NOT NULL{key},
	"case" VARCHAR NOT NULL,
	item VARCHAR NOT NULL,
	department VARCHAR NOT NULL,
	"after" VARCHAR NOT NULL,
	state VARCHAR NOT NULL,
	result VARCHAR,
	dispatched_at VARCHAR,
	taken_by VARCHAR DEFAULT '' NOT NULL,
	due_on VARCHAR DEFAULT '' NOT NULL,
	CONSTRAINT uq_sub_cases_case UNIQUE ("case", item),
	CONSTRAINT fk_sub_cases_case FOREIGN KEY("case") REFERENCES cases (id)
)"""


def upgrade() -> None:
    _anew(" PRIMARY KEY AUTOINCREMENT")


def downgrade() -> None:
    _anew(" CONSTRAINT pk_sub_cases PRIMARY KEY")


def _anew(key: str) -> None:
    if op.get_bind().dialect.name != "sqlite":
        return
    # What refers to the table is looked at once all rows are there again: at the commit.
    op.execute("PRAGMA defer_foreign_keys=ON")
    op.execute("CREATE TABLE sub_cases_kept AS SELECT * FROM sub_cases")
    op.execute("DROP TABLE sub_cases")
    op.execute(_TABLE.format(key=key))
    op.execute(_BACK)
    op.execute("DROP TABLE sub_cases_kept")
    op.create_index("ix_sub_cases_department_state", "sub_cases", ["department", "state"])
    op.create_index(
        "ix_sub_cases_open",
        "sub_cases",
        ["department", "due_on", "state", "dispatched_at"],
        sqlite_where=text("state IN ('dispatched', 'in_review')"),
    )
