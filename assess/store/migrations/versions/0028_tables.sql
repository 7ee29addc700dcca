CREATE TABLE account (
    id {row_number} NOT NULL,
    username VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    email VARCHAR,
    language VARCHAR NOT NULL,
    password VARCHAR,
    created_at {moment} NOT NULL,
    closed_at {moment},
    changes {number} NOT NULL,
    version {number} NOT NULL,
    CONSTRAINT pk_account PRIMARY KEY (id),
    CONSTRAINT uq_account_username UNIQUE (username)
);

CREATE TABLE link (
    id {row_number} NOT NULL,
    token VARCHAR NOT NULL,
    account_id {number} NOT NULL,
    made_at {moment} NOT NULL,
    expires_at {moment} NOT NULL,
    used_at {moment},
    CONSTRAINT pk_link PRIMARY KEY (id),
    CONSTRAINT uq_link_token UNIQUE (token),
    CONSTRAINT fk_link_account_id_account FOREIGN KEY(account_id) REFERENCES account (id)
);
CREATE INDEX ix_link_account_id ON link (account_id);

CREATE TABLE role_grant (
    id {row_number} NOT NULL,
    account_id {number} NOT NULL,
    role VARCHAR NOT NULL,
    unit VARCHAR NOT NULL,
    department VARCHAR NOT NULL,
    CONSTRAINT pk_role_grant PRIMARY KEY (id),
    CONSTRAINT uq_role_grant_account_id_role_unit_department UNIQUE (account_id, role, unit, department),
    CONSTRAINT fk_role_grant_account_id_account FOREIGN KEY(account_id) REFERENCES account (id)
);
CREATE INDEX ix_role_grant_role_unit ON role_grant (role, unit);

CREATE TABLE sign_in (
    id {row_number} NOT NULL,
    token VARCHAR NOT NULL,
    account_id {number} NOT NULL,
    started_at {moment} NOT NULL,
    seen_at {moment} NOT NULL,
    ended_at {moment},
    CONSTRAINT pk_sign_in PRIMARY KEY (id),
    CONSTRAINT uq_sign_in_token UNIQUE (token),
    CONSTRAINT fk_sign_in_account_id_account FOREIGN KEY(account_id) REFERENCES account (id)
);
CREATE INDEX ix_sign_in_account_id ON sign_in (account_id);

CREATE TABLE audit_entry (
    number {number} NOT NULL,
    at {moment} NOT NULL,
    account_id {number} NOT NULL,
    actor VARCHAR NOT NULL,
    subject VARCHAR NOT NULL,
    action VARCHAR NOT NULL,
    old JSON,
    new JSON,
    "before" VARCHAR NOT NULL,
    digest VARCHAR NOT NULL,
    CONSTRAINT pk_audit_entry PRIMARY KEY (number),
    CONSTRAINT uq_audit_entry_digest UNIQUE (digest)
);
CREATE INDEX ix_audit_entry_subject_action_account_id_at_number ON audit_entry (subject, action, account_id, at, number);
CREATE INDEX ix_audit_entry_account_id_action_subject_at_number ON audit_entry (account_id, action, subject, at, number);
CREATE INDEX ix_audit_entry_action_subject_at_number ON audit_entry (action, subject, at, number);
CREATE INDEX ix_audit_entry_at_number ON audit_entry (at, number);

CREATE TABLE cycle (
    id {row_number} NOT NULL,
    year {number} NOT NULL,
    title_zh VARCHAR NOT NULL,
    title_en VARCHAR NOT NULL,
    stage VARCHAR NOT NULL,
    demonstration BOOLEAN NOT NULL,
    created_at {moment} NOT NULL,
    opened_at {moment},
    changes {number} NOT NULL,
    version {number} NOT NULL,
    CONSTRAINT pk_cycle PRIMARY KEY (id),
    CONSTRAINT uq_cycle_year UNIQUE (year)
);

CREATE TABLE unit_name (
    id {row_number} NOT NULL,
    code VARCHAR NOT NULL,
    begins DATE NOT NULL,
    name_zh VARCHAR NOT NULL,
    name_en VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    CONSTRAINT pk_unit_name PRIMARY KEY (id),
    CONSTRAINT uq_unit_name_code_begins UNIQUE (code, begins)
);

CREATE TABLE exclusion (
    id {row_number} NOT NULL,
    cycle_id {number} NOT NULL,
    unit VARCHAR NOT NULL,
    figure VARCHAR NOT NULL,
    period VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    asked_by {number} NOT NULL,
    asked_at {moment} NOT NULL,
    decided_by {number},
    decided_at {moment},
    ruling VARCHAR,
    version {number} NOT NULL,
    CONSTRAINT pk_exclusion PRIMARY KEY (id),
    CONSTRAINT fk_exclusion_cycle_id_cycle FOREIGN KEY(cycle_id) REFERENCES cycle (id),
    CONSTRAINT fk_exclusion_asked_by_account FOREIGN KEY(asked_by) REFERENCES account (id),
    CONSTRAINT fk_exclusion_decided_by_account FOREIGN KEY(decided_by) REFERENCES account (id)
);
CREATE INDEX ix_exclusion_cycle_id_unit ON exclusion (cycle_id, unit);
CREATE UNIQUE INDEX uq_exclusion_one ON exclusion (cycle_id, unit, figure, period) WHERE state IN ('asked', 'approved');

CREATE TABLE exemption (
    id {row_number} NOT NULL,
    cycle_id {number} NOT NULL,
    unit VARCHAR NOT NULL,
    item VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    asked_by {number} NOT NULL,
    asked_at {moment} NOT NULL,
    decided_by {number},
    decided_at {moment},
    ruling VARCHAR,
    version {number} NOT NULL,
    CONSTRAINT pk_exemption PRIMARY KEY (id),
    CONSTRAINT fk_exemption_cycle_id_cycle FOREIGN KEY(cycle_id) REFERENCES cycle (id),
    CONSTRAINT fk_exemption_asked_by_account FOREIGN KEY(asked_by) REFERENCES account (id),
    CONSTRAINT fk_exemption_decided_by_account FOREIGN KEY(decided_by) REFERENCES account (id)
);
CREATE INDEX ix_exemption_cycle_id_unit ON exemption (cycle_id, unit);
CREATE UNIQUE INDEX uq_exemption_one ON exemption (cycle_id, unit, item) WHERE state IN ('asked', 'approved');

CREATE TABLE member (
    id {row_number} NOT NULL,
    cycle_id {number} NOT NULL,
    unit VARCHAR NOT NULL,
    post VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    begins DATE,
    ends DATE,
    version {number} NOT NULL,
    CONSTRAINT pk_member PRIMARY KEY (id),
    CONSTRAINT fk_member_cycle_id_cycle FOREIGN KEY(cycle_id) REFERENCES cycle (id)
);
CREATE INDEX ix_member_cycle_id_unit ON member (cycle_id, unit);

CREATE TABLE reopening (
    id {row_number} NOT NULL,
    cycle_id {number} NOT NULL,
    unit VARCHAR,
    department VARCHAR,
    until DATE NOT NULL,
    reason VARCHAR NOT NULL,
    opened_by {number} NOT NULL,
    opened_at {moment} NOT NULL,
    closed_at {moment},
    version {number} NOT NULL,
    CONSTRAINT pk_reopening PRIMARY KEY (id),
    CONSTRAINT fk_reopening_cycle_id_cycle FOREIGN KEY(cycle_id) REFERENCES cycle (id)
);
CREATE INDEX ix_reopening_cycle_id ON reopening (cycle_id);

