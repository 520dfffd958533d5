-- The context of a tenant transaction: set once by platform.enter, read by every policy.
revoke all on schema public from public;
revoke all on schema platform from public;

-- A literal `set local` reaches Citus workers; set_config(…, true) does not.
create function platform.enter(readable text, writable text, studios text, studios_writable text, person text)
returns void
language plpgsql
set search_path = platform, pg_temp
as $$
begin
    perform readable::int4multirange, writable::int4multirange, studios::uuid[], studios_writable::uuid[];
    execute format('set local app.readable = %L', readable);
    execute format('set local app.writable = %L', writable);
    execute format('set local app.studios = %L', studios);
    execute format('set local app.studios_writable = %L', studios_writable);
    execute format('set local app.person = %L', person);
end
$$;

create function platform.readable() returns int4multirange language sql stable parallel safe
    as $$ select coalesce(nullif(current_setting('app.readable', true), ''), '{}')::int4multirange $$;
create function platform.writable() returns int4multirange language sql stable parallel safe
    as $$ select coalesce(nullif(current_setting('app.writable', true), ''), '{}')::int4multirange $$;
create function platform.studios() returns uuid[] language sql stable parallel safe
    as $$ select coalesce(nullif(current_setting('app.studios', true), ''), '{}')::uuid[] $$;
create function platform.studios_writable() returns uuid[] language sql stable parallel safe
    as $$ select coalesce(nullif(current_setting('app.studios_writable', true), ''), '{}')::uuid[] $$;
create function platform.person() returns uuid language sql stable parallel safe
    as $$ select nullif(current_setting('app.person', true), '')::uuid $$;

-- Months of an append-only log, from last month to a year and a half ahead; a default partition takes the rest, and keeps
-- what it has taken: a month that has lines there gets no partition of its own.
create function platform.ensure_months(log regclass, around date) returns void
language plpgsql
set search_path = platform, pg_temp
as $$
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

revoke all on all functions in schema platform from public;
