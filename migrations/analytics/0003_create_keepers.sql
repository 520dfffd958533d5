-- Narrow ways past row-level security for the daily sweep and for a rebuild from the logs.

-- Organisations with a sheet of an earlier day than it could be. A period that began shows by the same: on every day
-- a school year or a calendar year runs on from the day before, so an organisation not yet swept has such a sheet.
create function analytics.stale_owners(today date, after_no int, at_most int) returns setof int
language sql stable security definer
set search_path = analytics, pg_temp
as $$
    select s.owner_no from analytics.sheet s
    where s.owner_no > after_no and s.as_of < least(s.last_day, today)
    group by s.owner_no
    order by s.owner_no
    limit at_most
$$;

-- Forgets everything that is derived from the other services' logs, and that it was applied.
create function analytics.forget(of_consumer text) returns void
language plpgsql security definer
set search_path = analytics, pg_temp
as $$
begin
    truncate analytics.class, analytics.studio, analytics.membership, analytics.task,
        analytics.fact, analytics.fact_record, analytics.sheet;
    delete from analytics.inbox where consumer = of_consumer;
end
$$;

revoke all on function analytics.stale_owners(date, int, int), analytics.forget(text) from public;
grant execute on function analytics.stale_owners(date, int, int), analytics.forget(text) to banlian_analytics;
