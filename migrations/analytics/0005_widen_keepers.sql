-- A rebuild forgets the sessions too. Replaced, the function keeps its owner and its grants.

-- Forgets everything that is derived from the other services' logs, and that it was applied.
create or replace function analytics.forget(of_consumer text) returns void
language plpgsql security definer
set search_path = analytics, pg_temp
as $$
begin
    truncate analytics.class, analytics.studio, analytics.membership, analytics.task, analytics.session,
        analytics.fact, analytics.fact_record, analytics.sheet;
    delete from analytics.inbox where consumer = of_consumer;
end
$$;
