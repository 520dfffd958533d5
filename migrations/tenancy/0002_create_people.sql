-- People, their accounts, sessions and grants.

create table tenancy.person (
    owner_no int not null,
    id uuid not null,
    name text not null,
    pinyin text not null,
    initials text not null,
    login text not null,
    phone text,
    left_on date,
    last_sign_in timestamptz,
    version int not null,
    constraint person_pkey primary key (owner_no, id)
);
create index person_id_idx on tenancy.person (id);
create index person_pinyin_idx on tenancy.person (owner_no, pinyin);
alter table tenancy.person enable row level security;
alter table tenancy.person force row level security;
grant select, insert on tenancy.person to banlian_tenancy;
grant update (name, pinyin, initials, phone, left_on, version) on tenancy.person to banlian_tenancy;
comment on column tenancy.person.name is 'personal: purpose=knowing who does what; basis=necessary for the service; source=the school or bureau; retention=while employed and 3 years; minor=no';
comment on column tenancy.person.pinyin is 'personal: purpose=finding people by name; basis=necessary for the service; source=derived from the name; retention=as the name; minor=no';
comment on column tenancy.person.initials is 'personal: purpose=finding people by name; basis=necessary for the service; source=derived from the name; retention=as the name; minor=no';
comment on column tenancy.person.login is 'personal: purpose=signing in; basis=necessary for the service; source=the school or bureau; retention=while employed and 3 years; minor=no';
comment on column tenancy.person.phone is 'personal: purpose=reaching a colleague at work; basis=consent; source=the school or bureau; retention=while employed; minor=no';

-- Account names are unique in the installation: reached only through keepers.
create table tenancy.account (
    login text not null,
    person_id uuid not null,
    person_no int not null,
    hash text,
    old_hashes text[] not null,
    must_change boolean not null,
    constraint account_pkey primary key (login)
);
create unique index account_person_idx on tenancy.account (person_id);
alter table tenancy.account enable row level security;
alter table tenancy.account force row level security;
comment on column tenancy.account.login is 'personal: purpose=signing in; basis=necessary for the service; source=the school or bureau; retention=while employed and 3 years; minor=no';
comment on column tenancy.account.person_id is 'personal: purpose=signing in; basis=necessary for the service; source=the school or bureau; retention=while employed and 3 years; minor=no';
comment on column tenancy.account.hash is 'personal: purpose=signing in; basis=necessary for the service; source=the person, as an argon2id hash; retention=while employed and 3 years; minor=no';
comment on column tenancy.account.old_hashes is 'personal: purpose=refusing a password used lately; basis=necessary for the service; source=the person, as argon2id hashes; retention=while employed and 3 years; minor=no';
comment on column tenancy.account.person_no is 'not personal: the number of the home organisation';

create table tenancy.sign_in_failure (
    login text not null,
    source text not null,
    at timestamptz not null,
    constraint sign_in_failure_pkey primary key (login, source, at)
);
create index sign_in_failure_at_idx on tenancy.sign_in_failure (at);
comment on column tenancy.sign_in_failure.login is 'personal: purpose=stopping guesses at passwords; basis=necessary for the service; source=the sign-in form; retention=1 day; minor=no';
comment on column tenancy.sign_in_failure.source is 'personal: purpose=stopping guesses at passwords; basis=necessary for the service; source=the network connection; retention=1 day; minor=no';

create table tenancy.session (
    person_id uuid not null,
    id uuid not null,
    token_hash bytea not null,
    started_at timestamptz not null,
    last_seen_at timestamptz not null,
    device text not null,
    source text not null,
    constraint session_pkey primary key (person_id, id)
);
create unique index session_token_idx on tenancy.session (token_hash);
alter table tenancy.session enable row level security;
alter table tenancy.session force row level security;
grant select, delete on tenancy.session to banlian_tenancy;
comment on column tenancy.session.person_id is 'personal: purpose=keeping a person signed in; basis=necessary for the service; source=the sign-in; retention=12 hours; minor=no';
comment on column tenancy.session.device is 'personal: purpose=letting a person recognise their sessions; basis=necessary for the service; source=the browser; retention=12 hours; minor=no';
comment on column tenancy.session.source is 'personal: purpose=letting a person recognise their sessions; basis=necessary for the service; source=the network connection; retention=12 hours; minor=no';

-- A role given to a person, on an organisation (owner_no) or on one of its studios.
create table tenancy.role_grant (
    owner_no int not null,
    id uuid not null,
    person_id uuid not null,
    person_name text not null,
    role text not null,
    studio_id uuid,
    studio_name text,
    valid_from date not null,
    valid_to date,
    revoked_at timestamptz,
    given_by text,
    version int not null,
    constraint role_grant_pkey primary key (owner_no, id)
);
create index role_grant_person_idx on tenancy.role_grant (person_id);
alter table tenancy.role_grant enable row level security;
alter table tenancy.role_grant force row level security;
grant select, insert on tenancy.role_grant to banlian_tenancy;
grant update (role, studio_name, valid_from, valid_to, revoked_at, version) on tenancy.role_grant to banlian_tenancy;
comment on column tenancy.role_grant.person_id is 'personal: purpose=knowing who may do what; basis=necessary for the service; source=the one who gave it; retention=3 years; minor=no';
comment on column tenancy.role_grant.person_name is 'personal: purpose=knowing who may do what; basis=necessary for the service; source=the person record; retention=3 years; minor=no';
comment on column tenancy.role_grant.studio_name is 'personal: purpose=choosing a role to act in; basis=necessary for the service; source=the studio, which is often named after its lead; retention=3 years; minor=no';
comment on column tenancy.role_grant.given_by is 'personal: purpose=accountability; basis=necessary for the service; source=the signed-in session; retention=3 years; minor=no';
