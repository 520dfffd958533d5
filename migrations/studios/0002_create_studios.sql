create table studios.studio (
    owner_no int not null,
    id uuid not null,
    name text not null,
    pinyin text collate "C" not null,
    initials text collate "C" not null,
    level text not null,
    stage text not null,
    mode text not null,
    leader_type text not null,
    founded_on date not null,
    closed_on date,
    last_activity timestamptz,
    version int not null,
    constraint studio_pkey primary key (owner_no, id),
    constraint studio_level_check check (level in ('school', 'county', 'city', 'province', 'nation')),
    constraint studio_mode_check check (mode in ('master_teacher', 'mentoring', 'modular_team', 'other')),
    constraint studio_leader_type_check check (leader_type in ('leading', 'coordinating')),
    constraint studio_closed_on_check check (closed_on >= founded_on)
);
-- A closed studio's name is free again.
create unique index studio_name_key on studios.studio (owner_no, name) where closed_on is null;
create index studio_id_idx on studios.studio (id);
alter table studios.studio enable row level security;
alter table studios.studio force row level security;
grant select, insert on studios.studio to banlian_studios;
grant update (name, pinyin, initials, level, stage, mode, leader_type, founded_on, closed_on, last_activity, version)
    on studios.studio to banlian_studios;
comment on column studios.studio.name is 'personal: purpose=naming a studio, often after the one who leads it; basis=necessary for the service; source=the studio or its school; retention=as long as the studio is on record; minor=no';
comment on column studios.studio.pinyin is 'personal: purpose=finding studios by name; basis=necessary for the service; source=computed from the name; retention=as long as the studio is on record; minor=no';
comment on column studios.studio.initials is 'personal: purpose=finding studios by initials; basis=necessary for the service; source=computed from the name; retention=as long as the studio is on record; minor=no';
