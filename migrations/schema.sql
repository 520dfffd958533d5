CREATE SCHEMA analytics;

ALTER SCHEMA analytics OWNER TO banlian_owner;

CREATE SCHEMA platform;

ALTER SCHEMA platform OWNER TO banlian_owner;

CREATE SCHEMA resources;

ALTER SCHEMA resources OWNER TO banlian_owner;

CREATE SCHEMA studios;

ALTER SCHEMA studios OWNER TO banlian_owner;

CREATE SCHEMA tenancy;

ALTER SCHEMA tenancy OWNER TO banlian_owner;

CREATE FUNCTION analytics.forget(of_consumer text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'analytics', 'pg_temp'
    AS $$
begin
    truncate analytics.class, analytics.studio, analytics.membership, analytics.task, analytics.session,
        analytics.fact, analytics.fact_record, analytics.sheet;
    delete from analytics.inbox where consumer = of_consumer;
end
$$;

ALTER FUNCTION analytics.forget(of_consumer text) OWNER TO banlian_owner;

CREATE TABLE analytics.event_log (
    owner_no integer NOT NULL,
    id uuid NOT NULL,
    studio_id uuid,
    aggregate uuid NOT NULL,
    version integer NOT NULL,
    kind text NOT NULL,
    payload jsonb NOT NULL,
    transaction_id xid8 DEFAULT pg_current_xact_id() NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    trace text
)
PARTITION BY RANGE (recorded_at);

ALTER TABLE ONLY analytics.event_log FORCE ROW LEVEL SECURITY;

ALTER TABLE analytics.event_log OWNER TO banlian_owner;

CREATE FUNCTION analytics.read_log(after_transaction xid8, after_id uuid, since timestamp with time zone, at_most integer) RETURNS SETOF analytics.event_log
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'analytics', 'pg_temp'
    AS $$
    -- Only below the oldest running transaction: what is still being written would be a gap.
    select * from analytics.event_log
    where (transaction_id, id) > (after_transaction, after_id)
      and transaction_id < pg_catalog.pg_snapshot_xmin(pg_catalog.pg_current_snapshot())
      and recorded_at >= since
    order by transaction_id, id
    limit at_most
$$;

ALTER FUNCTION analytics.read_log(after_transaction xid8, after_id uuid, since timestamp with time zone, at_most integer) OWNER TO banlian_owner;

CREATE FUNCTION analytics.stale_owners(today date, after_no integer, at_most integer) RETURNS SETOF integer
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'analytics', 'pg_temp'
    AS $$
    select s.owner_no from analytics.sheet s
    where s.owner_no > after_no and s.as_of < least(s.last_day, today)
    group by s.owner_no
    order by s.owner_no
    limit at_most
$$;

ALTER FUNCTION analytics.stale_owners(today date, after_no integer, at_most integer) OWNER TO banlian_owner;

CREATE FUNCTION analytics.sweep(now timestamp with time zone) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'analytics', 'pg_temp'
    AS $$
    delete from analytics.idempotency where made_at < now - interval '7 days';
    update analytics.import set file = '', error_file = null
    where ended_at < now - interval '90 days' and (file <> '' or error_file is not null)
$$;

ALTER FUNCTION analytics.sweep(now timestamp with time zone) OWNER TO banlian_owner;

CREATE TABLE analytics.import (
    owner_no integer NOT NULL,
    id uuid NOT NULL,
    kind text NOT NULL,
    file_name text NOT NULL,
    file bytea NOT NULL,
    dry_run boolean NOT NULL,
    principal jsonb NOT NULL,
    state text NOT NULL,
    rows integer DEFAULT 0 NOT NULL,
    rows_done integer DEFAULT 0 NOT NULL,
    created integer DEFAULT 0 NOT NULL,
    changed integer DEFAULT 0 NOT NULL,
    unchanged integer DEFAULT 0 NOT NULL,
    faults integer DEFAULT 0 NOT NULL,
    problem_zh text,
    problem_en text,
    error_file bytea,
    asked_by uuid NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    lease_until timestamp with time zone,
    ended_at timestamp with time zone,
    CONSTRAINT import_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'running'::text, 'checked'::text, 'done'::text, 'faulty'::text, 'failed'::text])))
);

ALTER TABLE ONLY analytics.import FORCE ROW LEVEL SECURITY;

ALTER TABLE analytics.import OWNER TO banlian_owner;

CREATE FUNCTION analytics.take_import(now timestamp with time zone, lease interval) RETURNS SETOF analytics.import
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'analytics', 'pg_temp'
    AS $$
    update analytics.import set state = 'running', lease_until = now + lease
    where (owner_no, id) = (
        select owner_no, id from analytics.import
        where state = 'queued' or (state = 'running' and lease_until < now)
        order by asked_at limit 1 for update skip locked
    )
    returning *
$$;

ALTER FUNCTION analytics.take_import(now timestamp with time zone, lease interval) OWNER TO banlian_owner;

CREATE FUNCTION platform.ensure_months(log regclass, around date) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'platform', 'pg_temp'
    AS $$
declare
    month date;
    name text;
    in_schema text;
    of_table text;
    kept boolean;
begin
    select n.nspname, c.relname into in_schema, of_table
    from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace where c.oid = log;
    for i in -1..18 loop
        month := (pg_catalog.date_trunc('month', around) + pg_catalog.make_interval(months => i))::date;
        name := of_table || '_' || pg_catalog.to_char(month, 'YYYYMM');
        execute format('select exists (select from %s where recorded_at >= %L and recorded_at < %L)',
            log, month, (month + interval '1 month')::date) into kept;
        if not kept and pg_catalog.to_regclass(format('%I.%I', in_schema, name)) is null then
            execute format('create table %I.%I partition of %s for values from (%L) to (%L)',
                in_schema, name, log, month, (month + interval '1 month')::date);
            execute format('alter table %I.%I enable row level security', in_schema, name);
            execute format('alter table %I.%I force row level security', in_schema, name);
        end if;
    end loop;
end
$$;

ALTER FUNCTION platform.ensure_months(log regclass, around date) OWNER TO banlian_owner;

CREATE FUNCTION platform.enter(readable text, writable text, studios text, studios_writable text, person text) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'platform', 'pg_temp'
    AS $$
begin
    perform readable::int4multirange, writable::int4multirange, studios::uuid[], studios_writable::uuid[];
    execute format('set local app.readable = %L', readable);
    execute format('set local app.writable = %L', writable);
    execute format('set local app.studios = %L', studios);
    execute format('set local app.studios_writable = %L', studios_writable);
    execute format('set local app.person = %L', person);
end
$$;

ALTER FUNCTION platform.enter(readable text, writable text, studios text, studios_writable text, person text) OWNER TO banlian_owner;

CREATE FUNCTION platform.person() RETURNS uuid
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ select nullif(current_setting('app.person', true), '')::uuid $$;

ALTER FUNCTION platform.person() OWNER TO banlian_owner;

CREATE FUNCTION platform.readable() RETURNS int4multirange
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ select coalesce(nullif(current_setting('app.readable', true), ''), '{}')::int4multirange $$;

ALTER FUNCTION platform.readable() OWNER TO banlian_owner;

CREATE FUNCTION platform.studios() RETURNS uuid[]
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ select coalesce(nullif(current_setting('app.studios', true), ''), '{}')::uuid[] $$;

ALTER FUNCTION platform.studios() OWNER TO banlian_owner;

CREATE FUNCTION platform.studios_writable() RETURNS uuid[]
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ select coalesce(nullif(current_setting('app.studios_writable', true), ''), '{}')::uuid[] $$;

ALTER FUNCTION platform.studios_writable() OWNER TO banlian_owner;

CREATE FUNCTION platform.writable() RETURNS int4multirange
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ select coalesce(nullif(current_setting('app.writable', true), ''), '{}')::int4multirange $$;

ALTER FUNCTION platform.writable() OWNER TO banlian_owner;

CREATE TABLE resources.event_log (
    owner_no integer NOT NULL,
    id uuid NOT NULL,
    studio_id uuid,
    aggregate uuid NOT NULL,
    version integer NOT NULL,
    kind text NOT NULL,
    payload jsonb NOT NULL,
    transaction_id xid8 DEFAULT pg_current_xact_id() NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    trace text
)
PARTITION BY RANGE (recorded_at);

ALTER TABLE ONLY resources.event_log FORCE ROW LEVEL SECURITY;

ALTER TABLE resources.event_log OWNER TO banlian_owner;

CREATE FUNCTION resources.read_log(after_transaction xid8, after_id uuid, since timestamp with time zone, at_most integer) RETURNS SETOF resources.event_log
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'resources', 'pg_temp'
    AS $$
    -- Only below the oldest running transaction: what is still being written would be a gap.
    select * from resources.event_log
    where (transaction_id, id) > (after_transaction, after_id)
      and transaction_id < pg_catalog.pg_snapshot_xmin(pg_catalog.pg_current_snapshot())
      and recorded_at >= since
    order by transaction_id, id
    limit at_most
$$;

ALTER FUNCTION resources.read_log(after_transaction xid8, after_id uuid, since timestamp with time zone, at_most integer) OWNER TO banlian_owner;

CREATE FUNCTION resources.sweep(now timestamp with time zone) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'resources', 'pg_temp'
    AS $$
    delete from resources.idempotency where made_at < now - interval '7 days';
    update resources.import set file = '', error_file = null
    where ended_at < now - interval '90 days' and (file <> '' or error_file is not null)
$$;

ALTER FUNCTION resources.sweep(now timestamp with time zone) OWNER TO banlian_owner;

CREATE TABLE resources.import (
    owner_no integer NOT NULL,
    id uuid NOT NULL,
    kind text NOT NULL,
    file_name text NOT NULL,
    file bytea NOT NULL,
    dry_run boolean NOT NULL,
    principal jsonb NOT NULL,
    state text NOT NULL,
    rows integer DEFAULT 0 NOT NULL,
    rows_done integer DEFAULT 0 NOT NULL,
    created integer DEFAULT 0 NOT NULL,
    changed integer DEFAULT 0 NOT NULL,
    unchanged integer DEFAULT 0 NOT NULL,
    faults integer DEFAULT 0 NOT NULL,
    problem_zh text,
    problem_en text,
    error_file bytea,
    asked_by uuid NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    lease_until timestamp with time zone,
    ended_at timestamp with time zone,
    CONSTRAINT import_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'running'::text, 'checked'::text, 'done'::text, 'faulty'::text, 'failed'::text])))
);

ALTER TABLE ONLY resources.import FORCE ROW LEVEL SECURITY;

ALTER TABLE resources.import OWNER TO banlian_owner;

CREATE FUNCTION resources.take_import(now timestamp with time zone, lease interval) RETURNS SETOF resources.import
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'resources', 'pg_temp'
    AS $$
    update resources.import set state = 'running', lease_until = now + lease
    where (owner_no, id) = (
        select owner_no, id from resources.import
        where state = 'queued' or (state = 'running' and lease_until < now)
        order by asked_at limit 1 for update skip locked
    )
    returning *
$$;

ALTER FUNCTION resources.take_import(now timestamp with time zone, lease interval) OWNER TO banlian_owner;

CREATE FUNCTION studios.find_people(logins text[], today date) RETURNS TABLE(login text, id uuid, name text, home_no integer, home_name text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'studios', 'pg_temp'
    AS $$
    select p.login, p.id, p.name, p.owner_no, coalesce(o.name, p.home_name)
    from studios.person p left join studios.organisation o on o.owner_no = p.owner_no
    where p.login = any (logins) and (p.left_on is null or p.left_on > today)
      and not exists (select from studios.person newer where newer.id = p.id and newer.version > p.version)
$$;

ALTER FUNCTION studios.find_people(logins text[], today date) OWNER TO banlian_owner;

CREATE FUNCTION studios.name_people(people uuid[]) RETURNS TABLE(id uuid, name text, pinyin text, home_no integer, home_name text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'studios', 'pg_temp'
    AS $$
    select distinct on (p.id) p.id, p.name, p.pinyin, p.owner_no, coalesce(o.name, p.home_name)
    from studios.person p left join studios.organisation o on o.owner_no = p.owner_no
    where p.id = any (people)
      and ((select platform.readable()) @> p.owner_no
        or p.id = (select platform.person())
        or exists (select from studios.membership m where m.person_id = p.id
            and ((select platform.readable()) @> m.owner_no or m.studio_id = any ((select platform.studios())::uuid[])))
        or exists (select from studios.task_history h where h.person_id = p.id
            and ((select platform.readable()) @> h.owner_no or h.studio_id = any ((select platform.studios())::uuid[])))
        or exists (select from studios.attendance a where a.person_id = p.id
            and ((select platform.readable()) @> a.owner_no or a.studio_id = any ((select platform.studios())::uuid[]))))
    order by p.id, p.version desc
$$;

ALTER FUNCTION studios.name_people(people uuid[]) OWNER TO banlian_owner;

CREATE TABLE studios.event_log (
    owner_no integer NOT NULL,
    id uuid NOT NULL,
    studio_id uuid,
    aggregate uuid NOT NULL,
    version integer NOT NULL,
    kind text NOT NULL,
    payload jsonb NOT NULL,
    transaction_id xid8 DEFAULT pg_current_xact_id() NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    trace text
)
PARTITION BY RANGE (recorded_at);

ALTER TABLE ONLY studios.event_log FORCE ROW LEVEL SECURITY;

ALTER TABLE studios.event_log OWNER TO banlian_owner;

CREATE FUNCTION studios.read_log(after_transaction xid8, after_id uuid, since timestamp with time zone, at_most integer) RETURNS SETOF studios.event_log
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'studios', 'pg_temp'
    AS $$
    -- Only below the oldest running transaction: what is still being written would be a gap.
    select * from studios.event_log
    where (transaction_id, id) > (after_transaction, after_id)
      and transaction_id < pg_catalog.pg_snapshot_xmin(pg_catalog.pg_current_snapshot())
      and recorded_at >= since
    order by transaction_id, id
    limit at_most
$$;

ALTER FUNCTION studios.read_log(after_transaction xid8, after_id uuid, since timestamp with time zone, at_most integer) OWNER TO banlian_owner;

CREATE FUNCTION studios.sweep(now timestamp with time zone) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'studios', 'pg_temp'
    AS $$
    delete from studios.idempotency where made_at < now - interval '7 days';
    update studios.import set file = '', error_file = null
    where ended_at < now - interval '90 days' and (file <> '' or error_file is not null)
$$;

ALTER FUNCTION studios.sweep(now timestamp with time zone) OWNER TO banlian_owner;

CREATE TABLE studios.import (
    owner_no integer NOT NULL,
    id uuid NOT NULL,
    kind text NOT NULL,
    file_name text NOT NULL,
    file bytea NOT NULL,
    dry_run boolean NOT NULL,
    principal jsonb NOT NULL,
    state text NOT NULL,
    rows integer DEFAULT 0 NOT NULL,
    rows_done integer DEFAULT 0 NOT NULL,
    created integer DEFAULT 0 NOT NULL,
    changed integer DEFAULT 0 NOT NULL,
    unchanged integer DEFAULT 0 NOT NULL,
    faults integer DEFAULT 0 NOT NULL,
    problem_zh text,
    problem_en text,
    error_file bytea,
    asked_by uuid NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    lease_until timestamp with time zone,
    ended_at timestamp with time zone,
    CONSTRAINT import_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'running'::text, 'checked'::text, 'done'::text, 'faulty'::text, 'failed'::text])))
);

ALTER TABLE ONLY studios.import FORCE ROW LEVEL SECURITY;

ALTER TABLE studios.import OWNER TO banlian_owner;

CREATE FUNCTION studios.take_import(now timestamp with time zone, lease interval) RETURNS SETOF studios.import
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'studios', 'pg_temp'
    AS $$
    update studios.import set state = 'running', lease_until = now + lease
    where (owner_no, id) = (
        select owner_no, id from studios.import
        where state = 'queued' or (state = 'running' and lease_until < now)
        order by asked_at limit 1 for update skip locked
    )
    returning *
$$;

ALTER FUNCTION studios.take_import(now timestamp with time zone, lease interval) OWNER TO banlian_owner;

CREATE FUNCTION tenancy.above(leaf integer, on_day date) RETURNS SETOF integer
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'tenancy', 'pg_temp'
    AS $$
    with recursive chain (no) as (
        select leaf
        union
        select a.parent_no from chain join tenancy.organisation_authority a on a.owner_no = chain.no
        where (a.to_on is null or a.to_on > on_day) and (a.from_on <= on_day or not exists (
            select from tenancy.organisation_authority e where e.owner_no = a.owner_no and e.from_on < a.from_on))
    )
    select no from chain
$$;

ALTER FUNCTION tenancy.above(leaf integer, on_day date) OWNER TO banlian_owner;

CREATE FUNCTION tenancy.account_of(wanted text, today date) RETURNS TABLE(person_id uuid, hash text, must_change boolean)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'tenancy', 'pg_temp'
    AS $$
    select a.person_id, a.hash, a.must_change from tenancy.account a
    join tenancy.person p on p.owner_no = a.person_no and p.id = a.person_id
    where a.login = wanted and (p.left_on is null or p.left_on > today)
$$;

ALTER FUNCTION tenancy.account_of(wanted text, today date) OWNER TO banlian_owner;

CREATE FUNCTION tenancy.below(root integer, on_day date) RETURNS SETOF integer
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'tenancy', 'pg_temp'
    AS $$
    with recursive tree (no) as (
        select root
        union
        select a.owner_no from tree join tenancy.organisation_authority a on a.parent_no = tree.no
        where (a.to_on is null or a.to_on > on_day) and (a.from_on <= on_day or not exists (
            select from tenancy.organisation_authority e where e.owner_no = a.owner_no and e.from_on < a.from_on))
    )
    select no from tree
$$;

ALTER FUNCTION tenancy.below(root integer, on_day date) OWNER TO banlian_owner;

CREATE FUNCTION tenancy.claim_code(claimed text, no integer, from_day date) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'tenancy', 'pg_temp'
    AS $$
begin
    if not (select platform.writable()) @> no then
        return false;
    end if;
    insert into tenancy.live_code as c (code, organisation_no) values (claimed, no)
    on conflict (code) do update set organisation_no = excluded.organisation_no, until = null
        where c.organisation_no = excluded.organisation_no or c.until <= from_day;
    return exists (select from tenancy.live_code c where c.code = claimed and c.organisation_no = no and c.until is null);
end
$$;

ALTER FUNCTION tenancy.claim_code(claimed text, no integer, from_day date) OWNER TO banlian_owner;

CREATE FUNCTION tenancy.covered(root integer, on_day date) RETURNS int4multirange
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'tenancy', 'pg_temp'
    AS $$
    with mine as (select no from tenancy.below(root, on_day) no),
    blocks as (
        select coalesce(pg_catalog.range_agg(int4range(b.lo, b.hi)), '{}'::int4multirange) as r
        from tenancy.number_block b join mine on mine.no = b.owner_no
    ),
    away as (
        select coalesce(pg_catalog.range_agg(int4range(o.owner_no, o.owner_no + 1)), '{}'::int4multirange) as r
        from tenancy.organisation o, blocks
        where blocks.r @> o.owner_no and o.owner_no not in (select no from mine)
    ),
    foreign_blocks as (
        select coalesce(pg_catalog.range_agg(int4range(b.lo, b.hi)), '{}'::int4multirange) as r
        from tenancy.number_block b, blocks
        where blocks.r @> b.lo and b.owner_no not in (select no from mine)
    ),
    held as (select coalesce(pg_catalog.range_agg(int4range(no, no + 1)), '{}'::int4multirange) as r from mine)
    select (blocks.r - away.r - foreign_blocks.r) + held.r from blocks, away, foreign_blocks, held
$$;

ALTER FUNCTION tenancy.covered(root integer, on_day date) OWNER TO banlian_owner;

