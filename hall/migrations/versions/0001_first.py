"""The first schema.

Revision ID: 0001
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def _text(name: str, *, null: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String, nullable=null)


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=False)


def upgrade() -> None:
    op.create_table("meta", _text("name"), _text("value"), sa.PrimaryKeyConstraint("name", name="pk_meta"))
    op.create_table(
        "stations",
        _text("code"),
        _text("name"),
        _text("level"),
        sa.PrimaryKeyConstraint("code", name="pk_stations"),
    )
    station = sa.ForeignKeyConstraint
    op.create_table(
        "enrol_codes",
        _text("digest"),
        _text("station"),
        _text("expires_at"),
        _text("used_at", null=True),
        sa.PrimaryKeyConstraint("digest", name="pk_enrol_codes"),
        station(["station"], ["stations.code"], name="fk_enrol_codes_station"),
    )
    op.create_table(
        "devices",
        _text("id"),
        _text("station"),
        _number("incarnation"),
        _text("public_key"),
        _text("revoked_at", null=True),
        _number("last_seq"),
        _text("last_sha256"),
        sa.PrimaryKeyConstraint("id", name="pk_devices"),
        station(["station"], ["stations.code"], name="fk_devices_station"),
    )
    op.create_table(
        "staff",
        _text("station"),
        _text("login"),
        _text("body"),
        sa.PrimaryKeyConstraint("station", "login", name="pk_staff"),
        station(["station"], ["stations.code"], name="fk_staff_station"),
    )
    op.create_table(
        "inbox",
        _text("event"),
        _text("device"),
        _number("incarnation"),
        _number("seq"),
        _text("sha256"),
        _text("envelope"),
        _text("result"),
        sa.PrimaryKeyConstraint("event", name="pk_inbox"),
        sa.UniqueConstraint("device", "incarnation", "seq", name="uq_inbox_place"),
        sa.ForeignKeyConstraint(["device"], ["devices.id"], name="fk_inbox_device"),
    )
    op.create_table(
        "cases",
        _text("id"),
        _text("receipt_no"),
        _text("project_no"),
        _text("station"),
        _text("body"),
        _text("accepted", null=True),
        _text("concluded_at", null=True),
        _text("seal", null=True),
        _number("rev"),
        sa.PrimaryKeyConstraint("id", name="pk_cases"),
        sa.UniqueConstraint("receipt_no", name="uq_cases_receipt_no"),
        sa.UniqueConstraint("project_no", name="uq_cases_project_no"),
        station(["station"], ["stations.code"], name="fk_cases_station"),
    )
    op.create_table(
        "sub_cases",
        _number("id"),
        _text("case"),
        _text("item"),
        _text("department"),
        _text("after"),
        _text("state"),
        _text("result", null=True),
        sa.PrimaryKeyConstraint("id", name="pk_sub_cases"),
        sa.UniqueConstraint("case", "item", name="uq_sub_cases_case"),
        sa.ForeignKeyConstraint(["case"], ["cases.id"], name="fk_sub_cases_case"),
    )
    op.create_index("ix_sub_cases_department_state", "sub_cases", ["department", "state"])
    op.create_table(
        "feed",
        _number("seq"),
        _text("station"),
        _text("change"),
        sa.PrimaryKeyConstraint("seq", name="pk_feed"),
        station(["station"], ["stations.code"], name="fk_feed_station"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_feed_station_seq", "feed", ["station", "seq"])
    op.create_table(
        "slips",
        _text("serial"),
        _text("case"),
        _text("body"),
        sa.PrimaryKeyConstraint("serial", name="pk_slips"),
        sa.ForeignKeyConstraint(["case"], ["cases.id"], name="fk_slips_case"),
    )
    op.create_table(
        "lookups",
        *(
            _text(name)
            for name in ("query", "station", "clerk", "case", "item", "service", "purpose", "outcome")
        ),
        _text("evidence_no"),
        _text("at"),
        sa.PrimaryKeyConstraint("query", name="pk_lookups"),
    )
    op.create_table(
        "numbers", _text("series"), _number("last"), sa.PrimaryKeyConstraint("series", name="pk_numbers")
    )
    op.create_table(
        "reviewers",
        *(_text(name) for name in ("department", "login", "name", "password_hash")),
        sa.PrimaryKeyConstraint("department", "login", name="pk_reviewers"),
    )
    op.create_table(
        "tokens", _text("digest"), _text("department"), sa.PrimaryKeyConstraint("digest", name="pk_tokens")
    )
