create table studios.membership (
    owner_no int not null,
    id uuid not null,
    studio_id uuid not null,
    person_id uuid not null,
    home_no int not null,
    role text not null,
    categories text[] not null,
    principal_category text not null,
    from_on date not null,
    to_on date,
    version int not null,
    constraint membership_pkey primary key (owner_no, id),
    constraint membership_studio_fkey foreign key (owner_no, studio_id) references studios.studio (owner_no, id) on delete restrict,
    constraint membership_from_key unique (owner_no, studio_id, person_id, from_on),
    constraint membership_role_check check (role in ('lead', 'coordinator', 'member')),
    constraint membership_principal_check check (principal_category = any (categories)),
    constraint membership_to_check check (to_on >= from_on)
);
create index membership_id_idx on studios.membership (id);
create index membership_studio_idx on studios.membership (studio_id);
create index membership_person_idx on studios.membership (person_id);
alter table studios.membership enable row level security;
alter table studios.membership force row level security;
grant select, insert on studios.membership to banlian_studios;
grant update (home_no, role, categories, principal_category, to_on, version) on studios.membership to banlian_studios;
comment on column studios.membership.person_id is 'personal: purpose=keeping who belongs to a studio; basis=necessary for the service; source=the studio or its school; retention=as long as the studio is on record; minor=no';
