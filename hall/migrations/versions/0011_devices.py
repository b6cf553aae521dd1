"""Devices keep their name when their key changes, wait for a person, and leave what they still held to a person.

Revision ID: 0011
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def _text(name: str, *, null: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String, nullable=null)


def upgrade() -> None:
    op.create_table(
        "device_keys",
        _text("id"),
        _text("device"),
        _text("public_key"),
        _text("made_at"),
        _text("until", null=True),
        sa.PrimaryKeyConstraint("id", name="pk_device_keys"),
        sa.ForeignKeyConstraint(["device"], ["devices.id"], name="fk_device_keys_device"),
    )
    op.create_index("ix_device_keys_device", "device_keys", ["device"])
    op.add_column("devices", _text("enrolled_at", null=True))
    op.add_column("devices", _text("confirmed_at", null=True))
    op.add_column("devices", _text("confirmed_by", null=True))
    op.add_column("enrol_codes", _text("confirmed_by", null=True))
    # Whoever was in before there was a confirmation stays in, and the book says so.
    op.execute(
        "UPDATE devices SET confirmed_at = '1970-01-01T00:00:00.000000Z', confirmed_by = 'before 0011'"
    )
    op.execute(
        "INSERT INTO device_keys (id, device, public_key, made_at) "
        "SELECT id, id, public_key, '1970-01-01T00:00:00.000000Z' FROM devices"
    )
    op.create_table(
        "salvage",
        _text("event"),
        _text("device"),
        sa.Column("incarnation", sa.Integer, nullable=False),
        sa.Column("seq", sa.Integer, nullable=False),
        _text("kind"),
        _text("subject"),
        _text("at"),
        _text("signed_at"),
        _text("envelope"),
        _text("parcel"),
        _text("state"),
        _text("imported_at"),
        _text("decided_at", null=True),
        _text("decided_by", null=True),
        _text("reason", null=True),
        _text("result", null=True),
        sa.PrimaryKeyConstraint("event", name="pk_salvage"),
        sa.ForeignKeyConstraint(["device"], ["devices.id"], name="fk_salvage_device"),
    )


def downgrade() -> None:
    op.drop_table("salvage")
    for table, name in (
        ("enrol_codes", "confirmed_by"),
        ("devices", "confirmed_by"),
        ("devices", "confirmed_at"),
        ("devices", "enrolled_at"),
    ):
        op.drop_column(table, name)
    op.drop_table("device_keys")
