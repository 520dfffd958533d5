-- Narrow ways past row-level security: naming people of other organisations.

-- Who has exactly these account names today, whichever organisation they belong to: for adding guests.
create function studios.find_people(logins text[], today date)
returns table (login text, id uuid, name text, home_no int, home_name text)
language sql stable security definer
set search_path = studios, pg_temp
as $$
    select p.login, p.id, p.name, p.owner_no, coalesce(o.name, p.home_name)
    from studios.person p left join studios.organisation o on o.owner_no = p.owner_no
    where p.login = any (logins) and (p.left_on is null or p.left_on > today)
      and not exists (select from studios.person newer where newer.id = p.id and newer.version > p.version)
$$;

-- The names of people that the caller has met: of an organisation that they read, members of a studio that they read,
-- or people who worked in its ledger.
create function studios.name_people(people uuid[])
returns table (id uuid, name text, pinyin text, home_no int, home_name text)
language sql stable security definer
set search_path = studios, pg_temp
as $$
    select distinct on (p.id) p.id, p.name, p.pinyin, p.owner_no, coalesce(o.name, p.home_name)
    from studios.person p left join studios.organisation o on o.owner_no = p.owner_no
    where p.id = any (people)
      and ((select platform.readable()) @> p.owner_no
        or p.id = (select platform.person())
        or exists (select from studios.membership m where m.person_id = p.id
            and ((select platform.readable()) @> m.owner_no or m.studio_id = any ((select platform.studios())::uuid[])))
        or exists (select from studios.task_history h where h.person_id = p.id
            and ((select platform.readable()) @> h.owner_no or h.studio_id = any ((select platform.studios())::uuid[]))))
    order by p.id, p.version desc
$$;

revoke all on function studios.find_people(text[], date), studios.name_people(uuid[]) from public;
grant execute on function studios.find_people(text[], date), studios.name_people(uuid[]) to banlian_studios;
