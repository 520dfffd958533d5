create table studios.plan_item (
    owner_no int not null,
    id uuid not null,
    studio_id uuid not null,
    school_year int not null,
    title text not null,
    owner_person_id uuid,
    deliverable text,
    due_on date,
    measure text,
    version int not null,
    constraint plan_item_pkey primary key (owner_no, id),
    constraint plan_item_studio_fkey foreign key (owner_no, studio_id) references studios.studio (owner_no, id) on delete restrict
);
create index plan_item_id_idx on studios.plan_item (id);
create index plan_item_studio_idx on studios.plan_item (studio_id, school_year);
alter table studios.plan_item enable row level security;
alter table studios.plan_item force row level security;
grant select, insert, delete on studios.plan_item to banlian_studios;
grant update (title, owner_person_id, deliverable, due_on, measure, version) on studios.plan_item to banlian_studios;
comment on column studios.plan_item.owner_person_id is 'personal: purpose=keeping who answers for a plan item; basis=necessary for the service; source=the studio; retention=as long as the studio is on record; minor=no';
comment on column studios.plan_item.title is 'personal: purpose=saying what is planned, names included where they are typed; basis=necessary for the service; source=the studio; retention=as long as the studio is on record; minor=no';
comment on column studios.plan_item.deliverable is 'personal: purpose=saying what is planned, names included where they are typed; basis=necessary for the service; source=the studio; retention=as long as the studio is on record; minor=no';
comment on column studios.plan_item.measure is 'personal: purpose=saying what is planned, names included where they are typed; basis=necessary for the service; source=the studio; retention=as long as the studio is on record; minor=no';
