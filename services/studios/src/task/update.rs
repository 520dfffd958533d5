//! Changes an open ledger line: wording, owner, due date.

use super::{Task, leave_traces, reply, store};
use crate::plan_item::owner_is_member;
use crate::policy::{self, Action};
use crate::{Studios, check, people, studio};
use contract::Handle;
use contract::studios::{Task as Shown, UpdateTask};
use platform::{Begun, Work};
use serde_json::json;
use vocabulary::{Call, Code, Error, PersonId, Result, clean_line};

/// What the history keeps of a change: what stood there and what stands there now.
async fn note(work: &mut Work, before: &Task, after: &Task) -> Result<Option<String>> {
    let mut parts = Vec::new();
    if before.title != after.title {
        parts.push(format!("《{}》→《{}》", before.title, after.title));
    }
    if before.person != after.person {
        let ids: Vec<_> = [before.person, after.person].into_iter().flatten().map(PersonId::uuid).collect();
        let names = people::store::names(&mut *work, &ids).await?;
        let name = |person: Option<PersonId>| {
            person.map_or("—", |person| names.get(&person).map_or("?", String::as_str)).to_owned()
        };
        parts.push(format!("{} → {}", name(before.person), name(after.person)));
    }
    if before.due_on != after.due_on {
        parts.push(format!("{} → {}", before.due_on, after.due_on));
    }
    Ok(if parts.is_empty() { None } else { Some(parts.join("；")) })
}

impl Handle<UpdateTask> for Studios {
    async fn handle(&self, call: &Call, request: UpdateTask) -> Result<Shown> {
        let scope = policy::reads(&call.principal)?;
        let title = clean_line("title", &request.title, 200);
        let due_on = check::date("dueOn", request.due_on);
        check::together([title.as_ref().err(), due_on.as_ref().err()])?;
        let (title, due_on) = (title?, due_on?);
        let mut work = match self.begin(call, &request).await? {
            Begun::Fresh(work) => work,
            Begun::Repeated(reply) => return Ok(reply),
        };
        let not_found = || Error::new(Code::NotFound);
        let task = store::find(&mut work, &scope, request.id).await?.ok_or_else(not_found)?;
        let studio = studio::locked(&mut work, &call.principal, task.studio, Action::KeepLedger).await?;
        // Again, now that no other change of the studio is under way.
        let before = store::find(&mut work, &scope, request.id).await?.ok_or_else(not_found)?;
        if before.version != request.version {
            return Err(Error::new(Code::Stale));
        }
        before.still_open()?;
        if before.person != request.owner {
            owner_is_member(&mut work, studio.owner, studio.id, request.owner).await?;
        }
        let mut task = Task { title, person: request.owner, due_on, ..before.clone() };
        task.count()?;
        store::update(&mut work, &task).await?;
        let note = note(&mut work, &before, &task).await?;
        leave_traces(&mut work, &task, "changed", note.as_deref()).await?;
        let detail = json!({
            "titleChanged": before.title != task.title,
            "owner": { "before": before.person, "after": task.person },
            "dueOn": { "before": before.due_on, "after": task.due_on },
        });
        work.audit(studio.owner, Some(studio.id), task.id, detail).await?;
        let shown = reply(&mut work, &scope, task.id).await?;
        work.finish(shown).await
    }
}
