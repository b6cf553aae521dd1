"""The hall's tables. Bodies are canonical JSON as they came; columns are what is looked up by."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, MetaData, String, Table, UniqueConstraint

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

meta = Table(
    "meta", metadata, Column("name", String, primary_key=True), Column("value", String, nullable=False)
)
stations = Table(
    "stations",
    metadata,
    Column("code", String, primary_key=True),  # six characters, first part of every receipt number
    Column("name", String, nullable=False),
    Column("level", String, nullable=False),
)
enrol_codes = Table(
    "enrol_codes",
    metadata,
    Column("digest", String, primary_key=True),
    Column("station", String, ForeignKey("stations.code"), nullable=False),
    Column("expires_at", String, nullable=False),
    Column("used_at", String),
)
devices = Table(
    "devices",
    metadata,
    Column("id", String, primary_key=True),
    Column("station", String, ForeignKey("stations.code"), nullable=False),
    Column("incarnation", Integer, nullable=False),
    Column("public_key", String, nullable=False),
    Column("revoked_at", String),
    Column("last_seq", Integer, nullable=False),
    Column("last_sha256", String, nullable=False),
)
staff = Table(
    "staff",
    metadata,
    Column("station", String, ForeignKey("stations.code"), primary_key=True),
    Column("login", String, primary_key=True),
    Column("body", String, nullable=False),
)
inbox = Table(  # kept for ever: the same envelope twice is one
    "inbox",
    metadata,
    Column("event", String, primary_key=True),
    Column("device", String, ForeignKey("devices.id"), nullable=False),
    Column("incarnation", Integer, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("sha256", String, nullable=False),
    Column("envelope", String, nullable=False),
    Column("result", String, nullable=False),
    UniqueConstraint("device", "incarnation", "seq", name="uq_inbox_place"),
)
cases = Table(
    "cases",
    metadata,
    Column("id", String, primary_key=True),
    Column("receipt_no", String, nullable=False, unique=True),
    Column("project_no", String, nullable=False, unique=True),
    Column("station", String, ForeignKey("stations.code"), nullable=False),
    Column("body", String, nullable=False),  # CaseReceived
    Column("accepted", String),  # CaseAccepted
    Column("concluded_at", String),
    Column("seal", String),
    Column("rev", Integer, nullable=False),
)
sub_cases = Table(
    "sub_cases",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("case", String, ForeignKey("cases.id"), nullable=False),
    Column("item", String, nullable=False),
    Column("department", String, nullable=False),
    Column("after", String, nullable=False),  # JSON list of items
    Column("state", String, nullable=False),
    Column("result", String),
    UniqueConstraint("case", "item", name="uq_sub_cases_case"),
    Index("ix_sub_cases_department_state", "department", "state"),
)
feed = Table(
    "feed",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("station", String, ForeignKey("stations.code"), nullable=False),
    Column("change", String, nullable=False),
    Index("ix_feed_station_seq", "station", "seq"),
    sqlite_autoincrement=True,
)
slips = Table(
    "slips",
    metadata,
    Column("serial", String, primary_key=True),
    Column("case", String, ForeignKey("cases.id"), nullable=False),
    Column("body", String, nullable=False),
)
lookups = Table(  # who asked what, when and why; never the answer
    "lookups",
    metadata,
    Column("query", String, primary_key=True),
    Column("station", String, nullable=False),
    Column("clerk", String, nullable=False),
    Column("case", String, nullable=False),
    Column("item", String, nullable=False),
    Column("service", String, nullable=False),
    Column("purpose", String, nullable=False),
    Column("outcome", String, nullable=False),
    Column("evidence_no", String, nullable=False),
    Column("at", String, nullable=False),
)
releases = Table(  # what the hall has published; `body` is the signed manifest
    "releases",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("version", String, nullable=False, unique=True),
    Column("sha256", String, nullable=False),
    Column("issued_at", String, nullable=False),
    Column("body", String, nullable=False),
)
evidence = Table(  # what the hall has answered, by look-up: counts when a case is accepted
    "evidence",
    metadata,
    Column("query", String, primary_key=True),
    Column("station", String, nullable=False),
    Column("case", String, nullable=False),
    Column("rule", String, nullable=False),
    Column("service", String, nullable=False),
    Column("outcome", String, nullable=False),
    Column("number", String, nullable=False),
    Column(
        "about", String, nullable=False
    ),  # SHA-256 of the parameters: an answer about others proves nothing here
    Column("at", String, nullable=False),
    Column("valid_until", String, nullable=False),
    Index("ix_evidence_case_rule", "case", "rule"),
)
disputes = Table(  # what citizens say is wrong; the case may not be received yet
    "disputes",
    metadata,
    Column("id", String, primary_key=True),
    Column("query", String, nullable=False),
    Column("case", String, nullable=False),
    Column("department", String, nullable=False),
    Column("service", String, nullable=False),
    Column("outcome", String, nullable=False),
    Column("body", String, nullable=False),  # VerificationDisputed
    Column("taken_at", String, nullable=False),
    Column("verdict", String, nullable=False),  # "" while it is open
    Column("answer", String, nullable=False),  # DisputeAnswered
    Column("told", Integer, nullable=False),  # 1 once it stands in the feed
    Index("ix_disputes_department_verdict", "department", "verdict"),
    Index("ix_disputes_query", "query"),
)
numbers = Table(
    "numbers", metadata, Column("series", String, primary_key=True), Column("last", Integer, nullable=False)
)
reviewers = Table(
    "reviewers",
    metadata,
    Column("department", String, primary_key=True),
    Column("login", String, primary_key=True),
    Column("name", String, nullable=False),
    Column("password_hash", String, nullable=False),
)
tokens = Table(  # of departments' own systems
    "tokens",
    metadata,
    Column("digest", String, primary_key=True),
    Column("department", String, nullable=False),
)