CREATE TABLE stage_date (
    id {row_number} NOT NULL,
    cycle_id {number} NOT NULL,
    stage VARCHAR NOT NULL,
    begins DATE NOT NULL,
    ends DATE NOT NULL,
    version {number} NOT NULL,
    ended DATE,
    CONSTRAINT pk_stage_date PRIMARY KEY (id),
    CONSTRAINT uq_stage_date_cycle_id_stage UNIQUE (cycle_id, stage),
    CONSTRAINT fk_stage_date_cycle_id_cycle FOREIGN KEY(cycle_id) REFERENCES cycle (id)
);

CREATE TABLE stage_move (
    id {row_number} NOT NULL,
    cycle_id {number} NOT NULL,
    origin VARCHAR NOT NULL,
    target VARCHAR NOT NULL,
    reason VARCHAR,
    accepted JSON,
    moved_by {number} NOT NULL,
    moved_at {moment} NOT NULL,
    cut_short DATE,
    approved_by {number},
    CONSTRAINT pk_stage_move PRIMARY KEY (id),
    CONSTRAINT fk_stage_move_cycle_id_cycle FOREIGN KEY(cycle_id) REFERENCES cycle (id)
);
CREATE INDEX ix_stage_move_cycle_id ON stage_move (cycle_id);

CREATE TABLE unit (
    id {row_number} NOT NULL,
    cycle_id {number} NOT NULL,
    place {number} NOT NULL,
    code VARCHAR NOT NULL,
    name_zh VARCHAR NOT NULL,
    name_en VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    aliases JSON NOT NULL,
    attributes JSON NOT NULL,
    CONSTRAINT pk_unit PRIMARY KEY (id),
    CONSTRAINT uq_unit_cycle_id_code UNIQUE (cycle_id, code),
    CONSTRAINT uq_unit_cycle_id_place UNIQUE (cycle_id, place),
    CONSTRAINT fk_unit_cycle_id_cycle FOREIGN KEY(cycle_id) REFERENCES cycle (id)
);

CREATE TABLE sheet_version (
    id {row_number} NOT NULL,
    cycle_id {number} NOT NULL,
    number {number} NOT NULL,
    digest VARCHAR NOT NULL,
    tree JSON NOT NULL,
    upload VARCHAR,
    file_name VARCHAR NOT NULL,
    reason VARCHAR,
    loaded_by {number} NOT NULL,
    loaded_at {moment} NOT NULL,
    published_by {number},
    published_at {moment},
    CONSTRAINT pk_sheet_version PRIMARY KEY (id),
    CONSTRAINT uq_sheet_version_cycle_id_number UNIQUE (cycle_id, number),
    CONSTRAINT fk_sheet_version_cycle_id_cycle FOREIGN KEY(cycle_id) REFERENCES cycle (id)
);

CREATE TABLE obligation (
    id {row_number} NOT NULL,
    cycle_id {number} NOT NULL,
    task_no VARCHAR NOT NULL,
    unit VARCHAR NOT NULL,
    status VARCHAR NOT NULL,
    progress {number} NOT NULL,
    done_on DATE,
    period VARCHAR,
    reports {number} NOT NULL,
    withdrawn_at {moment},
    version {number} NOT NULL,
    CONSTRAINT pk_obligation PRIMARY KEY (id),
    CONSTRAINT uq_obligation_cycle_id_task_no_unit UNIQUE (cycle_id, task_no, unit),
    CONSTRAINT fk_obligation_cycle_id_cycle FOREIGN KEY(cycle_id) REFERENCES cycle (id)
);
CREATE INDEX ix_obligation_cycle_id_unit ON obligation (cycle_id, unit);

CREATE TABLE task (
    id {row_number} NOT NULL,
    cycle_id {number} NOT NULL,
    place {number} NOT NULL,
    no VARCHAR NOT NULL,
    domain VARCHAR,
    title_zh VARCHAR NOT NULL,
    title_en VARCHAR NOT NULL,
    deadline DATE,
    report VARCHAR NOT NULL,
    lead VARCHAR,
    tree JSON NOT NULL,
    CONSTRAINT pk_task PRIMARY KEY (id),
    CONSTRAINT uq_task_cycle_id_no UNIQUE (cycle_id, no),
    CONSTRAINT fk_task_cycle_id_cycle FOREIGN KEY(cycle_id) REFERENCES cycle (id)
);

CREATE TABLE task_list_version (
    id {row_number} NOT NULL,
    cycle_id {number} NOT NULL,
    number {number} NOT NULL,
    digest VARCHAR NOT NULL,
    tree JSON NOT NULL,
    upload VARCHAR,
    file_name VARCHAR NOT NULL,
    reason VARCHAR,
    loaded_by {number} NOT NULL,
    loaded_at {moment} NOT NULL,
    CONSTRAINT pk_task_list_version PRIMARY KEY (id),
    CONSTRAINT uq_task_list_version_cycle_id_number UNIQUE (cycle_id, number),
    CONSTRAINT fk_task_list_version_cycle_id_cycle FOREIGN KEY(cycle_id) REFERENCES cycle (id)
);

CREATE TABLE obligation_report (
    id {row_number} NOT NULL,
    obligation_id {number} NOT NULL,
    period VARCHAR NOT NULL,
    status VARCHAR NOT NULL,
    progress {number} NOT NULL,
    done_on DATE,
    words VARCHAR NOT NULL,
    reported_by {number} NOT NULL,
    reported_at {moment} NOT NULL,
    CONSTRAINT pk_obligation_report PRIMARY KEY (id),
    CONSTRAINT fk_obligation_report_obligation_id_obligation FOREIGN KEY(obligation_id) REFERENCES obligation (id),
    CONSTRAINT fk_obligation_report_reported_by_account FOREIGN KEY(reported_by) REFERENCES account (id)
);
CREATE INDEX ix_obligation_report_obligation_id_period ON obligation_report (obligation_id, period);

CREATE TABLE upload (
    sha256 VARCHAR NOT NULL,
    size {number} NOT NULL,
    kind VARCHAR NOT NULL,
    first_name VARCHAR NOT NULL,
    kept_by {number} NOT NULL,
    kept_at {moment} NOT NULL,
    CONSTRAINT pk_upload PRIMARY KEY (sha256)
);

CREATE TABLE deposit (
    id {row_number} NOT NULL,
    upload VARCHAR NOT NULL,
    account_id {number} NOT NULL,
    file_name VARCHAR NOT NULL,
    kept_at {moment} NOT NULL,
    CONSTRAINT pk_deposit PRIMARY KEY (id),
    CONSTRAINT uq_deposit_upload_account_id UNIQUE (upload, account_id),
    CONSTRAINT fk_deposit_upload_upload FOREIGN KEY(upload) REFERENCES upload (sha256),
    CONSTRAINT fk_deposit_account_id_account FOREIGN KEY(account_id) REFERENCES account (id)
);

CREATE TABLE attachment (
    id {row_number} NOT NULL,
    cycle_id {number} NOT NULL,
    unit VARCHAR NOT NULL,
    subject VARCHAR NOT NULL,
    upload VARCHAR NOT NULL,
    file_name VARCHAR NOT NULL,
    note VARCHAR NOT NULL,
    attached_by {number} NOT NULL,
    attached_at {moment} NOT NULL,
    withdrawn_at {moment},
    withdrawn_by {number},
    CONSTRAINT pk_attachment PRIMARY KEY (id),
    CONSTRAINT fk_attachment_cycle_id_cycle FOREIGN KEY(cycle_id) REFERENCES cycle (id),
    CONSTRAINT fk_attachment_upload_upload FOREIGN KEY(upload) REFERENCES upload (sha256),
    CONSTRAINT fk_attachment_attached_by_account FOREIGN KEY(attached_by) REFERENCES account (id)
);
CREATE INDEX ix_attachment_cycle_id_unit ON attachment (cycle_id, unit);
CREATE INDEX ix_attachment_upload ON attachment (upload);

