PRAGMA user_version=0;

CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);

INSERT INTO "alembic_version" VALUES ('0021');

CREATE TABLE meta (
	name VARCHAR NOT NULL, 
	value VARCHAR NOT NULL, 
	CONSTRAINT pk_meta PRIMARY KEY (name)
);

CREATE TABLE stations (
	code VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	level VARCHAR NOT NULL, 
	CONSTRAINT pk_stations PRIMARY KEY (code)
);

CREATE TABLE enrol_codes (
	digest VARCHAR NOT NULL, 
	station VARCHAR NOT NULL, 
	expires_at VARCHAR NOT NULL, 
	used_at VARCHAR, confirmed_by VARCHAR, 
	CONSTRAINT pk_enrol_codes PRIMARY KEY (digest), 
	CONSTRAINT fk_enrol_codes_station FOREIGN KEY(station) REFERENCES stations (code)
);

CREATE TABLE devices (
	id VARCHAR NOT NULL, 
	station VARCHAR NOT NULL, 
	incarnation INTEGER NOT NULL, 
	public_key VARCHAR NOT NULL, 
	revoked_at VARCHAR, 
	last_seq INTEGER NOT NULL, 
	last_sha256 VARCHAR NOT NULL, enrolled_at VARCHAR, confirmed_at VARCHAR, confirmed_by VARCHAR, 
	CONSTRAINT pk_devices PRIMARY KEY (id), 
	CONSTRAINT fk_devices_station FOREIGN KEY(station) REFERENCES stations (code)
);

CREATE TABLE staff (
	station VARCHAR NOT NULL, 
	login VARCHAR NOT NULL, 
	body VARCHAR NOT NULL, self_mark VARCHAR, kin_mark VARCHAR, 
	CONSTRAINT pk_staff PRIMARY KEY (station, login), 
	CONSTRAINT fk_staff_station FOREIGN KEY(station) REFERENCES stations (code)
);

CREATE TABLE inbox (
	event VARCHAR NOT NULL, 
	device VARCHAR NOT NULL, 
	incarnation INTEGER NOT NULL, 
	seq INTEGER NOT NULL, 
	sha256 VARCHAR NOT NULL, 
	envelope VARCHAR NOT NULL, 
	result VARCHAR NOT NULL, 
	CONSTRAINT pk_inbox PRIMARY KEY (event), 
	CONSTRAINT uq_inbox_place UNIQUE (device, incarnation, seq), 
	CONSTRAINT fk_inbox_device FOREIGN KEY(device) REFERENCES devices (id)
);

CREATE TABLE cases (
	id VARCHAR NOT NULL, 
	receipt_no VARCHAR NOT NULL, 
	project_no VARCHAR NOT NULL, 
	station VARCHAR NOT NULL, 
	body VARCHAR NOT NULL, 
	accepted VARCHAR, 
	concluded_at VARCHAR, 
	seal VARCHAR, 
	rev INTEGER NOT NULL, closed VARCHAR, told_in BIGINT DEFAULT '0' NOT NULL, papers_at VARCHAR, status VARCHAR DEFAULT 'received' NOT NULL, version INTEGER DEFAULT '1' NOT NULL, window VARCHAR DEFAULT '' NOT NULL, received_at VARCHAR DEFAULT '' NOT NULL, due_on VARCHAR DEFAULT '' NOT NULL, accepting VARCHAR, collected VARCHAR, 
	CONSTRAINT pk_cases PRIMARY KEY (id), 
	CONSTRAINT uq_cases_receipt_no UNIQUE (receipt_no), 
	CONSTRAINT uq_cases_project_no UNIQUE (project_no), 
	CONSTRAINT fk_cases_station FOREIGN KEY(station) REFERENCES stations (code)
);

CREATE TABLE feed (
	seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	station VARCHAR NOT NULL, 
	change VARCHAR NOT NULL, xid BIGINT DEFAULT '0' NOT NULL, at VARCHAR DEFAULT '' NOT NULL, 
	CONSTRAINT fk_feed_station FOREIGN KEY(station) REFERENCES stations (code)
);

