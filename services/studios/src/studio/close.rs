//! Closes a studio on a day: its memberships end with it, and its ledger stays as it is.

use super::{locked, reply, store};
use crate::policy::{self, Action};
use crate::{Studios, check, member};
use contract::Handle;
use contract::studios::{CloseStudio, Studio as Shown};
use platform::Begun;
use serde_json::json;
use vocabulary::{Call, Code, Error, Result};

impl Handle<CloseStudio> for Studios {
    async fn handle(&self, call: &Call, request: CloseStudio) -> Result<Shown> {
        let scope = policy::reads(&call.principal)?;
        let on = check::date("on", request.on)?;
        let mut work = match self.begin(call, &request).await? {
            Begun::Fresh(work) => work,
            Begun::Repeated(reply) => return Ok(reply),
        };
        let mut studio = locked(&mut work, &call.principal, request.id, Action::CloseStudio).await?;
        studio.may_close(on, work.today())?;
        studio.closed_on = Some(on);
        studio.version = studio.version.checked_add(1).ok_or_else(|| Error::new(Code::Stale))?;
        store::update(&mut work, &studio).await?;
        let mut events = vec![studio.event()?];
        for member in member::store::end_all(&mut work, studio.owner, studio.id, on).await? {
            events.push(member.event(&studio.charter.name)?);
        }
        work.publish_all(&events).await?;
        let detail = json!({ "on": on, "memberships": events.len() - 1 });
        work.audit(studio.owner, Some(studio.id), studio.id, detail).await?;
        let shown = reply(&mut work, &scope, studio.id).await?;
        work.finish(shown).await
    }
}