CREATE FUNCTION tenancy.find_people(logins text[]) RETURNS TABLE(login text, id uuid, no integer, name text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'tenancy', 'pg_temp'
    AS $$
    select a.login, a.person_id, a.person_no, p.name from tenancy.account a
    join tenancy.person p on p.owner_no = a.person_no and p.id = a.person_id
    where a.login = any (logins) and (select platform.readable()) @> a.person_no
$$;

ALTER FUNCTION tenancy.find_people(logins text[]) OWNER TO banlian_owner;

CREATE FUNCTION tenancy.free_codes(no integer, kept text[], from_day date) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'tenancy', 'pg_temp'
    AS $$
    update tenancy.live_code c set until = from_day
    where c.organisation_no = no and c.until is null and not c.code = any (kept) and (select platform.writable()) @> no
$$;

ALTER FUNCTION tenancy.free_codes(no integer, kept text[], from_day date) OWNER TO banlian_owner;

CREATE FUNCTION tenancy.give_block(bureau integer, lo integer, hi integer) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'tenancy', 'pg_temp'
    AS $$
    insert into tenancy.number_block (owner_no, lo, hi, next)
    select bureau, lo, hi, lo + 1 where (select platform.writable()) @> bureau and bureau = lo
$$;

ALTER FUNCTION tenancy.give_block(bureau integer, lo integer, hi integer) OWNER TO banlian_owner;

CREATE FUNCTION tenancy.grants_standing_on(nos integer[], on_day date) RETURNS TABLE(person_id uuid, person_name text, role text, no integer)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'tenancy', 'pg_temp'
    AS $$
    select g.person_id, coalesce(p.name, g.person_name), g.role, g.owner_no
    from tenancy.role_grant g left join tenancy.person p on p.id = g.person_id
    where g.owner_no = any (nos) and g.studio_id is null and (p.left_on is null or p.left_on > on_day)
      and g.valid_from <= on_day and (g.valid_to is null or g.valid_to >= on_day)
      and (g.revoked_at is null or (g.revoked_at at time zone 'Asia/Shanghai')::date > on_day)
$$;

ALTER FUNCTION tenancy.grants_standing_on(nos integer[], on_day date) OWNER TO banlian_owner;

CREATE FUNCTION tenancy.locked_until(wanted text, from_source text, now timestamp with time zone) RETURNS timestamp with time zone
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'tenancy', 'pg_temp'
    AS $$
    select max(f.at) + interval '15 minutes' from (
        select at, lag(at, 4) over (order by at) as first from tenancy.sign_in_failure
        where login = wanted and source = from_source and at > now - interval '25 minutes'
    ) f where f.at > now - interval '15 minutes' and f.first >= f.at - interval '10 minutes'
$$;

ALTER FUNCTION tenancy.locked_until(wanted text, from_source text, now timestamp with time zone) OWNER TO banlian_owner;

CREATE FUNCTION tenancy.locks(now timestamp with time zone) RETURNS TABLE(login text, until timestamp with time zone)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'tenancy', 'pg_temp'
    AS $$
    select f.login, max(f.at) + interval '15 minutes' from (
        select e.login, e.at, lag(e.at, 4) over (partition by e.login, e.source order by e.at) as first
        from tenancy.sign_in_failure e join tenancy.account a on a.login = e.login and (select platform.readable()) @> a.person_no
        where e.at > now - interval '25 minutes'
    ) f where f.at > now - interval '15 minutes' and f.first >= f.at - interval '10 minutes' group by f.login
$$;

ALTER FUNCTION tenancy.locks(now timestamp with time zone) OWNER TO banlian_owner;

CREATE FUNCTION tenancy.make_accounts(logins text[], people uuid[], nos integer[]) RETURNS SETOF text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'tenancy', 'pg_temp'
    AS $$
begin
    insert into tenancy.account (login, person_id, person_no, old_hashes, must_change)
    select l, p, n, '{}', true from unnest(logins, people, nos) a (l, p, n) where (select platform.writable()) @> n
    on conflict do nothing;
    return query select l from unnest(logins, people) a (l, p)
        where not exists (select from tenancy.account t where t.login = l and t.person_id = p);
end
$$;

ALTER FUNCTION tenancy.make_accounts(logins text[], people uuid[], nos integer[]) OWNER TO banlian_owner;

CREATE FUNCTION tenancy.name_organisations(nos integer[], on_day date) RETURNS TABLE(no integer, id uuid, name text, kind text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'tenancy', 'pg_temp'
    AS $$
    select o.owner_no, o.id, n.name, o.kind from tenancy.organisation o
    join lateral (select name from tenancy.organisation_name n where n.owner_no = o.owner_no
        order by (n.from_on <= on_day) desc, case when n.from_on <= on_day then n.from_on end desc, n.from_on limit 1) n on true
    where o.owner_no = any (nos)
$$;

ALTER FUNCTION tenancy.name_organisations(nos integer[], on_day date) OWNER TO banlian_owner;

CREATE FUNCTION tenancy.name_people(people uuid[]) RETURNS TABLE(id uuid, name text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'tenancy', 'pg_temp'
    AS $$
    select p.id, p.name from tenancy.person p where p.id = any (people) and (
        (select platform.readable()) @> p.owner_no or p.id = (select platform.person())
        or exists (select from tenancy.role_grant g where g.person_id = p.id and (select platform.readable()) @> g.owner_no))
$$;

ALTER FUNCTION tenancy.name_people(people uuid[]) OWNER TO banlian_owner;

CREATE FUNCTION tenancy.note_failure(wanted text, from_source text, now timestamp with time zone) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'tenancy', 'pg_temp'
    AS $$
begin
    perform tenancy.queue_attempt(wanted, from_source);
    if tenancy.locked_until(wanted, from_source, now) is not null then
        return false;
    end if;
    delete from tenancy.sign_in_failure where at < now - interval '1 day';
    insert into tenancy.sign_in_failure (login, source, at)
    select wanted, from_source, greatest(now, max(f.at) + interval '1 microsecond') from tenancy.sign_in_failure f
    where f.login = wanted and f.source = from_source;
    return true;
end
$$;

ALTER FUNCTION tenancy.note_failure(wanted text, from_source text, now timestamp with time zone) OWNER TO banlian_owner;

CREATE FUNCTION tenancy.outranks(person uuid, today date) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'tenancy', 'pg_temp'
    AS $$
    select not exists (select from tenancy.role_grant g where g.person_id = person and g.studio_id is null and g.revoked_at is null
        and (g.valid_to is null or g.valid_to >= today) and not (select platform.writable()) @> g.owner_no)
$$;

ALTER FUNCTION tenancy.outranks(person uuid, today date) OWNER TO banlian_owner;

CREATE FUNCTION tenancy.own_hashes() RETURNS TABLE(hash text, old_hashes text[], person_no integer, login text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'tenancy', 'pg_temp'
    AS $$ select a.hash, a.old_hashes, a.person_no, a.login from tenancy.account a where a.person_id = (select platform.person()) $$;

ALTER FUNCTION tenancy.own_hashes() OWNER TO banlian_owner;

CREATE FUNCTION tenancy.password_length(no integer, today date) RETURNS integer
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'tenancy', 'pg_temp'
    AS $$ select coalesce(max(o.password_length), 12) from tenancy.above(no, today) n join tenancy.organisation o on o.owner_no = n $$;

ALTER FUNCTION tenancy.password_length(no integer, today date) OWNER TO banlian_owner;

CREATE FUNCTION tenancy.queue_attempt(wanted text, from_source text) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'tenancy', 'pg_temp'
    AS $$ select pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended(wanted || E'\n' || from_source, 4713)) $$;

ALTER FUNCTION tenancy.queue_attempt(wanted text, from_source text) OWNER TO banlian_owner;

CREATE TABLE tenancy.event_log (
    owner_no integer NOT NULL,
    id uuid NOT NULL,
    studio_id uuid,
    aggregate uuid NOT NULL,
    version integer NOT NULL,
    kind text NOT NULL,
    payload jsonb NOT NULL,
    transaction_id xid8 DEFAULT pg_current_xact_id() NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    trace text
)
PARTITION BY RANGE (recorded_at);

ALTER TABLE ONLY tenancy.event_log FORCE ROW LEVEL SECURITY;

ALTER TABLE tenancy.event_log OWNER TO banlian_owner;

CREATE FUNCTION tenancy.read_log(after_transaction xid8, after_id uuid, since timestamp with time zone, at_most integer) RETURNS SETOF tenancy.event_log
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'tenancy', 'pg_temp'
    AS $$
    -- Only below the oldest running transaction: what is still being written would be a gap.
    select * from tenancy.event_log
    where (transaction_id, id) > (after_transaction, after_id)
      and transaction_id < pg_catalog.pg_snapshot_xmin(pg_catalog.pg_current_snapshot())
      and recorded_at >= since
    order by transaction_id, id
    limit at_most
$$;

ALTER FUNCTION tenancy.read_log(after_transaction xid8, after_id uuid, since timestamp with time zone, at_most integer) OWNER TO banlian_owner;

CREATE FUNCTION tenancy.reset_hash(person uuid, fresh text) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'tenancy', 'pg_temp'
    AS $$
declare
    found text;
begin
    update tenancy.account a set old_hashes = case when a.hash is null then a.old_hashes else (a.hash || a.old_hashes)[1:5] end,
        hash = fresh, must_change = true
    where a.person_id = person and (select platform.writable()) @> a.person_no returning a.login into found;
    if found is not null then
        delete from tenancy.session s where s.person_id = person;
        delete from tenancy.sign_in_failure f where f.login = found;
    end if;
    return found;
end
$$;

ALTER FUNCTION tenancy.reset_hash(person uuid, fresh text) OWNER TO banlian_owner;

CREATE FUNCTION tenancy.resume(token bytea, now timestamp with time zone, today date, look boolean) RETURNS TABLE(session_id uuid, person_id uuid, name text, login text, must_change boolean, grants jsonb)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'tenancy', 'pg_temp'
    AS $$
declare
    found_person uuid;
begin
    select s.person_id into found_person from tenancy.session s where s.token_hash = token
        and s.started_at > now - interval '12 hours' and s.last_seen_at > now - interval '30 minutes';
    if found_person is null then
        return;
    end if;
    update tenancy.session s set last_seen_at = now where s.token_hash = token and s.last_seen_at < now - interval '1 minute' and not look;
    return query
        select s.id, p.id, p.name, p.login, a.must_change, coalesce((
            select pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('id', g.id, 'role', g.role, 'no', g.owner_no, 'organisation', o.id,
                'kind', o.kind, 'name', n.name, 'studio', g.studio_id, 'studio_name', g.studio_name) order by g.valid_from, g.id)
            from tenancy.role_grant g join tenancy.organisation o on o.owner_no = g.owner_no
            cross join lateral tenancy.name_organisations(array[g.owner_no], today) n
            where g.person_id = p.id and g.revoked_at is null and g.valid_from <= today and (g.valid_to is null or g.valid_to >= today)
        ), '[]'::jsonb)
        from tenancy.session s join tenancy.account a on a.person_id = s.person_id
        join tenancy.person p on p.owner_no = a.person_no and p.id = s.person_id
        where s.token_hash = token and (p.left_on is null or p.left_on > today);
end
$$;

ALTER FUNCTION tenancy.resume(token bytea, now timestamp with time zone, today date, look boolean) OWNER TO banlian_owner;

CREATE FUNCTION tenancy.roles_held(person uuid, today date) RETURNS SETOF text
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'tenancy', 'pg_temp'
    AS $$
    select g.role from tenancy.role_grant g
    where g.person_id = person and g.revoked_at is null and (g.valid_to is null or g.valid_to >= today)
$$;

ALTER FUNCTION tenancy.roles_held(person uuid, today date) OWNER TO banlian_owner;

CREATE FUNCTION tenancy.set_own_hash(fresh text, present text, kept_session uuid) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'tenancy', 'pg_temp'
    AS $$
begin
    update tenancy.account a set old_hashes = (a.hash || a.old_hashes)[1:5], hash = fresh, must_change = false
    where a.person_id = (select platform.person()) and a.hash = present;
    if not found then
        return false;
    end if;
    delete from tenancy.session s where s.person_id = (select platform.person()) and s.id <> kept_session;
    return true;
end
$$;

ALTER FUNCTION tenancy.set_own_hash(fresh text, present text, kept_session uuid) OWNER TO banlian_owner;

CREATE FUNCTION tenancy.start_session(person uuid, session uuid, token bytea, now timestamp with time zone, from_device text, from_source text, wanted text) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'tenancy', 'pg_temp'
    AS $$
begin
    perform tenancy.queue_attempt(wanted, from_source);
    if tenancy.locked_until(wanted, from_source, now) is not null then
        return false;
    end if;
    delete from tenancy.sign_in_failure f where f.login = wanted and f.source = from_source;
    -- Everybody's that are over: nothing else forgets the sessions of those who do not come again.
    delete from tenancy.session s where (s.person_id, s.id) in (
        select o.person_id, o.id from tenancy.session o
        where o.started_at < now - interval '12 hours' or o.last_seen_at < now - interval '30 minutes' for update skip locked);
    update tenancy.person p set last_sign_in = now where p.id = person;
    insert into tenancy.session (person_id, id, token_hash, started_at, last_seen_at, device, source)
    values (person, session, token, now, now, from_device, from_source);
    return true;
end
$$;

ALTER FUNCTION tenancy.start_session(person uuid, session uuid, token bytea, now timestamp with time zone, from_device text, from_source text, wanted text) OWNER TO banlian_owner;

CREATE FUNCTION tenancy.sweep(now timestamp with time zone) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'tenancy', 'pg_temp'
    AS $$
    delete from tenancy.idempotency where made_at < now - interval '7 days';
    update tenancy.import set file = '', error_file = null
    where ended_at < now - interval '90 days' and (file <> '' or error_file is not null)
$$;

ALTER FUNCTION tenancy.sweep(now timestamp with time zone) OWNER TO banlian_owner;

CREATE TABLE tenancy.import (
    owner_no integer NOT NULL,
    id uuid NOT NULL,
    kind text NOT NULL,
    file_name text NOT NULL,
    file bytea NOT NULL,
    dry_run boolean NOT NULL,
    principal jsonb NOT NULL,
    state text NOT NULL,
    rows integer DEFAULT 0 NOT NULL,
    rows_done integer DEFAULT 0 NOT NULL,
    created integer DEFAULT 0 NOT NULL,
    changed integer DEFAULT 0 NOT NULL,
    unchanged integer DEFAULT 0 NOT NULL,
    faults integer DEFAULT 0 NOT NULL,
    problem_zh text,
    problem_en text,
    error_file bytea,
    asked_by uuid NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    lease_until timestamp with time zone,
    ended_at timestamp with time zone,
    CONSTRAINT import_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'running'::text, 'checked'::text, 'done'::text, 'faulty'::text, 'failed'::text])))
);

ALTER TABLE ONLY tenancy.import FORCE ROW LEVEL SECURITY;

ALTER TABLE tenancy.import OWNER TO banlian_owner;

CREATE FUNCTION tenancy.take_import(now timestamp with time zone, lease interval) RETURNS SETOF tenancy.import
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'tenancy', 'pg_temp'
    AS $$
    update tenancy.import set state = 'running', lease_until = now + lease
    where (owner_no, id) = (
        select owner_no, id from tenancy.import
        where state = 'queued' or (state = 'running' and lease_until < now)
        order by asked_at limit 1 for update skip locked
    )
    returning *
$$;

ALTER FUNCTION tenancy.take_import(now timestamp with time zone, lease interval) OWNER TO banlian_owner;

CREATE FUNCTION tenancy.take_numbers(bureau integer, size integer, overflow integer) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'tenancy', 'pg_temp'
    AS $$
declare
    first int;
begin
    if not (select platform.writable()) @> bureau then
        return null;
    end if;
    perform pg_catalog.pg_advisory_xact_lock(4711);
    update tenancy.number_block b set next = b.next + size
    where (b.owner_no, b.lo) = (select c.owner_no, c.lo from tenancy.number_block c
        where c.owner_no = bureau and c.hi - c.next >= size order by c.lo limit 1)
    returning b.next - size into first;
    if first is null and overflow >= size then
        select coalesce(max(b.hi), 1) into first from tenancy.number_block b;
        if first > 2000000000 then
            return null;
        end if;
        insert into tenancy.number_block (owner_no, lo, hi, next) values (bureau, first, first + overflow, first + size);
    end if;
    return first;
end
$$;

ALTER FUNCTION tenancy.take_numbers(bureau integer, size integer, overflow integer) OWNER TO banlian_owner;

CREATE TABLE analytics._migrations (
    version bigint NOT NULL,
    description text NOT NULL,
    installed_on timestamp with time zone DEFAULT now() NOT NULL,
    success boolean NOT NULL,
    checksum bytea NOT NULL,
    execution_time bigint NOT NULL
);

ALTER TABLE analytics._migrations OWNER TO banlian_owner;

CREATE TABLE analytics.audit (
    owner_no integer NOT NULL,
    id uuid NOT NULL,
    studio_id uuid,
    at timestamp with time zone NOT NULL,
    person_id uuid,
    role text,
    action text NOT NULL,
    subject text NOT NULL,
    detail jsonb NOT NULL,
    request_id uuid NOT NULL
);

ALTER TABLE ONLY analytics.audit FORCE ROW LEVEL SECURITY;

ALTER TABLE analytics.audit OWNER TO banlian_owner;

CREATE TABLE analytics.class (
    owner_no integer NOT NULL,
    id uuid NOT NULL,
    version integer NOT NULL,
    opened_on date NOT NULL,
    closed_on date,
    assignments jsonb NOT NULL
);

ALTER TABLE ONLY analytics.class FORCE ROW LEVEL SECURITY;

ALTER TABLE analytics.class OWNER TO banlian_owner;

CREATE TABLE analytics.event_log_rest (
    owner_no integer NOT NULL,
    id uuid NOT NULL,
    studio_id uuid,
    aggregate uuid NOT NULL,
    version integer NOT NULL,
    kind text NOT NULL,
    payload jsonb NOT NULL,
    transaction_id xid8 DEFAULT pg_current_xact_id() NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    trace text
);

ALTER TABLE ONLY analytics.event_log_rest FORCE ROW LEVEL SECURITY;

ALTER TABLE analytics.event_log_rest OWNER TO banlian_owner;

CREATE TABLE analytics.fact (
    owner_no integer NOT NULL,
    period text NOT NULL,
    subject uuid NOT NULL,
    metric smallint NOT NULL,
    studio_id uuid,
    state smallint NOT NULL,
    missing smallint NOT NULL,
    numerator double precision,
    denominator double precision,
    value double precision
);

ALTER TABLE ONLY analytics.fact FORCE ROW LEVEL SECURITY;

ALTER TABLE analytics.fact OWNER TO banlian_owner;

CREATE TABLE analytics.fact_record (
    owner_no integer NOT NULL,
    period text NOT NULL,
    subject uuid NOT NULL,
    metric smallint NOT NULL,
    record_id uuid NOT NULL,
    counts boolean NOT NULL,
    studio_id uuid,
    record_kind smallint NOT NULL,
    weight double precision NOT NULL
);

ALTER TABLE ONLY analytics.fact_record FORCE ROW LEVEL SECURITY;

ALTER TABLE analytics.fact_record OWNER TO banlian_owner;

