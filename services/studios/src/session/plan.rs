//! Plans a session, or notes one that was.

use super::{Session, Wording, publish, reply, store};
use crate::policy::{self, Action};
use crate::{Studios, studio};
use contract::Handle;
use contract::studios::{PlanSession, Session as Shown, SessionState};
use platform::Begun;
use serde_json::json;
use vocabulary::{Call, Result, StudioSessionId};

impl Handle<PlanSession> for Studios {
    async fn handle(&self, call: &Call, request: PlanSession) -> Result<Shown> {
        let scope = policy::reads(&call.principal)?;
        let wording = Wording::checked(
            &request.title,
            request.starts_at,
            request.minutes,
            request.place.as_deref(),
            &request.functions,
            &request.activities,
            request.joint,
        )?;
        let mut work = match self.begin(call, &request).await? {
            Begun::Fresh(work) => work,
            Begun::Repeated(reply) => return Ok(reply),
        };
        let studio = studio::locked(&mut work, &call.principal, request.studio, Action::KeepSessions).await?;
        let session = Session {
            owner: studio.owner,
            id: StudioSessionId::new(),
            studio: studio.id,
            wording,
            state: SessionState::Planned,
            summary: None,
            cancel_reason: None,
            version: 1,
        };
        session.within(&studio)?;
        store::insert(&mut work, &session).await?;
        publish(&mut work, &session).await?;
        let detail = json!({ "startsAt": session.wording.starts_at, "functions": session.wording.functions });
        work.audit(studio.owner, Some(studio.id), session.id, detail).await?;
        let shown = reply(&mut work, &scope, session.id).await?;
        work.finish(shown).await
    }
}