CREATE TABLE draft (
    id {row_number} NOT NULL,
    cycle_id {number} NOT NULL,
    unit VARCHAR NOT NULL,
    section VARCHAR NOT NULL,
    saved_by {number} NOT NULL,
    saved_at {moment} NOT NULL,
    version {number} NOT NULL,
    CONSTRAINT pk_draft PRIMARY KEY (id),
    CONSTRAINT uq_draft_cycle_id_unit_section UNIQUE (cycle_id, unit, section),
    CONSTRAINT fk_draft_cycle_id_cycle FOREIGN KEY(cycle_id) REFERENCES cycle (id),
    CONSTRAINT fk_draft_saved_by_account FOREIGN KEY(saved_by) REFERENCES account (id)
);

CREATE TABLE reminder (
    id {row_number} NOT NULL,
    cycle_id {number} NOT NULL,
    unit VARCHAR NOT NULL,
    words VARCHAR NOT NULL,
    sent_by {number} NOT NULL,
    sent_at {moment} NOT NULL,
    CONSTRAINT pk_reminder PRIMARY KEY (id),
    CONSTRAINT fk_reminder_cycle_id_cycle FOREIGN KEY(cycle_id) REFERENCES cycle (id),
    CONSTRAINT fk_reminder_sent_by_account FOREIGN KEY(sent_by) REFERENCES account (id)
);
CREATE INDEX ix_reminder_cycle_id_unit ON reminder (cycle_id, unit);

CREATE TABLE submission (
    id {row_number} NOT NULL,
    cycle_id {number} NOT NULL,
    unit VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    times {number} NOT NULL,
    receipt VARCHAR,
    leader VARCHAR,
    submitted_by {number},
    submitted_at {moment},
    returned_reason VARCHAR,
    signed_copy VARCHAR,
    version {number} NOT NULL,
    CONSTRAINT pk_submission PRIMARY KEY (id),
    CONSTRAINT uq_submission_cycle_id_unit UNIQUE (cycle_id, unit),
    CONSTRAINT uq_submission_receipt UNIQUE (receipt),
    CONSTRAINT fk_submission_cycle_id_cycle FOREIGN KEY(cycle_id) REFERENCES cycle (id),
    CONSTRAINT fk_submission_submitted_by_account FOREIGN KEY(submitted_by) REFERENCES account (id)
);

CREATE TABLE answer (
    id {row_number} NOT NULL,
    draft_id {number} NOT NULL,
    figure VARCHAR NOT NULL,
    period VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    remark VARCHAR NOT NULL,
    typed_by {number} NOT NULL,
    CONSTRAINT pk_answer PRIMARY KEY (id),
    CONSTRAINT uq_answer_draft_id_figure_period UNIQUE (draft_id, figure, period),
    CONSTRAINT fk_answer_draft_id_draft FOREIGN KEY(draft_id) REFERENCES draft (id),
    CONSTRAINT fk_answer_typed_by_account FOREIGN KEY(typed_by) REFERENCES account (id)
);

CREATE TABLE submission_event (
    id {row_number} NOT NULL,
    submission_id {number} NOT NULL,
    act VARCHAR NOT NULL,
    reason VARCHAR,
    receipt VARCHAR,
    leader VARCHAR,
    answers JSON,
    done_by {number} NOT NULL,
    done_at {moment} NOT NULL,
    CONSTRAINT pk_submission_event PRIMARY KEY (id),
    CONSTRAINT fk_submission_event_submission_id_submission FOREIGN KEY(submission_id) REFERENCES submission (id),
    CONSTRAINT fk_submission_event_done_by_account FOREIGN KEY(done_by) REFERENCES account (id)
);
CREATE INDEX ix_submission_event_submission_id ON submission_event (submission_id);

CREATE TABLE batch (
    id {row_number} NOT NULL,
    cycle_id {number} NOT NULL,
    kind VARCHAR NOT NULL,
    upload VARCHAR,
    file_name VARCHAR,
    submission_id {number},
    facts JSON NOT NULL,
    made_by {number} NOT NULL,
    made_at {moment} NOT NULL,
    CONSTRAINT pk_batch PRIMARY KEY (id),
    CONSTRAINT fk_batch_cycle_id_cycle FOREIGN KEY(cycle_id) REFERENCES cycle (id),
    CONSTRAINT fk_batch_submission_id_submission FOREIGN KEY(submission_id) REFERENCES submission (id)
);
CREATE INDEX ix_batch_cycle_id_kind ON batch (cycle_id, kind);

CREATE TABLE value (
    id {row_number} NOT NULL,
    cycle_id {number} NOT NULL,
    year {number} NOT NULL,
    unit VARCHAR NOT NULL,
    figure VARCHAR NOT NULL,
    period VARCHAR NOT NULL,
    millionths {number},
    word VARCHAR,
    state VARCHAR NOT NULL,
    batch_id {number} NOT NULL,
    place VARCHAR,
    remark VARCHAR NOT NULL,
    explanation VARCHAR NOT NULL,
    entered_by {number} NOT NULL,
    entered_at {moment} NOT NULL,
    supersedes {number},
    superseded_at {moment},
    CONSTRAINT pk_value PRIMARY KEY (id),
    CONSTRAINT ck_value_ck_value_one_value CHECK (millionths IS NULL OR word IS NULL),
    CONSTRAINT fk_value_cycle_id_cycle FOREIGN KEY(cycle_id) REFERENCES cycle (id),
    CONSTRAINT fk_value_batch_id_batch FOREIGN KEY(batch_id) REFERENCES batch (id),
    CONSTRAINT fk_value_supersedes_value FOREIGN KEY(supersedes) REFERENCES value (id)
);
CREATE INDEX ix_value_batch_id_unit_figure_period ON value (batch_id, unit, figure, period);
CREATE UNIQUE INDEX uq_value_current ON value (cycle_id, year, unit, figure, period) WHERE superseded_at IS NULL;

CREATE TABLE job (
    id {row_number} NOT NULL,
    kind VARCHAR NOT NULL,
    arguments JSON NOT NULL,
    asked_by {number} NOT NULL,
    asked_at {moment} NOT NULL,
    run_after {moment} NOT NULL,
    state VARCHAR NOT NULL,
    attempts {number} NOT NULL,
    worker VARCHAR,
    leased_until {moment},
    steps_done {number} NOT NULL,
    steps {number} NOT NULL,
    told JSON,
    error VARCHAR,
    finished_at {moment},
    CONSTRAINT pk_job PRIMARY KEY (id)
);
CREATE INDEX ix_job_state_run_after ON job (state, run_after);

CREATE TABLE mail (
    id {row_number} NOT NULL,
    account_id {number} NOT NULL,
    subject VARCHAR NOT NULL,
    words VARCHAR NOT NULL,
    message_id VARCHAR NOT NULL,
    made_at {moment} NOT NULL,
    sent_at {moment},
    CONSTRAINT pk_mail PRIMARY KEY (id),
    CONSTRAINT uq_mail_message_id UNIQUE (message_id),
    CONSTRAINT fk_mail_account_id_account FOREIGN KEY(account_id) REFERENCES account (id)
);
CREATE INDEX ix_mail_account_id ON mail (account_id);