CREATE TABLE analytics.idempotency (
    person_id uuid NOT NULL,
    key text NOT NULL,
    action text NOT NULL,
    body_hash bytea NOT NULL,
    reply jsonb,
    made_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY analytics.idempotency FORCE ROW LEVEL SECURITY;

ALTER TABLE analytics.idempotency OWNER TO banlian_owner;

CREATE TABLE analytics.inbox (
    owner_no integer NOT NULL,
    consumer text NOT NULL,
    event_id uuid NOT NULL
);

ALTER TABLE ONLY analytics.inbox FORCE ROW LEVEL SECURITY;

ALTER TABLE analytics.inbox OWNER TO banlian_owner;

CREATE TABLE analytics.membership (
    owner_no integer NOT NULL,
    id uuid NOT NULL,
    studio_id uuid NOT NULL,
    version integer NOT NULL,
    person_id uuid NOT NULL,
    home_no integer NOT NULL,
    principal_category text NOT NULL,
    categories text[] NOT NULL,
    from_on date NOT NULL,
    to_on date
);

ALTER TABLE ONLY analytics.membership FORCE ROW LEVEL SECURITY;

ALTER TABLE analytics.membership OWNER TO banlian_owner;

CREATE TABLE analytics.relay_cursor (
    name text NOT NULL,
    transaction_id xid8 NOT NULL,
    event_id uuid NOT NULL,
    recorded_at timestamp with time zone NOT NULL
);

ALTER TABLE analytics.relay_cursor OWNER TO banlian_owner;

CREATE TABLE analytics.session (
    owner_no integer NOT NULL,
    id uuid NOT NULL,
    studio_id uuid NOT NULL,
    version integer NOT NULL,
    on_day date NOT NULL,
    held boolean NOT NULL,
    functions text[] NOT NULL,
    joint boolean NOT NULL,
    attendance jsonb NOT NULL
);

ALTER TABLE ONLY analytics.session FORCE ROW LEVEL SECURITY;

ALTER TABLE analytics.session OWNER TO banlian_owner;

CREATE TABLE analytics.sheet (
    owner_no integer NOT NULL,
    period text NOT NULL,
    subject uuid NOT NULL,
    studio_id uuid,
    last_day date NOT NULL,
    as_of date NOT NULL,
    evidence smallint NOT NULL,
    figures bytea NOT NULL
);

ALTER TABLE ONLY analytics.sheet FORCE ROW LEVEL SECURITY;

ALTER TABLE analytics.sheet OWNER TO banlian_owner;

CREATE TABLE analytics.studio (
    owner_no integer NOT NULL,
    id uuid NOT NULL,
    version integer NOT NULL,
    founded_on date NOT NULL,
    closed_on date
);

ALTER TABLE ONLY analytics.studio FORCE ROW LEVEL SECURITY;

ALTER TABLE analytics.studio OWNER TO banlian_owner;

CREATE TABLE analytics.task (
    owner_no integer NOT NULL,
    id uuid NOT NULL,
    studio_id uuid NOT NULL,
    version integer NOT NULL,
    due_on date NOT NULL,
    closed_on date,
    with_evidence boolean NOT NULL
);

ALTER TABLE ONLY analytics.task FORCE ROW LEVEL SECURITY;

ALTER TABLE analytics.task OWNER TO banlian_owner;

CREATE TABLE platform._migrations (
    version bigint NOT NULL,
    description text NOT NULL,
    installed_on timestamp with time zone DEFAULT now() NOT NULL,
    success boolean NOT NULL,
    checksum bytea NOT NULL,
    execution_time bigint NOT NULL
);

ALTER TABLE platform._migrations OWNER TO banlian_owner;

CREATE TABLE resources._migrations (
    version bigint NOT NULL,
    description text NOT NULL,
    installed_on timestamp with time zone DEFAULT now() NOT NULL,
    success boolean NOT NULL,
    checksum bytea NOT NULL,
    execution_time bigint NOT NULL
);

ALTER TABLE resources._migrations OWNER TO banlian_owner;

CREATE TABLE resources.audit (
    owner_no integer NOT NULL,
    id uuid NOT NULL,
    studio_id uuid,
    at timestamp with time zone NOT NULL,
    person_id uuid,
    role text,
    action text NOT NULL,
    subject text NOT NULL,
    detail jsonb NOT NULL,
    request_id uuid NOT NULL
);

ALTER TABLE ONLY resources.audit FORCE ROW LEVEL SECURITY;

ALTER TABLE resources.audit OWNER TO banlian_owner;

CREATE TABLE resources.domain (
    code text NOT NULL,
    place smallint NOT NULL,
    zh text NOT NULL,
    en text NOT NULL
);

ALTER TABLE resources.domain OWNER TO banlian_owner;

CREATE TABLE resources.event_log_rest (
    owner_no integer NOT NULL,
    id uuid NOT NULL,
    studio_id uuid,
    aggregate uuid NOT NULL,
    version integer NOT NULL,
    kind text NOT NULL,
    payload jsonb NOT NULL,
    transaction_id xid8 DEFAULT pg_current_xact_id() NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    trace text
);

ALTER TABLE ONLY resources.event_log_rest FORCE ROW LEVEL SECURITY;

ALTER TABLE resources.event_log_rest OWNER TO banlian_owner;

CREATE TABLE resources.idempotency (
    person_id uuid NOT NULL,
    key text NOT NULL,
    action text NOT NULL,
    body_hash bytea NOT NULL,
    reply jsonb,
    made_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY resources.idempotency FORCE ROW LEVEL SECURITY;

ALTER TABLE resources.idempotency OWNER TO banlian_owner;

CREATE TABLE resources.inbox (
    owner_no integer NOT NULL,
    consumer text NOT NULL,
    event_id uuid NOT NULL
);

ALTER TABLE ONLY resources.inbox FORCE ROW LEVEL SECURITY;

ALTER TABLE resources.inbox OWNER TO banlian_owner;

CREATE TABLE resources.relay_cursor (
    name text NOT NULL,
    transaction_id xid8 NOT NULL,
    event_id uuid NOT NULL,
    recorded_at timestamp with time zone NOT NULL
);

ALTER TABLE resources.relay_cursor OWNER TO banlian_owner;

CREATE TABLE studios._migrations (
    version bigint NOT NULL,
    description text NOT NULL,
    installed_on timestamp with time zone DEFAULT now() NOT NULL,
    success boolean NOT NULL,
    checksum bytea NOT NULL,
    execution_time bigint NOT NULL
);

ALTER TABLE studios._migrations OWNER TO banlian_owner;

CREATE TABLE studios.attendance (
    owner_no integer NOT NULL,
    session_id uuid NOT NULL,
    studio_id uuid NOT NULL,
    person_id uuid NOT NULL,
    home_no integer NOT NULL,
    expected boolean NOT NULL,
    present boolean NOT NULL
);

ALTER TABLE ONLY studios.attendance FORCE ROW LEVEL SECURITY;

ALTER TABLE studios.attendance OWNER TO banlian_owner;

CREATE TABLE studios.audit (
    owner_no integer NOT NULL,
    id uuid NOT NULL,
    studio_id uuid,
    at timestamp with time zone NOT NULL,
    person_id uuid,
    role text,
    action text NOT NULL,
    subject text NOT NULL,
    detail jsonb NOT NULL,
    request_id uuid NOT NULL
);

ALTER TABLE ONLY studios.audit FORCE ROW LEVEL SECURITY;

ALTER TABLE studios.audit OWNER TO banlian_owner;

CREATE TABLE studios.event_log_rest (
    owner_no integer NOT NULL,
    id uuid NOT NULL,
    studio_id uuid,
    aggregate uuid NOT NULL,
    version integer NOT NULL,
    kind text NOT NULL,
    payload jsonb NOT NULL,
    transaction_id xid8 DEFAULT pg_current_xact_id() NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    trace text
);

ALTER TABLE ONLY studios.event_log_rest FORCE ROW LEVEL SECURITY;

ALTER TABLE studios.event_log_rest OWNER TO banlian_owner;

CREATE TABLE studios.idempotency (
    person_id uuid NOT NULL,
    key text NOT NULL,
    action text NOT NULL,
    body_hash bytea NOT NULL,
    reply jsonb,
    made_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY studios.idempotency FORCE ROW LEVEL SECURITY;

ALTER TABLE studios.idempotency OWNER TO banlian_owner;

CREATE TABLE studios.inbox (
    owner_no integer NOT NULL,
    consumer text NOT NULL,
    event_id uuid NOT NULL
);

ALTER TABLE ONLY studios.inbox FORCE ROW LEVEL SECURITY;

ALTER TABLE studios.inbox OWNER TO banlian_owner;

CREATE TABLE studios.membership (
    owner_no integer NOT NULL,
    id uuid NOT NULL,
    studio_id uuid NOT NULL,
    person_id uuid NOT NULL,
    home_no integer NOT NULL,
    role text NOT NULL,
    categories text[] NOT NULL,
    principal_category text NOT NULL,
    from_on date NOT NULL,
    to_on date,
    version integer NOT NULL,
    CONSTRAINT membership_principal_check CHECK ((principal_category = ANY (categories))),
    CONSTRAINT membership_role_check CHECK ((role = ANY (ARRAY['lead'::text, 'coordinator'::text, 'member'::text]))),
    CONSTRAINT membership_to_check CHECK ((to_on >= from_on))
);

ALTER TABLE ONLY studios.membership FORCE ROW LEVEL SECURITY;

ALTER TABLE studios.membership OWNER TO banlian_owner;

CREATE TABLE studios.organisation (
    owner_no integer NOT NULL,
    id uuid NOT NULL,
    name text NOT NULL,
    kind text NOT NULL,
    closed_on date,
    version integer NOT NULL
);

ALTER TABLE ONLY studios.organisation FORCE ROW LEVEL SECURITY;

ALTER TABLE studios.organisation OWNER TO banlian_owner;

CREATE TABLE studios.person (
    owner_no integer NOT NULL,
    id uuid NOT NULL,
    name text NOT NULL,
    login text NOT NULL,
    pinyin text NOT NULL COLLATE pg_catalog."C",
    initials text NOT NULL COLLATE pg_catalog."C",
    home_name text NOT NULL,
    left_on date,
    version integer NOT NULL
);

ALTER TABLE ONLY studios.person FORCE ROW LEVEL SECURITY;

ALTER TABLE studios.person OWNER TO banlian_owner;

CREATE TABLE studios.plan_item (
    owner_no integer NOT NULL,
    id uuid NOT NULL,
    studio_id uuid NOT NULL,
    school_year integer NOT NULL,
    title text NOT NULL,
    owner_person_id uuid,
    deliverable text,
    due_on date,
    measure text,
    version integer NOT NULL
);

ALTER TABLE ONLY studios.plan_item FORCE ROW LEVEL SECURITY;

ALTER TABLE studios.plan_item OWNER TO banlian_owner;

CREATE TABLE studios.relay_cursor (
    name text NOT NULL,
    transaction_id xid8 NOT NULL,
    event_id uuid NOT NULL,
    recorded_at timestamp with time zone NOT NULL
);

ALTER TABLE studios.relay_cursor OWNER TO banlian_owner;

CREATE TABLE studios.session (
    owner_no integer NOT NULL,
    id uuid NOT NULL,
    studio_id uuid NOT NULL,
    title text NOT NULL,
    pinyin text NOT NULL COLLATE pg_catalog."C",
    initials text NOT NULL COLLATE pg_catalog."C",
    starts_at timestamp with time zone NOT NULL,
    minutes integer,
    place text,
    functions text[] NOT NULL,
    activities text[] NOT NULL,
    joint boolean NOT NULL,
    state text NOT NULL,
    summary text,
    cancel_reason text,
    version integer NOT NULL,
    CONSTRAINT session_cancel_reason_check CHECK (((state = 'cancelled'::text) = (cancel_reason IS NOT NULL))),
    CONSTRAINT session_minutes_check CHECK (((minutes >= 1) AND (minutes <= 1440))),
    CONSTRAINT session_state_check CHECK ((state = ANY (ARRAY['planned'::text, 'held'::text, 'cancelled'::text])))
);

ALTER TABLE ONLY studios.session FORCE ROW LEVEL SECURITY;

ALTER TABLE studios.session OWNER TO banlian_owner;

CREATE TABLE studios.studio (
    owner_no integer NOT NULL,
    id uuid NOT NULL,
    name text NOT NULL,
    pinyin text NOT NULL COLLATE pg_catalog."C",
    initials text NOT NULL COLLATE pg_catalog."C",
    level text NOT NULL,
    stage text NOT NULL,
    mode text NOT NULL,
    leader_type text NOT NULL,
    founded_on date NOT NULL,
    closed_on date,
    last_activity timestamp with time zone,
    version integer NOT NULL,
    CONSTRAINT studio_closed_on_check CHECK ((closed_on >= founded_on)),
    CONSTRAINT studio_leader_type_check CHECK ((leader_type = ANY (ARRAY['leading'::text, 'coordinating'::text]))),
    CONSTRAINT studio_level_check CHECK ((level = ANY (ARRAY['school'::text, 'county'::text, 'city'::text, 'province'::text, 'nation'::text]))),
    CONSTRAINT studio_mode_check CHECK ((mode = ANY (ARRAY['master_teacher'::text, 'mentoring'::text, 'modular_team'::text, 'other'::text])))
);

ALTER TABLE ONLY studios.studio FORCE ROW LEVEL SECURITY;

ALTER TABLE studios.studio OWNER TO banlian_owner;

CREATE TABLE studios.task (
    owner_no integer NOT NULL,
    id uuid NOT NULL,
    studio_id uuid NOT NULL,
    plan_item_id uuid,
    title text NOT NULL,
    pinyin text NOT NULL COLLATE pg_catalog."C",
    owner_person_id uuid,
    due_on date NOT NULL,
    closed_on date,
    evidence_text text,
    evidence_link text,
    reason text,
    version integer NOT NULL,
    CONSTRAINT task_closing_check CHECK (((closed_on IS NULL) = ((evidence_text IS NULL) AND (evidence_link IS NULL) AND (reason IS NULL))))
);

ALTER TABLE ONLY studios.task FORCE ROW LEVEL SECURITY;

ALTER TABLE studios.task OWNER TO banlian_owner;

CREATE TABLE studios.task_history (
    owner_no integer NOT NULL,
    id uuid NOT NULL,
    studio_id uuid NOT NULL,
    task_id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    what text NOT NULL,
    person_id uuid,
    note text,
    CONSTRAINT task_history_what_check CHECK ((what = ANY (ARRAY['added'::text, 'changed'::text, 'closed'::text, 'reopened'::text])))
);

ALTER TABLE ONLY studios.task_history FORCE ROW LEVEL SECURITY;

ALTER TABLE studios.task_history OWNER TO banlian_owner;

CREATE TABLE tenancy._migrations (
    version bigint NOT NULL,
    description text NOT NULL,
    installed_on timestamp with time zone DEFAULT now() NOT NULL,
    success boolean NOT NULL,
    checksum bytea NOT NULL,
    execution_time bigint NOT NULL
);

ALTER TABLE tenancy._migrations OWNER TO banlian_owner;

CREATE TABLE tenancy.account (
    login text NOT NULL,
    person_id uuid NOT NULL,
    person_no integer NOT NULL,
    hash text,
    old_hashes text[] NOT NULL,
    must_change boolean NOT NULL
);

ALTER TABLE ONLY tenancy.account FORCE ROW LEVEL SECURITY;

ALTER TABLE tenancy.account OWNER TO banlian_owner;

CREATE TABLE tenancy.audit (
    owner_no integer NOT NULL,
    id uuid NOT NULL,
    studio_id uuid,
    at timestamp with time zone NOT NULL,
    person_id uuid,
    role text,
    action text NOT NULL,
    subject text NOT NULL,
    detail jsonb NOT NULL,
    request_id uuid NOT NULL
);

ALTER TABLE ONLY tenancy.audit FORCE ROW LEVEL SECURITY;

ALTER TABLE tenancy.audit OWNER TO banlian_owner;

CREATE TABLE tenancy.event_log_rest (
    owner_no integer NOT NULL,
    id uuid NOT NULL,
    studio_id uuid,
    aggregate uuid NOT NULL,
    version integer NOT NULL,
    kind text NOT NULL,
    payload jsonb NOT NULL,
    transaction_id xid8 DEFAULT pg_current_xact_id() NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    trace text
);

ALTER TABLE ONLY tenancy.event_log_rest FORCE ROW LEVEL SECURITY;

ALTER TABLE tenancy.event_log_rest OWNER TO banlian_owner;

CREATE TABLE tenancy.homeroom_assignment (
    owner_no integer NOT NULL,
    id uuid NOT NULL,
    class_id uuid NOT NULL,
    person_id uuid NOT NULL,
    person_name text NOT NULL,
    kind text NOT NULL,
    from_on date NOT NULL,
    to_on date,
    appointment text,
    end_reason text,
    CONSTRAINT homeroom_assignment_kind_check CHECK ((kind = ANY (ARRAY['principal'::text, 'deputy'::text, 'acting'::text])))
);

ALTER TABLE ONLY tenancy.homeroom_assignment FORCE ROW LEVEL SECURITY;

ALTER TABLE tenancy.homeroom_assignment OWNER TO banlian_owner;

CREATE TABLE tenancy.homeroom_class (
    owner_no integer NOT NULL,
    id uuid NOT NULL,
    name text NOT NULL,
    cohort integer NOT NULL,
    programme text NOT NULL,
    headcount integer NOT NULL,
    opened_on date NOT NULL,
    closed_on date,
    version integer NOT NULL
);

ALTER TABLE ONLY tenancy.homeroom_class FORCE ROW LEVEL SECURITY;

ALTER TABLE tenancy.homeroom_class OWNER TO banlian_owner;

CREATE TABLE tenancy.idempotency (
    person_id uuid NOT NULL,
    key text NOT NULL,
    action text NOT NULL,
    body_hash bytea NOT NULL,
    reply jsonb,
    made_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY tenancy.idempotency FORCE ROW LEVEL SECURITY;

ALTER TABLE tenancy.idempotency OWNER TO banlian_owner;

CREATE TABLE tenancy.inbox (
    owner_no integer NOT NULL,
    consumer text NOT NULL,
    event_id uuid NOT NULL
);

ALTER TABLE ONLY tenancy.inbox FORCE ROW LEVEL SECURITY;

ALTER TABLE tenancy.inbox OWNER TO banlian_owner;

CREATE TABLE tenancy.live_code (
    code text NOT NULL,
    organisation_no integer NOT NULL,
    until date
);

ALTER TABLE tenancy.live_code OWNER TO banlian_owner;

CREATE TABLE tenancy.number_block (
    owner_no integer NOT NULL,
    lo integer NOT NULL,
    hi integer NOT NULL,
    next integer NOT NULL,
    CONSTRAINT number_block_order_check CHECK (((lo <= next) AND (next <= hi)))
);

ALTER TABLE ONLY tenancy.number_block FORCE ROW LEVEL SECURITY;

ALTER TABLE tenancy.number_block OWNER TO banlian_owner;

CREATE TABLE tenancy.organisation (
    owner_no integer NOT NULL,
    id uuid NOT NULL,
    kind text NOT NULL,
    level text,
    credit_code text,
    founded_on date NOT NULL,
    closed_on date,
    merged_into_no integer,
    password_length integer NOT NULL,
    version integer NOT NULL,
    CONSTRAINT organisation_kind_check CHECK ((kind = ANY (ARRAY['bureau'::text, 'school'::text, 'alliance'::text]))),
    CONSTRAINT organisation_level_check CHECK ((level = ANY (ARRAY['province'::text, 'city'::text, 'county'::text])))
);

ALTER TABLE ONLY tenancy.organisation FORCE ROW LEVEL SECURITY;

ALTER TABLE tenancy.organisation OWNER TO banlian_owner;

CREATE TABLE tenancy.organisation_authority (
    owner_no integer NOT NULL,
    from_on date NOT NULL,
    to_on date,
    parent_no integer NOT NULL
);

ALTER TABLE ONLY tenancy.organisation_authority FORCE ROW LEVEL SECURITY;

ALTER TABLE tenancy.organisation_authority OWNER TO banlian_owner;

CREATE TABLE tenancy.organisation_code (
    owner_no integer NOT NULL,
    from_on date NOT NULL,
    to_on date,
    code text NOT NULL,
    CONSTRAINT organisation_code_form_check CHECK ((code ~ '^[0-9]{10}$'::text))
);

ALTER TABLE ONLY tenancy.organisation_code FORCE ROW LEVEL SECURITY;

ALTER TABLE tenancy.organisation_code OWNER TO banlian_owner;

CREATE TABLE tenancy.organisation_name (
    owner_no integer NOT NULL,
    from_on date NOT NULL,
    to_on date,
    name text NOT NULL,
    pinyin text NOT NULL,
    initials text NOT NULL
);

ALTER TABLE ONLY tenancy.organisation_name FORCE ROW LEVEL SECURITY;

ALTER TABLE tenancy.organisation_name OWNER TO banlian_owner;

CREATE TABLE tenancy.organisation_place (
    owner_no integer NOT NULL,
    from_on date NOT NULL,
    to_on date,
    code text NOT NULL,
    CONSTRAINT organisation_place_code_check CHECK ((code ~ '^[0-9]{6}$'::text))
);

ALTER TABLE ONLY tenancy.organisation_place FORCE ROW LEVEL SECURITY;

ALTER TABLE tenancy.organisation_place OWNER TO banlian_owner;

CREATE TABLE tenancy.person (
    owner_no integer NOT NULL,
    id uuid NOT NULL,
    name text NOT NULL,
    pinyin text NOT NULL,
    initials text NOT NULL,
    login text NOT NULL,
    phone text,
    left_on date,
    last_sign_in timestamp with time zone,
    version integer NOT NULL
);

ALTER TABLE ONLY tenancy.person FORCE ROW LEVEL SECURITY;

ALTER TABLE tenancy.person OWNER TO banlian_owner;

CREATE TABLE tenancy.place (
    code text NOT NULL,
    name text NOT NULL,
    CONSTRAINT place_code_check CHECK ((code ~ '^[0-9]{6}$'::text))
);

ALTER TABLE tenancy.place OWNER TO banlian_owner;

CREATE TABLE tenancy.relay_cursor (
    name text NOT NULL,
    transaction_id xid8 NOT NULL,
    event_id uuid NOT NULL,
    recorded_at timestamp with time zone NOT NULL
);

ALTER TABLE tenancy.relay_cursor OWNER TO banlian_owner;

CREATE TABLE tenancy.role_grant (
    owner_no integer NOT NULL,
    id uuid NOT NULL,
    person_id uuid NOT NULL,
    person_name text NOT NULL,
    role text NOT NULL,
    studio_id uuid,
    studio_name text,
    valid_from date NOT NULL,
    valid_to date,
    revoked_at timestamp with time zone,
    given_by text,
    version integer NOT NULL
);

ALTER TABLE ONLY tenancy.role_grant FORCE ROW LEVEL SECURITY;

ALTER TABLE tenancy.role_grant OWNER TO banlian_owner;

CREATE TABLE tenancy.session (
    person_id uuid NOT NULL,
    id uuid NOT NULL,
    token_hash bytea NOT NULL,
    started_at timestamp with time zone NOT NULL,
    last_seen_at timestamp with time zone NOT NULL,
    device text NOT NULL,
    source text NOT NULL
);

ALTER TABLE ONLY tenancy.session FORCE ROW LEVEL SECURITY;

ALTER TABLE tenancy.session OWNER TO banlian_owner;

CREATE TABLE tenancy.sign_in_failure (
    login text NOT NULL,
    source text NOT NULL,
    at timestamp with time zone NOT NULL
);

ALTER TABLE tenancy.sign_in_failure OWNER TO banlian_owner;

ALTER TABLE ONLY analytics.event_log ATTACH PARTITION analytics.event_log_rest DEFAULT;

ALTER TABLE ONLY resources.event_log ATTACH PARTITION resources.event_log_rest DEFAULT;

ALTER TABLE ONLY studios.event_log ATTACH PARTITION studios.event_log_rest DEFAULT;

ALTER TABLE ONLY tenancy.event_log ATTACH PARTITION tenancy.event_log_rest DEFAULT;

ALTER TABLE ONLY analytics._migrations
    ADD CONSTRAINT _migrations_pkey PRIMARY KEY (version);

ALTER TABLE ONLY analytics.audit
    ADD CONSTRAINT audit_pkey PRIMARY KEY (owner_no, id);

ALTER TABLE ONLY analytics.class
    ADD CONSTRAINT class_pkey PRIMARY KEY (owner_no, id);

ALTER TABLE ONLY analytics.event_log
    ADD CONSTRAINT event_log_aggregate_version_key UNIQUE (owner_no, aggregate, version, recorded_at);

ALTER TABLE ONLY analytics.event_log
    ADD CONSTRAINT event_log_pkey PRIMARY KEY (owner_no, id, recorded_at);

ALTER TABLE ONLY analytics.event_log_rest
    ADD CONSTRAINT event_log_rest_owner_no_aggregate_version_recorded_at_key UNIQUE (owner_no, aggregate, version, recorded_at);

ALTER TABLE ONLY analytics.event_log_rest
    ADD CONSTRAINT event_log_rest_pkey PRIMARY KEY (owner_no, id, recorded_at);

ALTER TABLE ONLY analytics.fact
    ADD CONSTRAINT fact_pkey PRIMARY KEY (owner_no, period, subject, metric);

ALTER TABLE ONLY analytics.fact_record
    ADD CONSTRAINT fact_record_pkey PRIMARY KEY (owner_no, period, subject, metric, record_id, counts);

ALTER TABLE ONLY analytics.idempotency
    ADD CONSTRAINT idempotency_pkey PRIMARY KEY (person_id, key);

ALTER TABLE ONLY analytics.import
    ADD CONSTRAINT import_pkey PRIMARY KEY (owner_no, id);

ALTER TABLE ONLY analytics.inbox
    ADD CONSTRAINT inbox_pkey PRIMARY KEY (owner_no, consumer, event_id);

ALTER TABLE ONLY analytics.membership
    ADD CONSTRAINT membership_pkey PRIMARY KEY (owner_no, id);

ALTER TABLE ONLY analytics.relay_cursor
    ADD CONSTRAINT relay_cursor_pkey PRIMARY KEY (name);

ALTER TABLE ONLY analytics.session
    ADD CONSTRAINT session_pkey PRIMARY KEY (owner_no, id);

ALTER TABLE ONLY analytics.sheet
    ADD CONSTRAINT sheet_pkey PRIMARY KEY (owner_no, period, subject);

ALTER TABLE ONLY analytics.studio
    ADD CONSTRAINT studio_pkey PRIMARY KEY (owner_no, id);

ALTER TABLE ONLY analytics.task
    ADD CONSTRAINT task_pkey PRIMARY KEY (owner_no, id);

ALTER TABLE ONLY platform._migrations
    ADD CONSTRAINT _migrations_pkey PRIMARY KEY (version);

ALTER TABLE ONLY resources._migrations
    ADD CONSTRAINT _migrations_pkey PRIMARY KEY (version);

ALTER TABLE ONLY resources.audit
    ADD CONSTRAINT audit_pkey PRIMARY KEY (owner_no, id);

ALTER TABLE ONLY resources.domain
    ADD CONSTRAINT domain_pkey PRIMARY KEY (code);

ALTER TABLE ONLY resources.domain
    ADD CONSTRAINT domain_place_key UNIQUE (place);

ALTER TABLE ONLY resources.event_log
    ADD CONSTRAINT event_log_aggregate_version_key UNIQUE (owner_no, aggregate, version, recorded_at);

ALTER TABLE ONLY resources.event_log
    ADD CONSTRAINT event_log_pkey PRIMARY KEY (owner_no, id, recorded_at);

ALTER TABLE ONLY resources.event_log_rest
    ADD CONSTRAINT event_log_rest_owner_no_aggregate_version_recorded_at_key UNIQUE (owner_no, aggregate, version, recorded_at);

ALTER TABLE ONLY resources.event_log_rest
    ADD CONSTRAINT event_log_rest_pkey PRIMARY KEY (owner_no, id, recorded_at);

ALTER TABLE ONLY resources.idempotency
    ADD CONSTRAINT idempotency_pkey PRIMARY KEY (person_id, key);

ALTER TABLE ONLY resources.import
    ADD CONSTRAINT import_pkey PRIMARY KEY (owner_no, id);

ALTER TABLE ONLY resources.inbox
    ADD CONSTRAINT inbox_pkey PRIMARY KEY (owner_no, consumer, event_id);

ALTER TABLE ONLY resources.relay_cursor
    ADD CONSTRAINT relay_cursor_pkey PRIMARY KEY (name);

ALTER TABLE ONLY studios._migrations
    ADD CONSTRAINT _migrations_pkey PRIMARY KEY (version);

ALTER TABLE ONLY studios.attendance
    ADD CONSTRAINT attendance_pkey PRIMARY KEY (owner_no, session_id, person_id);

ALTER TABLE ONLY studios.audit
    ADD CONSTRAINT audit_pkey PRIMARY KEY (owner_no, id);

ALTER TABLE ONLY studios.event_log
    ADD CONSTRAINT event_log_aggregate_version_key UNIQUE (owner_no, aggregate, version, recorded_at);

ALTER TABLE ONLY studios.event_log
    ADD CONSTRAINT event_log_pkey PRIMARY KEY (owner_no, id, recorded_at);

ALTER TABLE ONLY studios.event_log_rest
    ADD CONSTRAINT event_log_rest_owner_no_aggregate_version_recorded_at_key UNIQUE (owner_no, aggregate, version, recorded_at);

ALTER TABLE ONLY studios.event_log_rest
    ADD CONSTRAINT event_log_rest_pkey PRIMARY KEY (owner_no, id, recorded_at);

ALTER TABLE ONLY studios.idempotency
    ADD CONSTRAINT idempotency_pkey PRIMARY KEY (person_id, key);

ALTER TABLE ONLY studios.import
    ADD CONSTRAINT import_pkey PRIMARY KEY (owner_no, id);

ALTER TABLE ONLY studios.inbox
    ADD CONSTRAINT inbox_pkey PRIMARY KEY (owner_no, consumer, event_id);

ALTER TABLE ONLY studios.membership
    ADD CONSTRAINT membership_from_key UNIQUE (owner_no, studio_id, person_id, from_on);

ALTER TABLE ONLY studios.membership
    ADD CONSTRAINT membership_pkey PRIMARY KEY (owner_no, id);

ALTER TABLE ONLY studios.organisation
    ADD CONSTRAINT organisation_pkey PRIMARY KEY (owner_no);

ALTER TABLE ONLY studios.person
    ADD CONSTRAINT person_pkey PRIMARY KEY (owner_no, id);

ALTER TABLE ONLY studios.plan_item
    ADD CONSTRAINT plan_item_pkey PRIMARY KEY (owner_no, id);

ALTER TABLE ONLY studios.relay_cursor
    ADD CONSTRAINT relay_cursor_pkey PRIMARY KEY (name);

ALTER TABLE ONLY studios.session
    ADD CONSTRAINT session_pkey PRIMARY KEY (owner_no, id);

ALTER TABLE ONLY studios.session
    ADD CONSTRAINT session_studio_key UNIQUE (owner_no, studio_id, id);

ALTER TABLE ONLY studios.studio
    ADD CONSTRAINT studio_pkey PRIMARY KEY (owner_no, id);

ALTER TABLE ONLY studios.task_history
    ADD CONSTRAINT task_history_pkey PRIMARY KEY (owner_no, id);

ALTER TABLE ONLY studios.task
    ADD CONSTRAINT task_pkey PRIMARY KEY (owner_no, id);

ALTER TABLE ONLY tenancy._migrations
    ADD CONSTRAINT _migrations_pkey PRIMARY KEY (version);

ALTER TABLE ONLY tenancy.account
    ADD CONSTRAINT account_pkey PRIMARY KEY (login);

ALTER TABLE ONLY tenancy.audit
    ADD CONSTRAINT audit_pkey PRIMARY KEY (owner_no, id);

ALTER TABLE ONLY tenancy.event_log
    ADD CONSTRAINT event_log_aggregate_version_key UNIQUE (owner_no, aggregate, version, recorded_at);

ALTER TABLE ONLY tenancy.event_log
    ADD CONSTRAINT event_log_pkey PRIMARY KEY (owner_no, id, recorded_at);

ALTER TABLE ONLY tenancy.event_log_rest
    ADD CONSTRAINT event_log_rest_owner_no_aggregate_version_recorded_at_key UNIQUE (owner_no, aggregate, version, recorded_at);

ALTER TABLE ONLY tenancy.event_log_rest
    ADD CONSTRAINT event_log_rest_pkey PRIMARY KEY (owner_no, id, recorded_at);

ALTER TABLE ONLY tenancy.homeroom_assignment
    ADD CONSTRAINT homeroom_assignment_pkey PRIMARY KEY (owner_no, id);

ALTER TABLE ONLY tenancy.homeroom_class
    ADD CONSTRAINT homeroom_class_name_key UNIQUE (owner_no, cohort, name);

ALTER TABLE ONLY tenancy.homeroom_class
    ADD CONSTRAINT homeroom_class_pkey PRIMARY KEY (owner_no, id);

ALTER TABLE ONLY tenancy.idempotency
    ADD CONSTRAINT idempotency_pkey PRIMARY KEY (person_id, key);

ALTER TABLE ONLY tenancy.import
    ADD CONSTRAINT import_pkey PRIMARY KEY (owner_no, id);

ALTER TABLE ONLY tenancy.inbox
    ADD CONSTRAINT inbox_pkey PRIMARY KEY (owner_no, consumer, event_id);

ALTER TABLE ONLY tenancy.live_code
    ADD CONSTRAINT live_code_pkey PRIMARY KEY (code);

ALTER TABLE ONLY tenancy.number_block
    ADD CONSTRAINT number_block_pkey PRIMARY KEY (owner_no, lo);

ALTER TABLE ONLY tenancy.organisation_authority
    ADD CONSTRAINT organisation_authority_pkey PRIMARY KEY (owner_no, from_on);

ALTER TABLE ONLY tenancy.organisation_code
    ADD CONSTRAINT organisation_code_pkey PRIMARY KEY (owner_no, from_on);

ALTER TABLE ONLY tenancy.organisation_name
    ADD CONSTRAINT organisation_name_pkey PRIMARY KEY (owner_no, from_on);

ALTER TABLE ONLY tenancy.organisation
    ADD CONSTRAINT organisation_pkey PRIMARY KEY (owner_no);

ALTER TABLE ONLY tenancy.organisation_place
    ADD CONSTRAINT organisation_place_pkey PRIMARY KEY (owner_no, from_on);

ALTER TABLE ONLY tenancy.person
    ADD CONSTRAINT person_pkey PRIMARY KEY (owner_no, id);

ALTER TABLE ONLY tenancy.place
    ADD CONSTRAINT place_pkey PRIMARY KEY (code);

ALTER TABLE ONLY tenancy.relay_cursor
    ADD CONSTRAINT relay_cursor_pkey PRIMARY KEY (name);

ALTER TABLE ONLY tenancy.role_grant
    ADD CONSTRAINT role_grant_pkey PRIMARY KEY (owner_no, id);

ALTER TABLE ONLY tenancy.session
    ADD CONSTRAINT session_pkey PRIMARY KEY (person_id, id);

ALTER TABLE ONLY tenancy.sign_in_failure
    ADD CONSTRAINT sign_in_failure_pkey PRIMARY KEY (login, source, at);

CREATE INDEX audit_at_idx ON analytics.audit USING btree (owner_no, at DESC, id DESC);

CREATE INDEX audit_person_idx ON analytics.audit USING btree (person_id, at DESC);

CREATE INDEX event_log_relay_idx ON ONLY analytics.event_log USING btree (transaction_id, id);

CREATE INDEX event_log_rest_transaction_id_id_idx ON analytics.event_log_rest USING btree (transaction_id, id);

CREATE INDEX idempotency_made_at_idx ON analytics.idempotency USING btree (made_at);

CREATE INDEX import_asked_idx ON analytics.import USING btree (owner_no, asked_at DESC);

CREATE INDEX import_waiting_idx ON analytics.import USING btree (asked_at) WHERE (state = ANY (ARRAY['queued'::text, 'running'::text]));

CREATE INDEX session_day_idx ON analytics.session USING btree (owner_no, studio_id, on_day);

CREATE INDEX studio_id_idx ON analytics.studio USING btree (id);

CREATE INDEX task_due_idx ON analytics.task USING btree (owner_no, studio_id, due_on);

CREATE INDEX audit_at_idx ON resources.audit USING btree (owner_no, at DESC, id DESC);

CREATE INDEX audit_person_idx ON resources.audit USING btree (person_id, at DESC);

CREATE INDEX event_log_relay_idx ON ONLY resources.event_log USING btree (transaction_id, id);

CREATE INDEX event_log_rest_transaction_id_id_idx ON resources.event_log_rest USING btree (transaction_id, id);

CREATE INDEX idempotency_made_at_idx ON resources.idempotency USING btree (made_at);

CREATE INDEX import_asked_idx ON resources.import USING btree (owner_no, asked_at DESC);

CREATE INDEX import_waiting_idx ON resources.import USING btree (asked_at) WHERE (state = ANY (ARRAY['queued'::text, 'running'::text]));

CREATE INDEX attendance_person_idx ON studios.attendance USING btree (person_id, studio_id);

CREATE INDEX attendance_session_idx ON studios.attendance USING btree (session_id);

CREATE INDEX audit_at_idx ON studios.audit USING btree (owner_no, at DESC, id DESC);

CREATE INDEX audit_person_idx ON studios.audit USING btree (person_id, at DESC);

CREATE INDEX event_log_relay_idx ON ONLY studios.event_log USING btree (transaction_id, id);

CREATE INDEX event_log_rest_transaction_id_id_idx ON studios.event_log_rest USING btree (transaction_id, id);

CREATE INDEX idempotency_made_at_idx ON studios.idempotency USING btree (made_at);

CREATE INDEX import_asked_idx ON studios.import USING btree (owner_no, asked_at DESC);

CREATE INDEX import_waiting_idx ON studios.import USING btree (asked_at) WHERE (state = ANY (ARRAY['queued'::text, 'running'::text]));

CREATE INDEX membership_id_idx ON studios.membership USING btree (id);

CREATE INDEX membership_person_idx ON studios.membership USING btree (person_id);

CREATE INDEX membership_studio_idx ON studios.membership USING btree (studio_id);

CREATE INDEX organisation_name_idx ON studios.organisation USING btree (name);

CREATE INDEX person_id_idx ON studios.person USING btree (id);

CREATE INDEX person_login_idx ON studios.person USING btree (login);

CREATE INDEX plan_item_id_idx ON studios.plan_item USING btree (id);

CREATE INDEX plan_item_studio_idx ON studios.plan_item USING btree (studio_id, school_year);

CREATE INDEX session_id_idx ON studios.session USING btree (id);

CREATE INDEX session_studio_idx ON studios.session USING btree (studio_id, starts_at);

CREATE INDEX studio_id_idx ON studios.studio USING btree (id);

CREATE UNIQUE INDEX studio_name_key ON studios.studio USING btree (owner_no, name) WHERE (closed_on IS NULL);

CREATE INDEX task_history_person_idx ON studios.task_history USING btree (person_id, studio_id);

CREATE INDEX task_history_task_idx ON studios.task_history USING btree (task_id, at);

CREATE INDEX task_id_idx ON studios.task USING btree (id);

CREATE INDEX task_open_idx ON studios.task USING btree (studio_id, due_on) WHERE (closed_on IS NULL);

CREATE INDEX task_owner_idx ON studios.task USING btree (owner_person_id, due_on);

CREATE INDEX task_plan_item_idx ON studios.task USING btree (plan_item_id) WHERE (plan_item_id IS NOT NULL);

CREATE INDEX task_studio_idx ON studios.task USING btree (studio_id, due_on);

CREATE UNIQUE INDEX account_person_idx ON tenancy.account USING btree (person_id);

CREATE INDEX audit_at_idx ON tenancy.audit USING btree (owner_no, at DESC, id DESC);

CREATE INDEX audit_person_idx ON tenancy.audit USING btree (person_id, at DESC);

CREATE INDEX event_log_relay_idx ON ONLY tenancy.event_log USING btree (transaction_id, id);

CREATE INDEX event_log_rest_transaction_id_id_idx ON tenancy.event_log_rest USING btree (transaction_id, id);

CREATE INDEX homeroom_assignment_class_idx ON tenancy.homeroom_assignment USING btree (owner_no, class_id);

CREATE INDEX homeroom_assignment_id_idx ON tenancy.homeroom_assignment USING btree (id);

CREATE INDEX homeroom_class_id_idx ON tenancy.homeroom_class USING btree (id);

CREATE INDEX idempotency_made_at_idx ON tenancy.idempotency USING btree (made_at);

CREATE INDEX import_asked_idx ON tenancy.import USING btree (owner_no, asked_at DESC);

CREATE INDEX import_waiting_idx ON tenancy.import USING btree (asked_at) WHERE (state = ANY (ARRAY['queued'::text, 'running'::text]));

CREATE INDEX organisation_authority_parent_idx ON tenancy.organisation_authority USING btree (parent_no);

CREATE INDEX organisation_id_idx ON tenancy.organisation USING btree (id);

CREATE INDEX organisation_name_pinyin_idx ON tenancy.organisation_name USING btree (pinyin text_pattern_ops);

CREATE INDEX person_id_idx ON tenancy.person USING btree (id);

CREATE INDEX person_pinyin_idx ON tenancy.person USING btree (owner_no, pinyin);

CREATE INDEX role_grant_person_idx ON tenancy.role_grant USING btree (person_id);

CREATE UNIQUE INDEX session_token_idx ON tenancy.session USING btree (token_hash);

CREATE INDEX sign_in_failure_at_idx ON tenancy.sign_in_failure USING btree (at);

ALTER INDEX analytics.event_log_aggregate_version_key ATTACH PARTITION analytics.event_log_rest_owner_no_aggregate_version_recorded_at_key;

ALTER INDEX analytics.event_log_pkey ATTACH PARTITION analytics.event_log_rest_pkey;

ALTER INDEX analytics.event_log_relay_idx ATTACH PARTITION analytics.event_log_rest_transaction_id_id_idx;

ALTER INDEX resources.event_log_aggregate_version_key ATTACH PARTITION resources.event_log_rest_owner_no_aggregate_version_recorded_at_key;

ALTER INDEX resources.event_log_pkey ATTACH PARTITION resources.event_log_rest_pkey;

ALTER INDEX resources.event_log_relay_idx ATTACH PARTITION resources.event_log_rest_transaction_id_id_idx;

ALTER INDEX studios.event_log_aggregate_version_key ATTACH PARTITION studios.event_log_rest_owner_no_aggregate_version_recorded_at_key;

ALTER INDEX studios.event_log_pkey ATTACH PARTITION studios.event_log_rest_pkey;

ALTER INDEX studios.event_log_relay_idx ATTACH PARTITION studios.event_log_rest_transaction_id_id_idx;

ALTER INDEX tenancy.event_log_aggregate_version_key ATTACH PARTITION tenancy.event_log_rest_owner_no_aggregate_version_recorded_at_key;

ALTER INDEX tenancy.event_log_pkey ATTACH PARTITION tenancy.event_log_rest_pkey;

ALTER INDEX tenancy.event_log_relay_idx ATTACH PARTITION tenancy.event_log_rest_transaction_id_id_idx;

ALTER TABLE ONLY studios.attendance
    ADD CONSTRAINT attendance_session_fkey FOREIGN KEY (owner_no, studio_id, session_id) REFERENCES studios.session(owner_no, studio_id, id) ON DELETE RESTRICT;

ALTER TABLE ONLY studios.membership
    ADD CONSTRAINT membership_studio_fkey FOREIGN KEY (owner_no, studio_id) REFERENCES studios.studio(owner_no, id) ON DELETE RESTRICT;

ALTER TABLE ONLY studios.plan_item
    ADD CONSTRAINT plan_item_studio_fkey FOREIGN KEY (owner_no, studio_id) REFERENCES studios.studio(owner_no, id) ON DELETE RESTRICT;

ALTER TABLE ONLY studios.session
    ADD CONSTRAINT session_studio_fkey FOREIGN KEY (owner_no, studio_id) REFERENCES studios.studio(owner_no, id) ON DELETE RESTRICT;

ALTER TABLE ONLY studios.task_history
    ADD CONSTRAINT task_history_task_fkey FOREIGN KEY (owner_no, task_id) REFERENCES studios.task(owner_no, id) ON DELETE RESTRICT;

ALTER TABLE ONLY studios.task
    ADD CONSTRAINT task_plan_item_fkey FOREIGN KEY (owner_no, plan_item_id) REFERENCES studios.plan_item(owner_no, id) ON DELETE RESTRICT;

ALTER TABLE ONLY studios.task
    ADD CONSTRAINT task_studio_fkey FOREIGN KEY (owner_no, studio_id) REFERENCES studios.studio(owner_no, id) ON DELETE RESTRICT;

ALTER TABLE ONLY tenancy.homeroom_assignment
    ADD CONSTRAINT homeroom_assignment_class_fkey FOREIGN KEY (owner_no, class_id) REFERENCES tenancy.homeroom_class(owner_no, id) ON DELETE CASCADE;

ALTER TABLE ONLY tenancy.number_block
    ADD CONSTRAINT number_block_owner_fkey FOREIGN KEY (owner_no) REFERENCES tenancy.organisation(owner_no) ON DELETE CASCADE;

ALTER TABLE ONLY tenancy.organisation_authority
    ADD CONSTRAINT organisation_authority_owner_fkey FOREIGN KEY (owner_no) REFERENCES tenancy.organisation(owner_no) ON DELETE CASCADE;

ALTER TABLE ONLY tenancy.organisation_code
    ADD CONSTRAINT organisation_code_owner_fkey FOREIGN KEY (owner_no) REFERENCES tenancy.organisation(owner_no) ON DELETE CASCADE;

ALTER TABLE ONLY tenancy.organisation_name
    ADD CONSTRAINT organisation_name_owner_fkey FOREIGN KEY (owner_no) REFERENCES tenancy.organisation(owner_no) ON DELETE CASCADE;

ALTER TABLE ONLY tenancy.organisation_place
    ADD CONSTRAINT organisation_place_owner_fkey FOREIGN KEY (owner_no) REFERENCES tenancy.organisation(owner_no) ON DELETE CASCADE;

CREATE POLICY adding ON analytics.class FOR INSERT TO banlian_analytics WITH CHECK (((( SELECT platform.writable() AS writable) @> owner_no) AND (( SELECT platform.person() AS person) IS NULL)));

CREATE POLICY adding ON analytics.fact FOR INSERT TO banlian_analytics WITH CHECK (((( SELECT platform.writable() AS writable) @> owner_no) AND (( SELECT platform.person() AS person) IS NULL)));

CREATE POLICY adding ON analytics.fact_record FOR INSERT TO banlian_analytics WITH CHECK (((( SELECT platform.writable() AS writable) @> owner_no) AND (( SELECT platform.person() AS person) IS NULL)));

CREATE POLICY adding ON analytics.membership FOR INSERT TO banlian_analytics WITH CHECK (((( SELECT platform.writable() AS writable) @> owner_no) AND (( SELECT platform.person() AS person) IS NULL)));

CREATE POLICY adding ON analytics.session FOR INSERT TO banlian_analytics WITH CHECK (((( SELECT platform.writable() AS writable) @> owner_no) AND (( SELECT platform.person() AS person) IS NULL)));

CREATE POLICY adding ON analytics.sheet FOR INSERT TO banlian_analytics WITH CHECK (((( SELECT platform.writable() AS writable) @> owner_no) AND (( SELECT platform.person() AS person) IS NULL)));

CREATE POLICY adding ON analytics.studio FOR INSERT TO banlian_analytics WITH CHECK (((( SELECT platform.writable() AS writable) @> owner_no) AND (( SELECT platform.person() AS person) IS NULL)));

CREATE POLICY adding ON analytics.task FOR INSERT TO banlian_analytics WITH CHECK (((( SELECT platform.writable() AS writable) @> owner_no) AND (( SELECT platform.person() AS person) IS NULL)));

CREATE POLICY applying ON analytics.inbox TO banlian_analytics USING ((( SELECT platform.writable() AS writable) @> owner_no)) WITH CHECK ((( SELECT platform.writable() AS writable) @> owner_no));

CREATE POLICY asking ON analytics.import FOR INSERT TO banlian_analytics WITH CHECK (((asked_by = ( SELECT platform.person() AS person)) AND (( SELECT platform.writable() AS writable) @> owner_no)));

ALTER TABLE analytics.audit ENABLE ROW LEVEL SECURITY;

CREATE POLICY changing ON analytics.class FOR UPDATE TO banlian_analytics USING (((( SELECT platform.writable() AS writable) @> owner_no) AND (( SELECT platform.person() AS person) IS NULL))) WITH CHECK (((( SELECT platform.writable() AS writable) @> owner_no) AND (( SELECT platform.person() AS person) IS NULL)));

CREATE POLICY changing ON analytics.fact FOR UPDATE TO banlian_analytics USING (((( SELECT platform.writable() AS writable) @> owner_no) AND (( SELECT platform.person() AS person) IS NULL))) WITH CHECK (((( SELECT platform.writable() AS writable) @> owner_no) AND (( SELECT platform.person() AS person) IS NULL)));

CREATE POLICY changing ON analytics.fact_record FOR UPDATE TO banlian_analytics USING (((( SELECT platform.writable() AS writable) @> owner_no) AND (( SELECT platform.person() AS person) IS NULL))) WITH CHECK (((( SELECT platform.writable() AS writable) @> owner_no) AND (( SELECT platform.person() AS person) IS NULL)));

CREATE POLICY changing ON analytics.membership FOR UPDATE TO banlian_analytics USING (((( SELECT platform.writable() AS writable) @> owner_no) AND (( SELECT platform.person() AS person) IS NULL))) WITH CHECK (((( SELECT platform.writable() AS writable) @> owner_no) AND (( SELECT platform.person() AS person) IS NULL)));

CREATE POLICY changing ON analytics.session FOR UPDATE TO banlian_analytics USING (((( SELECT platform.writable() AS writable) @> owner_no) AND (( SELECT platform.person() AS person) IS NULL))) WITH CHECK (((( SELECT platform.writable() AS writable) @> owner_no) AND (( SELECT platform.person() AS person) IS NULL)));

CREATE POLICY changing ON analytics.sheet FOR UPDATE TO banlian_analytics USING (((( SELECT platform.writable() AS writable) @> owner_no) AND (( SELECT platform.person() AS person) IS NULL))) WITH CHECK (((( SELECT platform.writable() AS writable) @> owner_no) AND (( SELECT platform.person() AS person) IS NULL)));

CREATE POLICY changing ON analytics.studio FOR UPDATE TO banlian_analytics USING (((( SELECT platform.writable() AS writable) @> owner_no) AND (( SELECT platform.person() AS person) IS NULL))) WITH CHECK (((( SELECT platform.writable() AS writable) @> owner_no) AND (( SELECT platform.person() AS person) IS NULL)));

CREATE POLICY changing ON analytics.task FOR UPDATE TO banlian_analytics USING (((( SELECT platform.writable() AS writable) @> owner_no) AND (( SELECT platform.person() AS person) IS NULL))) WITH CHECK (((( SELECT platform.writable() AS writable) @> owner_no) AND (( SELECT platform.person() AS person) IS NULL)));

ALTER TABLE analytics.class ENABLE ROW LEVEL SECURITY;

ALTER TABLE analytics.event_log ENABLE ROW LEVEL SECURITY;

ALTER TABLE analytics.event_log_rest ENABLE ROW LEVEL SECURITY;

ALTER TABLE analytics.fact ENABLE ROW LEVEL SECURITY;

ALTER TABLE analytics.fact_record ENABLE ROW LEVEL SECURITY;

ALTER TABLE analytics.idempotency ENABLE ROW LEVEL SECURITY;

ALTER TABLE analytics.import ENABLE ROW LEVEL SECURITY;

ALTER TABLE analytics.inbox ENABLE ROW LEVEL SECURITY;

CREATE POLICY keeper ON analytics.audit TO banlian_owner USING (true) WITH CHECK (true);

CREATE POLICY keeper ON analytics.class TO banlian_owner USING (true) WITH CHECK (true);

CREATE POLICY keeper ON analytics.event_log TO banlian_owner USING (true) WITH CHECK (true);

CREATE POLICY keeper ON analytics.fact TO banlian_owner USING (true) WITH CHECK (true);

CREATE POLICY keeper ON analytics.fact_record TO banlian_owner USING (true) WITH CHECK (true);

CREATE POLICY keeper ON analytics.idempotency TO banlian_owner USING (true) WITH CHECK (true);

CREATE POLICY keeper ON analytics.import TO banlian_owner USING (true) WITH CHECK (true);

CREATE POLICY keeper ON analytics.inbox TO banlian_owner USING (true) WITH CHECK (true);

CREATE POLICY keeper ON analytics.membership TO banlian_owner USING (true) WITH CHECK (true);

CREATE POLICY keeper ON analytics.session TO banlian_owner USING (true) WITH CHECK (true);

CREATE POLICY keeper ON analytics.sheet TO banlian_owner USING (true) WITH CHECK (true);

CREATE POLICY keeper ON analytics.studio TO banlian_owner USING (true) WITH CHECK (true);

CREATE POLICY keeper ON analytics.task TO banlian_owner USING (true) WITH CHECK (true);

ALTER TABLE analytics.membership ENABLE ROW LEVEL SECURITY;

CREATE POLICY own ON analytics.idempotency TO banlian_analytics USING ((person_id = ( SELECT platform.person() AS person))) WITH CHECK ((person_id = ( SELECT platform.person() AS person)));

CREATE POLICY reading ON analytics.audit FOR SELECT TO banlian_analytics USING (((( SELECT platform.readable() AS readable) @> owner_no) OR (studio_id = ANY (( SELECT platform.studios() AS studios)::uuid[])) OR (person_id = ( SELECT platform.person() AS person))));

CREATE POLICY reading ON analytics.class FOR SELECT TO banlian_analytics USING ((( SELECT platform.readable() AS readable) @> owner_no));

CREATE POLICY reading ON analytics.event_log FOR SELECT TO banlian_analytics USING (((( SELECT platform.readable() AS readable) @> owner_no) OR (studio_id = ANY (( SELECT platform.studios() AS studios)::uuid[]))));

CREATE POLICY reading ON analytics.fact FOR SELECT TO banlian_analytics USING (((( SELECT platform.readable() AS readable) @> owner_no) OR (studio_id = ANY (( SELECT platform.studios() AS studios)::uuid[]))));

CREATE POLICY reading ON analytics.fact_record FOR SELECT TO banlian_analytics USING (((( SELECT platform.readable() AS readable) @> owner_no) OR (studio_id = ANY (( SELECT platform.studios() AS studios)::uuid[]))));

CREATE POLICY reading ON analytics.import FOR SELECT TO banlian_analytics USING (((( SELECT platform.writable() AS writable) @> owner_no) OR (asked_by = ( SELECT platform.person() AS person))));

CREATE POLICY reading ON analytics.membership FOR SELECT TO banlian_analytics USING (((( SELECT platform.readable() AS readable) @> owner_no) OR (studio_id = ANY (( SELECT platform.studios() AS studios)::uuid[]))));

CREATE POLICY reading ON analytics.session FOR SELECT TO banlian_analytics USING (((( SELECT platform.readable() AS readable) @> owner_no) OR (studio_id = ANY (( SELECT platform.studios() AS studios)::uuid[]))));

CREATE POLICY reading ON analytics.sheet FOR SELECT TO banlian_analytics USING (((( SELECT platform.readable() AS readable) @> owner_no) OR (studio_id = ANY (( SELECT platform.studios() AS studios)::uuid[]))));

CREATE POLICY reading ON analytics.studio FOR SELECT TO banlian_analytics USING (((( SELECT platform.readable() AS readable) @> owner_no) OR (id = ANY (( SELECT platform.studios() AS studios)::uuid[]))));

CREATE POLICY reading ON analytics.task FOR SELECT TO banlian_analytics USING (((( SELECT platform.readable() AS readable) @> owner_no) OR (studio_id = ANY (( SELECT platform.studios() AS studios)::uuid[]))));

CREATE POLICY removing ON analytics.fact FOR DELETE TO banlian_analytics USING (((( SELECT platform.writable() AS writable) @> owner_no) AND (( SELECT platform.person() AS person) IS NULL)));

CREATE POLICY removing ON analytics.fact_record FOR DELETE TO banlian_analytics USING (((( SELECT platform.writable() AS writable) @> owner_no) AND (( SELECT platform.person() AS person) IS NULL)));

CREATE POLICY removing ON analytics.sheet FOR DELETE TO banlian_analytics USING (((( SELECT platform.writable() AS writable) @> owner_no) AND (( SELECT platform.person() AS person) IS NULL)));

ALTER TABLE analytics.session ENABLE ROW LEVEL SECURITY;

ALTER TABLE analytics.sheet ENABLE ROW LEVEL SECURITY;

ALTER TABLE analytics.studio ENABLE ROW LEVEL SECURITY;

ALTER TABLE analytics.task ENABLE ROW LEVEL SECURITY;

CREATE POLICY working ON analytics.import FOR UPDATE TO banlian_analytics USING (((( SELECT platform.writable() AS writable) @> owner_no) OR (asked_by = ( SELECT platform.person() AS person)))) WITH CHECK (((( SELECT platform.writable() AS writable) @> owner_no) OR (asked_by = ( SELECT platform.person() AS person))));

CREATE POLICY writing ON analytics.audit FOR INSERT TO banlian_analytics WITH CHECK (((( SELECT platform.writable() AS writable) @> owner_no) OR (studio_id = ANY (( SELECT platform.studios_writable() AS studios_writable)::uuid[])) OR (person_id = ( SELECT platform.person() AS person))));

CREATE POLICY writing ON analytics.event_log FOR INSERT TO banlian_analytics WITH CHECK (((( SELECT platform.writable() AS writable) @> owner_no) OR (studio_id = ANY (( SELECT platform.studios_writable() AS studios_writable)::uuid[]))));

CREATE POLICY applying ON resources.inbox TO banlian_resources USING ((( SELECT platform.writable() AS writable) @> owner_no)) WITH CHECK ((( SELECT platform.writable() AS writable) @> owner_no));

CREATE POLICY asking ON resources.import FOR INSERT TO banlian_resources WITH CHECK (((asked_by = ( SELECT platform.person() AS person)) AND (( SELECT platform.writable() AS writable) @> owner_no)));

ALTER TABLE resources.audit ENABLE ROW LEVEL SECURITY;

ALTER TABLE resources.event_log ENABLE ROW LEVEL SECURITY;

ALTER TABLE resources.event_log_rest ENABLE ROW LEVEL SECURITY;

ALTER TABLE resources.idempotency ENABLE ROW LEVEL SECURITY;

ALTER TABLE resources.import ENABLE ROW LEVEL SECURITY;

ALTER TABLE resources.inbox ENABLE ROW LEVEL SECURITY;

CREATE POLICY keeper ON resources.audit TO banlian_owner USING (true) WITH CHECK (true);

CREATE POLICY keeper ON resources.event_log TO banlian_owner USING (true) WITH CHECK (true);

CREATE POLICY keeper ON resources.idempotency TO banlian_owner USING (true) WITH CHECK (true);

CREATE POLICY keeper ON resources.import TO banlian_owner USING (true) WITH CHECK (true);

CREATE POLICY keeper ON resources.inbox TO banlian_owner USING (true) WITH CHECK (true);

CREATE POLICY own ON resources.idempotency TO banlian_resources USING ((person_id = ( SELECT platform.person() AS person))) WITH CHECK ((person_id = ( SELECT platform.person() AS person)));

CREATE POLICY reading ON resources.audit FOR SELECT TO banlian_resources USING (((( SELECT platform.readable() AS readable) @> owner_no) OR (studio_id = ANY (( SELECT platform.studios() AS studios)::uuid[])) OR (person_id = ( SELECT platform.person() AS person))));

CREATE POLICY reading ON resources.event_log FOR SELECT TO banlian_resources USING (((( SELECT platform.readable() AS readable) @> owner_no) OR (studio_id = ANY (( SELECT platform.studios() AS studios)::uuid[]))));

CREATE POLICY reading ON resources.import FOR SELECT TO banlian_resources USING (((( SELECT platform.writable() AS writable) @> owner_no) OR (asked_by = ( SELECT platform.person() AS person))));

CREATE POLICY working ON resources.import FOR UPDATE TO banlian_resources USING (((( SELECT platform.writable() AS writable) @> owner_no) OR (asked_by = ( SELECT platform.person() AS person)))) WITH CHECK (((( SELECT platform.writable() AS writable) @> owner_no) OR (asked_by = ( SELECT platform.person() AS person))));

CREATE POLICY writing ON resources.audit FOR INSERT TO banlian_resources WITH CHECK (((( SELECT platform.writable() AS writable) @> owner_no) OR (studio_id = ANY (( SELECT platform.studios_writable() AS studios_writable)::uuid[])) OR (person_id = ( SELECT platform.person() AS person))));

CREATE POLICY writing ON resources.event_log FOR INSERT TO banlian_resources WITH CHECK (((( SELECT platform.writable() AS writable) @> owner_no) OR (studio_id = ANY (( SELECT platform.studios_writable() AS studios_writable)::uuid[]))));

CREATE POLICY adding ON studios.attendance FOR INSERT TO banlian_studios WITH CHECK (((( SELECT platform.writable() AS writable) @> owner_no) OR (studio_id = ANY (( SELECT platform.studios_writable() AS studios_writable)::uuid[]))));

CREATE POLICY adding ON studios.membership FOR INSERT TO banlian_studios WITH CHECK (((( SELECT platform.writable() AS writable) @> owner_no) OR (studio_id = ANY (( SELECT platform.studios_writable() AS studios_writable)::uuid[]))));

CREATE POLICY adding ON studios.organisation FOR INSERT TO banlian_studios WITH CHECK (((( SELECT platform.writable() AS writable) @> owner_no) AND (( SELECT platform.person() AS person) IS NULL)));

CREATE POLICY adding ON studios.person FOR INSERT TO banlian_studios WITH CHECK (((( SELECT platform.writable() AS writable) @> owner_no) AND (( SELECT platform.person() AS person) IS NULL)));

CREATE POLICY adding ON studios.plan_item FOR INSERT TO banlian_studios WITH CHECK (((( SELECT platform.writable() AS writable) @> owner_no) OR (studio_id = ANY (( SELECT platform.studios_writable() AS studios_writable)::uuid[]))));

CREATE POLICY adding ON studios.session FOR INSERT TO banlian_studios WITH CHECK (((( SELECT platform.writable() AS writable) @> owner_no) OR (studio_id = ANY (( SELECT platform.studios_writable() AS studios_writable)::uuid[]))));

CREATE POLICY adding ON studios.task FOR INSERT TO banlian_studios WITH CHECK (((( SELECT platform.writable() AS writable) @> owner_no) OR (studio_id = ANY (( SELECT platform.studios_writable() AS studios_writable)::uuid[]))));

CREATE POLICY adding ON studios.task_history FOR INSERT TO banlian_studios WITH CHECK (((( SELECT platform.writable() AS writable) @> owner_no) OR (studio_id = ANY (( SELECT platform.studios_writable() AS studios_writable)::uuid[]))));

CREATE POLICY applying ON studios.inbox TO banlian_studios USING ((( SELECT platform.writable() AS writable) @> owner_no)) WITH CHECK ((( SELECT platform.writable() AS writable) @> owner_no));

CREATE POLICY asking ON studios.import FOR INSERT TO banlian_studios WITH CHECK (((asked_by = ( SELECT platform.person() AS person)) AND (( SELECT platform.writable() AS writable) @> owner_no)));

ALTER TABLE studios.attendance ENABLE ROW LEVEL SECURITY;

ALTER TABLE studios.audit ENABLE ROW LEVEL SECURITY;

CREATE POLICY changing ON studios.attendance FOR UPDATE TO banlian_studios USING (((( SELECT platform.writable() AS writable) @> owner_no) OR (studio_id = ANY (( SELECT platform.studios_writable() AS studios_writable)::uuid[])))) WITH CHECK (((( SELECT platform.writable() AS writable) @> owner_no) OR (studio_id = ANY (( SELECT platform.studios_writable() AS studios_writable)::uuid[]))));

CREATE POLICY changing ON studios.membership FOR UPDATE TO banlian_studios USING (((( SELECT platform.writable() AS writable) @> owner_no) OR (studio_id = ANY (( SELECT platform.studios_writable() AS studios_writable)::uuid[])))) WITH CHECK (((( SELECT platform.writable() AS writable) @> owner_no) OR (studio_id = ANY (( SELECT platform.studios_writable() AS studios_writable)::uuid[]))));

CREATE POLICY changing ON studios.organisation FOR UPDATE TO banlian_studios USING (((( SELECT platform.writable() AS writable) @> owner_no) AND (( SELECT platform.person() AS person) IS NULL))) WITH CHECK (((( SELECT platform.writable() AS writable) @> owner_no) AND (( SELECT platform.person() AS person) IS NULL)));

CREATE POLICY changing ON studios.person FOR UPDATE TO banlian_studios USING (((( SELECT platform.writable() AS writable) @> owner_no) AND (( SELECT platform.person() AS person) IS NULL))) WITH CHECK (((( SELECT platform.writable() AS writable) @> owner_no) AND (( SELECT platform.person() AS person) IS NULL)));

CREATE POLICY changing ON studios.plan_item FOR UPDATE TO banlian_studios USING (((( SELECT platform.writable() AS writable) @> owner_no) OR (studio_id = ANY (( SELECT platform.studios_writable() AS studios_writable)::uuid[])))) WITH CHECK (((( SELECT platform.writable() AS writable) @> owner_no) OR (studio_id = ANY (( SELECT platform.studios_writable() AS studios_writable)::uuid[]))));

CREATE POLICY changing ON studios.session FOR UPDATE TO banlian_studios USING (((( SELECT platform.writable() AS writable) @> owner_no) OR (studio_id = ANY (( SELECT platform.studios_writable() AS studios_writable)::uuid[])))) WITH CHECK (((( SELECT platform.writable() AS writable) @> owner_no) OR (studio_id = ANY (( SELECT platform.studios_writable() AS studios_writable)::uuid[]))));

CREATE POLICY changing ON studios.studio FOR UPDATE TO banlian_studios USING (((( SELECT platform.writable() AS writable) @> owner_no) OR (id = ANY (( SELECT platform.studios_writable() AS studios_writable)::uuid[])))) WITH CHECK (((( SELECT platform.writable() AS writable) @> owner_no) OR (id = ANY (( SELECT platform.studios_writable() AS studios_writable)::uuid[]))));

CREATE POLICY changing ON studios.task FOR UPDATE TO banlian_studios USING (((( SELECT platform.writable() AS writable) @> owner_no) OR (studio_id = ANY (( SELECT platform.studios_writable() AS studios_writable)::uuid[])))) WITH CHECK (((( SELECT platform.writable() AS writable) @> owner_no) OR (studio_id = ANY (( SELECT platform.studios_writable() AS studios_writable)::uuid[]))));

ALTER TABLE studios.event_log ENABLE ROW LEVEL SECURITY;

ALTER TABLE studios.event_log_rest ENABLE ROW LEVEL SECURITY;

CREATE POLICY founding ON studios.studio FOR INSERT TO banlian_studios WITH CHECK ((( SELECT platform.writable() AS writable) @> owner_no));

ALTER TABLE studios.idempotency ENABLE ROW LEVEL SECURITY;

ALTER TABLE studios.import ENABLE ROW LEVEL SECURITY;

ALTER TABLE studios.inbox ENABLE ROW LEVEL SECURITY;

CREATE POLICY keeper ON studios.attendance TO banlian_owner USING (true) WITH CHECK (true);

CREATE POLICY keeper ON studios.audit TO banlian_owner USING (true) WITH CHECK (true);

CREATE POLICY keeper ON studios.event_log TO banlian_owner USING (true) WITH CHECK (true);

CREATE POLICY keeper ON studios.idempotency TO banlian_owner USING (true) WITH CHECK (true);

CREATE POLICY keeper ON studios.import TO banlian_owner USING (true) WITH CHECK (true);

CREATE POLICY keeper ON studios.inbox TO banlian_owner USING (true) WITH CHECK (true);

CREATE POLICY keeper ON studios.membership TO banlian_owner USING (true) WITH CHECK (true);

CREATE POLICY keeper ON studios.organisation TO banlian_owner USING (true) WITH CHECK (true);

CREATE POLICY keeper ON studios.person TO banlian_owner USING (true) WITH CHECK (true);

CREATE POLICY keeper ON studios.plan_item TO banlian_owner USING (true) WITH CHECK (true);

CREATE POLICY keeper ON studios.session TO banlian_owner USING (true) WITH CHECK (true);

CREATE POLICY keeper ON studios.studio TO banlian_owner USING (true) WITH CHECK (true);

CREATE POLICY keeper ON studios.task TO banlian_owner USING (true) WITH CHECK (true);

CREATE POLICY keeper ON studios.task_history TO banlian_owner USING (true) WITH CHECK (true);

ALTER TABLE studios.membership ENABLE ROW LEVEL SECURITY;

ALTER TABLE studios.organisation ENABLE ROW LEVEL SECURITY;

CREATE POLICY own ON studios.idempotency TO banlian_studios USING ((person_id = ( SELECT platform.person() AS person))) WITH CHECK ((person_id = ( SELECT platform.person() AS person)));

ALTER TABLE studios.person ENABLE ROW LEVEL SECURITY;

ALTER TABLE studios.plan_item ENABLE ROW LEVEL SECURITY;

CREATE POLICY reading ON studios.attendance FOR SELECT TO banlian_studios USING (((( SELECT platform.readable() AS readable) @> owner_no) OR (studio_id = ANY (( SELECT platform.studios() AS studios)::uuid[]))));

CREATE POLICY reading ON studios.audit FOR SELECT TO banlian_studios USING (((( SELECT platform.readable() AS readable) @> owner_no) OR (studio_id = ANY (( SELECT platform.studios() AS studios)::uuid[])) OR (person_id = ( SELECT platform.person() AS person))));

CREATE POLICY reading ON studios.event_log FOR SELECT TO banlian_studios USING (((( SELECT platform.readable() AS readable) @> owner_no) OR (studio_id = ANY (( SELECT platform.studios() AS studios)::uuid[]))));

CREATE POLICY reading ON studios.import FOR SELECT TO banlian_studios USING (((( SELECT platform.writable() AS writable) @> owner_no) OR (asked_by = ( SELECT platform.person() AS person))));

CREATE POLICY reading ON studios.membership FOR SELECT TO banlian_studios USING (((( SELECT platform.readable() AS readable) @> owner_no) OR (studio_id = ANY (( SELECT platform.studios() AS studios)::uuid[]))));

CREATE POLICY reading ON studios.organisation FOR SELECT TO banlian_studios USING ((( SELECT platform.readable() AS readable) @> owner_no));

CREATE POLICY reading ON studios.person FOR SELECT TO banlian_studios USING (((( SELECT platform.readable() AS readable) @> owner_no) OR (id = ( SELECT platform.person() AS person))));

CREATE POLICY reading ON studios.plan_item FOR SELECT TO banlian_studios USING (((( SELECT platform.readable() AS readable) @> owner_no) OR (studio_id = ANY (( SELECT platform.studios() AS studios)::uuid[]))));

CREATE POLICY reading ON studios.session FOR SELECT TO banlian_studios USING (((( SELECT platform.readable() AS readable) @> owner_no) OR (studio_id = ANY (( SELECT platform.studios() AS studios)::uuid[]))));

CREATE POLICY reading ON studios.studio FOR SELECT TO banlian_studios USING (((( SELECT platform.readable() AS readable) @> owner_no) OR (id = ANY (( SELECT platform.studios() AS studios)::uuid[]))));

CREATE POLICY reading ON studios.task FOR SELECT TO banlian_studios USING (((( SELECT platform.readable() AS readable) @> owner_no) OR (studio_id = ANY (( SELECT platform.studios() AS studios)::uuid[]))));

CREATE POLICY reading ON studios.task_history FOR SELECT TO banlian_studios USING (((( SELECT platform.readable() AS readable) @> owner_no) OR (studio_id = ANY (( SELECT platform.studios() AS studios)::uuid[]))));

CREATE POLICY removing ON studios.attendance FOR DELETE TO banlian_studios USING (((( SELECT platform.writable() AS writable) @> owner_no) OR (studio_id = ANY (( SELECT platform.studios_writable() AS studios_writable)::uuid[]))));

CREATE POLICY removing ON studios.plan_item FOR DELETE TO banlian_studios USING (((( SELECT platform.writable() AS writable) @> owner_no) OR (studio_id = ANY (( SELECT platform.studios_writable() AS studios_writable)::uuid[]))));

ALTER TABLE studios.session ENABLE ROW LEVEL SECURITY;

ALTER TABLE studios.studio ENABLE ROW LEVEL SECURITY;

ALTER TABLE studios.task ENABLE ROW LEVEL SECURITY;

ALTER TABLE studios.task_history ENABLE ROW LEVEL SECURITY;

CREATE POLICY working ON studios.import FOR UPDATE TO banlian_studios USING (((( SELECT platform.writable() AS writable) @> owner_no) OR (asked_by = ( SELECT platform.person() AS person)))) WITH CHECK (((( SELECT platform.writable() AS writable) @> owner_no) OR (asked_by = ( SELECT platform.person() AS person))));

CREATE POLICY writing ON studios.audit FOR INSERT TO banlian_studios WITH CHECK (((( SELECT platform.writable() AS writable) @> owner_no) OR (studio_id = ANY (( SELECT platform.studios_writable() AS studios_writable)::uuid[])) OR (person_id = ( SELECT platform.person() AS person))));

CREATE POLICY writing ON studios.event_log FOR INSERT TO banlian_studios WITH CHECK (((( SELECT platform.writable() AS writable) @> owner_no) OR (studio_id = ANY (( SELECT platform.studios_writable() AS studios_writable)::uuid[]))));

ALTER TABLE tenancy.account ENABLE ROW LEVEL SECURITY;

CREATE POLICY adding ON tenancy.homeroom_assignment FOR INSERT TO banlian_tenancy WITH CHECK ((( SELECT platform.writable() AS writable) @> owner_no));

CREATE POLICY adding ON tenancy.homeroom_class FOR INSERT TO banlian_tenancy WITH CHECK ((( SELECT platform.writable() AS writable) @> owner_no));

CREATE POLICY adding ON tenancy.organisation_authority FOR INSERT TO banlian_tenancy WITH CHECK ((( SELECT platform.writable() AS writable) @> owner_no));

CREATE POLICY adding ON tenancy.organisation_code FOR INSERT TO banlian_tenancy WITH CHECK ((( SELECT platform.writable() AS writable) @> owner_no));

CREATE POLICY adding ON tenancy.organisation_name FOR INSERT TO banlian_tenancy WITH CHECK ((( SELECT platform.writable() AS writable) @> owner_no));

CREATE POLICY adding ON tenancy.organisation_place FOR INSERT TO banlian_tenancy WITH CHECK ((( SELECT platform.writable() AS writable) @> owner_no));

CREATE POLICY adding ON tenancy.person FOR INSERT TO banlian_tenancy WITH CHECK ((( SELECT platform.writable() AS writable) @> owner_no));

CREATE POLICY applying ON tenancy.inbox TO banlian_tenancy USING ((( SELECT platform.writable() AS writable) @> owner_no)) WITH CHECK ((( SELECT platform.writable() AS writable) @> owner_no));

CREATE POLICY asking ON tenancy.import FOR INSERT TO banlian_tenancy WITH CHECK (((asked_by = ( SELECT platform.person() AS person)) AND (( SELECT platform.writable() AS writable) @> owner_no)));

ALTER TABLE tenancy.audit ENABLE ROW LEVEL SECURITY;

CREATE POLICY changing ON tenancy.homeroom_assignment FOR UPDATE TO banlian_tenancy USING ((( SELECT platform.writable() AS writable) @> owner_no)) WITH CHECK ((( SELECT platform.writable() AS writable) @> owner_no));

CREATE POLICY changing ON tenancy.homeroom_class FOR UPDATE TO banlian_tenancy USING ((( SELECT platform.writable() AS writable) @> owner_no)) WITH CHECK ((( SELECT platform.writable() AS writable) @> owner_no));

CREATE POLICY changing ON tenancy.organisation FOR UPDATE TO banlian_tenancy USING ((( SELECT platform.writable() AS writable) @> owner_no)) WITH CHECK ((( SELECT platform.writable() AS writable) @> owner_no));

CREATE POLICY changing ON tenancy.organisation_authority FOR UPDATE TO banlian_tenancy USING ((( SELECT platform.writable() AS writable) @> owner_no)) WITH CHECK ((( SELECT platform.writable() AS writable) @> owner_no));

CREATE POLICY changing ON tenancy.organisation_code FOR UPDATE TO banlian_tenancy USING ((( SELECT platform.writable() AS writable) @> owner_no)) WITH CHECK ((( SELECT platform.writable() AS writable) @> owner_no));

CREATE POLICY changing ON tenancy.organisation_name FOR UPDATE TO banlian_tenancy USING ((( SELECT platform.writable() AS writable) @> owner_no)) WITH CHECK ((( SELECT platform.writable() AS writable) @> owner_no));

CREATE POLICY changing ON tenancy.organisation_place FOR UPDATE TO banlian_tenancy USING ((( SELECT platform.writable() AS writable) @> owner_no)) WITH CHECK ((( SELECT platform.writable() AS writable) @> owner_no));

CREATE POLICY changing ON tenancy.person FOR UPDATE TO banlian_tenancy USING ((( SELECT platform.writable() AS writable) @> owner_no)) WITH CHECK ((( SELECT platform.writable() AS writable) @> owner_no));

CREATE POLICY changing ON tenancy.role_grant FOR UPDATE TO banlian_tenancy USING ((( SELECT platform.writable() AS writable) @> owner_no)) WITH CHECK ((( SELECT platform.writable() AS writable) @> owner_no));

ALTER TABLE tenancy.event_log ENABLE ROW LEVEL SECURITY;

ALTER TABLE tenancy.event_log_rest ENABLE ROW LEVEL SECURITY;

CREATE POLICY founding ON tenancy.organisation FOR INSERT TO banlian_tenancy WITH CHECK ((( SELECT platform.writable() AS writable) @> owner_no));

CREATE POLICY giving ON tenancy.role_grant FOR INSERT TO banlian_tenancy WITH CHECK ((( SELECT platform.writable() AS writable) @> owner_no));

ALTER TABLE tenancy.homeroom_assignment ENABLE ROW LEVEL SECURITY;

ALTER TABLE tenancy.homeroom_class ENABLE ROW LEVEL SECURITY;

ALTER TABLE tenancy.idempotency ENABLE ROW LEVEL SECURITY;

ALTER TABLE tenancy.import ENABLE ROW LEVEL SECURITY;

ALTER TABLE tenancy.inbox ENABLE ROW LEVEL SECURITY;

CREATE POLICY keeper ON tenancy.account TO banlian_owner USING (true) WITH CHECK (true);

CREATE POLICY keeper ON tenancy.audit TO banlian_owner USING (true) WITH CHECK (true);

CREATE POLICY keeper ON tenancy.event_log TO banlian_owner USING (true) WITH CHECK (true);

CREATE POLICY keeper ON tenancy.homeroom_assignment TO banlian_owner USING (true) WITH CHECK (true);

CREATE POLICY keeper ON tenancy.homeroom_class TO banlian_owner USING (true) WITH CHECK (true);

CREATE POLICY keeper ON tenancy.idempotency TO banlian_owner USING (true) WITH CHECK (true);

CREATE POLICY keeper ON tenancy.import TO banlian_owner USING (true) WITH CHECK (true);

CREATE POLICY keeper ON tenancy.inbox TO banlian_owner USING (true) WITH CHECK (true);

CREATE POLICY keeper ON tenancy.number_block TO banlian_owner USING (true) WITH CHECK (true);

CREATE POLICY keeper ON tenancy.organisation TO banlian_owner USING (true) WITH CHECK (true);

CREATE POLICY keeper ON tenancy.organisation_authority TO banlian_owner USING (true) WITH CHECK (true);

CREATE POLICY keeper ON tenancy.organisation_code TO banlian_owner USING (true) WITH CHECK (true);

CREATE POLICY keeper ON tenancy.organisation_name TO banlian_owner USING (true) WITH CHECK (true);

CREATE POLICY keeper ON tenancy.organisation_place TO banlian_owner USING (true) WITH CHECK (true);

CREATE POLICY keeper ON tenancy.person TO banlian_owner USING (true) WITH CHECK (true);

CREATE POLICY keeper ON tenancy.role_grant TO banlian_owner USING (true) WITH CHECK (true);

CREATE POLICY keeper ON tenancy.session TO banlian_owner USING (true) WITH CHECK (true);

ALTER TABLE tenancy.number_block ENABLE ROW LEVEL SECURITY;

ALTER TABLE tenancy.organisation ENABLE ROW LEVEL SECURITY;

ALTER TABLE tenancy.organisation_authority ENABLE ROW LEVEL SECURITY;

ALTER TABLE tenancy.organisation_code ENABLE ROW LEVEL SECURITY;

ALTER TABLE tenancy.organisation_name ENABLE ROW LEVEL SECURITY;

ALTER TABLE tenancy.organisation_place ENABLE ROW LEVEL SECURITY;

CREATE POLICY own ON tenancy.idempotency TO banlian_tenancy USING ((person_id = ( SELECT platform.person() AS person))) WITH CHECK ((person_id = ( SELECT platform.person() AS person)));

CREATE POLICY own ON tenancy.session TO banlian_tenancy USING ((person_id = ( SELECT platform.person() AS person))) WITH CHECK ((person_id = ( SELECT platform.person() AS person)));

ALTER TABLE tenancy.person ENABLE ROW LEVEL SECURITY;

CREATE POLICY reading ON tenancy.audit FOR SELECT TO banlian_tenancy USING (((( SELECT platform.readable() AS readable) @> owner_no) OR (studio_id = ANY (( SELECT platform.studios() AS studios)::uuid[])) OR (person_id = ( SELECT platform.person() AS person))));

CREATE POLICY reading ON tenancy.event_log FOR SELECT TO banlian_tenancy USING (((( SELECT platform.readable() AS readable) @> owner_no) OR (studio_id = ANY (( SELECT platform.studios() AS studios)::uuid[]))));

CREATE POLICY reading ON tenancy.homeroom_assignment FOR SELECT TO banlian_tenancy USING ((( SELECT platform.readable() AS readable) @> owner_no));

CREATE POLICY reading ON tenancy.homeroom_class FOR SELECT TO banlian_tenancy USING ((( SELECT platform.readable() AS readable) @> owner_no));

CREATE POLICY reading ON tenancy.import FOR SELECT TO banlian_tenancy USING (((( SELECT platform.writable() AS writable) @> owner_no) OR (asked_by = ( SELECT platform.person() AS person))));

CREATE POLICY reading ON tenancy.organisation FOR SELECT TO banlian_tenancy USING ((( SELECT platform.readable() AS readable) @> owner_no));

CREATE POLICY reading ON tenancy.organisation_authority FOR SELECT TO banlian_tenancy USING ((( SELECT platform.readable() AS readable) @> owner_no));

CREATE POLICY reading ON tenancy.organisation_code FOR SELECT TO banlian_tenancy USING ((( SELECT platform.readable() AS readable) @> owner_no));

CREATE POLICY reading ON tenancy.organisation_name FOR SELECT TO banlian_tenancy USING ((( SELECT platform.readable() AS readable) @> owner_no));

CREATE POLICY reading ON tenancy.organisation_place FOR SELECT TO banlian_tenancy USING ((( SELECT platform.readable() AS readable) @> owner_no));

CREATE POLICY reading ON tenancy.person FOR SELECT TO banlian_tenancy USING (((( SELECT platform.readable() AS readable) @> owner_no) OR (id = ( SELECT platform.person() AS person))));

CREATE POLICY reading ON tenancy.role_grant FOR SELECT TO banlian_tenancy USING (((( SELECT platform.readable() AS readable) @> owner_no) OR (person_id = ( SELECT platform.person() AS person))));

ALTER TABLE tenancy.role_grant ENABLE ROW LEVEL SECURITY;

ALTER TABLE tenancy.session ENABLE ROW LEVEL SECURITY;

CREATE POLICY working ON tenancy.import FOR UPDATE TO banlian_tenancy USING (((( SELECT platform.writable() AS writable) @> owner_no) OR (asked_by = ( SELECT platform.person() AS person)))) WITH CHECK (((( SELECT platform.writable() AS writable) @> owner_no) OR (asked_by = ( SELECT platform.person() AS person))));

CREATE POLICY writing ON tenancy.audit FOR INSERT TO banlian_tenancy WITH CHECK (((( SELECT platform.writable() AS writable) @> owner_no) OR (studio_id = ANY (( SELECT platform.studios_writable() AS studios_writable)::uuid[])) OR (person_id = ( SELECT platform.person() AS person))));

CREATE POLICY writing ON tenancy.event_log FOR INSERT TO banlian_tenancy WITH CHECK (((( SELECT platform.writable() AS writable) @> owner_no) OR (studio_id = ANY (( SELECT platform.studios_writable() AS studios_writable)::uuid[]))));

GRANT USAGE ON SCHEMA analytics TO banlian_analytics;

GRANT USAGE ON SCHEMA platform TO banlian_tenancy;
GRANT USAGE ON SCHEMA platform TO banlian_studios;
GRANT USAGE ON SCHEMA platform TO banlian_resources;
GRANT USAGE ON SCHEMA platform TO banlian_analytics;

GRANT USAGE ON SCHEMA resources TO banlian_resources;

GRANT USAGE ON SCHEMA studios TO banlian_studios;

GRANT USAGE ON SCHEMA tenancy TO banlian_tenancy;

REVOKE ALL ON FUNCTION analytics.forget(of_consumer text) FROM PUBLIC;
GRANT ALL ON FUNCTION analytics.forget(of_consumer text) TO banlian_analytics;

GRANT SELECT(owner_no),INSERT(owner_no) ON TABLE analytics.event_log TO banlian_analytics;

GRANT SELECT(id),INSERT(id) ON TABLE analytics.event_log TO banlian_analytics;

GRANT SELECT(studio_id),INSERT(studio_id) ON TABLE analytics.event_log TO banlian_analytics;

GRANT SELECT(aggregate),INSERT(aggregate) ON TABLE analytics.event_log TO banlian_analytics;

GRANT SELECT(version),INSERT(version) ON TABLE analytics.event_log TO banlian_analytics;

GRANT SELECT(kind),INSERT(kind) ON TABLE analytics.event_log TO banlian_analytics;

GRANT SELECT(payload),INSERT(payload) ON TABLE analytics.event_log TO banlian_analytics;

GRANT SELECT(transaction_id) ON TABLE analytics.event_log TO banlian_analytics;

GRANT SELECT(recorded_at),INSERT(recorded_at) ON TABLE analytics.event_log TO banlian_analytics;

GRANT SELECT(trace),INSERT(trace) ON TABLE analytics.event_log TO banlian_analytics;

REVOKE ALL ON FUNCTION analytics.read_log(after_transaction xid8, after_id uuid, since timestamp with time zone, at_most integer) FROM PUBLIC;
GRANT ALL ON FUNCTION analytics.read_log(after_transaction xid8, after_id uuid, since timestamp with time zone, at_most integer) TO banlian_analytics;

REVOKE ALL ON FUNCTION analytics.stale_owners(today date, after_no integer, at_most integer) FROM PUBLIC;
GRANT ALL ON FUNCTION analytics.stale_owners(today date, after_no integer, at_most integer) TO banlian_analytics;

REVOKE ALL ON FUNCTION analytics.sweep(now timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION analytics.sweep(now timestamp with time zone) TO banlian_analytics;

GRANT SELECT,INSERT ON TABLE analytics.import TO banlian_analytics;

GRANT UPDATE(state) ON TABLE analytics.import TO banlian_analytics;

GRANT UPDATE(rows) ON TABLE analytics.import TO banlian_analytics;

GRANT UPDATE(rows_done) ON TABLE analytics.import TO banlian_analytics;

GRANT UPDATE(created) ON TABLE analytics.import TO banlian_analytics;

GRANT UPDATE(changed) ON TABLE analytics.import TO banlian_analytics;

GRANT UPDATE(unchanged) ON TABLE analytics.import TO banlian_analytics;

GRANT UPDATE(faults) ON TABLE analytics.import TO banlian_analytics;

GRANT UPDATE(problem_zh) ON TABLE analytics.import TO banlian_analytics;

GRANT UPDATE(problem_en) ON TABLE analytics.import TO banlian_analytics;

GRANT UPDATE(error_file) ON TABLE analytics.import TO banlian_analytics;

GRANT UPDATE(lease_until) ON TABLE analytics.import TO banlian_analytics;

GRANT UPDATE(ended_at) ON TABLE analytics.import TO banlian_analytics;

REVOKE ALL ON FUNCTION analytics.take_import(now timestamp with time zone, lease interval) FROM PUBLIC;
GRANT ALL ON FUNCTION analytics.take_import(now timestamp with time zone, lease interval) TO banlian_analytics;

REVOKE ALL ON FUNCTION platform.ensure_months(log regclass, around date) FROM PUBLIC;

REVOKE ALL ON FUNCTION platform.enter(readable text, writable text, studios text, studios_writable text, person text) FROM PUBLIC;
GRANT ALL ON FUNCTION platform.enter(readable text, writable text, studios text, studios_writable text, person text) TO banlian_tenancy;
GRANT ALL ON FUNCTION platform.enter(readable text, writable text, studios text, studios_writable text, person text) TO banlian_studios;
GRANT ALL ON FUNCTION platform.enter(readable text, writable text, studios text, studios_writable text, person text) TO banlian_resources;
GRANT ALL ON FUNCTION platform.enter(readable text, writable text, studios text, studios_writable text, person text) TO banlian_analytics;

REVOKE ALL ON FUNCTION platform.person() FROM PUBLIC;
GRANT ALL ON FUNCTION platform.person() TO banlian_tenancy;
GRANT ALL ON FUNCTION platform.person() TO banlian_studios;
GRANT ALL ON FUNCTION platform.person() TO banlian_resources;
GRANT ALL ON FUNCTION platform.person() TO banlian_analytics;

REVOKE ALL ON FUNCTION platform.readable() FROM PUBLIC;
GRANT ALL ON FUNCTION platform.readable() TO banlian_tenancy;
GRANT ALL ON FUNCTION platform.readable() TO banlian_studios;
GRANT ALL ON FUNCTION platform.readable() TO banlian_resources;
GRANT ALL ON FUNCTION platform.readable() TO banlian_analytics;

REVOKE ALL ON FUNCTION platform.studios() FROM PUBLIC;
GRANT ALL ON FUNCTION platform.studios() TO banlian_tenancy;
GRANT ALL ON FUNCTION platform.studios() TO banlian_studios;
GRANT ALL ON FUNCTION platform.studios() TO banlian_resources;
GRANT ALL ON FUNCTION platform.studios() TO banlian_analytics;

REVOKE ALL ON FUNCTION platform.studios_writable() FROM PUBLIC;
GRANT ALL ON FUNCTION platform.studios_writable() TO banlian_tenancy;
GRANT ALL ON FUNCTION platform.studios_writable() TO banlian_studios;
GRANT ALL ON FUNCTION platform.studios_writable() TO banlian_resources;
GRANT ALL ON FUNCTION platform.studios_writable() TO banlian_analytics;

REVOKE ALL ON FUNCTION platform.writable() FROM PUBLIC;
GRANT ALL ON FUNCTION platform.writable() TO banlian_tenancy;
GRANT ALL ON FUNCTION platform.writable() TO banlian_studios;
GRANT ALL ON FUNCTION platform.writable() TO banlian_resources;
GRANT ALL ON FUNCTION platform.writable() TO banlian_analytics;

GRANT SELECT(owner_no),INSERT(owner_no) ON TABLE resources.event_log TO banlian_resources;

GRANT SELECT(id),INSERT(id) ON TABLE resources.event_log TO banlian_resources;

GRANT SELECT(studio_id),INSERT(studio_id) ON TABLE resources.event_log TO banlian_resources;

GRANT SELECT(aggregate),INSERT(aggregate) ON TABLE resources.event_log TO banlian_resources;

GRANT SELECT(version),INSERT(version) ON TABLE resources.event_log TO banlian_resources;

GRANT SELECT(kind),INSERT(kind) ON TABLE resources.event_log TO banlian_resources;

GRANT SELECT(payload),INSERT(payload) ON TABLE resources.event_log TO banlian_resources;

GRANT SELECT(transaction_id) ON TABLE resources.event_log TO banlian_resources;

GRANT SELECT(recorded_at),INSERT(recorded_at) ON TABLE resources.event_log TO banlian_resources;

GRANT SELECT(trace),INSERT(trace) ON TABLE resources.event_log TO banlian_resources;

REVOKE ALL ON FUNCTION resources.read_log(after_transaction xid8, after_id uuid, since timestamp with time zone, at_most integer) FROM PUBLIC;
GRANT ALL ON FUNCTION resources.read_log(after_transaction xid8, after_id uuid, since timestamp with time zone, at_most integer) TO banlian_resources;

REVOKE ALL ON FUNCTION resources.sweep(now timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION resources.sweep(now timestamp with time zone) TO banlian_resources;

GRANT SELECT,INSERT ON TABLE resources.import TO banlian_resources;

GRANT UPDATE(state) ON TABLE resources.import TO banlian_resources;

GRANT UPDATE(rows) ON TABLE resources.import TO banlian_resources;

GRANT UPDATE(rows_done) ON TABLE resources.import TO banlian_resources;

GRANT UPDATE(created) ON TABLE resources.import TO banlian_resources;

GRANT UPDATE(changed) ON TABLE resources.import TO banlian_resources;

GRANT UPDATE(unchanged) ON TABLE resources.import TO banlian_resources;

GRANT UPDATE(faults) ON TABLE resources.import TO banlian_resources;

GRANT UPDATE(problem_zh) ON TABLE resources.import TO banlian_resources;

GRANT UPDATE(problem_en) ON TABLE resources.import TO banlian_resources;

GRANT UPDATE(error_file) ON TABLE resources.import TO banlian_resources;

GRANT UPDATE(lease_until) ON TABLE resources.import TO banlian_resources;

GRANT UPDATE(ended_at) ON TABLE resources.import TO banlian_resources;

REVOKE ALL ON FUNCTION resources.take_import(now timestamp with time zone, lease interval) FROM PUBLIC;
GRANT ALL ON FUNCTION resources.take_import(now timestamp with time zone, lease interval) TO banlian_resources;

REVOKE ALL ON FUNCTION studios.find_people(logins text[], today date) FROM PUBLIC;
GRANT ALL ON FUNCTION studios.find_people(logins text[], today date) TO banlian_studios;

REVOKE ALL ON FUNCTION studios.name_people(people uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION studios.name_people(people uuid[]) TO banlian_studios;

GRANT SELECT(owner_no),INSERT(owner_no) ON TABLE studios.event_log TO banlian_studios;

GRANT SELECT(id),INSERT(id) ON TABLE studios.event_log TO banlian_studios;

GRANT SELECT(studio_id),INSERT(studio_id) ON TABLE studios.event_log TO banlian_studios;

GRANT SELECT(aggregate),INSERT(aggregate) ON TABLE studios.event_log TO banlian_studios;

GRANT SELECT(version),INSERT(version) ON TABLE studios.event_log TO banlian_studios;

GRANT SELECT(kind),INSERT(kind) ON TABLE studios.event_log TO banlian_studios;

GRANT SELECT(payload),INSERT(payload) ON TABLE studios.event_log TO banlian_studios;

GRANT SELECT(transaction_id) ON TABLE studios.event_log TO banlian_studios;

GRANT SELECT(recorded_at),INSERT(recorded_at) ON TABLE studios.event_log TO banlian_studios;

GRANT SELECT(trace),INSERT(trace) ON TABLE studios.event_log TO banlian_studios;

REVOKE ALL ON FUNCTION studios.read_log(after_transaction xid8, after_id uuid, since timestamp with time zone, at_most integer) FROM PUBLIC;
GRANT ALL ON FUNCTION studios.read_log(after_transaction xid8, after_id uuid, since timestamp with time zone, at_most integer) TO banlian_studios;

REVOKE ALL ON FUNCTION studios.sweep(now timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION studios.sweep(now timestamp with time zone) TO banlian_studios;

GRANT SELECT,INSERT ON TABLE studios.import TO banlian_studios;

GRANT UPDATE(state) ON TABLE studios.import TO banlian_studios;

GRANT UPDATE(rows) ON TABLE studios.import TO banlian_studios;

GRANT UPDATE(rows_done) ON TABLE studios.import TO banlian_studios;

GRANT UPDATE(created) ON TABLE studios.import TO banlian_studios;

GRANT UPDATE(changed) ON TABLE studios.import TO banlian_studios;

GRANT UPDATE(unchanged) ON TABLE studios.import TO banlian_studios;

GRANT UPDATE(faults) ON TABLE studios.import TO banlian_studios;

GRANT UPDATE(problem_zh) ON TABLE studios.import TO banlian_studios;

GRANT UPDATE(problem_en) ON TABLE studios.import TO banlian_studios;

GRANT UPDATE(error_file) ON TABLE studios.import TO banlian_studios;

GRANT UPDATE(lease_until) ON TABLE studios.import TO banlian_studios;

GRANT UPDATE(ended_at) ON TABLE studios.import TO banlian_studios;

REVOKE ALL ON FUNCTION studios.take_import(now timestamp with time zone, lease interval) FROM PUBLIC;
GRANT ALL ON FUNCTION studios.take_import(now timestamp with time zone, lease interval) TO banlian_studios;

REVOKE ALL ON FUNCTION tenancy.above(leaf integer, on_day date) FROM PUBLIC;
GRANT ALL ON FUNCTION tenancy.above(leaf integer, on_day date) TO banlian_tenancy;

REVOKE ALL ON FUNCTION tenancy.account_of(wanted text, today date) FROM PUBLIC;
GRANT ALL ON FUNCTION tenancy.account_of(wanted text, today date) TO banlian_tenancy;

REVOKE ALL ON FUNCTION tenancy.below(root integer, on_day date) FROM PUBLIC;
GRANT ALL ON FUNCTION tenancy.below(root integer, on_day date) TO banlian_tenancy;

REVOKE ALL ON FUNCTION tenancy.claim_code(claimed text, no integer, from_day date) FROM PUBLIC;
GRANT ALL ON FUNCTION tenancy.claim_code(claimed text, no integer, from_day date) TO banlian_tenancy;

REVOKE ALL ON FUNCTION tenancy.covered(root integer, on_day date) FROM PUBLIC;
GRANT ALL ON FUNCTION tenancy.covered(root integer, on_day date) TO banlian_tenancy;

REVOKE ALL ON FUNCTION tenancy.find_people(logins text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION tenancy.find_people(logins text[]) TO banlian_tenancy;

REVOKE ALL ON FUNCTION tenancy.free_codes(no integer, kept text[], from_day date) FROM PUBLIC;
GRANT ALL ON FUNCTION tenancy.free_codes(no integer, kept text[], from_day date) TO banlian_tenancy;

REVOKE ALL ON FUNCTION tenancy.give_block(bureau integer, lo integer, hi integer) FROM PUBLIC;
GRANT ALL ON FUNCTION tenancy.give_block(bureau integer, lo integer, hi integer) TO banlian_tenancy;

REVOKE ALL ON FUNCTION tenancy.grants_standing_on(nos integer[], on_day date) FROM PUBLIC;
GRANT ALL ON FUNCTION tenancy.grants_standing_on(nos integer[], on_day date) TO banlian_tenancy;

REVOKE ALL ON FUNCTION tenancy.locked_until(wanted text, from_source text, now timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION tenancy.locked_until(wanted text, from_source text, now timestamp with time zone) TO banlian_tenancy;

REVOKE ALL ON FUNCTION tenancy.locks(now timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION tenancy.locks(now timestamp with time zone) TO banlian_tenancy;

REVOKE ALL ON FUNCTION tenancy.make_accounts(logins text[], people uuid[], nos integer[]) FROM PUBLIC;
GRANT ALL ON FUNCTION tenancy.make_accounts(logins text[], people uuid[], nos integer[]) TO banlian_tenancy;

REVOKE ALL ON FUNCTION tenancy.name_organisations(nos integer[], on_day date) FROM PUBLIC;
GRANT ALL ON FUNCTION tenancy.name_organisations(nos integer[], on_day date) TO banlian_tenancy;

REVOKE ALL ON FUNCTION tenancy.name_people(people uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION tenancy.name_people(people uuid[]) TO banlian_tenancy;

REVOKE ALL ON FUNCTION tenancy.note_failure(wanted text, from_source text, now timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION tenancy.note_failure(wanted text, from_source text, now timestamp with time zone) TO banlian_tenancy;

REVOKE ALL ON FUNCTION tenancy.outranks(person uuid, today date) FROM PUBLIC;
GRANT ALL ON FUNCTION tenancy.outranks(person uuid, today date) TO banlian_tenancy;

REVOKE ALL ON FUNCTION tenancy.own_hashes() FROM PUBLIC;
GRANT ALL ON FUNCTION tenancy.own_hashes() TO banlian_tenancy;

REVOKE ALL ON FUNCTION tenancy.password_length(no integer, today date) FROM PUBLIC;
GRANT ALL ON FUNCTION tenancy.password_length(no integer, today date) TO banlian_tenancy;

REVOKE ALL ON FUNCTION tenancy.queue_attempt(wanted text, from_source text) FROM PUBLIC;
GRANT ALL ON FUNCTION tenancy.queue_attempt(wanted text, from_source text) TO banlian_tenancy;

GRANT SELECT(owner_no),INSERT(owner_no) ON TABLE tenancy.event_log TO banlian_tenancy;

GRANT SELECT(id),INSERT(id) ON TABLE tenancy.event_log TO banlian_tenancy;

GRANT SELECT(studio_id),INSERT(studio_id) ON TABLE tenancy.event_log TO banlian_tenancy;

GRANT SELECT(aggregate),INSERT(aggregate) ON TABLE tenancy.event_log TO banlian_tenancy;

GRANT SELECT(version),INSERT(version) ON TABLE tenancy.event_log TO banlian_tenancy;

GRANT SELECT(kind),INSERT(kind) ON TABLE tenancy.event_log TO banlian_tenancy;

GRANT SELECT(payload),INSERT(payload) ON TABLE tenancy.event_log TO banlian_tenancy;

GRANT SELECT(transaction_id) ON TABLE tenancy.event_log TO banlian_tenancy;

GRANT SELECT(recorded_at),INSERT(recorded_at) ON TABLE tenancy.event_log TO banlian_tenancy;

GRANT SELECT(trace),INSERT(trace) ON TABLE tenancy.event_log TO banlian_tenancy;

REVOKE ALL ON FUNCTION tenancy.read_log(after_transaction xid8, after_id uuid, since timestamp with time zone, at_most integer) FROM PUBLIC;
GRANT ALL ON FUNCTION tenancy.read_log(after_transaction xid8, after_id uuid, since timestamp with time zone, at_most integer) TO banlian_tenancy;

REVOKE ALL ON FUNCTION tenancy.reset_hash(person uuid, fresh text) FROM PUBLIC;
GRANT ALL ON FUNCTION tenancy.reset_hash(person uuid, fresh text) TO banlian_tenancy;

REVOKE ALL ON FUNCTION tenancy.resume(token bytea, now timestamp with time zone, today date, look boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION tenancy.resume(token bytea, now timestamp with time zone, today date, look boolean) TO banlian_tenancy;

REVOKE ALL ON FUNCTION tenancy.roles_held(person uuid, today date) FROM PUBLIC;
GRANT ALL ON FUNCTION tenancy.roles_held(person uuid, today date) TO banlian_tenancy;

REVOKE ALL ON FUNCTION tenancy.set_own_hash(fresh text, present text, kept_session uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION tenancy.set_own_hash(fresh text, present text, kept_session uuid) TO banlian_tenancy;

REVOKE ALL ON FUNCTION tenancy.start_session(person uuid, session uuid, token bytea, now timestamp with time zone, from_device text, from_source text, wanted text) FROM PUBLIC;
GRANT ALL ON FUNCTION tenancy.start_session(person uuid, session uuid, token bytea, now timestamp with time zone, from_device text, from_source text, wanted text) TO banlian_tenancy;

REVOKE ALL ON FUNCTION tenancy.sweep(now timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION tenancy.sweep(now timestamp with time zone) TO banlian_tenancy;

GRANT SELECT,INSERT ON TABLE tenancy.import TO banlian_tenancy;

GRANT UPDATE(state) ON TABLE tenancy.import TO banlian_tenancy;

GRANT UPDATE(rows) ON TABLE tenancy.import TO banlian_tenancy;

GRANT UPDATE(rows_done) ON TABLE tenancy.import TO banlian_tenancy;

GRANT UPDATE(created) ON TABLE tenancy.import TO banlian_tenancy;

GRANT UPDATE(changed) ON TABLE tenancy.import TO banlian_tenancy;

GRANT UPDATE(unchanged) ON TABLE tenancy.import TO banlian_tenancy;

GRANT UPDATE(faults) ON TABLE tenancy.import TO banlian_tenancy;

GRANT UPDATE(problem_zh) ON TABLE tenancy.import TO banlian_tenancy;

GRANT UPDATE(problem_en) ON TABLE tenancy.import TO banlian_tenancy;

GRANT UPDATE(error_file) ON TABLE tenancy.import TO banlian_tenancy;

GRANT UPDATE(lease_until) ON TABLE tenancy.import TO banlian_tenancy;

GRANT UPDATE(ended_at) ON TABLE tenancy.import TO banlian_tenancy;

REVOKE ALL ON FUNCTION tenancy.take_import(now timestamp with time zone, lease interval) FROM PUBLIC;
GRANT ALL ON FUNCTION tenancy.take_import(now timestamp with time zone, lease interval) TO banlian_tenancy;

REVOKE ALL ON FUNCTION tenancy.take_numbers(bureau integer, size integer, overflow integer) FROM PUBLIC;
GRANT ALL ON FUNCTION tenancy.take_numbers(bureau integer, size integer, overflow integer) TO banlian_tenancy;

GRANT SELECT,INSERT ON TABLE analytics.audit TO banlian_analytics;

GRANT SELECT,INSERT ON TABLE analytics.class TO banlian_analytics;

GRANT UPDATE(version) ON TABLE analytics.class TO banlian_analytics;

GRANT UPDATE(opened_on) ON TABLE analytics.class TO banlian_analytics;

GRANT UPDATE(closed_on) ON TABLE analytics.class TO banlian_analytics;

GRANT UPDATE(assignments) ON TABLE analytics.class TO banlian_analytics;

GRANT SELECT,INSERT,DELETE ON TABLE analytics.fact TO banlian_analytics;

GRANT UPDATE(state) ON TABLE analytics.fact TO banlian_analytics;

GRANT UPDATE(missing) ON TABLE analytics.fact TO banlian_analytics;

GRANT UPDATE(numerator) ON TABLE analytics.fact TO banlian_analytics;

GRANT UPDATE(denominator) ON TABLE analytics.fact TO banlian_analytics;

GRANT UPDATE(value) ON TABLE analytics.fact TO banlian_analytics;

GRANT SELECT,INSERT,DELETE ON TABLE analytics.fact_record TO banlian_analytics;

GRANT UPDATE(weight) ON TABLE analytics.fact_record TO banlian_analytics;

GRANT SELECT,INSERT,DELETE ON TABLE analytics.idempotency TO banlian_analytics;

GRANT UPDATE(reply) ON TABLE analytics.idempotency TO banlian_analytics;

GRANT SELECT,INSERT,DELETE ON TABLE analytics.inbox TO banlian_analytics;

GRANT SELECT,INSERT ON TABLE analytics.membership TO banlian_analytics;

GRANT UPDATE(studio_id) ON TABLE analytics.membership TO banlian_analytics;

GRANT UPDATE(version) ON TABLE analytics.membership TO banlian_analytics;

GRANT UPDATE(person_id) ON TABLE analytics.membership TO banlian_analytics;

GRANT UPDATE(home_no) ON TABLE analytics.membership TO banlian_analytics;

GRANT UPDATE(principal_category) ON TABLE analytics.membership TO banlian_analytics;

GRANT UPDATE(categories) ON TABLE analytics.membership TO banlian_analytics;

GRANT UPDATE(from_on) ON TABLE analytics.membership TO banlian_analytics;

GRANT UPDATE(to_on) ON TABLE analytics.membership TO banlian_analytics;

GRANT SELECT,INSERT,UPDATE ON TABLE analytics.relay_cursor TO banlian_analytics;

GRANT SELECT,INSERT ON TABLE analytics.session TO banlian_analytics;

GRANT UPDATE(studio_id) ON TABLE analytics.session TO banlian_analytics;

GRANT UPDATE(version) ON TABLE analytics.session TO banlian_analytics;

GRANT UPDATE(on_day) ON TABLE analytics.session TO banlian_analytics;

GRANT UPDATE(held) ON TABLE analytics.session TO banlian_analytics;

GRANT UPDATE(functions) ON TABLE analytics.session TO banlian_analytics;

GRANT UPDATE(joint) ON TABLE analytics.session TO banlian_analytics;

GRANT UPDATE(attendance) ON TABLE analytics.session TO banlian_analytics;

GRANT SELECT,INSERT,DELETE ON TABLE analytics.sheet TO banlian_analytics;

GRANT UPDATE(as_of) ON TABLE analytics.sheet TO banlian_analytics;

GRANT UPDATE(evidence) ON TABLE analytics.sheet TO banlian_analytics;

GRANT UPDATE(figures) ON TABLE analytics.sheet TO banlian_analytics;

GRANT SELECT,INSERT ON TABLE analytics.studio TO banlian_analytics;

GRANT UPDATE(version) ON TABLE analytics.studio TO banlian_analytics;

GRANT UPDATE(founded_on) ON TABLE analytics.studio TO banlian_analytics;

GRANT UPDATE(closed_on) ON TABLE analytics.studio TO banlian_analytics;

GRANT SELECT,INSERT ON TABLE analytics.task TO banlian_analytics;

GRANT UPDATE(studio_id) ON TABLE analytics.task TO banlian_analytics;

GRANT UPDATE(version) ON TABLE analytics.task TO banlian_analytics;

GRANT UPDATE(due_on) ON TABLE analytics.task TO banlian_analytics;

GRANT UPDATE(closed_on) ON TABLE analytics.task TO banlian_analytics;

GRANT UPDATE(with_evidence) ON TABLE analytics.task TO banlian_analytics;

GRANT SELECT,INSERT ON TABLE resources.audit TO banlian_resources;

GRANT SELECT ON TABLE resources.domain TO banlian_resources;

GRANT SELECT,INSERT,DELETE ON TABLE resources.idempotency TO banlian_resources;

GRANT UPDATE(reply) ON TABLE resources.idempotency TO banlian_resources;

GRANT SELECT,INSERT,DELETE ON TABLE resources.inbox TO banlian_resources;

GRANT SELECT,INSERT,UPDATE ON TABLE resources.relay_cursor TO banlian_resources;

GRANT SELECT,INSERT,DELETE ON TABLE studios.attendance TO banlian_studios;

GRANT UPDATE(home_no) ON TABLE studios.attendance TO banlian_studios;

GRANT UPDATE(expected) ON TABLE studios.attendance TO banlian_studios;

GRANT UPDATE(present) ON TABLE studios.attendance TO banlian_studios;

GRANT SELECT,INSERT ON TABLE studios.audit TO banlian_studios;

GRANT SELECT,INSERT,DELETE ON TABLE studios.idempotency TO banlian_studios;

GRANT UPDATE(reply) ON TABLE studios.idempotency TO banlian_studios;

GRANT SELECT,INSERT,DELETE ON TABLE studios.inbox TO banlian_studios;

GRANT SELECT,INSERT ON TABLE studios.membership TO banlian_studios;

GRANT UPDATE(home_no) ON TABLE studios.membership TO banlian_studios;

GRANT UPDATE(role) ON TABLE studios.membership TO banlian_studios;

GRANT UPDATE(categories) ON TABLE studios.membership TO banlian_studios;

GRANT UPDATE(principal_category) ON TABLE studios.membership TO banlian_studios;

GRANT UPDATE(to_on) ON TABLE studios.membership TO banlian_studios;

GRANT UPDATE(version) ON TABLE studios.membership TO banlian_studios;

GRANT SELECT,INSERT ON TABLE studios.organisation TO banlian_studios;

GRANT UPDATE(name) ON TABLE studios.organisation TO banlian_studios;

GRANT UPDATE(kind) ON TABLE studios.organisation TO banlian_studios;

GRANT UPDATE(closed_on) ON TABLE studios.organisation TO banlian_studios;

GRANT UPDATE(version) ON TABLE studios.organisation TO banlian_studios;

GRANT SELECT,INSERT ON TABLE studios.person TO banlian_studios;

GRANT UPDATE(name) ON TABLE studios.person TO banlian_studios;

GRANT UPDATE(login) ON TABLE studios.person TO banlian_studios;

GRANT UPDATE(pinyin) ON TABLE studios.person TO banlian_studios;

GRANT UPDATE(initials) ON TABLE studios.person TO banlian_studios;

GRANT UPDATE(home_name) ON TABLE studios.person TO banlian_studios;

GRANT UPDATE(left_on) ON TABLE studios.person TO banlian_studios;

GRANT UPDATE(version) ON TABLE studios.person TO banlian_studios;

GRANT SELECT,INSERT,DELETE ON TABLE studios.plan_item TO banlian_studios;

GRANT UPDATE(title) ON TABLE studios.plan_item TO banlian_studios;

GRANT UPDATE(owner_person_id) ON TABLE studios.plan_item TO banlian_studios;

GRANT UPDATE(deliverable) ON TABLE studios.plan_item TO banlian_studios;

GRANT UPDATE(due_on) ON TABLE studios.plan_item TO banlian_studios;

GRANT UPDATE(measure) ON TABLE studios.plan_item TO banlian_studios;

GRANT UPDATE(version) ON TABLE studios.plan_item TO banlian_studios;

GRANT SELECT,INSERT,UPDATE ON TABLE studios.relay_cursor TO banlian_studios;

GRANT SELECT,INSERT ON TABLE studios.session TO banlian_studios;

GRANT UPDATE(title) ON TABLE studios.session TO banlian_studios;

GRANT UPDATE(pinyin) ON TABLE studios.session TO banlian_studios;

GRANT UPDATE(initials) ON TABLE studios.session TO banlian_studios;

GRANT UPDATE(starts_at) ON TABLE studios.session TO banlian_studios;

GRANT UPDATE(minutes) ON TABLE studios.session TO banlian_studios;

GRANT UPDATE(place) ON TABLE studios.session TO banlian_studios;

GRANT UPDATE(functions) ON TABLE studios.session TO banlian_studios;

GRANT UPDATE(activities) ON TABLE studios.session TO banlian_studios;

GRANT UPDATE(joint) ON TABLE studios.session TO banlian_studios;

GRANT UPDATE(state) ON TABLE studios.session TO banlian_studios;

GRANT UPDATE(summary) ON TABLE studios.session TO banlian_studios;

GRANT UPDATE(cancel_reason) ON TABLE studios.session TO banlian_studios;

GRANT UPDATE(version) ON TABLE studios.session TO banlian_studios;

GRANT SELECT,INSERT ON TABLE studios.studio TO banlian_studios;

GRANT UPDATE(name) ON TABLE studios.studio TO banlian_studios;

GRANT UPDATE(pinyin) ON TABLE studios.studio TO banlian_studios;

GRANT UPDATE(initials) ON TABLE studios.studio TO banlian_studios;

GRANT UPDATE(level) ON TABLE studios.studio TO banlian_studios;

GRANT UPDATE(stage) ON TABLE studios.studio TO banlian_studios;

GRANT UPDATE(mode) ON TABLE studios.studio TO banlian_studios;

GRANT UPDATE(leader_type) ON TABLE studios.studio TO banlian_studios;

GRANT UPDATE(founded_on) ON TABLE studios.studio TO banlian_studios;

GRANT UPDATE(closed_on) ON TABLE studios.studio TO banlian_studios;

GRANT UPDATE(last_activity) ON TABLE studios.studio TO banlian_studios;

GRANT UPDATE(version) ON TABLE studios.studio TO banlian_studios;

GRANT SELECT,INSERT ON TABLE studios.task TO banlian_studios;

GRANT UPDATE(plan_item_id) ON TABLE studios.task TO banlian_studios;

GRANT UPDATE(title) ON TABLE studios.task TO banlian_studios;

GRANT UPDATE(pinyin) ON TABLE studios.task TO banlian_studios;

GRANT UPDATE(owner_person_id) ON TABLE studios.task TO banlian_studios;

GRANT UPDATE(due_on) ON TABLE studios.task TO banlian_studios;

GRANT UPDATE(closed_on) ON TABLE studios.task TO banlian_studios;

GRANT UPDATE(evidence_text) ON TABLE studios.task TO banlian_studios;

GRANT UPDATE(evidence_link) ON TABLE studios.task TO banlian_studios;

GRANT UPDATE(reason) ON TABLE studios.task TO banlian_studios;

GRANT UPDATE(version) ON TABLE studios.task TO banlian_studios;

GRANT SELECT,INSERT ON TABLE studios.task_history TO banlian_studios;

GRANT SELECT,INSERT ON TABLE tenancy.audit TO banlian_tenancy;

GRANT SELECT,INSERT ON TABLE tenancy.homeroom_assignment TO banlian_tenancy;

GRANT UPDATE(to_on) ON TABLE tenancy.homeroom_assignment TO banlian_tenancy;

GRANT UPDATE(appointment) ON TABLE tenancy.homeroom_assignment TO banlian_tenancy;

GRANT UPDATE(end_reason) ON TABLE tenancy.homeroom_assignment TO banlian_tenancy;

GRANT SELECT,INSERT ON TABLE tenancy.homeroom_class TO banlian_tenancy;

GRANT UPDATE(name) ON TABLE tenancy.homeroom_class TO banlian_tenancy;

GRANT UPDATE(programme) ON TABLE tenancy.homeroom_class TO banlian_tenancy;

GRANT UPDATE(headcount) ON TABLE tenancy.homeroom_class TO banlian_tenancy;

GRANT UPDATE(closed_on) ON TABLE tenancy.homeroom_class TO banlian_tenancy;

GRANT UPDATE(version) ON TABLE tenancy.homeroom_class TO banlian_tenancy;

GRANT SELECT,INSERT,DELETE ON TABLE tenancy.idempotency TO banlian_tenancy;

GRANT UPDATE(reply) ON TABLE tenancy.idempotency TO banlian_tenancy;

GRANT SELECT,INSERT,DELETE ON TABLE tenancy.inbox TO banlian_tenancy;

GRANT SELECT,INSERT,UPDATE ON TABLE tenancy.organisation TO banlian_tenancy;

GRANT SELECT,INSERT,UPDATE ON TABLE tenancy.organisation_authority TO banlian_tenancy;

GRANT SELECT,INSERT,UPDATE ON TABLE tenancy.organisation_code TO banlian_tenancy;

GRANT SELECT,INSERT,UPDATE ON TABLE tenancy.organisation_name TO banlian_tenancy;

GRANT SELECT,INSERT,UPDATE ON TABLE tenancy.organisation_place TO banlian_tenancy;

GRANT SELECT,INSERT ON TABLE tenancy.person TO banlian_tenancy;

GRANT UPDATE(name) ON TABLE tenancy.person TO banlian_tenancy;

GRANT UPDATE(pinyin) ON TABLE tenancy.person TO banlian_tenancy;

GRANT UPDATE(initials) ON TABLE tenancy.person TO banlian_tenancy;

GRANT UPDATE(phone) ON TABLE tenancy.person TO banlian_tenancy;

GRANT UPDATE(left_on) ON TABLE tenancy.person TO banlian_tenancy;

GRANT UPDATE(version) ON TABLE tenancy.person TO banlian_tenancy;

GRANT SELECT ON TABLE tenancy.place TO banlian_tenancy;

GRANT SELECT,INSERT,UPDATE ON TABLE tenancy.relay_cursor TO banlian_tenancy;

GRANT SELECT,INSERT ON TABLE tenancy.role_grant TO banlian_tenancy;

GRANT UPDATE(role) ON TABLE tenancy.role_grant TO banlian_tenancy;

GRANT UPDATE(studio_name) ON TABLE tenancy.role_grant TO banlian_tenancy;

GRANT UPDATE(valid_from) ON TABLE tenancy.role_grant TO banlian_tenancy;

GRANT UPDATE(valid_to) ON TABLE tenancy.role_grant TO banlian_tenancy;

GRANT UPDATE(revoked_at) ON TABLE tenancy.role_grant TO banlian_tenancy;

GRANT UPDATE(version) ON TABLE tenancy.role_grant TO banlian_tenancy;

GRANT SELECT,DELETE ON TABLE tenancy.session TO banlian_tenancy;
