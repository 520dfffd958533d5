-- Figures are read by whoever reads their organisation or their studio; they are written by the service itself, never
-- under a person's scope.

create policy keeper on analytics.class to banlian_owner using (true) with check (true);
create policy reading on analytics.class for select to banlian_analytics
    using ({readable} @> owner_no);
create policy adding on analytics.class for insert to banlian_analytics with check ({writable} @> owner_no and {person} is null);
create policy changing on analytics.class for update to banlian_analytics
    using ({writable} @> owner_no and {person} is null) with check ({writable} @> owner_no and {person} is null);

create policy keeper on analytics.studio to banlian_owner using (true) with check (true);
create policy reading on analytics.studio for select to banlian_analytics
    using ({readable} @> owner_no or id = any ({studios}::uuid[]));
create policy adding on analytics.studio for insert to banlian_analytics with check ({writable} @> owner_no and {person} is null);
create policy changing on analytics.studio for update to banlian_analytics
    using ({writable} @> owner_no and {person} is null) with check ({writable} @> owner_no and {person} is null);

create policy keeper on analytics.membership to banlian_owner using (true) with check (true);
create policy reading on analytics.membership for select to banlian_analytics
    using ({readable} @> owner_no or studio_id = any ({studios}::uuid[]));
create policy adding on analytics.membership for insert to banlian_analytics with check ({writable} @> owner_no and {person} is null);
create policy changing on analytics.membership for update to banlian_analytics
    using ({writable} @> owner_no and {person} is null) with check ({writable} @> owner_no and {person} is null);

create policy keeper on analytics.task to banlian_owner using (true) with check (true);
create policy reading on analytics.task for select to banlian_analytics
    using ({readable} @> owner_no or studio_id = any ({studios}::uuid[]));
create policy adding on analytics.task for insert to banlian_analytics with check ({writable} @> owner_no and {person} is null);
create policy changing on analytics.task for update to banlian_analytics
    using ({writable} @> owner_no and {person} is null) with check ({writable} @> owner_no and {person} is null);

create policy keeper on analytics.session to banlian_owner using (true) with check (true);
create policy reading on analytics.session for select to banlian_analytics
    using ({readable} @> owner_no or studio_id = any ({studios}::uuid[]));
create policy adding on analytics.session for insert to banlian_analytics with check ({writable} @> owner_no and {person} is null);
create policy changing on analytics.session for update to banlian_analytics
    using ({writable} @> owner_no and {person} is null) with check ({writable} @> owner_no and {person} is null);

create policy keeper on analytics.fact to banlian_owner using (true) with check (true);
create policy reading on analytics.fact for select to banlian_analytics
    using ({readable} @> owner_no or studio_id = any ({studios}::uuid[]));
create policy adding on analytics.fact for insert to banlian_analytics with check ({writable} @> owner_no and {person} is null);
create policy changing on analytics.fact for update to banlian_analytics
    using ({writable} @> owner_no and {person} is null) with check ({writable} @> owner_no and {person} is null);
create policy removing on analytics.fact for delete to banlian_analytics using ({writable} @> owner_no and {person} is null);

create policy keeper on analytics.fact_record to banlian_owner using (true) with check (true);
create policy reading on analytics.fact_record for select to banlian_analytics
    using ({readable} @> owner_no or studio_id = any ({studios}::uuid[]));
create policy adding on analytics.fact_record for insert to banlian_analytics with check ({writable} @> owner_no and {person} is null);
create policy changing on analytics.fact_record for update to banlian_analytics
    using ({writable} @> owner_no and {person} is null) with check ({writable} @> owner_no and {person} is null);
create policy removing on analytics.fact_record for delete to banlian_analytics using ({writable} @> owner_no and {person} is null);

create policy keeper on analytics.sheet to banlian_owner using (true) with check (true);
create policy reading on analytics.sheet for select to banlian_analytics
    using ({readable} @> owner_no or studio_id = any ({studios}::uuid[]));
create policy adding on analytics.sheet for insert to banlian_analytics with check ({writable} @> owner_no and {person} is null);
create policy changing on analytics.sheet for update to banlian_analytics
    using ({writable} @> owner_no and {person} is null) with check ({writable} @> owner_no and {person} is null);
create policy removing on analytics.sheet for delete to banlian_analytics using ({writable} @> owner_no and {person} is null);
