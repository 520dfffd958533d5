//! Adds a ledger line.

use super::{Task, leave_traces, reply, store};
use crate::plan_item::{self, owner_is_member};
use crate::policy::{self, Action};
use crate::{Studios, check, studio};
use contract::Handle;
use contract::studios::{AddTask, Task as Shown};
use platform::Begun;
use serde_json::json;
use vocabulary::{Call, Code, Error, Result, TaskId, clean_line};

impl Handle<AddTask> for Studios {
    async fn handle(&self, call: &Call, request: AddTask) -> Result<Shown> {
        let scope = policy::reads(&call.principal)?;
        let title = clean_line("title", &request.title, 200);
        let due_on = check::date("dueOn", request.due_on);
        check::together([title.as_ref().err(), due_on.as_ref().err()])?;
        let (title, due_on) = (title?, due_on?);
        let mut work = match self.begin(call, &request).await? {
            Begun::Fresh(work) => work,
            Begun::Repeated(reply) => return Ok(reply),
        };
        let studio = studio::locked(&mut work, &call.principal, request.studio, Action::KeepLedger).await?;
        owner_is_member(&mut work, studio.owner, studio.id, request.owner).await?;
        if let Some(item) = request.plan_item {
            let item = plan_item::store::find(&mut work, &scope, item).await?;
            item.filter(|item| item.studio == studio.id)
                .ok_or_else(|| Error::new(Code::NotFound).on("planItem"))?;
        }
        let task = Task {
            owner: studio.owner,
            id: TaskId::new(),
            studio: studio.id,
            plan_item: request.plan_item,
            title,
            person: request.owner,
            due_on,
            closed: None,
            version: 1,
        };
        store::insert(&mut work, &task).await?;
        leave_traces(&mut work, &task, "added", None).await?;
        let detail = json!({ "owner": task.person, "dueOn": task.due_on });
        work.audit(studio.owner, Some(studio.id), task.id, detail).await?;
        let shown = reply(&mut work, &scope, task.id).await?;
        work.finish(shown).await
    }
}