CREATE TABLE token (
    id {row_number} NOT NULL,
    department VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    secret VARCHAR NOT NULL,
    account_id {number} NOT NULL,
    ends DATE NOT NULL,
    given_by {number} NOT NULL,
    given_at {moment} NOT NULL,
    withdrawn_by {number},
    withdrawn_at {moment},
    used_at {moment},
    CONSTRAINT pk_token PRIMARY KEY (id),
    CONSTRAINT uq_token_secret UNIQUE (secret),
    CONSTRAINT fk_token_account_id_account FOREIGN KEY(account_id) REFERENCES account (id)
);
CREATE INDEX ix_token_department_name ON token (department, name);
CREATE INDEX ix_token_account_id ON token (account_id);

CREATE TABLE import (
    id {row_number} NOT NULL,
    version {number} NOT NULL,
    cycle_id {number} NOT NULL,
    department VARCHAR NOT NULL,
    upload VARCHAR NOT NULL,
    file_name VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    job_id {number},
    made_by {number} NOT NULL,
    made_at {moment} NOT NULL,
    found JSON,
    marked VARCHAR,
    marked_why JSON,
    batch_id {number},
    accepted_by {number},
    accepted_at {moment},
    ended_by {number},
    ended_at {moment},
    token_id {number},
    CONSTRAINT pk_import PRIMARY KEY (id),
    CONSTRAINT fk_import_cycle_id_cycle FOREIGN KEY(cycle_id) REFERENCES cycle (id),
    CONSTRAINT fk_import_upload_upload FOREIGN KEY(upload) REFERENCES upload (sha256),
    CONSTRAINT fk_import_batch_id_batch FOREIGN KEY(batch_id) REFERENCES batch (id),
    CONSTRAINT fk_import_token_id_token FOREIGN KEY(token_id) REFERENCES token (id)
);
CREATE INDEX ix_import_cycle_id_department ON import (cycle_id, department);
CREATE INDEX ix_import_token_id_made_at ON import (token_id, made_at);

CREATE TABLE proposal (
    id {row_number} NOT NULL,
    import_id {number} NOT NULL,
    unit VARCHAR NOT NULL,
    figure VARCHAR NOT NULL,
    period VARCHAR NOT NULL,
    millionths {number},
    word VARCHAR,
    place VARCHAR NOT NULL,
    remark VARCHAR NOT NULL,
    cases VARCHAR NOT NULL,
    seen {number},
    verdict VARCHAR NOT NULL,
    overtaken BOOLEAN NOT NULL,
    doubt JSON,
    explanation VARCHAR NOT NULL,
    CONSTRAINT pk_proposal PRIMARY KEY (id),
    CONSTRAINT uq_proposal_import_id_unit_figure_period UNIQUE (import_id, unit, figure, period),
    CONSTRAINT fk_proposal_import_id_import FOREIGN KEY(import_id) REFERENCES import (id)
);

CREATE TABLE import_flaw (
    id {row_number} NOT NULL,
    import_id {number} NOT NULL,
    is_warning BOOLEAN NOT NULL,
    sheet VARCHAR NOT NULL,
    cell VARCHAR NOT NULL,
    zh VARCHAR NOT NULL,
    en VARCHAR NOT NULL,
    CONSTRAINT pk_import_flaw PRIMARY KEY (id),
    CONSTRAINT fk_import_flaw_import_id_import FOREIGN KEY(import_id) REFERENCES import (id)
);
CREATE INDEX ix_import_flaw_import_id_is_warning ON import_flaw (import_id, is_warning);

CREATE TABLE occurrence (
    id {row_number} NOT NULL,
    import_id {number} NOT NULL,
    unit VARCHAR NOT NULL,
    figure VARCHAR NOT NULL,
    period VARCHAR NOT NULL,
    day DATE,
    location VARCHAR NOT NULL,
    what VARCHAR NOT NULL,
    photo VARCHAR NOT NULL,
    place VARCHAR NOT NULL,
    CONSTRAINT pk_occurrence PRIMARY KEY (id),
    CONSTRAINT fk_occurrence_import_id_import FOREIGN KEY(import_id) REFERENCES import (id)
);
CREATE INDEX ix_occurrence_import_id_unit_figure ON occurrence (import_id, unit, figure);

CREATE TABLE value_event (
    id {row_number} NOT NULL,
    value_id {number} NOT NULL,
    act VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    done_by {number} NOT NULL,
    done_at {moment} NOT NULL,
    CONSTRAINT pk_value_event PRIMARY KEY (id),
    CONSTRAINT fk_value_event_value_id_value FOREIGN KEY(value_id) REFERENCES value (id)
);
CREATE INDEX ix_value_event_value_id ON value_event (value_id);

CREATE TABLE panellist (
    id {row_number} NOT NULL,
    cycle_id {number} NOT NULL,
    figure VARCHAR NOT NULL,
    account_id {number} NOT NULL,
    named_by {number} NOT NULL,
    named_at {moment} NOT NULL,
    left_at {moment},
    CONSTRAINT pk_panellist PRIMARY KEY (id),
    CONSTRAINT fk_panellist_cycle_id_cycle FOREIGN KEY(cycle_id) REFERENCES cycle (id),
    CONSTRAINT fk_panellist_account_id_account FOREIGN KEY(account_id) REFERENCES account (id)
);
CREATE UNIQUE INDEX uq_panellist_sitting ON panellist (cycle_id, figure, account_id) WHERE left_at IS NULL;

CREATE TABLE mark (
    id {row_number} NOT NULL,
    cycle_id {number} NOT NULL,
    figure VARCHAR NOT NULL,
    unit VARCHAR NOT NULL,
    period VARCHAR NOT NULL,
    account_id {number} NOT NULL,
    millionths {number},
    reason VARCHAR NOT NULL,
    given_at {moment} NOT NULL,
    supersedes {number},
    superseded_at {moment},
    CONSTRAINT pk_mark PRIMARY KEY (id),
    CONSTRAINT fk_mark_cycle_id_cycle FOREIGN KEY(cycle_id) REFERENCES cycle (id),
    CONSTRAINT fk_mark_account_id_account FOREIGN KEY(account_id) REFERENCES account (id),
    CONSTRAINT fk_mark_supersedes_mark FOREIGN KEY(supersedes) REFERENCES mark (id)
);
CREATE UNIQUE INDEX uq_mark_current ON mark (cycle_id, figure, unit, period, account_id) WHERE superseded_at IS NULL;

CREATE TABLE patrol (
    id {row_number} NOT NULL,
    version {number} NOT NULL,
    cycle_id {number} NOT NULL,
    unit VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    chief VARCHAR NOT NULL,
    route VARCHAR NOT NULL,
    started_at {moment} NOT NULL,
    ended_at {moment} NOT NULL,
    metres {number} NOT NULL,
    minutes {number} NOT NULL,
    recorded_by {number} NOT NULL,
    recorded_at {moment} NOT NULL,
    withdrawn_at {moment},
    withdrawn_by {number},
    withdrawn_why VARCHAR,
    CONSTRAINT pk_patrol PRIMARY KEY (id),
    CONSTRAINT fk_patrol_cycle_id_cycle FOREIGN KEY(cycle_id) REFERENCES cycle (id),
    CONSTRAINT fk_patrol_recorded_by_account FOREIGN KEY(recorded_by) REFERENCES account (id)
);
CREATE INDEX ix_patrol_cycle_id_unit ON patrol (cycle_id, unit);
CREATE INDEX ix_patrol_cycle_id_started_at ON patrol (cycle_id, started_at);

CREATE TABLE finding_counter (
    cycle_id {number} NOT NULL,
    last {number} NOT NULL,
    changes {number} NOT NULL,
    CONSTRAINT pk_finding_counter PRIMARY KEY (cycle_id),
    CONSTRAINT fk_finding_counter_cycle_id_cycle FOREIGN KEY(cycle_id) REFERENCES cycle (id)
);