CREATE INDEX ix_feed_station_seq ON feed (station, seq);

CREATE TABLE slips (
	serial VARCHAR NOT NULL, 
	"case" VARCHAR NOT NULL, 
	body VARCHAR NOT NULL, voided VARCHAR, 
	CONSTRAINT pk_slips PRIMARY KEY (serial), 
	CONSTRAINT fk_slips_case FOREIGN KEY("case") REFERENCES cases (id)
);

CREATE TABLE lookups (
	"query" VARCHAR NOT NULL, 
	station VARCHAR NOT NULL, 
	clerk VARCHAR NOT NULL, 
	"case" VARCHAR NOT NULL, 
	item VARCHAR NOT NULL, 
	service VARCHAR NOT NULL, 
	purpose VARCHAR NOT NULL, 
	outcome VARCHAR NOT NULL, 
	evidence_no VARCHAR NOT NULL, 
	at VARCHAR NOT NULL, about VARCHAR DEFAULT '' NOT NULL, rule VARCHAR DEFAULT '' NOT NULL, replaces VARCHAR DEFAULT '' NOT NULL, legal_basis VARCHAR DEFAULT '' NOT NULL, grant_no VARCHAR DEFAULT '' NOT NULL, reply_no VARCHAR DEFAULT '' NOT NULL, trouble VARCHAR DEFAULT '' NOT NULL, took_ms INTEGER, 
	CONSTRAINT pk_lookups PRIMARY KEY ("query")
);

CREATE TABLE numbers (
	series VARCHAR NOT NULL, 
	last INTEGER NOT NULL, 
	CONSTRAINT pk_numbers PRIMARY KEY (series)
);

CREATE TABLE reviewers (
	department VARCHAR NOT NULL, 
	login VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	password_hash VARCHAR NOT NULL, 
	CONSTRAINT pk_reviewers PRIMARY KEY (department, login)
);

CREATE TABLE tokens (
	digest VARCHAR NOT NULL, 
	department VARCHAR NOT NULL, 
	CONSTRAINT pk_tokens PRIMARY KEY (digest)
);

CREATE TABLE releases (
	number INTEGER NOT NULL, 
	version VARCHAR NOT NULL, 
	sha256 VARCHAR NOT NULL, 
	issued_at VARCHAR NOT NULL, 
	body VARCHAR NOT NULL, 
	CONSTRAINT pk_releases PRIMARY KEY (number), 
	CONSTRAINT uq_releases_version UNIQUE (version)
);

CREATE INDEX ix_lookups_station_clerk_at ON lookups (station, clerk, at);

CREATE INDEX ix_lookups_service_at ON lookups (service, at);

CREATE INDEX ix_lookups_case_rule ON lookups ("case", rule);

CREATE TABLE grants (
	number VARCHAR NOT NULL, 
	item VARCHAR NOT NULL, 
	service VARCHAR NOT NULL, 
	issued_at VARCHAR NOT NULL, 
	expires_at VARCHAR NOT NULL, 
	withdrawn_at VARCHAR, 
	CONSTRAINT pk_grants PRIMARY KEY (number)
);

CREATE INDEX ix_grants_item_service ON grants (item, service);

CREATE TABLE register_keys (
	service VARCHAR NOT NULL, 
	public_key VARCHAR NOT NULL, 
	CONSTRAINT pk_register_keys PRIMARY KEY (service)
);

CREATE TABLE circuits (
	service VARCHAR NOT NULL, 
	since VARCHAR NOT NULL, 
	retry_at VARCHAR NOT NULL, 
	CONSTRAINT pk_circuits PRIMARY KEY (service)
);

CREATE TABLE owed (
	"case" VARCHAR NOT NULL, 
	service VARCHAR NOT NULL, 
	params VARCHAR NOT NULL, 
	ticket VARCHAR NOT NULL, 
	due VARCHAR NOT NULL, 
	CONSTRAINT pk_owed PRIMARY KEY ("case", service, params)
);

