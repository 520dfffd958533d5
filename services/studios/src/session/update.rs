//! Changes what was said of a session.

use super::{Wording, locked, publish, reply, store};
use crate::{Studios, policy};
use contract::Handle;
use contract::studios::{Session as Shown, UpdateSession};
use platform::Begun;
use serde_json::json;
use vocabulary::{Call, Code, Error, Result};

impl Handle<UpdateSession> for Studios {
    async fn handle(&self, call: &Call, request: UpdateSession) -> Result<Shown> {
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
        let (studio, mut session) = locked(&mut work, &scope, &call.principal, request.id).await?;
        if session.version != request.version {
            return Err(Error::new(Code::Stale));
        }
        let today = work.today();
        session.reword(wording, today)?;
        session.within(&studio)?;
        store::update(&mut work, &session).await?;
        publish(&mut work, &session).await?;
        let detail = json!({ "version": session.version, "startsAt": session.wording.starts_at });
        work.audit(studio.owner, Some(studio.id), session.id, detail).await?;
        let shown = reply(&mut work, &scope, session.id).await?;
        work.finish(shown).await
    }
}
