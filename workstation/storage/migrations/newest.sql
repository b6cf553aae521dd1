PRAGMA user_version=16;

CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);

INSERT INTO "alembic_version" VALUES ('0016');

CREATE TABLE cases (
	id VARCHAR NOT NULL, 
	receipt_no VARCHAR NOT NULL, 
	status VARCHAR NOT NULL, 
	received_at VARCHAR NOT NULL, 
	person VARCHAR DEFAULT '' NOT NULL, sealed BLOB DEFAULT (x'') NOT NULL, ended_at VARCHAR DEFAULT '' NOT NULL, project_no VARCHAR, clerk VARCHAR DEFAULT '' NOT NULL, due_on VARCHAR DEFAULT '' NOT NULL, answer_by VARCHAR DEFAULT '' NOT NULL, to_replace INTEGER DEFAULT 0 NOT NULL, listed INTEGER DEFAULT 0 NOT NULL, slot INTEGER, 
	CONSTRAINT pk_cases PRIMARY KEY (id), 
	CONSTRAINT uq_cases_receipt_no UNIQUE (receipt_no)
);

CREATE INDEX ix_cases_received ON cases (received_at);

CREATE INDEX ix_cases_status_received ON cases (status, received_at);

CREATE TABLE drafts (
	"case" VARCHAR NOT NULL, 
	saved INTEGER NOT NULL, 
	sealed BLOB DEFAULT (x'') NOT NULL, 
	CONSTRAINT pk_drafts PRIMARY KEY ("case")
);

CREATE TABLE outbox (
	seq INTEGER NOT NULL, 
	id VARCHAR NOT NULL, 
	subject VARCHAR NOT NULL, 
	state VARCHAR NOT NULL, 
	tries INTEGER NOT NULL, 
	next_at VARCHAR, 
	trouble VARCHAR NOT NULL, 
	sha256 VARCHAR NOT NULL, 
	queued_at VARCHAR NOT NULL, 
	receipt VARCHAR, sealed BLOB DEFAULT (x'') NOT NULL, incarnation INTEGER DEFAULT 1 NOT NULL, number INTEGER DEFAULT 0 NOT NULL, acked_at VARCHAR DEFAULT '' NOT NULL, again INTEGER DEFAULT 0 NOT NULL, standing BLOB DEFAULT (x'') NOT NULL, 
	CONSTRAINT pk_outbox PRIMARY KEY (seq), 
	CONSTRAINT uq_outbox_id UNIQUE (id), 
	CONSTRAINT ck_outbox_ck_outbox_acked CHECK (state <> 'acked' OR receipt IS NOT NULL)
);

CREATE INDEX ix_outbox_state_seq ON outbox (state, seq);

CREATE INDEX ix_outbox_subject_state ON outbox (subject, state);

CREATE TABLE audit (
	seq INTEGER NOT NULL, 
	entry VARCHAR NOT NULL, at VARCHAR DEFAULT '' NOT NULL, actor VARCHAR DEFAULT '' NOT NULL, deed VARCHAR DEFAULT '' NOT NULL, "case" VARCHAR DEFAULT '' NOT NULL, 
	CONSTRAINT pk_audit PRIMARY KEY (seq)
);

CREATE TRIGGER outbox_no_delete BEFORE DELETE ON outbox WHEN OLD.receipt IS NULL BEGIN SELECT RAISE(ABORT, 'the hall has not signed for this'); END;

CREATE TABLE blobs (
	sha256 VARCHAR NOT NULL, 
	size INTEGER NOT NULL, 
	wanted INTEGER NOT NULL, 
	sent INTEGER NOT NULL, address VARCHAR DEFAULT '' NOT NULL, taken INTEGER DEFAULT '0' NOT NULL, trouble VARCHAR DEFAULT '' NOT NULL, 
	CONSTRAINT pk_blobs PRIMARY KEY (sha256)
);

CREATE INDEX ix_blobs_unsent ON blobs (wanted, sent, size);

CREATE TABLE numbers (
	series VARCHAR NOT NULL, 
	last INTEGER NOT NULL, 
	CONSTRAINT pk_numbers PRIMARY KEY (series)
);