CREATE TABLE alarms (
	id VARCHAR NOT NULL, 
	at VARCHAR NOT NULL, 
	station VARCHAR NOT NULL, 
	clerk VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	"case" VARCHAR NOT NULL, 
	service VARCHAR NOT NULL, 
	count INTEGER NOT NULL, 
	CONSTRAINT pk_alarms PRIMARY KEY (id)
);

CREATE INDEX ix_alarms_station_at ON alarms (station, at);

CREATE TABLE disputes (
	id VARCHAR NOT NULL, 
	"query" VARCHAR NOT NULL, 
	"case" VARCHAR NOT NULL, 
	department VARCHAR NOT NULL, 
	service VARCHAR NOT NULL, 
	outcome VARCHAR NOT NULL, 
	body VARCHAR NOT NULL, 
	taken_at VARCHAR NOT NULL, 
	verdict VARCHAR NOT NULL, 
	answer VARCHAR NOT NULL, 
	told INTEGER NOT NULL, 
	CONSTRAINT pk_disputes PRIMARY KEY (id)
);

CREATE INDEX ix_disputes_department_verdict ON disputes (department, verdict);

CREATE INDEX ix_disputes_query ON disputes ("query");

CREATE TABLE staff_lists (
	station VARCHAR NOT NULL, 
	number INTEGER NOT NULL, 
	CONSTRAINT pk_staff_lists PRIMARY KEY (station), 
	CONSTRAINT fk_staff_lists_station FOREIGN KEY(station) REFERENCES stations (code)
);

CREATE TABLE staff_terms (
	id INTEGER NOT NULL, 
	station VARCHAR NOT NULL, 
	login VARCHAR NOT NULL, 
	person VARCHAR NOT NULL, 
	roles VARCHAR NOT NULL, 
	since VARCHAR NOT NULL, 
	until VARCHAR, 
	CONSTRAINT pk_staff_terms PRIMARY KEY (id), 
	CONSTRAINT fk_staff_terms_station FOREIGN KEY(station) REFERENCES stations (code)
);

CREATE INDEX ix_staff_terms_station_login ON staff_terms (station, login);

CREATE TABLE approvals (
	proposal VARCHAR NOT NULL, 
	"case" VARCHAR NOT NULL, 
	event VARCHAR NOT NULL, 
	body VARCHAR NOT NULL, 
	CONSTRAINT pk_approvals PRIMARY KEY (proposal), 
	CONSTRAINT fk_approvals_case FOREIGN KEY("case") REFERENCES cases (id)
);

CREATE TABLE audit_stamps (
	device VARCHAR NOT NULL, 
	incarnation INTEGER NOT NULL, 
	seq INTEGER NOT NULL, 
	hash VARCHAR NOT NULL, 
	body VARCHAR NOT NULL, 
	CONSTRAINT pk_audit_stamps PRIMARY KEY (device, incarnation, seq), 
	CONSTRAINT fk_audit_stamps_device FOREIGN KEY(device) REFERENCES devices (id)
);

CREATE TABLE audit_refusals (
	device VARCHAR NOT NULL, 
	code VARCHAR NOT NULL, 
	seq INTEGER NOT NULL, 
	hash VARCHAR NOT NULL, 
	known_seq INTEGER NOT NULL, 
	first_at VARCHAR NOT NULL, 
	last_at VARCHAR NOT NULL, 
	CONSTRAINT pk_audit_refusals PRIMARY KEY (device, code, seq, hash), 
	CONSTRAINT fk_audit_refusals_device FOREIGN KEY(device) REFERENCES devices (id)
);

CREATE TABLE recovery_wraps (
	device VARCHAR NOT NULL, 
	wrap VARCHAR NOT NULL, 
	at VARCHAR NOT NULL, 
	CONSTRAINT pk_recovery_wraps PRIMARY KEY (device), 
	CONSTRAINT fk_recovery_wraps_device FOREIGN KEY(device) REFERENCES devices (id)
);