CREATE TABLE finding (
    id {row_number} NOT NULL,
    version {number} NOT NULL,
    cycle_id {number} NOT NULL,
    number {number} NOT NULL,
    unit VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    domain VARCHAR NOT NULL,
    what VARCHAR NOT NULL,
    place VARCHAR NOT NULL,
    place_key VARCHAR NOT NULL,
    sought VARCHAR NOT NULL,
    latitude {number},
    longitude {number},
    standard VARCHAR NOT NULL,
    responsible VARCHAR NOT NULL,
    patrol_id {number},
    repeat_of {number},
    recorded_by {number} NOT NULL,
    recorded_at {moment} NOT NULL,
    state VARCHAR NOT NULL,
    found_on DATE NOT NULL,
    since DATE NOT NULL,
    deadline DATE,
    fixed_on DATE,
    closed_on DATE,
    days {number},
    returns {number} NOT NULL,
    reopenings {number} NOT NULL,
    extensions {number} NOT NULL,
    suspensions {number} NOT NULL,
    waits_for_decision BOOLEAN NOT NULL,
    urgency {number} NOT NULL,
    reckoned {number} NOT NULL,
    events {number} NOT NULL,
    linked_at {moment},
    changed_at {moment},
    CONSTRAINT pk_finding PRIMARY KEY (id),
    CONSTRAINT uq_finding_cycle_id_number UNIQUE (cycle_id, number),
    CONSTRAINT fk_finding_cycle_id_cycle FOREIGN KEY(cycle_id) REFERENCES cycle (id),
    CONSTRAINT fk_finding_patrol_id_patrol FOREIGN KEY(patrol_id) REFERENCES patrol (id),
    CONSTRAINT fk_finding_repeat_of_finding FOREIGN KEY(repeat_of) REFERENCES finding (id),
    CONSTRAINT fk_finding_recorded_by_account FOREIGN KEY(recorded_by) REFERENCES account (id)
);
CREATE INDEX ix_finding_cycle_id_unit_urgency_number ON finding (cycle_id, unit, urgency, number);
CREATE INDEX ix_finding_cycle_id_unit_kind_place_key ON finding (cycle_id, unit, kind, place_key);
CREATE INDEX ix_finding_counted_by_unit ON finding (
    cycle_id, unit, reckoned, deadline, returns, repeat_of, days, kind, domain, source
);
CREATE INDEX ix_finding_repeat_of ON finding (repeat_of);
CREATE INDEX ix_finding_patrol_id ON finding (patrol_id);
CREATE INDEX ix_finding_listed ON finding (
    cycle_id, urgency, number, unit, kind, domain, source, found_on, waits_for_decision, reckoned, returns, repeat_of
);
CREATE INDEX ix_finding_aged ON finding (cycle_id, reckoned, found_on, unit);
CREATE INDEX ix_finding_cycle_id_recorded_at_changed_at ON finding (cycle_id, recorded_at, changed_at);
CREATE INDEX ix_finding_cycle_id_linked_at ON finding (cycle_id, linked_at);
CREATE INDEX ix_finding_passed ON finding (cycle_id, reckoned, deadline, unit, kind, domain, source);

CREATE TABLE finding_event (
    id {row_number} NOT NULL,
    finding_id {number} NOT NULL,
    step VARCHAR NOT NULL,
    done_by {number} NOT NULL,
    day DATE NOT NULL,
    entered_at {moment} NOT NULL,
    deadline DATE,
    relief VARCHAR,
    reason VARCHAR NOT NULL,
    CONSTRAINT pk_finding_event PRIMARY KEY (id),
    CONSTRAINT fk_finding_event_finding_id_finding FOREIGN KEY(finding_id) REFERENCES finding (id),
    CONSTRAINT fk_finding_event_done_by_account FOREIGN KEY(done_by) REFERENCES account (id)
);
CREATE INDEX ix_finding_event_finding_id ON finding_event (finding_id);

CREATE TABLE photo (
    upload VARCHAR NOT NULL,
    picture VARCHAR NOT NULL,
    thumbnail VARCHAR NOT NULL,
    width {number} NOT NULL,
    height {number} NOT NULL,
    taken_on DATE,
    CONSTRAINT pk_photo PRIMARY KEY (upload),
    CONSTRAINT fk_photo_upload_upload FOREIGN KEY(upload) REFERENCES upload (sha256),
    CONSTRAINT fk_photo_picture_upload FOREIGN KEY(picture) REFERENCES upload (sha256),
    CONSTRAINT fk_photo_thumbnail_upload FOREIGN KEY(thumbnail) REFERENCES upload (sha256)
);

CREATE TABLE finding_photo (
    id {row_number} NOT NULL,
    finding_id {number} NOT NULL,
    side VARCHAR NOT NULL,
    upload VARCHAR NOT NULL,
    file_name VARCHAR NOT NULL,
    note VARCHAR NOT NULL,
    added_by {number} NOT NULL,
    added_at {moment} NOT NULL,
    withdrawn_at {moment},
    withdrawn_by {number},
    CONSTRAINT pk_finding_photo PRIMARY KEY (id),
    CONSTRAINT fk_finding_photo_finding_id_finding FOREIGN KEY(finding_id) REFERENCES finding (id),
    CONSTRAINT fk_finding_photo_upload_photo FOREIGN KEY(upload) REFERENCES photo (upload),
    CONSTRAINT fk_finding_photo_added_by_account FOREIGN KEY(added_by) REFERENCES account (id)
);
CREATE INDEX ix_finding_photo_finding_id ON finding_photo (finding_id);
CREATE INDEX ix_finding_photo_upload ON finding_photo (upload);

CREATE TABLE finding_once (
    cycle_id {number} NOT NULL,
    account_id {number} NOT NULL,
    finding_id {number},
    word VARCHAR NOT NULL,
    digest VARCHAR NOT NULL,
    CONSTRAINT pk_finding_once PRIMARY KEY (cycle_id, account_id, word),
    CONSTRAINT fk_finding_once_cycle_id_cycle FOREIGN KEY(cycle_id) REFERENCES cycle (id),
    CONSTRAINT fk_finding_once_account_id_account FOREIGN KEY(account_id) REFERENCES account (id),
    CONSTRAINT fk_finding_once_finding_id_finding FOREIGN KEY(finding_id) REFERENCES finding (id)
);

CREATE TABLE imported_finding (
    id {row_number} NOT NULL,
    import_id {number} NOT NULL,
    sheet VARCHAR NOT NULL,
    "row" {number} NOT NULL,
    external VARCHAR NOT NULL,
    external_key VARCHAR NOT NULL,
    verdict VARCHAR NOT NULL,
    unit VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    domain VARCHAR NOT NULL,
    what VARCHAR NOT NULL,
    place VARCHAR NOT NULL,
    place_key VARCHAR NOT NULL,
    found_on DATE NOT NULL,
    standard VARCHAR NOT NULL,
    responsible VARCHAR NOT NULL,
    latitude {number},
    longitude {number},
    deadline DATE,
    earlier_id {number},
    earlier_row VARCHAR NOT NULL,
    finding_id {number},
    CONSTRAINT pk_imported_finding PRIMARY KEY (id),
    CONSTRAINT fk_imported_finding_import_id_import FOREIGN KEY(import_id) REFERENCES import (id),
    CONSTRAINT fk_imported_finding_earlier_id_finding FOREIGN KEY(earlier_id) REFERENCES finding (id),
    CONSTRAINT fk_imported_finding_finding_id_finding FOREIGN KEY(finding_id) REFERENCES finding (id)
);
CREATE INDEX ix_imported_finding_import_id_verdict ON imported_finding (import_id, verdict);
CREATE INDEX ix_imported_finding_external_key ON imported_finding (external_key);
CREATE INDEX ix_imported_finding_finding_id ON imported_finding (finding_id);

