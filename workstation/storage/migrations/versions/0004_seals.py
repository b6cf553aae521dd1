"""Bodies sealed under a key of each case; the audit chain gets the hall's stamps and columns to look by.

Revision ID: 0004
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import context, op

from workstation.storage.seals import Seals

revision = "0004"
down_revision = "0003"

# Which scans cases and drafts name, out of their bodies.
_NAMED = (
    """SELECT cases.id, scan.value FROM cases, json_each(cases.body, '$.materials') AS paper,
       json_each(paper.value, '$.blobs') AS scan""",
    """SELECT drafts."case", json_extract(scan.value, '$.sha256') FROM drafts,
       json_each(drafts.body, '$.papers') AS paper, json_each(paper.value, '$.scans') AS scan""",
    # Photos are answers: whatever names a scan that is here.
    """SELECT cases.id, blobs.sha256 FROM blobs, cases, json_each(cases.body, '$.answers') AS answer
       WHERE json_extract(answer.value, '$.value') = blobs.sha256""",
    """SELECT drafts."case", blobs.sha256 FROM blobs, drafts, json_each(drafts.body, '$.answers') AS answer
       WHERE json_extract(answer.value, '$.value') = blobs.sha256""",
)
_EMPTY = sa.text("x''")
# table -> the column in clear, and what says whose it is
_BODIES = {
    "cases": ("body", "id"),
    "drafts": ("body", "case"),
    "outbox": ("envelope", "subject"),
    "held": ("body", "subject"),
    "proposals": ("body", "case"),
}


def upgrade() -> None:
    op.create_table(
        "case_keys",
        sa.Column("owner", sa.String, nullable=False),
        sa.Column("slot", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("owner", name="pk_case_keys"),
        sa.UniqueConstraint("slot", name="uq_case_keys_slot"),
    )
    op.create_table(
        "scan_owners",
        sa.Column("sha256", sa.String, nullable=False),
        sa.Column("owner", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("sha256", "owner", name="pk_scan_owners"),
    )
    op.create_index("ix_scan_owners_owner", "scan_owners", ["owner"])
    op.create_table(
        "dead_slots",
        sa.Column("slot", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("slot", name="pk_dead_slots"),
    )
    op.create_table(
        "purges",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("at", sa.String, nullable=False),
        sa.Column("body", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_purges"),
    )
    op.create_table(
        "audit_stamps",
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("stamp", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_audit_stamps"),
    )
    for table in _BODIES:
        op.add_column(table, sa.Column("sealed", sa.LargeBinary, nullable=False, server_default=_EMPTY))
    op.add_column("cases", sa.Column("ended_at", sa.String, nullable=False, server_default=""))
    op.create_index("ix_cases_ended", "cases", ["ended_at"])
    _seal_all()
    for table, (body, _) in _BODIES.items():
        op.drop_column(table, body)
    _index_audit()


def _seal_all() -> None:
    db = op.get_bind()
    seals: Seals | None = context.config.attributes.get("seals")
    # Concluded, or closed by two persons (Case.ended_at).
    ended = "COALESCE(json_extract(body, '$.concluded_at'), json_extract(body, '$.closing.approved_at'), '')"
    db.exec_driver_sql(f"UPDATE cases SET ended_at = {ended}")  # noqa: S608 - our own words
    for query in _NAMED:
        db.exec_driver_sql(f"INSERT OR IGNORE INTO scan_owners (owner, sha256) {query}")
    for table, (body, owner) in _BODIES.items():
        found = sa.text(f'SELECT rowid AS place, "{owner}" AS owner, "{body}" AS body FROM {table}')  # noqa: S608 - our own names
        change = sa.text(f"UPDATE {table} SET sealed = :sealed WHERE rowid = :place")  # noqa: S608 - the same
        for row in db.execute(found).all():
            db.execute(change, {"sealed": _of(seals).seal(row.owner, row.body), "place": row.place})
    for scan in db.execute(sa.text("SELECT sha256, content FROM blobs")).all():
        sealed = _of(seals).seal_bytes(scan.sha256, scan.content)
        db.execute(
            sa.text("UPDATE blobs SET content = :sealed WHERE sha256 = :name"),
            {"sealed": sealed, "name": scan.sha256},
        )
    for case in db.execute(sa.text("SELECT id, person FROM cases")).all():
        db.execute(
            sa.text("UPDATE cases SET person = :person WHERE id = :id"),
            {"person": _of(seals).person(case.person), "id": case.id},
        )


def _of(seals: Seals | None) -> Seals:
    if seals is None:
        raise AssertionError("a store with content needs its keys")
    return seals


def _index_audit() -> None:
    for deed in ("update", "delete"):
        op.execute(f"DROP TRIGGER audit_no_{deed}")
    for column in ("at", "actor", "deed", "case"):
        op.add_column("audit", sa.Column(column, sa.String, nullable=False, server_default=""))
    op.execute(
        "UPDATE audit SET actor = json_extract(entry, '$.actor'), deed = json_extract(entry, '$.deed'), "
        "\"case\" = json_extract(entry, '$.case'), at = CASE WHEN instr(json_extract(entry, '$.at'), '.') "
        "THEN json_extract(entry, '$.at') ELSE replace(json_extract(entry, '$.at'), 'Z', '.000000Z') END"
    )
    op.create_index("ix_audit_at", "audit", ["at", "actor", "deed", "case"])
    for deed in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER audit_no_{deed.lower()} BEFORE {deed} ON audit "
            "BEGIN SELECT RAISE(ABORT, 'the audit chain only grows'); END"
        )
    op.execute(
        "INSERT OR REPLACE INTO facts (name, value) SELECT 'audit_head', seq || ' ' || json_extract(entry, '$.hash') "
        "FROM audit ORDER BY seq DESC LIMIT 1"
    )