CREATE TABLE recoveries (
	digest VARCHAR NOT NULL, 
	device VARCHAR NOT NULL, 
	sealed VARCHAR NOT NULL, 
	made_at VARCHAR NOT NULL, 
	expires_at VARCHAR NOT NULL, 
	used_at VARCHAR, 
	failures INTEGER NOT NULL, 
	CONSTRAINT pk_recoveries PRIMARY KEY (digest), 
	CONSTRAINT fk_recoveries_device FOREIGN KEY(device) REFERENCES devices (id)
);

CREATE INDEX ix_disputes_case ON disputes ("case");

CREATE TABLE places (
	device VARCHAR NOT NULL, 
	incarnation INTEGER NOT NULL, 
	seq BIGINT NOT NULL, 
	event VARCHAR NOT NULL, 
	sha256 VARCHAR NOT NULL, 
	prev VARCHAR NOT NULL, 
	CONSTRAINT pk_places PRIMARY KEY (device, incarnation, seq)
);

CREATE INDEX ix_feed_at ON feed (at);

CREATE TABLE feed_floors (
	station VARCHAR NOT NULL, 
	xid BIGINT DEFAULT '0' NOT NULL, 
	seq BIGINT NOT NULL, 
	CONSTRAINT pk_feed_floors PRIMARY KEY (station), 
	CONSTRAINT fk_feed_floors_station FOREIGN KEY(station) REFERENCES stations (code)
);

CREATE TABLE blobs (
	sha256 VARCHAR NOT NULL, 
	station VARCHAR NOT NULL, 
	size INTEGER NOT NULL, 
	media VARCHAR NOT NULL, 
	came_at VARCHAR NOT NULL, 
	CONSTRAINT pk_blobs PRIMARY KEY (sha256, station), 
	CONSTRAINT fk_blobs_station FOREIGN KEY(station) REFERENCES stations (code)
);

CREATE TABLE uploads (
	id VARCHAR NOT NULL, 
	device VARCHAR NOT NULL, 
	station VARCHAR NOT NULL, 
	sha256 VARCHAR NOT NULL, 
	size INTEGER NOT NULL, 
	taken INTEGER NOT NULL, 
	parts VARCHAR NOT NULL, 
	expires_at VARCHAR NOT NULL, 
	done_at VARCHAR, 
	CONSTRAINT pk_uploads PRIMARY KEY (id), 
	CONSTRAINT fk_uploads_device FOREIGN KEY(device) REFERENCES devices (id)
);

CREATE INDEX ix_uploads_device_sha256 ON uploads (device, sha256);

CREATE INDEX ix_uploads_expires_at ON uploads (expires_at);

CREATE TABLE case_scans (
	"case" VARCHAR NOT NULL, 
	sha256 VARCHAR NOT NULL, 
	CONSTRAINT pk_case_scans PRIMARY KEY ("case", sha256), 
	CONSTRAINT fk_case_scans_case FOREIGN KEY("case") REFERENCES cases (id)
);

CREATE INDEX ix_case_scans_sha256 ON case_scans (sha256);

CREATE TABLE department_feed (
	seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	xid BIGINT DEFAULT '0' NOT NULL, 
	event VARCHAR NOT NULL, 
	department VARCHAR NOT NULL, 
	"case" VARCHAR NOT NULL, 
	body VARCHAR NOT NULL, 
	CONSTRAINT uq_department_feed_event UNIQUE (event)
);

CREATE INDEX ix_department_feed_department_place ON department_feed (department, xid, seq);

CREATE INDEX ix_department_feed_case ON department_feed ("case");

CREATE TABLE procedures (
	id VARCHAR NOT NULL, 
	task INTEGER NOT NULL, 
	begun VARCHAR NOT NULL, 
	begun_by VARCHAR NOT NULL, 
	ended VARCHAR, 
	ended_by VARCHAR NOT NULL, 
	CONSTRAINT pk_procedures PRIMARY KEY (id), 
	CONSTRAINT fk_procedures_task FOREIGN KEY(task) REFERENCES sub_cases (id)
);

CREATE INDEX ix_procedures_task ON procedures (task);

