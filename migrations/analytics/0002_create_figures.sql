-- Facts, the records behind them, and the sheets. A subject is a studio or, under the nil UUID and with no studio_id,
-- the whole organisation. No clock value, random id or order of arrival stands here: replayed, they are equal.

create table analytics.fact (
    owner_no int not null,
    period text not null,
    subject uuid not null,
    metric smallint not null,
    studio_id uuid,
    state smallint not null,
    missing smallint not null,
    numerator double precision,
    denominator double precision,
    value double precision,
    constraint fact_pkey primary key (owner_no, period, subject, metric)
);
alter table analytics.fact enable row level security;
alter table analytics.fact force row level security;
grant select, insert, delete on analytics.fact to banlian_analytics;
grant update (state, missing, numerator, denominator, value) on analytics.fact to banlian_analytics;

-- The lineage. A class may stand twice behind a share: with the days that count and with those that do not.
create table analytics.fact_record (
    owner_no int not null,
    period text not null,
    subject uuid not null,
    metric smallint not null,
    record_id uuid not null,
    counts boolean not null,
    studio_id uuid,
    record_kind smallint not null,
    weight double precision not null,
    constraint fact_record_pkey primary key (owner_no, period, subject, metric, record_id, counts)
);
alter table analytics.fact_record enable row level security;
alter table analytics.fact_record force row level security;
grant select, insert, delete on analytics.fact_record to banlian_analytics;
grant update (weight) on analytics.fact_record to banlian_analytics;

-- All figures of a subject in a period, packed by the metrics' slots.
create table analytics.sheet (
    owner_no int not null,
    period text not null,
    subject uuid not null,
    studio_id uuid,
    last_day date not null,
    as_of date not null,
    evidence smallint not null,
    figures bytea not null,
    constraint sheet_pkey primary key (owner_no, period, subject)
);
alter table analytics.sheet enable row level security;
alter table analytics.sheet force row level security;
grant select, insert, delete on analytics.sheet to banlian_analytics;
grant update (as_of, evidence, figures) on analytics.sheet to banlian_analytics;
