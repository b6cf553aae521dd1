"""The hall's tables. Bodies are canonical JSON as they came; columns are what is looked up by."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    UniqueConstraint,
    text,
)

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
    Column(
        "confirmed_by", String
    ),  # a demo's code confirms by itself whoever enrols with it; else a person does
)
devices = Table(
    "devices",
    metadata,
    Column("id", String, primary_key=True),  # stays when the key changes
    Column("station", String, ForeignKey("stations.code"), nullable=False),
    Column("incarnation", Integer, nullable=False),
    Column(
        "public_key", String, nullable=False
    ),  # of the enrolment; whoever checks a signature asks device_keys
    Column("revoked_at", String),
    Column("last_seq", Integer, nullable=False),
    Column("last_sha256", String, nullable=False),
    Column("enrolled_at", String),
    Column(
        "confirmed_at", String
    ),  # a person compared the fingerprints; until then the device may only ask for that
    Column("confirmed_by", String),
)
staff = Table(
    "staff",
    metadata,
    Column("station", String, ForeignKey("stations.code"), primary_key=True),
    Column("login", String, primary_key=True),
    Column("body", String, nullable=False),
    # Keyed hashes of the person's own number and of surname and address: for the watch, never sent to stations.
    Column("self_mark", String),
    Column("kin_mark", String),
)
inbox = (
    Table(  # kept for ever: the same envelope twice is one. PostgreSQL: partitioned by the hash of the event
        "inbox",
        metadata,
        Column("event", String, primary_key=True),
        Column("device", String, ForeignKey("devices.id"), nullable=False),
        Column("incarnation", Integer, nullable=False),
        Column("seq", Integer, nullable=False),
        Column("sha256", String, nullable=False),
        Column("envelope", String, nullable=False),
        Column("result", String, nullable=False),
        UniqueConstraint("device", "incarnation", "seq", name="uq_inbox_place"),  # SQLite
    )
)
places = Table(  # where envelopes stand in the chain of their device. PostgreSQL: partitioned by the hash of the device
    "places",
    metadata,
    Column("device", String, primary_key=True),
    Column("incarnation", Integer, primary_key=True),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("event", String, nullable=False),
    Column("sha256", String, nullable=False),
    Column("prev", String, nullable=False),
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
    Column("closed", String),  # kind of the event that refused or voided it
    Column("concluded_at", String),
    Column("seal", String),
    Column("rev", Integer, nullable=False),
    # PostgreSQL: the place in the feed of what was told last of this case (hall/feed.py).
    Column("told_in", BigInteger, nullable=False, server_default="0"),
    Column("papers_at", String),  # when the last scan that it names was here, none while one is missing
    Column(
        "accepting", String
    ),  # the office that another one has forwarded it to, none while it is the station's own
    Column("collected", String),  # ResultCollected
    Index("ix_cases_accepting", "accepting"),
    Column("status", String, nullable=False, server_default="received"),  # wire.lifecycle.CaseStatus
    Column("version", Integer, nullable=False, server_default="1"),  # of the receipt: it grows with each 更正
    # Whose five working days run (hall/deemed.py).
    Index(
        "ix_cases_waiting",
        "id",
        sqlite_where=text("status = 'received'"),
        postgresql_where=text("status = 'received'"),
    ),
    # Of the board (hall/board.py): they stand in the bodies too.
    Column("window", String, nullable=False, server_default=""),
    Column("received_at", String, nullable=False, server_default=""),
    Column("due_on", String, nullable=False, server_default=""),  # "" while nothing is promised
    Index(
        "ix_cases_open",
        "station",
        "window",
        "status",
        "due_on",
        "received_at",
        sqlite_where=text("concluded_at IS NULL"),
        postgresql_where=text("concluded_at IS NULL"),
    ),
)
case_steps = Table(  # 补正, 撤回, 更正, 视为受理 as they were told: the event, or "deemed:" and the case
    "case_steps",
    metadata,
    Column("event", String, primary_key=True),
    Column("case", String, ForeignKey("cases.id"), nullable=False, index=True),
    Column("kind", String, nullable=False),
    Column("at", String, nullable=False),  # the later of two 更正, or 补正, of a case has the later one
    Column("body", String, nullable=False),
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
    Column("dispatched_at", String),
    Column("taken_by", String, nullable=False, server_default=""),  # the reviewer who has begun
    # By when its decision is owed by the hall's own dates; "" while nothing is promised or the clock stands still.
    Column("due_on", String, nullable=False, server_default=""),
    UniqueConstraint("case", "item", name="uq_sub_cases_case"),
    Index("ix_sub_cases_department_state", "department", "state"),
    # What each department owes (hall/board.py): a case that is registered only writes nothing into it.
    Index(
        "ix_sub_cases_open",
        "department",
        "due_on",
        "state",
        "dispatched_at",
        sqlite_where=text("state IN ('dispatched', 'in_review')"),
        postgresql_where=text("state IN ('dispatched', 'in_review')"),
    ),
    sqlite_autoincrement=True,  # departments know a task by its number: none is given twice
)
scan_looks = Table(  # who of which station opened a scan that another office has given (hall/shared_scans.py)
    "scan_looks",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", String, nullable=False),
    Column("station", String, nullable=False),
    Column("device", String, nullable=False),
    Column("clerk", String, nullable=False),
    Column("case", String, ForeignKey("cases.id"), nullable=False, index=True),
    Column("sha256", String, nullable=False),
)
feed = Table(
    "feed",
    metadata,
    # PostgreSQL: partitioned by the hash of the station, key (station, xid, seq); SQLite: xid is 0 and seq the key.
    Column("seq", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    Column("xid", BigInteger, nullable=False, server_default="0"),
    Column("station", String, ForeignKey("stations.code"), nullable=False),
    Column("change", String, nullable=False),
    Column("at", String, nullable=False, server_default=""),
    Index("ix_feed_station_seq", "station", "seq"),
    Index("ix_feed_at", "at"),
    sqlite_autoincrement=True,
)
feed_floors = Table(  # up to where each station's feed was pruned: a cursor before that is gone
    "feed_floors",
    metadata,
    Column("station", String, ForeignKey("stations.code"), primary_key=True),
    Column("xid", BigInteger, nullable=False, server_default="0"),
    Column("seq", BigInteger, nullable=False),
)
slips = Table(
    "slips",
    metadata,
    Column("serial", String, primary_key=True),
    Column("case", String, ForeignKey("cases.id"), nullable=False),
    Column("body", String, nullable=False),
    Column("voided", String),  # what was told of it, once it counts no more
)
slip_fates = Table(  # what a person said became of a sheet; it may come before the sheet itself was told
    "slip_fates",
    metadata,
    Column("serial", String, primary_key=True),
    Column("case", String, nullable=False),
    Column("body", String, nullable=False),
    Column("told_at", String, nullable=False),
)
lookups = Table(  # who asked what, when and why; never the answer. Written before the register is asked. The hall's own
    # evidence when a case is accepted
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
    Column("about", String, nullable=False, server_default=""),  # keyed hash of the parameters
    Column("rule", String, nullable=False, server_default=""),
    Column("replaces", String, nullable=False, server_default=""),
    Column("legal_basis", String, nullable=False, server_default=""),
    Column("grant_no", String, nullable=False, server_default=""),
    Column("reply_no", String, nullable=False, server_default=""),  # the department's own
    Column("trouble", String, nullable=False, server_default=""),  # why it is not the register's own word
    Column("took_ms", Integer),
    Index("ix_lookups_station_clerk_at", "station", "clerk", "at"),
    Index("ix_lookups_service_at", "service", "at"),
    Index("ix_lookups_case_rule", "case", "rule"),
)
grants = Table(  # which item may ask which service, until when
    "grants",
    metadata,
    Column("number", String, primary_key=True),
    Column("item", String, nullable=False),
    Column("service", String, nullable=False),
    Column("issued_at", String, nullable=False),
    Column("expires_at", String, nullable=False),
    Column("withdrawn_at", String),
    Index("ix_grants_item_service", "item", "service"),
)
register_keys = Table(  # Ed25519 public keys of departments; a register without one signs nothing
    "register_keys",
    metadata,
    Column("service", String, primary_key=True),
    Column("public_key", String, nullable=False),
)
circuits = Table(  # registers that are left alone now; emptied when the hall starts
    "circuits",
    metadata,
    Column("service", String, primary_key=True),
    Column("since", String, nullable=False),
    Column("retry_at", String, nullable=False),
)
owed = Table(  # answers that a register promised; `params` is a keyed hash
    "owed",
    metadata,
    Column("case", String, primary_key=True),
    Column("service", String, primary_key=True),
    Column("params", String, primary_key=True),
    Column("ticket", String, nullable=False),
    Column("due", String, nullable=False),
)
alarms = Table(  # for the auditor: ids and codes, no personal data
    "alarms",
    metadata,
    Column("id", String, primary_key=True),
    Column("at", String, nullable=False),
    Column("station", String, nullable=False),
    Column("clerk", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("case", String, nullable=False),
    Column("service", String, nullable=False),
    Column("count", Integer, nullable=False),
    Index("ix_alarms_station_at", "station", "at"),
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
audit_stamps = Table(  # what the hall countersigned of each device's audit chain
    "audit_stamps",
    metadata,
    Column("device", String, ForeignKey("devices.id"), primary_key=True),
    Column("incarnation", Integer, primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("hash", String, nullable=False),
    Column("body", String, nullable=False),  # AuditStamp
)
audit_refusals = Table(  # heads that did not extend what was countersigned: a person must look
    "audit_refusals",
    metadata,
    Column("device", String, ForeignKey("devices.id"), primary_key=True),
    Column("code", String, primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("hash", String, primary_key=True),
    Column("known_seq", Integer, nullable=False),
    Column("first_at", String, nullable=False),
    Column("last_at", String, nullable=False),
)
recovery_wraps = Table(  # the key of each store, sealed for the hall's recovery key
    "recovery_wraps",
    metadata,
    Column("device", String, ForeignKey("devices.id"), primary_key=True),
    Column("wrap", String, nullable=False),  # RecoveryWrap
    Column("at", String, nullable=False),
)
recoveries = Table(  # one-time codes: who may have a key again, once
    "recoveries",
    metadata,
    Column("digest", String, primary_key=True),
    Column("device", String, ForeignKey("devices.id"), nullable=False),
    Column("sealed", String, nullable=False),  # under the code; empty once it was handed out
    Column("made_at", String, nullable=False),
    Column("expires_at", String, nullable=False),
    Column("used_at", String),
    Column("failures", Integer, nullable=False),
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
    Index("ix_disputes_case", "case"),
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
staff_lists = Table(  # the number of the list that a station is given; it grows with every change
    "staff_lists",
    metadata,
    Column("station", String, ForeignKey("stations.code"), primary_key=True),
    Column("number", Integer, nullable=False),
)
staff_terms = Table(  # who might do what from when to when: events are judged by the time they were made
    "staff_terms",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("station", String, ForeignKey("stations.code"), nullable=False),
    Column("login", String, nullable=False),
    Column("person", String, nullable=False),
    Column("roles", String, nullable=False),  # words between blanks
    Column("since", String, nullable=False),
    Column("until", String),
    Index("ix_staff_terms_station_login", "station", "login"),
)
approvals = Table(  # each once: a second person signs one proposal
    "approvals",
    metadata,
    Column("proposal", String, primary_key=True),
    Column("case", String, ForeignKey("cases.id"), nullable=False),
    Column("event", String, nullable=False),
    Column("body", String, nullable=False),
)
device_keys = Table(  # every key that a device ever had: what it signed long ago is still checked
    "device_keys",
    metadata,
    Column("id", String, primary_key=True),  # wire.keys.key_id, the fingerprint that people compare
    Column("device", String, ForeignKey("devices.id"), nullable=False),
    Column("public_key", String, nullable=False),
    Column("made_at", String, nullable=False),
    Column("until", String),  # a newer one has taken its place: requests are taken until then
    Index("ix_device_keys_device", "device"),
)
salvage = Table(  # events of a device that was shut out, each until a person takes or drops it
    "salvage",
    metadata,
    Column("event", String, primary_key=True),
    Column("device", String, ForeignKey("devices.id"), nullable=False),
    Column("incarnation", Integer, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("kind", String, nullable=False),
    Column("subject", String, nullable=False),
    Column("at", String, nullable=False),
    Column("signed_at", String, nullable=False),  # of the parcel it came in
    Column("envelope", String, nullable=False),
    Column("parcel", String, nullable=False),  # who signed what when, without the bodies
    Column("state", String, nullable=False),  # waiting, taken, dropped
    Column("imported_at", String, nullable=False),
    Column("decided_at", String),
    Column("decided_by", String),
    Column("reason", String),
    Column("result", String),  # status and code that the intake gave
)
department_feed = Table(  # what each department is told: ids and codes; `body` is DepartmentEvent
    "department_feed",
    metadata,
    Column("seq", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    Column("xid", BigInteger, nullable=False, server_default="0"),  # as in `feed`
    Column("event", String, nullable=False, unique=True),
    Column("department", String, nullable=False),
    Column("case", String, nullable=False),
    Column("body", String, nullable=False),
    Index("ix_department_feed_department_place", "department", "xid", "seq"),
    Index("ix_department_feed_case", "case"),
    sqlite_autoincrement=True,
)
procedures = Table(  # 特别程序: while one is open the clock of its sub-case stands still
    "procedures",
    metadata,
    Column("id", String, primary_key=True),
    Column("task", Integer, ForeignKey("sub_cases.id"), nullable=False),
    Column("begun", String, nullable=False),  # ProcedureBegun
    Column("begun_by", String, nullable=False),
    Column("ended", String),  # ProcedureEnded
    Column("ended_by", String, nullable=False),
    Index("ix_procedures_task", "task"),
)
reviewer_sessions = Table(  # who is signed in at a department's page; only the hash of what the browser holds
    "reviewer_sessions",
    metadata,
    Column("digest", String, primary_key=True),
    Column("department", String, nullable=False),
    Column("login", String, nullable=False),
    Column("began_at", String, nullable=False),
    Column("seen_at", String, nullable=False),
    Index("ix_reviewer_sessions_department_login", "department", "login"),
)
sign_in_failures = Table(  # wrong passwords of known reviewers, until a right one
    "sign_in_failures",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("department", String, nullable=False),
    Column("login", String, nullable=False),
    Column("at", String, nullable=False),
    Index("ix_sign_in_failures_department_login", "department", "login"),
)
# Programs that carry departments' feeds elsewhere: how far each has read, and who runs it now.
connectors = Table(
    "connectors",
    metadata,
    Column("name", String, primary_key=True),
    Column("department", String, nullable=False),
    Column("target", String, nullable=False),
    Column("cursor", String, nullable=False),
    Column("delivered", Integer, nullable=False),
    Column("holder", String, nullable=False),
    Column("held_until", String, nullable=False),
    Column("trouble", String, nullable=False),  # why nothing goes out now, "" while things do
    Column("trouble_since", String, nullable=False),
)
parcels = Table(  # read from a feed and not delivered yet; without `parked_at` it is tried again by itself
    "parcels",
    metadata,
    Column("connector", String, ForeignKey("connectors.name"), primary_key=True),
    Column("event", String, primary_key=True),
    Column("place", Integer, nullable=False),  # order of the feed
    Column("case", String, nullable=False),
    Column("body", String, nullable=False),  # DepartmentEvent
    Column("tries", Integer, nullable=False),
    Column("next_at", String, nullable=False),
    Column("code", String, nullable=False),
    Column("delivered_then", Integer, nullable=False),  # by the connector, at the first try
    Column("parked_at", String),
    UniqueConstraint("connector", "place", name="uq_parcels_place"),
)
number_lanes = Table(  # which device counts receipt numbers where; no two in the same lane
    "number_lanes",
    metadata,
    Column("station", String, ForeignKey("stations.code"), primary_key=True),
    Column("lane", String, primary_key=True),
    Column("device", String, ForeignKey("devices.id"), nullable=False),
    Column("incarnation", Integer, nullable=False),
    Column("want", String, nullable=False),
    Column("given_at", String, nullable=False),
    Column("ended_at", String),
    UniqueConstraint("device", "want", name="uq_number_lanes_device"),
)
blobs = Table(  # scans that are here, by who gave them: existence is nobody else's to know
    "blobs",
    metadata,
    Column("sha256", String, primary_key=True),
    Column("station", String, ForeignKey("stations.code"), primary_key=True),
    Column("size", Integer, nullable=False),
    Column("media", String, nullable=False),
    Column("came_at", String, nullable=False),
)
uploads = Table(  # under way; those that are done stay until they are over, so that a lost answer can be asked again
    "uploads",
    metadata,
    Column("id", String, primary_key=True),
    Column("device", String, ForeignKey("devices.id"), nullable=False),
    Column("station", String, nullable=False),
    Column("sha256", String, nullable=False),
    Column("size", Integer, nullable=False),
    Column("taken", Integer, nullable=False),
    Column("parts", String, nullable=False),  # names of objects between blanks, in order
    Column("expires_at", String, nullable=False),
    Column("done_at", String),
    Index("ix_uploads_device_sha256", "device", "sha256"),
    Index("ix_uploads_expires_at", "expires_at"),
)
calendars = Table(  # tables of working days, each version for ever: old cases are computed by theirs
    "calendars",
    metadata,
    Column("version", String, primary_key=True),
    Column("number", Integer, nullable=False),
    Column("body", String, nullable=False),  # WorkingDayTable, unsigned
    UniqueConstraint("number", name="uq_calendars_number"),
)
case_dates = Table(  # the hall's own dates of accepted cases
    "case_dates",
    metadata,
    Column("case", String, ForeignKey("cases.id"), primary_key=True),
    Column("clock", String, nullable=False),  # hall.dates.CaseClock
    Column("told", String, nullable=False),  # DatesTold, as the station heard it last
    Column("beyond", Integer, nullable=False),  # 1: something of it is beyond the table
    Index("ix_case_dates_beyond", "beyond"),
)
extensions = Table(  # 延长审批
    "extensions",
    metadata,
    Column("id", String, primary_key=True),
    Column("task", Integer, ForeignKey("sub_cases.id"), nullable=False),
    Column("body", String, nullable=False),  # Extended
    Column("granted_by", String, nullable=False),
    Index("ix_extensions_task", "task"),
)
evaluations = (
    Table(  # 好差评, each visit once; `opinion` is opened here and told only as a sum, or as an order
        "evaluations",
        metadata,
        Column("id", String, primary_key=True),  # of the event
        Column("visit", String, nullable=False),
        Column("station", String, ForeignKey("stations.code"), nullable=False),
        Column("stage", String, nullable=False),
        Column("nth", Integer, nullable=False),
        Column("clerk", String, nullable=False),
        Column("person", String, nullable=False),  # the human being behind the login, then
        Column("window", String, nullable=False),
        Column("given_at", String, nullable=False),
        Column("grade", Integer, nullable=False),  # GB/T 39046: 1 to 5; 0: nothing was said
        Column("opinion", String, nullable=False),
        UniqueConstraint("station", "visit", name="uq_evaluations_station"),
        Index("ix_evaluations_station_given", "station", "given_at"),
    )
)
review_orders = Table(  # 差评: what is done about each, by somebody else than who was rated
    "review_orders",
    metadata,
    Column("id", String, primary_key=True),
    Column("evaluation", String, ForeignKey("evaluations.id"), nullable=False, unique=True),
    Column("station", String, nullable=False),
    Column("clerk", String, nullable=False),
    Column("person", String, nullable=False),
    Column("assignee", String, nullable=False),  # "" while there is nobody
    Column("due", String, nullable=False),
    Column("alarmed_at", String),
    Column("closed_at", String),
    Index("ix_review_orders_station_closed", "station", "closed_at"),
)
review_steps = Table(
    "review_steps",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("order", String, ForeignKey("review_orders.id"), nullable=False),
    Column("step", String, nullable=False),
    Column("text", String, nullable=False),
    Column("grade", Integer, nullable=False),  # of the handling, when the citizen was asked again; 0: none
    Column("login", String, nullable=False),
    Column("person", String, nullable=False),
    Column("at", String, nullable=False),
    Index("ix_review_steps_order", "order"),
)
case_scans = Table(  # which scans a case names
    "case_scans",
    metadata,
    Column("case", String, ForeignKey("cases.id"), primary_key=True),
    Column("sha256", String, primary_key=True),
    Index("ix_case_scans_sha256", "sha256"),
)
forwardings = Table(  # which office handed a case to which, and when that one had its papers
    "forwardings",
    metadata,
    Column("case", String, ForeignKey("cases.id"), primary_key=True),
    Column("to_station", String, ForeignKey("stations.code"), nullable=False),
    Column("body", String, nullable=False),  # CaseForwarded
    Column("at", String, nullable=False),
    Column("taken", String),  # PapersTaken
)
deliveries = Table(  # orders to those who carry results out, until they are in somebody's hands or back
    "deliveries",
    metadata,
    Column("id", String, primary_key=True),
    Column("case", String, ForeignKey("cases.id"), nullable=False),
    Column("station", String, ForeignKey("stations.code"), nullable=False),
    Column("way", String, nullable=False),
    Column("body", String, nullable=False),  # DeliveryOrdered
    Column("state", String, nullable=False),
    Column("number", String, nullable=False),  # the partner's own, "" before it has answered
    Column("moved", String),  # DeliveryMoved, as it was told last
    Column("recall", String),  # DeliveryRecalled
    Column("next_at", String, nullable=False),  # when the partner is asked again, "" once it is over
    Column("tries", Integer, nullable=False),
    Index("ix_deliveries_case", "case"),
    Index("ix_deliveries_next_at", "next_at"),
)
