-- Narrow ways past row-level security for the relay, the import worker and the sweep: each does one thing.

create function {service}.read_log(after_transaction xid8, after_id uuid, since timestamptz, at_most int)
returns setof {service}.event_log
language sql stable security definer
set search_path = {service}, pg_temp
as $$
    -- Only below the oldest running transaction: what is still being written would be a gap.
    select * from {service}.event_log
    where (transaction_id, id) > (after_transaction, after_id)
      and transaction_id < pg_catalog.pg_snapshot_xmin(pg_catalog.pg_current_snapshot())
      and recorded_at >= since
    order by transaction_id, id
    limit at_most
$$;

-- The next import that waits, or whose worker died; leased to the caller.
create function {service}.take_import(now timestamptz, lease interval)
returns setof {service}.import
language sql security definer
set search_path = {service}, pg_temp
as $$
    update {service}.import set state = 'running', lease_until = now + lease
    where (owner_no, id) = (
        select owner_no, id from {service}.import
        where state = 'queued' or (state = 'running' and lease_until < now)
        order by asked_at limit 1 for update skip locked
    )
    returning *
$$;

create function {service}.sweep(now timestamptz) returns void
language sql security definer
set search_path = {service}, pg_temp
as $$
    delete from {service}.idempotency where made_at < now - interval '7 days';
    update {service}.import set file = '', error_file = null
    where ended_at < now - interval '90 days' and (file <> '' or error_file is not null)
$$;

revoke all on function {service}.read_log(xid8, uuid, timestamptz, int), {service}.take_import(timestamptz, interval),
    {service}.sweep(timestamptz) from public;
grant execute on function {service}.read_log(xid8, uuid, timestamptz, int), {service}.take_import(timestamptz, interval),
    {service}.sweep(timestamptz) to banlian_{service};
