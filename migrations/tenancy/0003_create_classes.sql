-- Homeroom classes and who leads them.

create table tenancy.homeroom_class (
    owner_no int not null,
    id uuid not null,
    name text not null,
    cohort int not null,
    programme text not null,
    headcount int not null,
    opened_on date not null,
    closed_on date,
    version int not null,
    constraint homeroom_class_pkey primary key (owner_no, id),
    constraint homeroom_class_name_key unique (owner_no, cohort, name)
);
create index homeroom_class_id_idx on tenancy.homeroom_class (id);
alter table tenancy.homeroom_class enable row level security;
alter table tenancy.homeroom_class force row level security;
grant select, insert on tenancy.homeroom_class to banlian_tenancy;
grant update (name, programme, headcount, closed_on, version) on tenancy.homeroom_class to banlian_tenancy;
comment on column tenancy.homeroom_class.name is 'not personal: a class''s name';
comment on column tenancy.homeroom_class.programme is 'not personal: what the class learns';

create table tenancy.homeroom_assignment (
    owner_no int not null,
    id uuid not null,
    class_id uuid not null,
    person_id uuid not null,
    person_name text not null,
    kind text not null constraint homeroom_assignment_kind_check check (kind in ('principal', 'deputy', 'acting')),
    from_on date not null,
    to_on date,
    appointment text,
    end_reason text,
    constraint homeroom_assignment_pkey primary key (owner_no, id),
    constraint homeroom_assignment_class_fkey foreign key (owner_no, class_id)
        references tenancy.homeroom_class (owner_no, id) on delete cascade
);
create index homeroom_assignment_class_idx on tenancy.homeroom_assignment (owner_no, class_id);
create index homeroom_assignment_id_idx on tenancy.homeroom_assignment (id);
alter table tenancy.homeroom_assignment enable row level security;
alter table tenancy.homeroom_assignment force row level security;
grant select, insert on tenancy.homeroom_assignment to banlian_tenancy;
grant update (to_on, appointment, end_reason) on tenancy.homeroom_assignment to banlian_tenancy;
comment on column tenancy.homeroom_assignment.person_id is 'personal: purpose=knowing who leads a class; basis=necessary for the service; source=the school; retention=10 years; minor=no';
comment on column tenancy.homeroom_assignment.person_name is 'personal: purpose=knowing who leads a class; basis=necessary for the service; source=the person record; retention=10 years; minor=no';
comment on column tenancy.homeroom_assignment.appointment is 'personal: purpose=proving an appointment; basis=necessary for the service; source=the school; retention=10 years; minor=no';
comment on column tenancy.homeroom_assignment.end_reason is 'personal: purpose=telling turnover from graduation; basis=necessary for the service; source=the school; retention=10 years; minor=no';
