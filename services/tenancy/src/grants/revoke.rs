//! Taking a grant back: sessions under it end with their next resumption.

use super::{grant, store};
use crate::organisations::store as organisations;
use crate::policy::{may_give, may_manage_grants};
use crate::{Tenancy, fresh, people};
use contract::Handle;
use contract::tenancy::{Grant, RevokeGrant};
use serde_json::json;
use vocabulary::{Call, Code, Error, OrganisationNo, Result, Role};

impl Handle<RevokeGrant> for Tenancy {
    async fn handle(&self, call: &Call, request: RevokeGrant) -> Result<Grant> {
        let mut work = fresh!(self.begin(call, &request));
        let row = store::open(&mut work, &call.principal.readable, request.grant.uuid()).await?;
        let mut row = row.ok_or_else(|| Error::new(Code::NotFound).on("grant"))?;
        if !call.principal.readable.contains(OrganisationNo(row.owner_no)) {
            return Err(Error::new(Code::NotFound).on("grant"));
        }
        may_manage_grants(&call.principal)?;
        // A membership's grant ends with the membership, which is the studio's to say.
        let gives = call.principal.role().map(may_give).unwrap_or_default();
        let role = Role::from_code(&row.role).ok_or_else(|| Error::internal("a grant's role"))?;
        if row.studio_id.is_some()
            || !gives.contains(&role)
            || !call.principal.writable.contains(OrganisationNo(row.owner_no))
        {
            return Err(Error::new(Code::GrantNotAllowed).on("grant"));
        }
        let (now, today) = (work.now(), work.today());
        store::revoke(&mut work, row.owner_no, row.id, now).await?;
        row.revoked_at = row.revoked_at.or(Some(now));
        let organisation =
            organisations::names(&mut work, &[row.owner_no], today).await?.remove(&row.owner_no);
        work.audit(OrganisationNo(row.owner_no), None, request.grant, json!({ "role": row.role })).await?;
        let names = people::store::known(&mut work, &[row.person_id]).await?;
        let revoked = grant(row, organisation, &names)?;
        work.finish(revoked).await
    }
}
