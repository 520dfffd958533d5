-- What studios keeps of tenancy's records: the newest state of each organisation and person, from their events.

create table studios.organisation (
    owner_no int not null,
    id uuid not null,
    name text not null,
    kind text not null,
    closed_on date,
    version int not null,
    constraint organisation_pkey primary key (owner_no)
);
create index organisation_name_idx on studios.organisation (name);
alter table studios.organisation enable row level security;
alter table studios.organisation force row level security;
grant select, insert on studios.organisation to banlian_studios;
grant update (name, kind, closed_on, version) on studios.organisation to banlian_studios;
comment on column studios.organisation.name is 'not personal: an organisation''s name';

-- Belongs to the person's home organisation. One who moved has a row under each home; the newest version counts.
create table studios.person (
    owner_no int not null,
    id uuid not null,
    name text not null,
    login text not null,
    pinyin text collate "C" not null,
    initials text collate "C" not null,
    home_name text not null,
    left_on date,
    version int not null,
    constraint person_pkey primary key (owner_no, id)
);
create index person_id_idx on studios.person (id);
create index person_login_idx on studios.person (login);
alter table studios.person enable row level security;
alter table studios.person force row level security;
grant select, insert on studios.person to banlian_studios;
grant update (name, login, pinyin, initials, home_name, left_on, version) on studios.person to banlian_studios;
comment on column studios.person.name is 'personal: purpose=naming members and owners of tasks; basis=necessary for the service; source=tenancy; retention=as long as the person is on record; minor=no';
comment on column studios.person.login is 'personal: purpose=adding a member by account name; basis=necessary for the service; source=tenancy; retention=as long as the person is on record; minor=no';
comment on column studios.person.pinyin is 'personal: purpose=sorting members by name; basis=necessary for the service; source=computed from the name; retention=as long as the person is on record; minor=no';
comment on column studios.person.initials is 'personal: purpose=finding members by initials; basis=necessary for the service; source=computed from the name; retention=as long as the person is on record; minor=no';
comment on column studios.person.home_name is 'not personal: an organisation''s name';
