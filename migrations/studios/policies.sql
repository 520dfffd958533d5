-- Rows are read by whoever reads their organisation or their studio, and written by whoever writes either. What is kept
-- of tenancy's records is written by the service itself, never under a person's scope.

create policy keeper on studios.organisation to banlian_owner using (true) with check (true);
create policy reading on studios.organisation for select to banlian_studios using ({readable} @> owner_no);
create policy adding on studios.organisation for insert to banlian_studios with check ({writable} @> owner_no and {person} is null);
create policy changing on studios.organisation for update to banlian_studios
    using ({writable} @> owner_no and {person} is null) with check ({writable} @> owner_no and {person} is null);

create policy keeper on studios.person to banlian_owner using (true) with check (true);
create policy reading on studios.person for select to banlian_studios using ({readable} @> owner_no or id = {person});
create policy adding on studios.person for insert to banlian_studios with check ({writable} @> owner_no and {person} is null);
create policy changing on studios.person for update to banlian_studios
    using ({writable} @> owner_no and {person} is null) with check ({writable} @> owner_no and {person} is null);

create policy keeper on studios.studio to banlian_owner using (true) with check (true);
create policy reading on studios.studio for select to banlian_studios
    using ({readable} @> owner_no or id = any ({studios}::uuid[]));
create policy founding on studios.studio for insert to banlian_studios with check ({writable} @> owner_no);
create policy changing on studios.studio for update to banlian_studios
    using ({writable} @> owner_no or id = any ({studios_writable}::uuid[]))
    with check ({writable} @> owner_no or id = any ({studios_writable}::uuid[]));

create policy keeper on studios.membership to banlian_owner using (true) with check (true);
create policy reading on studios.membership for select to banlian_studios
    using ({readable} @> owner_no or studio_id = any ({studios}::uuid[]));
create policy adding on studios.membership for insert to banlian_studios
    with check ({writable} @> owner_no or studio_id = any ({studios_writable}::uuid[]));
create policy changing on studios.membership for update to banlian_studios
    using ({writable} @> owner_no or studio_id = any ({studios_writable}::uuid[]))
    with check ({writable} @> owner_no or studio_id = any ({studios_writable}::uuid[]));

create policy keeper on studios.plan_item to banlian_owner using (true) with check (true);
create policy reading on studios.plan_item for select to banlian_studios
    using ({readable} @> owner_no or studio_id = any ({studios}::uuid[]));
create policy adding on studios.plan_item for insert to banlian_studios
    with check ({writable} @> owner_no or studio_id = any ({studios_writable}::uuid[]));
create policy changing on studios.plan_item for update to banlian_studios
    using ({writable} @> owner_no or studio_id = any ({studios_writable}::uuid[]))
    with check ({writable} @> owner_no or studio_id = any ({studios_writable}::uuid[]));
create policy removing on studios.plan_item for delete to banlian_studios
    using ({writable} @> owner_no or studio_id = any ({studios_writable}::uuid[]));

create policy keeper on studios.task to banlian_owner using (true) with check (true);
create policy reading on studios.task for select to banlian_studios
    using ({readable} @> owner_no or studio_id = any ({studios}::uuid[]));
create policy adding on studios.task for insert to banlian_studios
    with check ({writable} @> owner_no or studio_id = any ({studios_writable}::uuid[]));
create policy changing on studios.task for update to banlian_studios
    using ({writable} @> owner_no or studio_id = any ({studios_writable}::uuid[]))
    with check ({writable} @> owner_no or studio_id = any ({studios_writable}::uuid[]));

create policy keeper on studios.task_history to banlian_owner using (true) with check (true);
create policy reading on studios.task_history for select to banlian_studios
    using ({readable} @> owner_no or studio_id = any ({studios}::uuid[]));
create policy adding on studios.task_history for insert to banlian_studios
    with check ({writable} @> owner_no or studio_id = any ({studios_writable}::uuid[]));

create policy keeper on studios.session to banlian_owner using (true) with check (true);
create policy reading on studios.session for select to banlian_studios
    using ({readable} @> owner_no or studio_id = any ({studios}::uuid[]));
create policy adding on studios.session for insert to banlian_studios
    with check ({writable} @> owner_no or studio_id = any ({studios_writable}::uuid[]));
create policy changing on studios.session for update to banlian_studios
    using ({writable} @> owner_no or studio_id = any ({studios_writable}::uuid[]))
    with check ({writable} @> owner_no or studio_id = any ({studios_writable}::uuid[]));

create policy keeper on studios.attendance to banlian_owner using (true) with check (true);
create policy reading on studios.attendance for select to banlian_studios
    using ({readable} @> owner_no or studio_id = any ({studios}::uuid[]));
create policy adding on studios.attendance for insert to banlian_studios
    with check ({writable} @> owner_no or studio_id = any ({studios_writable}::uuid[]));
create policy changing on studios.attendance for update to banlian_studios
    using ({writable} @> owner_no or studio_id = any ({studios_writable}::uuid[]))
    with check ({writable} @> owner_no or studio_id = any ({studios_writable}::uuid[]));
create policy removing on studios.attendance for delete to banlian_studios
    using ({writable} @> owner_no or studio_id = any ({studios_writable}::uuid[]));
