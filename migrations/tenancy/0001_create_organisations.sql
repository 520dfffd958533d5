-- Organisations and their dated names, authorities, places and codes. `to_on` is the first day no longer covered.

create table tenancy.organisation (
    owner_no int not null,
    id uuid not null,
    kind text not null constraint organisation_kind_check check (kind in ('bureau', 'school', 'alliance')),
    level text constraint organisation_level_check check (level in ('province', 'city', 'county')),
    credit_code text,
    founded_on date not null,
    closed_on date,
    merged_into_no int,
    password_length int not null,
    version int not null,
    constraint organisation_pkey primary key (owner_no)
);
create index organisation_id_idx on tenancy.organisation (id);
alter table tenancy.organisation enable row level security;
alter table tenancy.organisation force row level security;
grant select, insert, update on tenancy.organisation to banlian_tenancy;

comment on column tenancy.organisation.password_length is 'not personal: the shortest password that is allowed';

create table tenancy.organisation_name (
    owner_no int not null,
    from_on date not null,
    to_on date,
    name text not null,
    pinyin text not null,
    initials text not null,
    constraint organisation_name_pkey primary key (owner_no, from_on),
    constraint organisation_name_owner_fkey foreign key (owner_no) references tenancy.organisation (owner_no) on delete cascade
);
create index organisation_name_pinyin_idx on tenancy.organisation_name (pinyin text_pattern_ops);
alter table tenancy.organisation_name enable row level security;
alter table tenancy.organisation_name force row level security;
grant select, insert, update on tenancy.organisation_name to banlian_tenancy;
comment on column tenancy.organisation_name.name is 'not personal: an organisation''s name';
comment on column tenancy.organisation_name.pinyin is 'not personal: an organisation''s name';
comment on column tenancy.organisation_name.initials is 'not personal: an organisation''s name';

create table tenancy.organisation_authority (
    owner_no int not null,
    from_on date not null,
    to_on date,
    parent_no int not null,
    constraint organisation_authority_pkey primary key (owner_no, from_on),
    constraint organisation_authority_owner_fkey foreign key (owner_no) references tenancy.organisation (owner_no) on delete cascade
);
create index organisation_authority_parent_idx on tenancy.organisation_authority (parent_no);
alter table tenancy.organisation_authority enable row level security;
alter table tenancy.organisation_authority force row level security;
grant select, insert, update on tenancy.organisation_authority to banlian_tenancy;

create table tenancy.organisation_place (
    owner_no int not null,
    from_on date not null,
    to_on date,
    code text not null constraint organisation_place_code_check check (code ~ '^[0-9]{6}$'),
    constraint organisation_place_pkey primary key (owner_no, from_on),
    constraint organisation_place_owner_fkey foreign key (owner_no) references tenancy.organisation (owner_no) on delete cascade
);
alter table tenancy.organisation_place enable row level security;
alter table tenancy.organisation_place force row level security;
grant select, insert, update on tenancy.organisation_place to banlian_tenancy;

create table tenancy.organisation_code (
    owner_no int not null,
    from_on date not null,
    to_on date,
    code text not null constraint organisation_code_form_check check (code ~ '^[0-9]{10}$'),
    constraint organisation_code_pkey primary key (owner_no, from_on),
    constraint organisation_code_owner_fkey foreign key (owner_no) references tenancy.organisation (owner_no) on delete cascade
);
alter table tenancy.organisation_code enable row level security;
alter table tenancy.organisation_code force row level security;
grant select, insert, update on tenancy.organisation_code to banlian_tenancy;

-- A bureau's blocks of numbers; `next` is the next one free.
create table tenancy.number_block (
    owner_no int not null,
    lo int not null,
    hi int not null,
    next int not null,
    constraint number_block_pkey primary key (owner_no, lo),
    constraint number_block_order_check check (lo <= next and next <= hi),
    constraint number_block_owner_fkey foreign key (owner_no) references tenancy.organisation (owner_no) on delete cascade
);
alter table tenancy.number_block enable row level security;
alter table tenancy.number_block force row level security;

-- Codes and who has them, whoever they belong to: reached only through keepers. `until` is the first day on which
-- another may take it: the holder is closed from then on, or has another code.
create table tenancy.live_code (
    code text not null,
    organisation_no int not null,
    until date,
    constraint live_code_pkey primary key (code)
);

-- GB/T 2260, as far as it is needed: names of places by code.
create table tenancy.place (
    code text not null constraint place_code_check check (code ~ '^[0-9]{6}$'),
    name text not null,
    constraint place_pkey primary key (code)
);
grant select on tenancy.place to banlian_tenancy;
comment on column tenancy.place.name is 'not personal: a place''s name';
insert into tenancy.place (code, name) values
    ('110000', '北京市'), ('120000', '天津市'), ('130000', '河北省'), ('140000', '山西省'), ('150000', '内蒙古自治区'),
    ('210000', '辽宁省'), ('220000', '吉林省'), ('230000', '黑龙江省'), ('310000', '上海市'), ('320000', '江苏省'),
    ('330000', '浙江省'), ('340000', '安徽省'), ('350000', '福建省'), ('360000', '江西省'), ('370000', '山东省'),
    ('410000', '河南省'), ('420000', '湖北省'), ('430000', '湖南省'), ('440000', '广东省'), ('450000', '广西壮族自治区'),
    ('460000', '海南省'), ('500000', '重庆市'), ('510000', '四川省'), ('520000', '贵州省'), ('530000', '云南省'),
    ('540000', '西藏自治区'), ('610000', '陕西省'), ('620000', '甘肃省'), ('630000', '青海省'), ('640000', '宁夏回族自治区'),
    ('650000', '新疆维吾尔自治区'), ('710000', '台湾省'), ('810000', '香港特别行政区'), ('820000', '澳门特别行政区'),
    ('539900', '云川市'), ('539921', '青禾县'), ('539922', '临江县'), ('539923', '东溪区'), ('539924', '石桥县'),
    ('539925', '华亭区'), ('539926', '云岭县');
