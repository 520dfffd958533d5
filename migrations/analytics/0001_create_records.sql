-- What analytics keeps of other services' records: the newest state of each, from their events.

create table analytics.class (
    owner_no int not null,
    id uuid not null,
    version int not null,
    opened_on date not null,
    closed_on date,
    assignments jsonb not null,
    constraint class_pkey primary key (owner_no, id)
);
alter table analytics.class enable row level security;
alter table analytics.class force row level security;
grant select, insert on analytics.class to banlian_analytics;
grant update (version, opened_on, closed_on, assignments) on analytics.class to banlian_analytics;
comment on column analytics.class.assignments is 'personal: purpose=counting the homeroom teachers of a class; basis=legal duty; source=the class register of tenancy; retention=as long as the class is on record; minor=no';

create table analytics.studio (
    owner_no int not null,
    id uuid not null,
    version int not null,
    founded_on date not null,
    closed_on date,
    constraint studio_pkey primary key (owner_no, id)
);
create index studio_id_idx on analytics.studio (id);
alter table analytics.studio enable row level security;
alter table analytics.studio force row level security;
grant select, insert on analytics.studio to banlian_analytics;
grant update (version, founded_on, closed_on) on analytics.studio to banlian_analytics;

create table analytics.membership (
    owner_no int not null,
    id uuid not null,
    studio_id uuid not null,
    version int not null,
    person_id uuid not null,
    home_no int not null,
    principal_category text not null,
    categories text[] not null,
    from_on date not null,
    to_on date,
    constraint membership_pkey primary key (owner_no, id)
);
alter table analytics.membership enable row level security;
alter table analytics.membership force row level security;
grant select, insert on analytics.membership to banlian_analytics;
grant update (studio_id, version, person_id, home_no, principal_category, categories, from_on, to_on)
    on analytics.membership to banlian_analytics;
comment on column analytics.membership.person_id is 'personal: purpose=counting each member once; basis=necessary for the service; source=the membership in studios; retention=as long as the membership is on record; minor=no';

create table analytics.task (
    owner_no int not null,
    id uuid not null,
    studio_id uuid not null,
    version int not null,
    due_on date not null,
    closed_on date,
    with_evidence boolean not null,
    constraint task_pkey primary key (owner_no, id)
);
create index task_due_idx on analytics.task (owner_no, studio_id, due_on);
alter table analytics.task enable row level security;
alter table analytics.task force row level security;
grant select, insert on analytics.task to banlian_analytics;
grant update (studio_id, version, due_on, closed_on, with_evidence) on analytics.task to banlian_analytics;