CREATE TABLE facts (
	name VARCHAR NOT NULL, 
	value VARCHAR NOT NULL, 
	CONSTRAINT pk_facts PRIMARY KEY (name)
);

CREATE TABLE accounts (
	login VARCHAR NOT NULL, 
	body VARCHAR NOT NULL, 
	failures INTEGER NOT NULL, 
	failed_at VARCHAR, 
	CONSTRAINT pk_accounts PRIMARY KEY (login)
);

CREATE TABLE held (
	subject VARCHAR NOT NULL, 
	rev INTEGER NOT NULL, 
	sealed BLOB DEFAULT (x'') NOT NULL, 
	CONSTRAINT pk_held PRIMARY KEY (subject, rev)
);

CREATE INDEX ix_cases_person_received ON cases (person, received_at);

CREATE TABLE proposals (
	id VARCHAR NOT NULL, 
	"case" VARCHAR NOT NULL, 
	state VARCHAR NOT NULL, 
	proposed_at VARCHAR NOT NULL, 
	sealed BLOB DEFAULT (x'') NOT NULL, 
	CONSTRAINT pk_proposals PRIMARY KEY (id), 
	CONSTRAINT fk_proposals_case FOREIGN KEY("case") REFERENCES cases (id)
);

CREATE INDEX ix_proposals_case ON proposals ("case");

CREATE INDEX ix_proposals_state_proposed ON proposals (state, proposed_at);

CREATE TABLE scan_owners (
	sha256 VARCHAR NOT NULL, 
	owner VARCHAR NOT NULL, 
	CONSTRAINT pk_scan_owners PRIMARY KEY (sha256, owner)
);

CREATE INDEX ix_scan_owners_owner ON scan_owners (owner);

CREATE TABLE dead_slots (
	slot INTEGER NOT NULL, 
	CONSTRAINT pk_dead_slots PRIMARY KEY (slot)
);

CREATE TABLE purges (
	id INTEGER NOT NULL, 
	at VARCHAR NOT NULL, 
	body VARCHAR NOT NULL, 
	CONSTRAINT pk_purges PRIMARY KEY (id)
);

CREATE TABLE audit_stamps (
	seq INTEGER NOT NULL, 
	stamp VARCHAR NOT NULL, 
	CONSTRAINT pk_audit_stamps PRIMARY KEY (seq)
);

CREATE INDEX ix_audit_at ON audit (at, actor, deed, "case");

CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit chain only grows'); END;

CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit chain only grows'); END;

CREATE INDEX ix_cases_project ON cases (project_no) WHERE project_no IS NOT NULL;

CREATE TABLE term_books (
	id INTEGER NOT NULL, 
	block INTEGER NOT NULL, 
	upto INTEGER NOT NULL, 
	proof INTEGER NOT NULL, 
	state INTEGER NOT NULL, 
	CONSTRAINT pk_term_books PRIMARY KEY (id)
);

CREATE TABLE case_terms (
	book INTEGER NOT NULL, 
	term INTEGER NOT NULL, 
	place INTEGER NOT NULL, 
	CONSTRAINT pk_case_terms PRIMARY KEY (book, term, place)
)
 WITHOUT ROWID

;

CREATE TABLE case_redo (
	place INTEGER NOT NULL, 
	CONSTRAINT pk_case_redo PRIMARY KEY (place)
);

CREATE UNIQUE INDEX ix_outbox_incarnation ON outbox (incarnation, number);

CREATE TABLE earlier_receipts (
	event VARCHAR NOT NULL, 
	epoch VARCHAR NOT NULL, 
	receipt VARCHAR NOT NULL, 
	CONSTRAINT pk_earlier_receipts PRIMARY KEY (event, epoch)
);

CREATE TABLE "prints" (
	serial VARCHAR NOT NULL, 
	"case" VARCHAR, 
	entry VARCHAR NOT NULL, 
	CONSTRAINT pk_prints PRIMARY KEY (serial), 
	CONSTRAINT fk_prints_case FOREIGN KEY("case") REFERENCES cases (id)
);

CREATE INDEX ix_prints_case ON prints ("case");

