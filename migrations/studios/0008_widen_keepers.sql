-- The names of people that the caller has met: of an organisation that they read, members of a studio that they read,
-- people who worked in its ledger, or people who were expected at its sessions.
create or replace function studios.name_people(people uuid[])
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
            and ((select platform.readable()) @> h.owner_no or h.studio_id = any ((select platform.studios())::uuid[])))
        or exists (select from studios.attendance a where a.person_id = p.id
            and ((select platform.readable()) @> a.owner_no or a.studio_id = any ((select platform.studios())::uuid[]))))
    order by p.id, p.version desc
$$;
