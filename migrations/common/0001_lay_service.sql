-- What every service has: its event log, inbox, audit, idempotency keys and imports.

create table {service}.event_log (
    owner_no int not null,
    id uuid not null,
    studio_id uuid,
    aggregate uuid not null,
    version int not null,
    kind text not null,
    payload jsonb not null,
    transaction_id xid8 not null default pg_current_xact_id(),
    recorded_at timestamptz not null,
    -- The W3C traceparent of the change: what consumers make of the event belongs to the same trace.
    trace text,
    constraint event_log_pkey primary key (owner_no, id, recorded_at),
    constraint event_log_aggregate_version_key unique (owner_no, aggregate, version, recorded_at)
) partition by range (recorded_at);
create table {service}.event_log_rest partition of {service}.event_log default;
alter table {service}.event_log_rest enable row level security;
alter table {service}.event_log_rest force row level security;
create index event_log_relay_idx on {service}.event_log (transaction_id, id);
alter table {service}.event_log enable row level security;
alter table {service}.event_log force row level security;
grant select (owner_no, id, studio_id, aggregate, version, kind, payload, transaction_id, recorded_at, trace) on {service}.event_log to banlian_{service};
grant insert (owner_no, id, studio_id, aggregate, version, kind, payload, recorded_at, trace) on {service}.event_log to banlian_{service};
comment on column {service}.event_log.payload is 'personal: purpose=telling other services what a record holds, names of people included; basis=necessary for the service; source=the record that changed; retention=as long as what is derived from it; minor=no';

-- How far the log was handed on; no tenant's, one row a way out.
create table {service}.relay_cursor (
    name text not null,
    transaction_id xid8 not null,
    event_id uuid not null,
    recorded_at timestamptz not null,
    constraint relay_cursor_pkey primary key (name)
);
grant select, insert, update on {service}.relay_cursor to banlian_{service};

-- Events of other services that were applied: each once.
create table {service}.inbox (
    owner_no int not null,
    consumer text not null,
    event_id uuid not null,
    constraint inbox_pkey primary key (owner_no, consumer, event_id)
);
alter table {service}.inbox enable row level security;
alter table {service}.inbox force row level security;
grant select, insert, delete on {service}.inbox to banlian_{service};

create table {service}.audit (
    owner_no int not null,
    id uuid not null,
    studio_id uuid,
    at timestamptz not null,
    person_id uuid,
    role text,
    action text not null,
    subject text not null,
    detail jsonb not null,
    request_id uuid not null,
    constraint audit_pkey primary key (owner_no, id)
);
create index audit_at_idx on {service}.audit (owner_no, at desc, id desc);
create index audit_person_idx on {service}.audit (person_id, at desc);
alter table {service}.audit enable row level security;
alter table {service}.audit force row level security;
grant select, insert on {service}.audit to banlian_{service};
comment on column {service}.audit.person_id is 'personal: purpose=accountability; basis=legal duty; source=the signed-in session; retention=3 years; minor=no';
comment on column {service}.audit.detail is 'not personal: which fields changed, by codes, days and ids';

-- Belongs to the person who sent it, whatever the hat.
create table {service}.idempotency (
    person_id uuid not null,
    key text not null,
    action text not null,
    body_hash bytea not null,
    reply jsonb,
    made_at timestamptz not null,
    constraint idempotency_pkey primary key (person_id, key)
);
create index idempotency_made_at_idx on {service}.idempotency (made_at);
alter table {service}.idempotency enable row level security;
alter table {service}.idempotency force row level security;
grant select, insert, delete on {service}.idempotency to banlian_{service};
grant update (reply) on {service}.idempotency to banlian_{service};
comment on column {service}.idempotency.person_id is 'personal: purpose=repeating a request safely; basis=necessary for the service; source=the signed-in session; retention=7 days; minor=no';
comment on column {service}.idempotency.reply is 'personal: purpose=giving the first answer to a repeated request; basis=necessary for the service; source=the answer, without one-time passwords; retention=7 days; minor=no';

create table {service}.import (
    owner_no int not null,
    id uuid not null,
    kind text not null,
    file_name text not null,
    file bytea not null,
    dry_run boolean not null,
    principal jsonb not null,
    state text not null constraint import_state_check check (state in ('queued', 'running', 'checked', 'done', 'faulty', 'failed')),
    rows int not null default 0,
    rows_done int not null default 0,
    created int not null default 0,
    changed int not null default 0,
    unchanged int not null default 0,
    faults int not null default 0,
    problem_zh text,
    problem_en text,
    error_file bytea,
    asked_by uuid not null,
    asked_at timestamptz not null,
    lease_until timestamptz,
    ended_at timestamptz,
    constraint import_pkey primary key (owner_no, id)
);
create index import_waiting_idx on {service}.import (asked_at) where state in ('queued', 'running');
create index import_asked_idx on {service}.import (owner_no, asked_at desc);
alter table {service}.import enable row level security;
alter table {service}.import force row level security;
grant select, insert on {service}.import to banlian_{service};
grant update (state, rows, rows_done, created, changed, unchanged, faults, problem_zh, problem_en, error_file, lease_until, ended_at)
    on {service}.import to banlian_{service};
comment on column {service}.import.asked_by is 'personal: purpose=accountability; basis=necessary for the service; source=the signed-in session; retention=3 years; minor=no';
comment on column {service}.import.file is 'personal: purpose=carrying out the import and its error file; basis=necessary for the service; source=the uploaded file; retention=90 days; minor=no';
comment on column {service}.import.file_name is 'personal: purpose=recognising an import in the list; basis=necessary for the service; source=the uploaded file; retention=3 years; minor=no';
comment on column {service}.import.error_file is 'personal: purpose=giving back the rows with what is wrong in them; basis=necessary for the service; source=the uploaded file; retention=90 days; minor=no';
comment on column {service}.import.principal is 'personal: purpose=carrying out the import under the rights of whoever asked; basis=necessary for the service; source=the signed-in session; retention=3 years; minor=no';
comment on column {service}.import.problem_zh is 'not personal: why a file could not be read';
comment on column {service}.import.problem_en is 'not personal: why a file could not be read';

grant usage on schema {service}, platform to banlian_{service};
grant execute on function platform.enter(text, text, text, text, text), platform.readable(), platform.writable(),
    platform.studios(), platform.studios_writable(), platform.person() to banlian_{service};
