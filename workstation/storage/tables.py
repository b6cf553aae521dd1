"""The tables of the store. Bodies are canonical JSON; columns beside them are what is searched and sorted by."""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)

cases = Table(
    "cases",
    metadata,
    Column("id", String, primary_key=True),
    Column("receipt_no", String, nullable=False, unique=True),
    Column("status", String, nullable=False),
    Column("received_at", String, nullable=False),
    Column("body", String, nullable=False),
    Column(
        "person", String, nullable=False, server_default=""
    ),  # the applicant's number; the whole store is sealed
    Index("ix_cases_received", "received_at"),
    Index("ix_cases_person_received", "person", "received_at"),
    Index("ix_cases_status_received", "status", "received_at"),
)
drafts = Table(
    "drafts",
    metadata,
    Column("case", String, primary_key=True),
    Column("saved", Integer, nullable=False),  # a counter: the newest draft has the largest
    Column("body", String, nullable=False),
)
outbox = Table(
    "outbox",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("id", String, nullable=False, unique=True),
    Column("subject", String, nullable=False),
    Column("state", String, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("next_at", String),
    Column("trouble", String, nullable=False),
    Column("envelope", String, nullable=False),
    Column("sha256", String, nullable=False),
    Column("queued_at", String, nullable=False),
    Column("receipt", String),
    Index("ix_outbox_state_seq", "state", "seq"),
    Index("ix_outbox_subject_state", "subject", "state"),
    # Nothing counts as sent without the hall's signed word beside it.
    CheckConstraint("state <> 'acked' OR receipt IS NOT NULL", name="acked"),
)
audit = Table(
    "audit",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("entry", String, nullable=False),
)
prints = Table(
    "prints",
    metadata,
    Column("serial", String, primary_key=True),
    Column("case", String, ForeignKey("cases.id"), nullable=False, index=True),
    Column("entry", String, nullable=False),
)
blobs = Table(
    "blobs",
    metadata,
    Column("sha256", String, primary_key=True),
    Column("size", Integer, nullable=False),
    Column("wanted", Integer, nullable=False),  # 1 once a case names it: drafts send no scans
    Column("sent", Integer, nullable=False),
    Column("content", LargeBinary, nullable=False),  # last, so that looking at the others never reads it
    Index("ix_blobs_unsent", "wanted", "sent", "size"),
)
numbers = Table(
    "numbers",
    metadata,
    Column("series", String, primary_key=True),
    Column("last", Integer, nullable=False),
)
facts = Table(  # the station's own: enrolment, hall address, device key, cursor
    "facts",
    metadata,
    Column("name", String, primary_key=True),
    Column("value", String, nullable=False),
)
accounts = Table(
    "accounts",
    metadata,
    Column("login", String, primary_key=True),
    Column("body", String, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("failed_at", String),
)
proposals = Table(  # what needs a second person; bodies hold drafts, so they go with their case
    "proposals",
    metadata,
    Column("id", String, primary_key=True),
    Column("case", String, ForeignKey("cases.id"), nullable=False, index=True),
    Column("state", String, nullable=False),
    Column("proposed_at", String, nullable=False),
    Column("body", String, nullable=False),
    Index("ix_proposals_state_proposed", "state", "proposed_at"),
)
held = Table(
    "held",
    metadata,
    Column("subject", String, primary_key=True),
    Column("rev", Integer, primary_key=True),
    Column("body", String, nullable=False),
)
