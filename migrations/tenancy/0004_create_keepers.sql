-- Narrow ways past row-level security: the tree that scopes are computed from, account names, codes and sessions, which
-- belong to no tenant before somebody has signed in.

-- Everything at and below an organisation by authority on a day. What was merged hangs below what it was merged into,
-- and what was closed stays below its last authority, so that its records can still be read. Before its first day an
-- organisation hangs where it will first hang, so that it can be prepared, and so that every day's tree is whole.
create function tenancy.below(root int, on_day date) returns setof int
language sql stable security definer
set search_path = tenancy, pg_temp
as $$
    with recursive tree (no) as (
        select root
        union
        select a.owner_no from tree join tenancy.organisation_authority a on a.parent_no = tree.no
        where (a.to_on is null or a.to_on > on_day) and (a.from_on <= on_day or not exists (
            select from tenancy.organisation_authority e where e.owner_no = a.owner_no and e.from_on < a.from_on))
    )
    select no from tree
$$;

-- The chain of authorities above an organisation on a day, itself first.
create function tenancy.above(leaf int, on_day date) returns setof int
language sql stable security definer
set search_path = tenancy, pg_temp
as $$
    with recursive chain (no) as (
        select leaf
        union
        select a.parent_no from chain join tenancy.organisation_authority a on a.owner_no = chain.no
        where (a.to_on is null or a.to_on > on_day) and (a.from_on <= on_day or not exists (
            select from tenancy.organisation_authority e where e.owner_no = a.owner_no and e.from_on < a.from_on))
    )
    select no from chain
$$;

-- The numbers that an organisation's line of authority covers on a day, as ranges: the blocks of the bureaus below it
-- (numbers not given yet included, so that what is founded in them is covered at once), without what moved away, and
-- with what moved here.
create function tenancy.covered(root int, on_day date) returns int4multirange
language sql stable security definer
set search_path = tenancy, pg_temp
as $$
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

-- Names of organisations that stand beside a record which the caller reads: an authority, a home.
create function tenancy.name_organisations(nos int[], on_day date)
returns table (no int, id uuid, name text, kind text)
language sql stable security definer
set search_path = tenancy, pg_temp
as $$
    select o.owner_no, o.id, n.name, o.kind from tenancy.organisation o
    join lateral (select name from tenancy.organisation_name n where n.owner_no = o.owner_no
        order by (n.from_on <= on_day) desc, case when n.from_on <= on_day then n.from_on end desc, n.from_on limit 1) n on true
    where o.owner_no = any (nos)
$$;

-- Takes the next number, or the next `size` numbers, of a bureau's blocks; opens an overflow block after all others
-- where they are full. Locks the bureau's blocks.
create function tenancy.take_numbers(bureau int, size int, overflow int) returns int
language plpgsql security definer
set search_path = tenancy, pg_temp
as $$
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

-- Gives a block, taken by take_numbers, to the bureau founded in it.
create function tenancy.give_block(bureau int, lo int, hi int) returns void
language sql security definer
set search_path = tenancy, pg_temp
as $$
    insert into tenancy.number_block (owner_no, lo, hi, next)
    select bureau, lo, hi, lo + 1 where (select platform.writable()) @> bureau and bureau = lo
$$;

-- Claims a code for an organisation from a day on; false where another one has it then or later: no two living ones have
-- the same code on any day.
create function tenancy.claim_code(claimed text, no int, from_day date) returns boolean
language plpgsql security definer
set search_path = tenancy, pg_temp
as $$
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

-- Gives an organisation's codes free from a day on, but for those that stay.
create function tenancy.free_codes(no int, kept text[], from_day date) returns void
language sql security definer
set search_path = tenancy, pg_temp
as $$
    update tenancy.live_code c set until = from_day
    where c.organisation_no = no and c.until is null and not c.code = any (kept) and (select platform.writable()) @> no
$$;

-- Makes accounts for people that the caller may write; gives the logins that another person has already.
create function tenancy.make_accounts(logins text[], people uuid[], nos int[]) returns setof text
language plpgsql security definer
set search_path = tenancy, pg_temp
as $$
begin
    insert into tenancy.account (login, person_id, person_no, old_hashes, must_change)
    select l, p, n, '{}', true from unnest(logins, people, nos) a (l, p, n) where (select platform.writable()) @> n
    on conflict do nothing;
    return query select l from unnest(logins, people) a (l, p)
        where not exists (select from tenancy.account t where t.login = l and t.person_id = p);
end
$$;

-- Who has these account names among the people that the caller may read.
create function tenancy.find_people(logins text[])
returns table (login text, id uuid, no int, name text)
language sql stable security definer
set search_path = tenancy, pg_temp
as $$
    select a.login, a.person_id, a.person_no, p.name from tenancy.account a
    join tenancy.person p on p.owner_no = a.person_no and p.id = a.person_id
    where a.login = any (logins) and (select platform.readable()) @> a.person_no
$$;

-- What a sign-in needs of an account, whoever it belongs to.
create function tenancy.account_of(wanted text, today date)
returns table (person_id uuid, hash text, must_change boolean)
language sql stable security definer
set search_path = tenancy, pg_temp
as $$
    select a.person_id, a.hash, a.must_change from tenancy.account a
    join tenancy.person p on p.owner_no = a.person_no and p.id = a.person_id
    where a.login = wanted and (p.left_on is null or p.left_on > today)
$$;

