create table studios.session (
    owner_no int not null,
    id uuid not null,
    studio_id uuid not null,
    title text not null,
    pinyin text collate "C" not null,
    initials text collate "C" not null,
    starts_at timestamptz not null,
    minutes int,
    place text,
    functions text[] not null,
    activities text[] not null,
    joint boolean not null,
    state text not null,
    summary text,
    cancel_reason text,
    version int not null,
    constraint session_pkey primary key (owner_no, id),
    -- So that a line of attendance stands in the session's own studio.
    constraint session_studio_key unique (owner_no, studio_id, id),
    constraint session_studio_fkey foreign key (owner_no, studio_id) references studios.studio (owner_no, id) on delete restrict,
    constraint session_minutes_check check (minutes between 1 and 1440),
    constraint session_state_check check (state in ('planned', 'held', 'cancelled')),
    constraint session_cancel_reason_check check ((state = 'cancelled') = (cancel_reason is not null))
);
create index session_id_idx on studios.session (id);
create index session_studio_idx on studios.session (studio_id, starts_at);
alter table studios.session enable row level security;
alter table studios.session force row level security;
grant select, insert on studios.session to banlian_studios;
grant update (title, pinyin, initials, starts_at, minutes, place, functions, activities, joint, state, summary, cancel_reason, version)
    on studios.session to banlian_studios;
comment on column studios.session.title is 'personal: purpose=saying what a session is about, names included where they are typed; basis=necessary for the service; source=the studio; retention=as long as the studio is on record; minor=no';
comment on column studios.session.pinyin is 'personal: purpose=finding sessions by their title; basis=necessary for the service; source=computed from the title; retention=as long as the studio is on record; minor=no';
comment on column studios.session.initials is 'personal: purpose=finding sessions by initials; basis=necessary for the service; source=computed from the title; retention=as long as the studio is on record; minor=no';
comment on column studios.session.place is 'not personal: where a session is held';
comment on column studios.session.functions is 'not personal: what a session serves, as the standard''s terms';
comment on column studios.session.activities is 'not personal: what is done in a session, as the standard''s terms';
comment on column studios.session.summary is 'personal: purpose=keeping what was said and decided, names included where they are typed; basis=necessary for the service; source=the studio; retention=as long as the studio is on record; minor=no';
comment on column studios.session.cancel_reason is 'personal: purpose=saying why a session was cancelled, names included where they are typed; basis=necessary for the service; source=the studio; retention=as long as the studio is on record; minor=no';

-- Who was expected at a session, and who came, expected or not. A record made again takes the place of the one before.
create table studios.attendance (
    owner_no int not null,
    session_id uuid not null,
    studio_id uuid not null,
    person_id uuid not null,
    home_no int not null,
    expected boolean not null,
    present boolean not null,
    constraint attendance_pkey primary key (owner_no, session_id, person_id),
    constraint attendance_session_fkey foreign key (owner_no, studio_id, session_id)
        references studios.session (owner_no, studio_id, id) on delete restrict
);
create index attendance_session_idx on studios.attendance (session_id);
create index attendance_person_idx on studios.attendance (person_id, studio_id);
alter table studios.attendance enable row level security;
alter table studios.attendance force row level security;
grant select, insert, delete on studios.attendance to banlian_studios;
grant update (home_no, expected, present) on studios.attendance to banlian_studios;
comment on column studios.attendance.person_id is 'personal: purpose=keeping who came to a session; basis=necessary for the service; source=the studio; retention=as long as the studio is on record; minor=no';