CREATE TABLE run_order (
    id {row_number} NOT NULL,
    cycle_id {number} NOT NULL,
    kind VARCHAR NOT NULL,
    words VARCHAR NOT NULL,
    day DATE NOT NULL,
    job {number},
    asked_by {number} NOT NULL,
    asked_at {moment} NOT NULL,
    CONSTRAINT pk_run_order PRIMARY KEY (id),
    CONSTRAINT fk_run_order_cycle_id_cycle FOREIGN KEY(cycle_id) REFERENCES cycle (id),
    CONSTRAINT fk_run_order_asked_by_account FOREIGN KEY(asked_by) REFERENCES account (id)
);
CREATE INDEX ix_run_order_cycle_id ON run_order (cycle_id);

CREATE TABLE run (
    id {row_number} NOT NULL,
    cycle_id {number} NOT NULL,
    number {number} NOT NULL,
    order_id {number} NOT NULL,
    kind VARCHAR NOT NULL,
    words VARCHAR NOT NULL,
    day DATE NOT NULL,
    sheet_version {number} NOT NULL,
    rule_digest VARCHAR NOT NULL,
    inputs_digest VARCHAR NOT NULL,
    engine VARCHAR NOT NULL,
    inputs VARCHAR NOT NULL,
    results VARCHAR NOT NULL,
    units {number} NOT NULL,
    scored {number} NOT NULL,
    blocked {number} NOT NULL,
    missing {number} NOT NULL,
    warnings {number} NOT NULL,
    supersedes {number},
    made_by {number} NOT NULL,
    made_at {moment} NOT NULL,
    CONSTRAINT pk_run PRIMARY KEY (id),
    CONSTRAINT uq_run_cycle_id_number UNIQUE (cycle_id, number),
    CONSTRAINT uq_run_order_id UNIQUE (order_id),
    CONSTRAINT fk_run_cycle_id_cycle FOREIGN KEY(cycle_id) REFERENCES cycle (id),
    CONSTRAINT fk_run_order_id_run_order FOREIGN KEY(order_id) REFERENCES run_order (id),
    CONSTRAINT fk_run_sheet_version_sheet_version FOREIGN KEY(sheet_version) REFERENCES sheet_version (id),
    CONSTRAINT fk_run_inputs_upload FOREIGN KEY(inputs) REFERENCES upload (sha256),
    CONSTRAINT fk_run_results_upload FOREIGN KEY(results) REFERENCES upload (sha256),
    CONSTRAINT fk_run_supersedes_run FOREIGN KEY(supersedes) REFERENCES run (id),
    CONSTRAINT fk_run_made_by_account FOREIGN KEY(made_by) REFERENCES account (id)
);

CREATE TABLE run_unit (
    run_id {number} NOT NULL,
    unit VARCHAR NOT NULL,
    place {number} NOT NULL,
    name_zh VARCHAR NOT NULL,
    name_en VARCHAR NOT NULL,
    group_id VARCHAR,
    state VARCHAR NOT NULL,
    total VARCHAR,
    base VARCHAR,
    grade VARCHAR,
    converted VARCHAR,
    total_millionths {number},
    rank {number},
    "of" {number},
    converted_millionths {number},
    best {number},
    worst {number},
    likely_best {number},
    likely_worst {number},
    adjustments JSON NOT NULL,
    CONSTRAINT pk_run_unit PRIMARY KEY (run_id, unit),
    CONSTRAINT fk_run_unit_run_id_run FOREIGN KEY(run_id) REFERENCES run (id)
);
CREATE INDEX ix_run_unit_run_id_group_id_rank ON run_unit (run_id, group_id, rank);

CREATE TABLE run_line (
    run_id {number} NOT NULL,
    unit VARCHAR NOT NULL,
    node VARCHAR NOT NULL,
    place {number} NOT NULL,
    score VARCHAR,
    millionths {number},
    "full" VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    facts JSON NOT NULL,
    CONSTRAINT pk_run_line PRIMARY KEY (run_id, unit, node),
    CONSTRAINT fk_run_line_run_id_run FOREIGN KEY(run_id) REFERENCES run (id)
);
CREATE INDEX ix_run_line_run_id_node ON run_line (run_id, node);

CREATE TABLE run_sentence (
    run_id {number} NOT NULL,
    number {number} NOT NULL,
    zh VARCHAR NOT NULL,
    en VARCHAR NOT NULL,
    CONSTRAINT pk_run_sentence PRIMARY KEY (run_id, number),
    CONSTRAINT fk_run_sentence_run_id_run FOREIGN KEY(run_id) REFERENCES run (id)
);

CREATE TABLE run_value (
    run_id {number} NOT NULL,
    unit VARCHAR NOT NULL,
    figure VARCHAR NOT NULL,
    year {number} NOT NULL,
    period VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    origin VARCHAR NOT NULL,
    value_id {number},
    CONSTRAINT pk_run_value PRIMARY KEY (run_id, unit, figure, year, period),
    CONSTRAINT fk_run_value_run_id_run FOREIGN KEY(run_id) REFERENCES run (id),
    CONSTRAINT fk_run_value_value_id_value FOREIGN KEY(value_id) REFERENCES value (id)
);

CREATE TABLE run_member (
    run_id {number} NOT NULL,
    unit VARCHAR NOT NULL,
    post VARCHAR NOT NULL,
    place {number} NOT NULL,
    points VARCHAR,
    millionths {number},
    CONSTRAINT pk_run_member PRIMARY KEY (run_id, unit, post),
    CONSTRAINT fk_run_member_run_id_run FOREIGN KEY(run_id) REFERENCES run (id)
);

CREATE TABLE run_warning (
    run_id {number} NOT NULL,
    number {number} NOT NULL,
    unit VARCHAR NOT NULL,
    about VARCHAR NOT NULL,
    clause VARCHAR NOT NULL,
    zh VARCHAR NOT NULL,
    en VARCHAR NOT NULL,
    CONSTRAINT pk_run_warning PRIMARY KEY (run_id, number),
    CONSTRAINT fk_run_warning_run_id_run FOREIGN KEY(run_id) REFERENCES run (id)
);

CREATE TABLE release (
    id {row_number} NOT NULL,
    cycle_id {number} NOT NULL,
    run_id {number} NOT NULL,
    standing VARCHAR NOT NULL,
    words VARCHAR NOT NULL,
    move_id {number},
    released_by {number} NOT NULL,
    released_at {moment} NOT NULL,
    CONSTRAINT pk_release PRIMARY KEY (id),
    CONSTRAINT fk_release_cycle_id_cycle FOREIGN KEY(cycle_id) REFERENCES cycle (id),
    CONSTRAINT fk_release_run_id_run FOREIGN KEY(run_id) REFERENCES run (id),
    CONSTRAINT fk_release_move_id_stage_move FOREIGN KEY(move_id) REFERENCES stage_move (id),
    CONSTRAINT fk_release_released_by_account FOREIGN KEY(released_by) REFERENCES account (id)
);
CREATE INDEX ix_release_cycle_id_standing ON release (cycle_id, standing);

