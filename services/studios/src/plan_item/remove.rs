//! Removes a plan item that no ledger line uses.

use super::store;
use crate::policy::{self, Action};
use crate::{Studios, studio};
use contract::Handle;
use contract::studios::RemovePlanItem;
use platform::Begun;
use serde_json::json;
use vocabulary::{Call, Code, Error, Result};

impl Handle<RemovePlanItem> for Studios {
    async fn handle(&self, call: &Call, request: RemovePlanItem) -> Result<bool> {
        let scope = policy::reads(&call.principal)?;
        let mut work = match self.begin(call, &request).await? {
            Begun::Fresh(work) => work,
            Begun::Repeated(reply) => return Ok(reply),
        };
        let not_found = || Error::new(Code::NotFound);
        let item = store::find(&mut work, &scope, request.id).await?.ok_or_else(not_found)?;
        let studio = studio::locked(&mut work, &call.principal, item.studio, Action::MakePlan).await?;
        // Again, now that no other change of the studio is under way.
        let mut item = store::find(&mut work, &scope, request.id).await?.ok_or_else(not_found)?;
        store::delete(&mut work, &item).await?;
        item.version = item.version.checked_add(1).ok_or_else(|| Error::new(Code::Stale))?;
        work.publish_all(&[item.event(true)?]).await?;
        let detail = json!({ "schoolYear": item.school_year });
        work.audit(studio.owner, Some(studio.id), item.id, detail).await?;
        work.finish(true).await
    }
}