CREATE TABLE calendars (
	version VARCHAR NOT NULL, 
	number INTEGER NOT NULL, 
	own INTEGER NOT NULL, 
	body VARCHAR NOT NULL, 
	CONSTRAINT pk_calendars PRIMARY KEY (version)
);

CREATE TABLE evaluations (
	visit VARCHAR NOT NULL, 
	"case" VARCHAR NOT NULL, 
	sitting VARCHAR NOT NULL, 
	stage VARCHAR NOT NULL, 
	nth INTEGER NOT NULL, 
	clerk VARCHAR NOT NULL, 
	window VARCHAR NOT NULL, 
	invited_at VARCHAR NOT NULL, 
	ended_at VARCHAR, 
	CONSTRAINT pk_evaluations PRIMARY KEY (visit), 
	CONSTRAINT uq_evaluations_case UNIQUE ("case", sitting)
);

CREATE INDEX ix_cases_ended ON cases (ended_at, status) WHERE ended_at <> '';

CREATE INDEX ix_cases_due ON cases (due_on) WHERE due_on <> '';

CREATE INDEX ix_cases_answer ON cases (answer_by) WHERE answer_by <> '';

CREATE INDEX ix_cases_replace ON cases (received_at) WHERE to_replace = 1;

CREATE INDEX ix_cases_unlisted ON cases (listed) WHERE listed = 0;

CREATE INDEX ix_cases_clerk_received ON cases (clerk, received_at, status);

CREATE TABLE handovers (
	id VARCHAR NOT NULL, 
	at VARCHAR NOT NULL, 
	body VARCHAR NOT NULL, sealed BLOB DEFAULT (x'') NOT NULL, 
	CONSTRAINT pk_handovers PRIMARY KEY (id)
);

CREATE INDEX ix_handovers_at ON handovers (at);

CREATE TABLE list_filters (
	login VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	body VARCHAR NOT NULL, 
	CONSTRAINT pk_list_filters PRIMARY KEY (login, name)
);

CREATE TABLE sheets (
	serial VARCHAR NOT NULL, 
	"case" VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	fate VARCHAR NOT NULL, 
	state VARCHAR NOT NULL, 
	batch VARCHAR DEFAULT '' NOT NULL, 
	made_at VARCHAR NOT NULL, 
	entry VARCHAR NOT NULL, 
	sealed BLOB NOT NULL, 
	CONSTRAINT pk_sheets PRIMARY KEY (serial)
);

CREATE INDEX ix_sheets_case ON sheets ("case", kind);

CREATE INDEX ix_sheets_made_at ON sheets (made_at);

CREATE INDEX ix_sheets_open ON sheets (made_at) WHERE fate = 'open';

CREATE INDEX ix_sheets_batch ON sheets (batch) WHERE batch <> '';

CREATE TABLE print_batches (
	id VARCHAR NOT NULL, 
	state VARCHAR NOT NULL, 
	started_at VARCHAR NOT NULL, 
	entry VARCHAR NOT NULL, 
	CONSTRAINT pk_print_batches PRIMARY KEY (id)
);

CREATE TABLE tickets (
	id VARCHAR NOT NULL, 
	day VARCHAR NOT NULL, 
	entry VARCHAR NOT NULL, 
	CONSTRAINT pk_tickets PRIMARY KEY (id)
);

CREATE INDEX ix_tickets_day ON tickets (day);

CREATE TABLE "case_keys" (
	owner VARCHAR NOT NULL, 
	slot INTEGER NOT NULL, 
	CONSTRAINT pk_case_keys PRIMARY KEY (owner), 
	CONSTRAINT uq_case_keys_slot UNIQUE (slot)
)
 WITHOUT ROWID

;

CREATE TRIGGER outbox_in_order BEFORE INSERT ON outbox WHEN NEW.seq <> (SELECT COALESCE(MAX(seq), 0) + 1 FROM outbox) BEGIN SELECT RAISE(FAIL, 'the chain has no gaps'); END;

CREATE TRIGGER audit_in_order BEFORE INSERT ON audit WHEN NEW.seq <> (SELECT COALESCE(MAX(seq), 0) + 1 FROM audit) BEGIN SELECT RAISE(FAIL, 'the chain has no gaps'); END