CREATE TABLE reviewer_sessions (
	digest VARCHAR NOT NULL, 
	department VARCHAR NOT NULL, 
	login VARCHAR NOT NULL, 
	began_at VARCHAR NOT NULL, 
	seen_at VARCHAR NOT NULL, 
	CONSTRAINT pk_reviewer_sessions PRIMARY KEY (digest)
);

CREATE INDEX ix_reviewer_sessions_department_login ON reviewer_sessions (department, login);

CREATE TABLE sign_in_failures (
	id INTEGER NOT NULL, 
	department VARCHAR NOT NULL, 
	login VARCHAR NOT NULL, 
	at VARCHAR NOT NULL, 
	CONSTRAINT pk_sign_in_failures PRIMARY KEY (id)
);

CREATE INDEX ix_sign_in_failures_department_login ON sign_in_failures (department, login);

CREATE TABLE connectors (
	name VARCHAR NOT NULL, 
	department VARCHAR NOT NULL, 
	target VARCHAR NOT NULL, 
	cursor VARCHAR NOT NULL, 
	delivered INTEGER NOT NULL, 
	holder VARCHAR NOT NULL, 
	held_until VARCHAR NOT NULL, 
	trouble VARCHAR NOT NULL, 
	trouble_since VARCHAR NOT NULL, 
	CONSTRAINT pk_connectors PRIMARY KEY (name)
);

CREATE TABLE parcels (
	connector VARCHAR NOT NULL, 
	event VARCHAR NOT NULL, 
	place INTEGER NOT NULL, 
	"case" VARCHAR NOT NULL, 
	body VARCHAR NOT NULL, 
	tries INTEGER NOT NULL, 
	next_at VARCHAR NOT NULL, 
	code VARCHAR NOT NULL, 
	delivered_then INTEGER NOT NULL, 
	parked_at VARCHAR, 
	CONSTRAINT pk_parcels PRIMARY KEY (connector, event), 
	CONSTRAINT uq_parcels_place UNIQUE (connector, place), 
	CONSTRAINT fk_parcels_connector FOREIGN KEY(connector) REFERENCES connectors (name)
);

CREATE TABLE device_keys (
	id VARCHAR NOT NULL, 
	device VARCHAR NOT NULL, 
	public_key VARCHAR NOT NULL, 
	made_at VARCHAR NOT NULL, 
	until VARCHAR, 
	CONSTRAINT pk_device_keys PRIMARY KEY (id), 
	CONSTRAINT fk_device_keys_device FOREIGN KEY(device) REFERENCES devices (id)
);

CREATE INDEX ix_device_keys_device ON device_keys (device);

CREATE TABLE salvage (
	event VARCHAR NOT NULL, 
	device VARCHAR NOT NULL, 
	incarnation INTEGER NOT NULL, 
	seq INTEGER NOT NULL, 
	kind VARCHAR NOT NULL, 
	subject VARCHAR NOT NULL, 
	at VARCHAR NOT NULL, 
	signed_at VARCHAR NOT NULL, 
	envelope VARCHAR NOT NULL, 
	parcel VARCHAR NOT NULL, 
	state VARCHAR NOT NULL, 
	imported_at VARCHAR NOT NULL, 
	decided_at VARCHAR, 
	decided_by VARCHAR, 
	reason VARCHAR, 
	result VARCHAR, 
	CONSTRAINT pk_salvage PRIMARY KEY (event), 
	CONSTRAINT fk_salvage_device FOREIGN KEY(device) REFERENCES devices (id)
);

CREATE TABLE number_lanes (
	station VARCHAR NOT NULL, 
	lane VARCHAR NOT NULL, 
	device VARCHAR NOT NULL, 
	incarnation INTEGER NOT NULL, 
	want VARCHAR NOT NULL, 
	given_at VARCHAR NOT NULL, 
	ended_at VARCHAR, 
	CONSTRAINT pk_number_lanes PRIMARY KEY (station, lane), 
	CONSTRAINT fk_number_lanes_station FOREIGN KEY(station) REFERENCES stations (code), 
	CONSTRAINT fk_number_lanes_device FOREIGN KEY(device) REFERENCES devices (id), 
	CONSTRAINT uq_number_lanes_device UNIQUE (device, want)
);

