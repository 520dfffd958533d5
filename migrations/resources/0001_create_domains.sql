-- The six domains in which resources are shared (六领域资源, indicator 3.4.1): the national core, no tenant's.

create table resources.domain (
    code text not null,
    place smallint not null,
    zh text not null,
    en text not null,
    constraint domain_pkey primary key (code),
    constraint domain_place_key unique (place)
);
grant select on resources.domain to banlian_resources;

insert into resources.domain (code, place, zh, en) values
    ('student_thinking', 1, '学生思想工作', 'Students'' thinking and values'),
    ('class_management', 2, '班级管理', 'Class management'),
    ('class_activities', 3, '组织班级活动', 'Organising class activities'),
    ('career_guidance', 4, '职业指导', 'Career guidance'),
    ('communication', 5, '沟通协调', 'Communication and coordination'),
    ('mental_health', 6, '心理健康教育', 'Mental health education');
comment on column resources.domain.zh is 'not personal: the domain''s name';
comment on column resources.domain.en is 'not personal: the domain''s name';
