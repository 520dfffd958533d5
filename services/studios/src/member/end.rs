//! Ends a membership on a day, or corrects the day on which it ended.

use super::{action, reply, store};
use crate::{Studios, check, policy, studio, task};
use contract::Handle;
use contract::studios::{EndMembership, Member as Shown};
use platform::Begun;
use serde_json::json;
use vocabulary::{Call, Code, Error, Result};

impl Handle<EndMembership> for Studios {
    async fn handle(&self, call: &Call, request: EndMembership) -> Result<Shown> {
        let scope = policy::reads(&call.principal)?;
        let on = check::date("on", request.on)?;
        let mut work = match self.begin(call, &request).await? {
            Begun::Fresh(work) => work,
            Begun::Repeated(reply) => return Ok(reply),
        };
        let not_found = || Error::new(Code::NotFound);
        let member = store::find(&mut work, &scope, request.id).await?.ok_or_else(not_found)?;
        let studio = studio::locked(&mut work, &call.principal, member.studio, action(member.role)).await?;
        // Again, now that no other change of the studio is under way.
        let mut member = store::find(&mut work, &scope, request.id).await?.ok_or_else(not_found)?;
        policy::may(&call.principal, action(member.role), studio.owner, Some(studio.id))?;
        if on < member.from {
            return Err(Error::new(Code::DateOrder).on("on"));
        }
        let others = store::of_person(&mut work, studio.owner, studio.id, member.person).await?;
        if others.iter().any(|other| other.id != member.id && other.from > member.from && other.from <= on) {
            return Err(Error::new(Code::MemberTwice).on("on"));
        }
        let open = task::store::open_of(&mut work, studio.owner, studio.id, member.person).await?;
        if open > 0 {
            return Err(Error::new(Code::MemberHasTasks).with("count", open));
        }
        member.to = Some(on);
        member.version = member.version.checked_add(1).ok_or_else(|| Error::new(Code::Stale))?;
        store::update(&mut work, &member).await?;
        work.publish_all(&[member.event(&studio.charter.name)?]).await?;
        let detail = json!({ "on": on, "version": member.version });
        work.audit(studio.owner, Some(studio.id), member.id, detail).await?;
        let shown = reply(&mut work, &scope, member.id).await?;
        work.finish(shown).await
    }
}
