//! Closes a ledger line (销账), with evidence or with a written reason.

use super::{Evidence, leave_traces, reply, store};
use crate::{Studios, policy, studio};
use contract::Handle;
use contract::studios::{CloseTask, Task as Shown};
use platform::Begun;
use serde_json::json;
use vocabulary::{Call, Code, Error, Result};

impl Handle<CloseTask> for Studios {
    async fn handle(&self, call: &Call, request: CloseTask) -> Result<Shown> {
        let scope = policy::reads(&call.principal)?;
        let evidence = Evidence::checked(
            request.evidence_text.as_deref(),
            request.evidence_link.as_deref(),
            request.reason.as_deref(),
        )?;
        let mut work = match self.begin(call, &request).await? {
            Begun::Fresh(work) => work,
            Begun::Repeated(reply) => return Ok(reply),
        };
        let not_found = || Error::new(Code::NotFound);
        let task = store::find(&mut work, &scope, request.id).await?.ok_or_else(not_found)?;
        let action = task.closing_by(&call.principal);
        let studio = studio::locked(&mut work, &call.principal, task.studio, action).await?;
        // Again, now that no other change of the studio is under way: it may have another owner.
        let mut task = store::find(&mut work, &scope, request.id).await?.ok_or_else(not_found)?;
        policy::may(&call.principal, task.closing_by(&call.principal), studio.owner, Some(studio.id))?;
        let with_evidence = evidence.text.is_some() || evidence.link.is_some();
        let note = evidence.note();
        let today = work.today();
        task.close(today, evidence)?;
        store::update(&mut work, &task).await?;
        leave_traces(&mut work, &task, "closed", Some(&note)).await?;
        let detail = json!({ "withEvidence": with_evidence, "overdueDays": task.overdue_days(today) });
        work.audit(studio.owner, Some(studio.id), task.id, detail).await?;
        let shown = reply(&mut work, &scope, task.id).await?;
        work.finish(shown).await
    }
}