CREATE TABLE seal_order (
    id {row_number} NOT NULL,
    cycle_id {number} NOT NULL,
    run_id {number} NOT NULL,
    edition {number} NOT NULL,
    replaces {number},
    reason VARCHAR NOT NULL,
    chance VARCHAR NOT NULL,
    log_head VARCHAR NOT NULL,
    address VARCHAR NOT NULL,
    job {number},
    asked_by {number} NOT NULL,
    asked_at {moment} NOT NULL,
    unissued VARCHAR,
    CONSTRAINT pk_seal_order PRIMARY KEY (id),
    CONSTRAINT fk_seal_order_cycle_id_cycle FOREIGN KEY(cycle_id) REFERENCES cycle (id),
    CONSTRAINT fk_seal_order_run_id_run FOREIGN KEY(run_id) REFERENCES run (id),
    CONSTRAINT fk_seal_order_asked_by_account FOREIGN KEY(asked_by) REFERENCES account (id)
);
CREATE INDEX ix_seal_order_cycle_id ON seal_order (cycle_id);

CREATE TABLE seal (
    id {row_number} NOT NULL,
    cycle_id {number} NOT NULL,
    edition {number} NOT NULL,
    order_id {number} NOT NULL,
    run_id {number} NOT NULL,
    certificates VARCHAR NOT NULL,
    kept_at {moment} NOT NULL,
    CONSTRAINT pk_seal PRIMARY KEY (id),
    CONSTRAINT uq_seal_cycle_id_edition UNIQUE (cycle_id, edition),
    CONSTRAINT uq_seal_order_id UNIQUE (order_id),
    CONSTRAINT fk_seal_cycle_id_cycle FOREIGN KEY(cycle_id) REFERENCES cycle (id),
    CONSTRAINT fk_seal_order_id_seal_order FOREIGN KEY(order_id) REFERENCES seal_order (id),
    CONSTRAINT fk_seal_run_id_run FOREIGN KEY(run_id) REFERENCES run (id)
);

CREATE TABLE sealed_document (
    id {row_number} NOT NULL,
    seal_id {number} NOT NULL,
    kind VARCHAR NOT NULL,
    unit VARCHAR NOT NULL,
    language VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL,
    size {number} NOT NULL,
    code VARCHAR NOT NULL,
    CONSTRAINT pk_sealed_document PRIMARY KEY (id),
    CONSTRAINT uq_sealed_document_seal_id_kind_unit_language UNIQUE (seal_id, kind, unit, language),
    CONSTRAINT uq_sealed_document_code UNIQUE (code),
    CONSTRAINT fk_sealed_document_seal_id_seal FOREIGN KEY(seal_id) REFERENCES seal (id),
    CONSTRAINT fk_sealed_document_sha256_upload FOREIGN KEY(sha256) REFERENCES upload (sha256)
);
CREATE INDEX ix_sealed_document_sha256 ON sealed_document (sha256);

CREATE TABLE check_look (
    id {row_number} NOT NULL,
    address VARCHAR NOT NULL,
    at {moment} NOT NULL,
    CONSTRAINT pk_check_look PRIMARY KEY (id)
);
CREATE INDEX ix_check_look_address_at ON check_look (address, at);

CREATE TABLE case_counter (
    cycle_id {number} NOT NULL,
    kind VARCHAR NOT NULL,
    last {number} NOT NULL,
    CONSTRAINT pk_case_counter PRIMARY KEY (cycle_id, kind),
    CONSTRAINT fk_case_counter_cycle_id_cycle FOREIGN KEY(cycle_id) REFERENCES cycle (id)
);

CREATE TABLE appeal (
    id {row_number} NOT NULL,
    cycle_id {number} NOT NULL,
    number {number} NOT NULL,
    unit VARCHAR NOT NULL,
    item VARCHAR NOT NULL,
    run_id {number} NOT NULL,
    what VARCHAR NOT NULL,
    cell VARCHAR NOT NULL,
    asked VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    lodged_by {number} NOT NULL,
    lodged_at {moment} NOT NULL,
    version {number} NOT NULL,
    CONSTRAINT pk_appeal PRIMARY KEY (id),
    CONSTRAINT uq_appeal_cycle_id_number UNIQUE (cycle_id, number),
    CONSTRAINT fk_appeal_cycle_id_cycle FOREIGN KEY(cycle_id) REFERENCES cycle (id),
    CONSTRAINT fk_appeal_run_id_run FOREIGN KEY(run_id) REFERENCES run (id),
    CONSTRAINT fk_appeal_lodged_by_account FOREIGN KEY(lodged_by) REFERENCES account (id)
);
CREATE INDEX ix_appeal_cycle_id_state ON appeal (cycle_id, state);
CREATE UNIQUE INDEX uq_appeal_open ON appeal (cycle_id, unit, item) WHERE state = 'lodged';

CREATE TABLE appeal_event (
    id {row_number} NOT NULL,
    appeal_id {number} NOT NULL,
    step VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    done_by {number} NOT NULL,
    done_at {moment} NOT NULL,
    CONSTRAINT pk_appeal_event PRIMARY KEY (id),
    CONSTRAINT fk_appeal_event_appeal_id_appeal FOREIGN KEY(appeal_id) REFERENCES appeal (id),
    CONSTRAINT fk_appeal_event_done_by_account FOREIGN KEY(done_by) REFERENCES account (id)
);
CREATE INDEX ix_appeal_event_appeal_id ON appeal_event (appeal_id);

CREATE TABLE correction (
    id {row_number} NOT NULL,
    cycle_id {number} NOT NULL,
    appeal_id {number},
    number {number},
    unit VARCHAR NOT NULL,
    item VARCHAR NOT NULL,
    outcome VARCHAR,
    reason VARCHAR NOT NULL,
    changes JSON NOT NULL,
    state VARCHAR NOT NULL,
    proposed_by {number} NOT NULL,
    proposed_at {moment} NOT NULL,
    decided_by {number},
    decided_at {moment},
    words VARCHAR NOT NULL,
    shown VARCHAR,
    effect JSON,
    version {number} NOT NULL,
    CONSTRAINT pk_correction PRIMARY KEY (id),
    CONSTRAINT uq_correction_cycle_id_number UNIQUE (cycle_id, number),
    CONSTRAINT fk_correction_cycle_id_cycle FOREIGN KEY(cycle_id) REFERENCES cycle (id),
    CONSTRAINT fk_correction_appeal_id_appeal FOREIGN KEY(appeal_id) REFERENCES appeal (id),
    CONSTRAINT fk_correction_proposed_by_account FOREIGN KEY(proposed_by) REFERENCES account (id),
    CONSTRAINT fk_correction_decided_by_account FOREIGN KEY(decided_by) REFERENCES account (id)
);
CREATE INDEX ix_correction_cycle_id_state ON correction (cycle_id, state);
CREATE INDEX ix_correction_appeal_id ON correction (appeal_id);

CREATE TABLE run_correction (
    run_id {number} NOT NULL,
    correction_id {number} NOT NULL,
    CONSTRAINT pk_run_correction PRIMARY KEY (run_id, correction_id),
    CONSTRAINT fk_run_correction_run_id_run FOREIGN KEY(run_id) REFERENCES run (id),
    CONSTRAINT fk_run_correction_correction_id_correction FOREIGN KEY(correction_id) REFERENCES correction (id)
);

CREATE TABLE archive_order (
    id {row_number} NOT NULL,
    cycle_id {number} NOT NULL,
    number {number} NOT NULL,
    log_last {number} NOT NULL,
    log_head VARCHAR NOT NULL,
    job {number},
    asked_by {number} NOT NULL,
    asked_at {moment} NOT NULL,
    CONSTRAINT pk_archive_order PRIMARY KEY (id),
    CONSTRAINT uq_archive_order_cycle_id_number UNIQUE (cycle_id, number),
    CONSTRAINT fk_archive_order_cycle_id_cycle FOREIGN KEY(cycle_id) REFERENCES cycle (id),
    CONSTRAINT fk_archive_order_asked_by_account FOREIGN KEY(asked_by) REFERENCES account (id)
);

