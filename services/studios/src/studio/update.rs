//! Corrects a studio's charter.

use super::{Charter, locked, reply, store};
use crate::policy::{self, Action};
use crate::{Studios, member};
use contract::Handle;
use contract::studios::{Studio as Shown, UpdateStudio};
use platform::Begun;
use serde_json::json;
use vocabulary::{Call, Code, Error, Result};

impl Handle<UpdateStudio> for Studios {
    async fn handle(&self, call: &Call, request: UpdateStudio) -> Result<Shown> {
        let scope = policy::reads(&call.principal)?;
        let charter = Charter::checked(
            &request.name,
            request.level,
            request.stage.as_deref(),
            request.mode,
            request.leader_type,
        )?;
        let mut work = match self.begin(call, &request).await? {
            Begun::Fresh(work) => work,
            Begun::Repeated(reply) => return Ok(reply),
        };
        let mut studio = locked(&mut work, &call.principal, request.id, Action::ChangeCharter).await?;
        studio.is_version(request.version)?;
        let renamed = studio.charter.name != charter.name;
        studio.charter = charter;
        studio.version = studio.version.checked_add(1).ok_or_else(|| Error::new(Code::Stale))?;
        store::update(&mut work, &studio).await?;
        let mut events = vec![studio.event()?];
        if renamed {
            // Grants made from memberships show the studio's name.
            let today = work.today();
            for member in member::store::renew(&mut work, studio.owner, studio.id, today).await? {
                events.push(member.event(&studio.charter.name)?);
            }
        }
        work.publish_all(&events).await?;
        let detail = json!({ "renamed": renamed, "version": studio.version });
        work.audit(studio.owner, Some(studio.id), studio.id, detail).await?;
        let shown = reply(&mut work, &scope, studio.id).await?;
        work.finish(shown).await
    }
}
