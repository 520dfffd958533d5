create table studios.task (
    owner_no int not null,
    id uuid not null,
    studio_id uuid not null,
    plan_item_id uuid,
    title text not null,
    pinyin text collate "C" not null,
    owner_person_id uuid,
    due_on date not null,
    closed_on date,
    evidence_text text,
    evidence_link text,
    reason text,
    version int not null,
    constraint task_pkey primary key (owner_no, id),
    constraint task_studio_fkey foreign key (owner_no, studio_id) references studios.studio (owner_no, id) on delete restrict,
    constraint task_plan_item_fkey foreign key (owner_no, plan_item_id) references studios.plan_item (owner_no, id) on delete restrict,
    constraint task_closing_check check ((closed_on is null) = (evidence_text is null and evidence_link is null and reason is null))
);
create index task_id_idx on studios.task (id);
create index task_studio_idx on studios.task (studio_id, due_on);
create index task_plan_item_idx on studios.task (plan_item_id) where plan_item_id is not null;
create index task_open_idx on studios.task (studio_id, due_on) where closed_on is null;
create index task_owner_idx on studios.task (owner_person_id, due_on);
alter table studios.task enable row level security;
alter table studios.task force row level security;
grant select, insert on studios.task to banlian_studios;
grant update (plan_item_id, title, pinyin, owner_person_id, due_on, closed_on, evidence_text, evidence_link, reason, version)
    on studios.task to banlian_studios;
comment on column studios.task.owner_person_id is 'personal: purpose=keeping who does a task; basis=necessary for the service; source=the studio; retention=as long as the studio is on record; minor=no';
comment on column studios.task.title is 'personal: purpose=saying what is to be done, names included where they are typed; basis=necessary for the service; source=the studio; retention=as long as the studio is on record; minor=no';
comment on column studios.task.pinyin is 'personal: purpose=finding tasks by their title; basis=necessary for the service; source=computed from the title; retention=as long as the studio is on record; minor=no';
comment on column studios.task.evidence_text is 'personal: purpose=proving that a task was done, names included where they are typed; basis=necessary for the service; source=the studio; retention=as long as the studio is on record; minor=no';
comment on column studios.task.evidence_link is 'personal: purpose=proving that a task was done, with whatever the link leads to; basis=necessary for the service; source=the studio; retention=as long as the studio is on record; minor=no';
comment on column studios.task.reason is 'personal: purpose=saying why a task was closed without evidence, names included where they are typed; basis=necessary for the service; source=the studio; retention=as long as the studio is on record; minor=no';

-- What happened to a line: appended, never changed.
create table studios.task_history (
    owner_no int not null,
    id uuid not null,
    studio_id uuid not null,
    task_id uuid not null,
    at timestamptz not null,
    what text not null,
    person_id uuid,
    note text,
    constraint task_history_pkey primary key (owner_no, id),
    constraint task_history_task_fkey foreign key (owner_no, task_id) references studios.task (owner_no, id) on delete restrict,
    constraint task_history_what_check check (what in ('added', 'changed', 'closed', 'reopened'))
);
create index task_history_task_idx on studios.task_history (task_id, at);
create index task_history_person_idx on studios.task_history (person_id, studio_id);
alter table studios.task_history enable row level security;
alter table studios.task_history force row level security;
grant select, insert on studios.task_history to banlian_studios;
comment on column studios.task_history.person_id is 'personal: purpose=keeping who closed or reopened a task; basis=necessary for the service; source=the signed-in session; retention=as long as the studio is on record; minor=no';
comment on column studios.task_history.note is 'personal: purpose=keeping what changed, names of owners included; basis=necessary for the service; source=the studio; retention=as long as the studio is on record; minor=no';
