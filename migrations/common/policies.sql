-- Policies of what every service has.
create policy keeper on {service}.event_log to banlian_owner using (true) with check (true);
create policy reading on {service}.event_log for select to banlian_{service}
    using ({readable} @> owner_no or studio_id = any ({studios}::uuid[]));
create policy writing on {service}.event_log for insert to banlian_{service}
    with check ({writable} @> owner_no or studio_id = any ({studios_writable}::uuid[]));

create policy keeper on {service}.inbox to banlian_owner using (true) with check (true);
create policy applying on {service}.inbox to banlian_{service}
    using ({writable} @> owner_no) with check ({writable} @> owner_no);

create policy keeper on {service}.audit to banlian_owner using (true) with check (true);
create policy reading on {service}.audit for select to banlian_{service}
    using ({readable} @> owner_no or studio_id = any ({studios}::uuid[]) or person_id = {person});
create policy writing on {service}.audit for insert to banlian_{service}
    with check ({writable} @> owner_no or studio_id = any ({studios_writable}::uuid[]) or person_id = {person});

create policy keeper on {service}.idempotency to banlian_owner using (true) with check (true);
create policy own on {service}.idempotency to banlian_{service}
    using (person_id = {person}) with check (person_id = {person});

create policy keeper on {service}.import to banlian_owner using (true) with check (true);
create policy reading on {service}.import for select to banlian_{service} using ({writable} @> owner_no or asked_by = {person});
create policy asking on {service}.import for insert to banlian_{service}
    with check (asked_by = {person} and {writable} @> owner_no);
create policy working on {service}.import for update to banlian_{service}
    using ({writable} @> owner_no or asked_by = {person}) with check ({writable} @> owner_no or asked_by = {person});
