//! Giving a grant: nobody gives more than their table and scope allow.

use super::{grant, store};
use crate::organisations::store as organisations;
use crate::policy::{THREE, may_give, may_manage_grants, stands_on};
use crate::words::day;
use crate::{Tenancy, fresh, people};
use contract::Handle;
use contract::tenancy::{GiveGrant, Grant, OrganisationRef};
use serde_json::json;
use vocabulary::{Call, Code, Error, GrantId, PersonId, Result};

impl Handle<GiveGrant> for Tenancy {
    async fn handle(&self, call: &Call, request: GiveGrant) -> Result<Grant> {
        let mut work = fresh!(self.begin(call, &request));
        let today = work.today();
        let found = organisations::open(
            &mut work,
            &call.principal.readable,
            today,
            &[request.organisation.uuid()],
            &[],
        )
        .await?;
        let organisation =
            found.into_iter().next().ok_or_else(|| Error::new(Code::NotFound).on("organisation"))?;
        may_manage_grants(&call.principal)?;
        let gives = call.principal.role().map(may_give).unwrap_or_default();
        if !gives.contains(&request.role) || !call.principal.writable.contains(organisation.no) {
            return Err(Error::new(Code::GrantNotAllowed).on("role"));
        }
        if !stands_on(request.role, organisation.kind) {
            return Err(Error::new(Code::GrantScope).on("organisation"));
        }
        if organisation.closed_on.is_some_and(|on| on <= today) {
            return Err(Error::new(Code::OrganisationClosed).on("organisation"));
        }
        let names = people::store::names(&mut work, &[request.person.uuid()]).await?;
        let person_name = names
            .get(&request.person.uuid())
            .cloned()
            .ok_or_else(|| Error::new(Code::NotFound).on("person"))?;
        day("validFrom", request.valid_from)?;
        if let Some(to) = request.valid_to {
            day("validTo", to)?;
            if to < request.valid_from {
                return Err(Error::new(Code::DateOrder).on("validTo"));
            }
        }
        if THREE.contains(&request.role) {
            // Two at once would not see one another.
            organisations::queue(&mut work, organisations::Queue::People).await?;
            let held = store::roles_held(&mut work, request.person.uuid(), today).await?;
            if THREE
                .iter()
                .any(|other| *other != request.role && held.iter().any(|role| role == other.code()))
            {
                return Err(Error::new(Code::GrantExclusive).on("role"));
            }
        }
        let by = call.principal.person().map(PersonId::uuid);
        let given_by =
            people::store::names(&mut work, &by.into_iter().collect::<Vec<_>>()).await?.into_values().next();
        let row = store::Row {
            owner_no: organisation.no.0,
            id: GrantId::new().uuid(),
            person_id: request.person.uuid(),
            person_name,
            role: request.role.code().to_owned(),
            studio_id: None,
            studio_name: None,
            valid_from: request.valid_from,
            valid_to: request.valid_to,
            revoked_at: None,
            given_by,
        };
        store::insert_all(&mut work, std::slice::from_ref(&row)).await?;
        let id = GrantId::from_uuid(row.id);
        work.audit(
            organisation.no,
            None,
            id,
            json!({ "person": request.person, "role": request.role.code() }),
        )
        .await?;
        let on = OrganisationRef { id: organisation.id, no: organisation.no, name: organisation.name };
        let shown = grant(row, Some(on), &names)?;
        work.finish(shown).await
    }
}