CREATE TABLE case_steps (
	event VARCHAR NOT NULL, 
	"case" VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	at VARCHAR NOT NULL, 
	body VARCHAR NOT NULL, 
	CONSTRAINT pk_case_steps PRIMARY KEY (event), 
	CONSTRAINT fk_case_steps_case FOREIGN KEY("case") REFERENCES cases (id)
);

CREATE INDEX ix_case_steps_case ON case_steps ("case");

CREATE INDEX ix_cases_waiting ON cases (id) WHERE status = 'received';

CREATE TABLE calendars (
	version VARCHAR NOT NULL, 
	number INTEGER NOT NULL, 
	body VARCHAR NOT NULL, 
	CONSTRAINT pk_calendars PRIMARY KEY (version), 
	CONSTRAINT uq_calendars_number UNIQUE (number)
);

CREATE TABLE case_dates (
	"case" VARCHAR NOT NULL, 
	clock VARCHAR NOT NULL, 
	told VARCHAR NOT NULL, 
	beyond INTEGER NOT NULL, 
	CONSTRAINT pk_case_dates PRIMARY KEY ("case"), 
	CONSTRAINT fk_case_dates_case FOREIGN KEY("case") REFERENCES cases (id)
);

CREATE INDEX ix_case_dates_beyond ON case_dates (beyond);

CREATE TABLE extensions (
	id VARCHAR NOT NULL, 
	task INTEGER NOT NULL, 
	body VARCHAR NOT NULL, 
	granted_by VARCHAR NOT NULL, 
	CONSTRAINT pk_extensions PRIMARY KEY (id), 
	CONSTRAINT fk_extensions_task FOREIGN KEY(task) REFERENCES sub_cases (id)
);

CREATE INDEX ix_extensions_task ON extensions (task);

CREATE INDEX ix_cases_open ON cases (station, window, status, due_on, received_at) WHERE concluded_at IS NULL;

CREATE INDEX ix_cases_accepting ON cases (accepting);

CREATE TABLE forwardings (
	"case" VARCHAR NOT NULL, 
	to_station VARCHAR NOT NULL, 
	body VARCHAR NOT NULL, 
	at VARCHAR NOT NULL, 
	taken VARCHAR, 
	CONSTRAINT pk_forwardings PRIMARY KEY ("case"), 
	CONSTRAINT fk_forwardings_case FOREIGN KEY("case") REFERENCES cases (id), 
	CONSTRAINT fk_forwardings_to_station FOREIGN KEY(to_station) REFERENCES stations (code)
);

CREATE TABLE deliveries (
	id VARCHAR NOT NULL, 
	"case" VARCHAR NOT NULL, 
	station VARCHAR NOT NULL, 
	way VARCHAR NOT NULL, 
	body VARCHAR NOT NULL, 
	state VARCHAR NOT NULL, 
	number VARCHAR NOT NULL, 
	moved VARCHAR, 
	recall VARCHAR, 
	next_at VARCHAR NOT NULL, 
	tries INTEGER NOT NULL, 
	CONSTRAINT pk_deliveries PRIMARY KEY (id), 
	CONSTRAINT fk_deliveries_case FOREIGN KEY("case") REFERENCES cases (id), 
	CONSTRAINT fk_deliveries_station FOREIGN KEY(station) REFERENCES stations (code)
);

CREATE INDEX ix_deliveries_case ON deliveries ("case");

CREATE INDEX ix_deliveries_next_at ON deliveries (next_at);

