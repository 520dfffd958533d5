//! Opens a closed ledger line again; the closing stays in its history. An owner who has left the studio meanwhile does
//! not get it back: it has none until somebody takes it.

use super::{leave_traces, reply, store};
use crate::{Studios, check, member, people, policy, studio};
use contract::Handle;
use contract::studios::{ReopenTask, Task as Shown};
use platform::Begun;
use serde_json::json;
use vocabulary::{Call, Code, Error, Result, clean_text};

impl Handle<ReopenTask> for Studios {
    async fn handle(&self, call: &Call, request: ReopenTask) -> Result<Shown> {
        let scope = policy::reads(&call.principal)?;
        let reason = clean_text("reason", &request.reason, check::TEXT)?;
        let mut work = match self.begin(call, &request).await? {
            Begun::Fresh(work) => work,
            Begun::Repeated(reply) => return Ok(reply),
        };
        let not_found = || Error::new(Code::NotFound);
        let task = store::find(&mut work, &scope, request.id).await?.ok_or_else(not_found)?;
        let action = task.closing_by(&call.principal);
        let studio = studio::locked(&mut work, &call.principal, task.studio, action).await?;
        // Again, now that no other change of the studio is under way.
        let mut task = store::find(&mut work, &scope, request.id).await?.ok_or_else(not_found)?;
        policy::may(&call.principal, task.closing_by(&call.principal), studio.owner, Some(studio.id))?;
        let closed_on = task.closed.as_ref().map(|(on, _)| *on);
        task.reopen()?;
        let (today, mut note, mut left) = (work.today(), reason, None);
        if let Some(person) = task.person
            && !member::store::is_active(&mut work, studio.owner, studio.id, person, today).await?
        {
            let names = people::store::names(&mut work, &[person.uuid()]).await?;
            note = format!("{note}\n{} → —", names.get(&person).map_or("?", String::as_str));
            left = task.person.take();
        }
        store::update(&mut work, &task).await?;
        leave_traces(&mut work, &task, "reopened", Some(&note)).await?;
        let detail = json!({ "closedOn": closed_on, "ownerLeft": left });
        work.audit(studio.owner, Some(studio.id), task.id, detail).await?;
        let shown = reply(&mut work, &scope, task.id).await?;
        work.finish(shown).await
    }
}