CREATE TABLE archive (
    id {row_number} NOT NULL,
    order_id {number} NOT NULL,
    sha256 VARCHAR NOT NULL,
    size {number} NOT NULL,
    members {number} NOT NULL,
    kept_at {moment} NOT NULL,
    CONSTRAINT pk_archive PRIMARY KEY (id),
    CONSTRAINT uq_archive_order_id UNIQUE (order_id),
    CONSTRAINT fk_archive_order_id_archive_order FOREIGN KEY(order_id) REFERENCES archive_order (id),
    CONSTRAINT fk_archive_sha256_upload FOREIGN KEY(sha256) REFERENCES upload (sha256)
);

CREATE TABLE handover (
    id {row_number} NOT NULL,
    cycle_id {number} NOT NULL,
    number {number} NOT NULL,
    seal_id {number} NOT NULL,
    handed_by {number} NOT NULL,
    handed_at {moment} NOT NULL,
    CONSTRAINT pk_handover PRIMARY KEY (id),
    CONSTRAINT uq_handover_cycle_id_number UNIQUE (cycle_id, number),
    CONSTRAINT fk_handover_cycle_id_cycle FOREIGN KEY(cycle_id) REFERENCES cycle (id),
    CONSTRAINT fk_handover_seal_id_seal FOREIGN KEY(seal_id) REFERENCES seal (id),
    CONSTRAINT fk_handover_handed_by_account FOREIGN KEY(handed_by) REFERENCES account (id)
);

CREATE TABLE handover_file (
    id {row_number} NOT NULL,
    handover_id {number} NOT NULL,
    kind VARCHAR NOT NULL,
    language VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL,
    size {number} NOT NULL,
    CONSTRAINT pk_handover_file PRIMARY KEY (id),
    CONSTRAINT uq_handover_file_handover_id_kind_language UNIQUE (handover_id, kind, language),
    CONSTRAINT fk_handover_file_handover_id_handover FOREIGN KEY(handover_id) REFERENCES handover (id),
    CONSTRAINT fk_handover_file_sha256_upload FOREIGN KEY(sha256) REFERENCES upload (sha256)
);

CREATE TABLE handover_receipt (
    id {row_number} NOT NULL,
    handover_id {number} NOT NULL,
    account_id {number} NOT NULL,
    number {number} NOT NULL,
    at {moment} NOT NULL,
    CONSTRAINT pk_handover_receipt PRIMARY KEY (id),
    CONSTRAINT uq_handover_receipt_handover_id_account_id UNIQUE (handover_id, account_id),
    CONSTRAINT uq_handover_receipt_handover_id_number UNIQUE (handover_id, number),
    CONSTRAINT fk_handover_receipt_handover_id_handover FOREIGN KEY(handover_id) REFERENCES handover (id),
    CONSTRAINT fk_handover_receipt_account_id_account FOREIGN KEY(account_id) REFERENCES account (id)
);

CREATE TABLE month_day (
    id {row_number} NOT NULL,
    cycle_id {number} NOT NULL,
    day {number},
    set_by {number} NOT NULL,
    set_at {moment} NOT NULL,
    CONSTRAINT pk_month_day PRIMARY KEY (id),
    CONSTRAINT fk_month_day_cycle_id_cycle FOREIGN KEY(cycle_id) REFERENCES cycle (id),
    CONSTRAINT fk_month_day_set_by_account FOREIGN KEY(set_by) REFERENCES account (id)
);
CREATE INDEX ix_month_day_cycle_id ON month_day (cycle_id);

CREATE TABLE month_order (
    id {row_number} NOT NULL,
    cycle_id {number} NOT NULL,
    month VARCHAR NOT NULL,
    order_id {number} NOT NULL,
    CONSTRAINT pk_month_order PRIMARY KEY (id),
    CONSTRAINT uq_month_order_cycle_id_month UNIQUE (cycle_id, month),
    CONSTRAINT fk_month_order_cycle_id_cycle FOREIGN KEY(cycle_id) REFERENCES cycle (id),
    CONSTRAINT fk_month_order_order_id_run_order FOREIGN KEY(order_id) REFERENCES run_order (id)
);

CREATE TABLE download (
    id {row_number} NOT NULL,
    cycle_id {number} NOT NULL,
    release_id {number} NOT NULL,
    edition {number} NOT NULL,
    product VARCHAR NOT NULL,
    language VARCHAR NOT NULL,
    content VARCHAR NOT NULL,
    job {number},
    asked_by {number} NOT NULL,
    asked_at {moment} NOT NULL,
    sha256 VARCHAR,
    size {number},
    made_at {moment},
    CONSTRAINT pk_download PRIMARY KEY (id),
    CONSTRAINT uq_download_content UNIQUE (content),
    CONSTRAINT fk_download_cycle_id_cycle FOREIGN KEY(cycle_id) REFERENCES cycle (id),
    CONSTRAINT fk_download_release_id_release FOREIGN KEY(release_id) REFERENCES release (id),
    CONSTRAINT fk_download_asked_by_account FOREIGN KEY(asked_by) REFERENCES account (id),
    CONSTRAINT fk_download_sha256_upload FOREIGN KEY(sha256) REFERENCES upload (sha256)
);
CREATE INDEX ix_download_cycle_id ON download (cycle_id);

CREATE TABLE finding_count (
    cycle_id {number} NOT NULL,
    unit VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    domain VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    reckoned {number} NOT NULL,
    found {number} NOT NULL,
    returned {number} NOT NULL,
    repeated {number} NOT NULL,
    days {number} NOT NULL,
    CONSTRAINT pk_finding_count PRIMARY KEY (cycle_id, unit, kind, domain, source, reckoned),
    CONSTRAINT fk_finding_count_cycle_id_cycle FOREIGN KEY(cycle_id) REFERENCES cycle (id)
);

CREATE TABLE move_request (
    id {row_number} NOT NULL,
    version {number} NOT NULL,
    cycle_id {number} NOT NULL,
    origin VARCHAR NOT NULL,
    target VARCHAR NOT NULL,
    last_day DATE,
    run {number},
    reason VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    asked_by {number} NOT NULL,
    asked_at {moment} NOT NULL,
    decided_by {number},
    decided_at {moment},
    ruling VARCHAR,
    CONSTRAINT pk_move_request PRIMARY KEY (id),
    CONSTRAINT fk_move_request_cycle_id_cycle FOREIGN KEY(cycle_id) REFERENCES cycle (id),
    CONSTRAINT fk_move_request_run_run FOREIGN KEY(run) REFERENCES run (id),
    CONSTRAINT fk_move_request_asked_by_account FOREIGN KEY(asked_by) REFERENCES account (id),
    CONSTRAINT fk_move_request_decided_by_account FOREIGN KEY(decided_by) REFERENCES account (id)
);
CREATE INDEX ix_move_request_cycle_id ON move_request (cycle_id);
CREATE UNIQUE INDEX uq_move_request_open ON move_request (cycle_id) WHERE state = 'asked';

CREATE TABLE sign_in_failure (
    id {row_number} NOT NULL,
    username VARCHAR NOT NULL,
    address VARCHAR NOT NULL,
    at {moment} NOT NULL,
    browser VARCHAR DEFAULT '' NOT NULL,
    cleared BOOLEAN DEFAULT FALSE NOT NULL,
    CONSTRAINT pk_sign_in_failure PRIMARY KEY (id)
);
CREATE INDEX ix_sign_in_failure_address_at ON sign_in_failure (address, at);
CREATE INDEX ix_sign_in_failure_username_at ON sign_in_failure (username, at);
