-- Policies of tenancy.
create policy keeper on tenancy.organisation to banlian_owner using (true) with check (true);
create policy reading on tenancy.organisation for select to banlian_tenancy using ({readable} @> owner_no);
create policy founding on tenancy.organisation for insert to banlian_tenancy with check ({writable} @> owner_no);
create policy changing on tenancy.organisation for update to banlian_tenancy using ({writable} @> owner_no) with check ({writable} @> owner_no);

create policy keeper on tenancy.organisation_name to banlian_owner using (true) with check (true);
create policy reading on tenancy.organisation_name for select to banlian_tenancy using ({readable} @> owner_no);
create policy adding on tenancy.organisation_name for insert to banlian_tenancy with check ({writable} @> owner_no);
create policy changing on tenancy.organisation_name for update to banlian_tenancy using ({writable} @> owner_no) with check ({writable} @> owner_no);

create policy keeper on tenancy.organisation_authority to banlian_owner using (true) with check (true);
create policy reading on tenancy.organisation_authority for select to banlian_tenancy using ({readable} @> owner_no);
create policy adding on tenancy.organisation_authority for insert to banlian_tenancy with check ({writable} @> owner_no);
create policy changing on tenancy.organisation_authority for update to banlian_tenancy using ({writable} @> owner_no) with check ({writable} @> owner_no);

create policy keeper on tenancy.organisation_place to banlian_owner using (true) with check (true);
create policy reading on tenancy.organisation_place for select to banlian_tenancy using ({readable} @> owner_no);
create policy adding on tenancy.organisation_place for insert to banlian_tenancy with check ({writable} @> owner_no);
create policy changing on tenancy.organisation_place for update to banlian_tenancy using ({writable} @> owner_no) with check ({writable} @> owner_no);

create policy keeper on tenancy.organisation_code to banlian_owner using (true) with check (true);
create policy reading on tenancy.organisation_code for select to banlian_tenancy using ({readable} @> owner_no);
create policy adding on tenancy.organisation_code for insert to banlian_tenancy with check ({writable} @> owner_no);
create policy changing on tenancy.organisation_code for update to banlian_tenancy using ({writable} @> owner_no) with check ({writable} @> owner_no);

create policy keeper on tenancy.number_block to banlian_owner using (true) with check (true);
create policy keeper on tenancy.account to banlian_owner using (true) with check (true);

create policy keeper on tenancy.person to banlian_owner using (true) with check (true);
create policy reading on tenancy.person for select to banlian_tenancy using ({readable} @> owner_no or id = {person});
create policy adding on tenancy.person for insert to banlian_tenancy with check ({writable} @> owner_no);
create policy changing on tenancy.person for update to banlian_tenancy using ({writable} @> owner_no) with check ({writable} @> owner_no);

create policy keeper on tenancy.session to banlian_owner using (true) with check (true);
create policy own on tenancy.session to banlian_tenancy using (person_id = {person}) with check (person_id = {person});

create policy keeper on tenancy.role_grant to banlian_owner using (true) with check (true);
create policy reading on tenancy.role_grant for select to banlian_tenancy using ({readable} @> owner_no or person_id = {person});
create policy giving on tenancy.role_grant for insert to banlian_tenancy with check ({writable} @> owner_no);
create policy changing on tenancy.role_grant for update to banlian_tenancy using ({writable} @> owner_no) with check ({writable} @> owner_no);

create policy keeper on tenancy.homeroom_class to banlian_owner using (true) with check (true);
create policy reading on tenancy.homeroom_class for select to banlian_tenancy using ({readable} @> owner_no);
create policy adding on tenancy.homeroom_class for insert to banlian_tenancy with check ({writable} @> owner_no);
create policy changing on tenancy.homeroom_class for update to banlian_tenancy using ({writable} @> owner_no) with check ({writable} @> owner_no);

create policy keeper on tenancy.homeroom_assignment to banlian_owner using (true) with check (true);
create policy reading on tenancy.homeroom_assignment for select to banlian_tenancy using ({readable} @> owner_no);
create policy adding on tenancy.homeroom_assignment for insert to banlian_tenancy with check ({writable} @> owner_no);
create policy changing on tenancy.homeroom_assignment for update to banlian_tenancy using ({writable} @> owner_no) with check ({writable} @> owner_no);
