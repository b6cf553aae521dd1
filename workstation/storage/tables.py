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
    UniqueConstraint,
    text,
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
    Column("person", String, nullable=False, server_default=""),  # a keyed hash of the applicant's number
    Column("sealed", LargeBinary, nullable=False, server_default=text("x''")),  # under the case's own key
    Column("ended_at", String, nullable=False, server_default=""),  # "" while it is open
    Column("project_no", String),  # the hall's number, once it has given one
    # Of the work lists (domain/work_lists.py): days, marks and a login, never a citizen.
    Column("clerk", String, nullable=False, server_default=""),  # who received it
    Column("due_on", String, nullable=False, server_default=""),  # "" while nothing is owed by a day
    Column("answer_by", String, nullable=False, server_default=""),  # "" while no department owes an answer
    Column("to_replace", Integer, nullable=False, server_default=text("0")),
    Column("listed", Integer, nullable=False, server_default=text("0")),  # 0: of before these columns
    Column("slot", Integer),  # of case_keys, where it counts: a page less to read for each case
    # Partial: a new case writes into none of them.
    Index("ix_cases_ended", "ended_at", "status", sqlite_where=text("ended_at <> ''")),
    Index("ix_cases_due", "due_on", sqlite_where=text("due_on <> ''")),
    Index("ix_cases_answer", "answer_by", sqlite_where=text("answer_by <> ''")),
    Index("ix_cases_replace", "received_at", sqlite_where=text("to_replace = 1")),
    Index("ix_cases_unlisted", "listed", sqlite_where=text("listed = 0")),
    Index("ix_cases_clerk_received", "clerk", "received_at", "status"),
    Index("ix_cases_project", "project_no", sqlite_where=text("project_no IS NOT NULL")),
    Index("ix_cases_received", "received_at"),
    Index("ix_cases_person_received", "person", "received_at"),
    Index("ix_cases_status_received", "status", "received_at"),
)
drafts = Table(
    "drafts",
    metadata,
    Column("case", String, primary_key=True),
    Column("saved", Integer, nullable=False),  # a counter: the newest draft has the largest
    Column("sealed", LargeBinary, nullable=False, server_default=text("x''")),
)
outbox = Table(
    "outbox",
    metadata,
    Column("seq", Integer, primary_key=True),  # the order in which things happened here
    Column("id", String, nullable=False, unique=True),
    Column("subject", String, nullable=False),
    Column("state", String, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("next_at", String),
    Column("trouble", String, nullable=False),
    Column("sha256", String, nullable=False),
    Column("queued_at", String, nullable=False),
    Column("receipt", String),
    Column("sealed", LargeBinary, nullable=False, server_default=text("x''")),  # empty once purged
    # The envelope's own seq, gapless in its incarnation: a station that is enrolled anew counts from 1 again.
    Column("incarnation", Integer, nullable=False, server_default=text("1")),
    Column("number", Integer, nullable=False, server_default=text("0")),
    Column("acked_at", String, nullable=False, server_default=""),
    Column("again", Integer, nullable=False, server_default=text("0")),  # 1: sent anew to a restored hall
    Column("standing", LargeBinary, nullable=False, server_default=text("x''")),  # of a conflict
    Index("ix_outbox_state_seq", "state", "seq"),
    Index("ix_outbox_incarnation", "incarnation", "number", unique=True),
    Index("ix_outbox_subject_state", "subject", "state"),
    # Nothing counts as sent without the hall's signed word beside it.
    CheckConstraint("state <> 'acked' OR receipt IS NOT NULL", name="acked"),
)
earlier_receipts = Table(  # what the hall had signed before it was restored
    "earlier_receipts",
    metadata,
    Column("event", String, primary_key=True),
    Column("epoch", String, primary_key=True),
    Column("receipt", String, nullable=False),
)
audit = Table(
    "audit",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("entry", String, nullable=False),
    # What an auditor looks for; the entry is what counts, and a check of the chain compares them.
    Column("at", String, nullable=False, server_default=""),
    Column("actor", String, nullable=False, server_default=""),
    Column("deed", String, nullable=False, server_default=""),
    Column("case", String, nullable=False, server_default=""),
    Index("ix_audit_at", "at", "actor", "deed", "case"),
)
audit_stamps = Table(  # the hall's signed word on the chain
    "audit_stamps",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("stamp", String, nullable=False),
)
prints = Table(
    "prints",
    metadata,
    Column("serial", String, primary_key=True),
    # None: a sheet for somebody who only asked
    Column("case", String, ForeignKey("cases.id"), index=True),
    Column("entry", String, nullable=False),
)
sheets = Table(  # of prints, and of before a receipt: how far each is, and its PDF sealed with its case
    "sheets",
    metadata,
    Column("serial", String, primary_key=True),
    Column("case", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("fate", String, nullable=False),
    Column("state", String, nullable=False),
    Column("batch", String, nullable=False, server_default=""),
    Column("made_at", String, nullable=False),
    Column("entry", String, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Index("ix_sheets_case", "case", "kind"),
    Index("ix_sheets_made_at", "made_at"),
    Index("ix_sheets_open", "made_at", sqlite_where=text("fate = 'open'")),
    Index("ix_sheets_batch", "batch", sqlite_where=text("batch <> ''")),
)
print_batches = Table(
    "print_batches",
    metadata,
    Column("id", String, primary_key=True),
    Column("state", String, nullable=False),
    Column("started_at", String, nullable=False),
    Column("entry", String, nullable=False),
)
blobs = Table(  # scans; their content stands in sealed files (scan_files.py)
    "blobs",
    metadata,
    Column("sha256", String, primary_key=True),
    Column("size", Integer, nullable=False),
    Column("wanted", Integer, nullable=False),  # 1 once a case names it: drafts send no scans
    Column("sent", Integer, nullable=False),
    # On its way: where the hall takes it, how much the hall holds, and a code when it takes it not.
    Column("address", String, nullable=False, server_default=""),
    Column("taken", Integer, nullable=False, server_default="0"),
    Column("trouble", String, nullable=False, server_default=""),
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
proposals = Table(  # what needs a second person; sealed with their case: they hold its draft
    "proposals",
    metadata,
    Column("id", String, primary_key=True),
    Column("case", String, ForeignKey("cases.id"), nullable=False, index=True),
    Column("state", String, nullable=False),
    Column("proposed_at", String, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Index("ix_proposals_state_proposed", "state", "proposed_at"),
)
held = Table(
    "held",
    metadata,
    Column("subject", String, primary_key=True),
    Column("rev", Integer, primary_key=True),
    Column("sealed", LargeBinary, nullable=False, server_default=text("x''")),
)
scan_owners = Table(  # which cases and drafts name a scan: it goes with the last of them
    "scan_owners",
    metadata,
    Column("sha256", String, primary_key=True),
    Column("owner", String, primary_key=True),
    Index("ix_scan_owners_owner", "owner"),
)
case_keys = Table(  # where the key of a case or a scan is in the key pool
    "case_keys",
    metadata,
    Column("owner", String, primary_key=True),
    Column("slot", Integer, nullable=False, unique=True),
    sqlite_with_rowid=False,
)
dead_slots = Table(  # given up, and not yet written over
    "dead_slots", metadata, Column("slot", Integer, primary_key=True)
)
purges = Table(  # what was purged, when and by which rule; no persons
    "purges",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", String, nullable=False),
    Column("body", String, nullable=False),
)
calendars = Table(  # tables of working days; no persons but whoever set one
    "calendars",
    metadata,
    Column("version", String, primary_key=True),
    Column("number", Integer, nullable=False),
    Column("own", Integer, nullable=False),  # 1: the station's, which counts only where the hall has none
    Column("body", String, nullable=False),
)
# A case's place is its rowid: the order in which cases came in. Whoever makes the table anew (or runs VACUUM) empties
# term_books, case_terms and case_redo: the index is then made anew by itself.
term_books = Table(
    "term_books",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("block", Integer, nullable=False),
    Column("upto", Integer, nullable=False),  # the last place that is written down
    Column("proof", Integer, nullable=False),  # tells another key from the book's own
    Column("state", Integer, nullable=False),  # storage/terms.py: living, leaving, dead
)
case_terms = Table(  # keyed hashes of what a case is found by (storage/terms.py)
    "case_terms",
    metadata,
    Column("book", Integer, primary_key=True),
    Column("term", Integer, primary_key=True),
    Column("place", Integer, primary_key=True),
    sqlite_with_rowid=False,
)
evaluations = Table(  # 好差评: who was asked when; what was said is sealed for the hall, in the outbox
    "evaluations",
    metadata,
    Column("visit", String, primary_key=True),
    Column("case", String, nullable=False),
    Column("sitting", String, nullable=False),
    Column("stage", String, nullable=False),
    Column("nth", Integer, nullable=False),
    Column("clerk", String, nullable=False),
    Column("window", String, nullable=False),
    Column("invited_at", String, nullable=False),
    Column("ended_at", String),
    UniqueConstraint("case", "sitting", name="uq_evaluations_case"),
)
case_redo = Table(  # places whose case was changed since it was written down
    "case_redo", metadata, Column("place", Integer, primary_key=True)
)
# A clerk's own conditions on work lists (domain.work_lists.SavedFilter): no citizen in them.
list_filters = Table(
    "list_filters",
    metadata,
    Column("login", String, primary_key=True),
    Column("name", String, primary_key=True),
    Column("body", String, nullable=False),
)
tickets = Table(  # the queue of a day (domain.queue): numbers and times
    "tickets",
    metadata,
    Column("id", String, primary_key=True),
    Column("day", String, nullable=False, index=True),
    Column("entry", String, nullable=False),
)
handovers = Table(  # shifts that were handed over (domain.handover): figures and logins
    "handovers",
    metadata,
    Column("id", String, primary_key=True),
    Column("at", String, nullable=False, index=True),
    Column("body", String, nullable=False),
    # The remark, under a key of the handover's own; empty where there is none any more.
    Column("sealed", LargeBinary, nullable=False, server_default=text("x''")),
)
