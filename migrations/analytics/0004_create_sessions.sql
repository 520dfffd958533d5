-- Sessions of studios as analytics keeps them: the newest state of each, from their events. Only what was held counts.

create table analytics.session (
    owner_no int not null,
    id uuid not null,
    studio_id uuid not null,
    version int not null,
    on_day date not null,
    held boolean not null,
    functions text[] not null,
    joint boolean not null,
    attendance jsonb not null,
    constraint session_pkey primary key (owner_no, id)
);
create index session_day_idx on analytics.session (owner_no, studio_id, on_day);
alter table analytics.session enable row level security;
alter table analytics.session force row level security;
grant select, insert on analytics.session to banlian_analytics;
grant update (studio_id, version, on_day, held, functions, joint, attendance) on analytics.session to banlian_analytics;
comment on column analytics.session.functions is 'not personal: what a session serves, by codes';
comment on column analytics.session.attendance is 'personal: purpose=counting who came to a session, each person once; basis=necessary for the service; source=the attendance in studios; retention=as long as the session is on record; minor=no';
