//! Corrects a plan item.

use super::{Wording, owner_is_member, reply, store};
use crate::policy::{self, Action};
use crate::{Studios, studio};
use contract::Handle;
use contract::studios::{PlanItem as Shown, UpdatePlanItem};
use platform::Begun;
use serde_json::json;
use vocabulary::{Call, Code, Error, Result};

impl Handle<UpdatePlanItem> for Studios {
    async fn handle(&self, call: &Call, request: UpdatePlanItem) -> Result<Shown> {
        let scope = policy::reads(&call.principal)?;
        let wording = Wording::checked(
            &request.title,
            request.owner,
            request.deliverable.as_deref(),
            request.due_on,
            request.measure.as_deref(),
        )?;
        let mut work = match self.begin(call, &request).await? {
            Begun::Fresh(work) => work,
            Begun::Repeated(reply) => return Ok(reply),
        };
        let not_found = || Error::new(Code::NotFound);
        let item = store::find(&mut work, &scope, request.id).await?.ok_or_else(not_found)?;
        let studio = studio::locked(&mut work, &call.principal, item.studio, Action::MakePlan).await?;
        // Again, now that no other change of the studio is under way.
        let mut item = store::find(&mut work, &scope, request.id).await?.ok_or_else(not_found)?;
        if item.version != request.version {
            return Err(Error::new(Code::Stale));
        }
        if item.wording.person != wording.person {
            owner_is_member(&mut work, studio.owner, studio.id, wording.person).await?;
        }
        item.wording = wording;
        item.version = item.version.checked_add(1).ok_or_else(|| Error::new(Code::Stale))?;
        store::update(&mut work, &item).await?;
        work.publish_all(&[item.event(false)?]).await?;
        work.audit(studio.owner, Some(studio.id), item.id, json!({ "version": item.version })).await?;
        let shown = reply(&mut work, &scope, item.id).await?;
        work.finish(shown).await
    }
}
