//! Cancels a session: one that was planned, or one that was recorded by mistake.

use super::{locked, publish, reply, store};
use crate::{Studios, check, policy};
use contract::Handle;
use contract::studios::{CancelSession, Session as Shown};
use platform::Begun;
use serde_json::json;
use vocabulary::{Call, Result, clean_text};

impl Handle<CancelSession> for Studios {
    async fn handle(&self, call: &Call, request: CancelSession) -> Result<Shown> {
        let scope = policy::reads(&call.principal)?;
        let reason = clean_text("reason", &request.reason, check::TEXT)?;
        let mut work = match self.begin(call, &request).await? {
            Begun::Fresh(work) => work,
            Begun::Repeated(reply) => return Ok(reply),
        };
        let (studio, mut session) = locked(&mut work, &scope, &call.principal, request.id).await?;
        session.cancel(reason)?;
        store::update(&mut work, &session).await?;
        store::put_attendance(&mut work, &session, &[]).await?;
        publish(&mut work, &session).await?;
        work.audit(studio.owner, Some(studio.id), session.id, json!({ "version": session.version })).await?;
        let shown = reply(&mut work, &scope, session.id).await?;
        work.finish(shown).await
    }
}
