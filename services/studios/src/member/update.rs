//! Corrects a membership: part and categories.

use super::{action, categories, reply, store};
use crate::{Studios, policy, studio};
use contract::Handle;
use contract::studios::{Member as Shown, UpdateMember};
use platform::Begun;
use serde_json::json;
use vocabulary::{Call, Code, Error, Result};

impl Handle<UpdateMember> for Studios {
    async fn handle(&self, call: &Call, request: UpdateMember) -> Result<Shown> {
        let scope = policy::reads(&call.principal)?;
        let categories = categories(&request.categories, request.principal_category)?;
        let mut work = match self.begin(call, &request).await? {
            Begun::Fresh(work) => work,
            Begun::Repeated(reply) => return Ok(reply),
        };
        let not_found = || Error::new(Code::NotFound);
        let member = store::find(&mut work, &scope, request.id).await?.ok_or_else(not_found)?;
        let studio = studio::locked(&mut work, &call.principal, member.studio, action(request.role)).await?;
        // Again, now that no other change of the studio is under way.
        let mut member = store::find(&mut work, &scope, request.id).await?.ok_or_else(not_found)?;
        policy::may(&call.principal, action(member.role), studio.owner, Some(studio.id))?;
        if member.version != request.version {
            return Err(Error::new(Code::Stale));
        }
        let before = member.role;
        member.role = request.role;
        member.categories = categories;
        member.principal_category = request.principal_category;
        member.version = member.version.checked_add(1).ok_or_else(|| Error::new(Code::Stale))?;
        store::update(&mut work, &member).await?;
        work.publish_all(&[member.event(&studio.charter.name)?]).await?;
        let detail = json!({ "role": { "before": before, "after": member.role }, "version": member.version });
        work.audit(studio.owner, Some(studio.id), member.id, detail).await?;
        let shown = reply(&mut work, &scope, member.id).await?;
        work.finish(shown).await
    }
}