-- Until when an account is locked for a source: five failures, one after the other within ten minutes, lock both together
-- for fifteen minutes from the fifth.
create function tenancy.locked_until(wanted text, from_source text, now timestamptz) returns timestamptz
language sql stable security definer
set search_path = tenancy, pg_temp
as $$
    select max(f.at) + interval '15 minutes' from (
        select at, lag(at, 4) over (order by at) as first from tenancy.sign_in_failure
        where login = wanted and source = from_source and at > now - interval '25 minutes'
    ) f where f.at > now - interval '15 minutes' and f.first >= f.at - interval '10 minutes'
$$;

-- Attempts on one account from one source are judged one after the other, or a hundred at once would all pass.
create function tenancy.queue_attempt(wanted text, from_source text) returns void
language sql security definer
set search_path = tenancy, pg_temp
as $$ select pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended(wanted || E'\n' || from_source, 4713)) $$;

-- Notes a failed attempt; false where the lock has fallen meanwhile: then it does not count, and does not lengthen the lock.
create function tenancy.note_failure(wanted text, from_source text, now timestamptz) returns boolean
language plpgsql security definer
set search_path = tenancy, pg_temp
as $$
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

-- Logins that are locked for some source, with until when, among people whom the caller may read.
create function tenancy.locks(now timestamptz) returns table (login text, until timestamptz)
language sql stable security definer
set search_path = tenancy, pg_temp
as $$
    select f.login, max(f.at) + interval '15 minutes' from (
        select e.login, e.at, lag(e.at, 4) over (partition by e.login, e.source order by e.at) as first
        from tenancy.sign_in_failure e join tenancy.account a on a.login = e.login and (select platform.readable()) @> a.person_no
        where e.at > now - interval '25 minutes'
    ) f where f.at > now - interval '15 minutes' and f.first >= f.at - interval '10 minutes' group by f.login
$$;

-- Begins a session; false where the lock has fallen while the password was being checked.
create function tenancy.start_session(person uuid, session uuid, token bytea, now timestamptz, from_device text, from_source text, wanted text)
returns boolean
language plpgsql security definer
set search_path = tenancy, pg_temp
as $$
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

-- Who is behind a token, with every grant that is valid today; notes that the session is in use once a minute.
create function tenancy.resume(token bytea, now timestamptz, today date, look boolean)
returns table (session_id uuid, person_id uuid, name text, login text, must_change boolean, grants jsonb)
language plpgsql security definer
set search_path = tenancy, pg_temp
as $$
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

-- The caller's own account: its hashes, and setting a new one.
create function tenancy.own_hashes() returns table (hash text, old_hashes text[], person_no int, login text)
language sql stable security definer
set search_path = tenancy, pg_temp
as $$ select a.hash, a.old_hashes, a.person_no, a.login from tenancy.account a where a.person_id = (select platform.person()) $$;

-- False where the present one is another by now.
create function tenancy.set_own_hash(fresh text, present text, kept_session uuid) returns boolean
language plpgsql security definer
set search_path = tenancy, pg_temp
as $$
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

-- A one-time password for somebody of an organisation that the caller writes; ends their sessions and locks.
create function tenancy.reset_hash(person uuid, fresh text) returns text
language plpgsql security definer
set search_path = tenancy, pg_temp
as $$
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

-- The shortest password for people at home in an organisation: the strictest of the bureaus above it decides.
create function tenancy.password_length(no int, today date) returns int
language sql stable security definer
set search_path = tenancy, pg_temp
as $$ select coalesce(max(o.password_length), 12) from tenancy.above(no, today) n join tenancy.organisation o on o.owner_no = n $$;

-- Whose grants stand on these organisations on a day, for telling who could see one of them.
create function tenancy.grants_standing_on(nos int[], on_day date)
returns table (person_id uuid, person_name text, role text, no int)
language sql stable security definer
set search_path = tenancy, pg_temp
as $$
    select g.person_id, coalesce(p.name, g.person_name), g.role, g.owner_no
    from tenancy.role_grant g left join tenancy.person p on p.id = g.person_id
    where g.owner_no = any (nos) and g.studio_id is null and (p.left_on is null or p.left_on > on_day)
      and g.valid_from <= on_day and (g.valid_to is null or g.valid_to >= on_day)
      and (g.revoked_at is null or (g.revoked_at at time zone 'Asia/Shanghai')::date > on_day)
$$;

-- Names of people whom the caller reads, or who hold a grant in what the caller reads: a guest of a studio is named.
create function tenancy.name_people(people uuid[]) returns table (id uuid, name text)
language sql stable security definer
set search_path = tenancy, pg_temp
as $$
    select p.id, p.name from tenancy.person p where p.id = any (people) and (
        (select platform.readable()) @> p.owner_no or p.id = (select platform.person())
        or exists (select from tenancy.role_grant g where g.person_id = p.id and (select platform.readable()) @> g.owner_no))
$$;

-- Roles that a person holds today, wherever: three administrators exclude each other.
create function tenancy.roles_held(person uuid, today date) returns setof text
language sql stable security definer
set search_path = tenancy, pg_temp
as $$
    select g.role from tenancy.role_grant g
    where g.person_id = person and g.revoked_at is null and (g.valid_to is null or g.valid_to >= today)
$$;

-- Whether the caller writes every organisation on which a person holds a grant: only then may they give a password.
create function tenancy.outranks(person uuid, today date) returns boolean
language sql stable security definer
set search_path = tenancy, pg_temp
as $$
    select not exists (select from tenancy.role_grant g where g.person_id = person and g.studio_id is null and g.revoked_at is null
        and (g.valid_to is null or g.valid_to >= today) and not (select platform.writable()) @> g.owner_no)
$$;

revoke all on all functions in schema tenancy from public;
grant execute on all functions in schema tenancy to banlian_tenancy;