CREATE TABLE evaluations (
	id VARCHAR NOT NULL, 
	visit VARCHAR NOT NULL, 
	station VARCHAR NOT NULL, 
	stage VARCHAR NOT NULL, 
	nth INTEGER NOT NULL, 
	clerk VARCHAR NOT NULL, 
	person VARCHAR NOT NULL, 
	window VARCHAR NOT NULL, 
	given_at VARCHAR NOT NULL, 
	grade INTEGER NOT NULL, 
	opinion VARCHAR NOT NULL, 
	CONSTRAINT pk_evaluations PRIMARY KEY (id), 
	CONSTRAINT fk_evaluations_station FOREIGN KEY(station) REFERENCES stations (code), 
	CONSTRAINT uq_evaluations_station UNIQUE (station, visit)
);

CREATE INDEX ix_evaluations_station_given ON evaluations (station, given_at);

CREATE TABLE review_orders (
	id VARCHAR NOT NULL, 
	evaluation VARCHAR NOT NULL, 
	station VARCHAR NOT NULL, 
	clerk VARCHAR NOT NULL, 
	person VARCHAR NOT NULL, 
	assignee VARCHAR NOT NULL, 
	due VARCHAR NOT NULL, 
	alarmed_at VARCHAR, 
	closed_at VARCHAR, 
	CONSTRAINT pk_review_orders PRIMARY KEY (id), 
	CONSTRAINT fk_review_orders_evaluation FOREIGN KEY(evaluation) REFERENCES evaluations (id), 
	CONSTRAINT uq_review_orders_evaluation UNIQUE (evaluation)
);

CREATE INDEX ix_review_orders_station_closed ON review_orders (station, closed_at);

CREATE TABLE review_steps (
	id INTEGER NOT NULL, 
	"order" VARCHAR NOT NULL, 
	step VARCHAR NOT NULL, 
	text VARCHAR NOT NULL, 
	grade INTEGER NOT NULL, 
	login VARCHAR NOT NULL, 
	person VARCHAR NOT NULL, 
	at VARCHAR NOT NULL, 
	CONSTRAINT pk_review_steps PRIMARY KEY (id), 
	CONSTRAINT fk_review_steps_order FOREIGN KEY("order") REFERENCES review_orders (id)
);

CREATE INDEX ix_review_steps_order ON review_steps ("order");

CREATE TRIGGER keep_evaluations_delete BEFORE DELETE ON evaluations BEGIN SELECT RAISE(ABORT, 'reviews are kept'); END;

CREATE TRIGGER keep_review_orders_delete BEFORE DELETE ON review_orders BEGIN SELECT RAISE(ABORT, 'reviews are kept'); END;

CREATE TRIGGER keep_review_steps_delete BEFORE DELETE ON review_steps BEGIN SELECT RAISE(ABORT, 'reviews are kept'); END;

CREATE TRIGGER keep_evaluations_update BEFORE UPDATE ON evaluations BEGIN SELECT RAISE(ABORT, 'reviews are kept'); END;

CREATE TRIGGER keep_review_steps_update BEFORE UPDATE ON review_steps BEGIN SELECT RAISE(ABORT, 'reviews are kept'); END;

CREATE TABLE scan_looks (
	id INTEGER NOT NULL, 
	at VARCHAR NOT NULL, 
	station VARCHAR NOT NULL, 
	device VARCHAR NOT NULL, 
	clerk VARCHAR NOT NULL, 
	"case" VARCHAR NOT NULL, 
	sha256 VARCHAR NOT NULL, 
	CONSTRAINT pk_scan_looks PRIMARY KEY (id), 
	CONSTRAINT fk_scan_looks_case FOREIGN KEY("case") REFERENCES cases (id)
);

CREATE INDEX ix_scan_looks_case ON scan_looks ("case");

CREATE TABLE slip_fates (
	serial VARCHAR NOT NULL, 
	"case" VARCHAR NOT NULL, 
	body VARCHAR NOT NULL, 
	told_at VARCHAR NOT NULL, 
	CONSTRAINT pk_slip_fates PRIMARY KEY (serial)
);

CREATE TABLE sub_cases (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
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
);

CREATE INDEX ix_sub_cases_department_state ON sub_cases (department, state);

CREATE INDEX ix_sub_cases_open ON sub_cases (department, due_on, state, dispatched_at) WHERE state IN ('dispatched', 'in_review')
