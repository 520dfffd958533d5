//! One's own sessions: list, end one, sign out.

use super::store;
use crate::{Tenancy, fresh};
use chrono::TimeDelta;
use contract::Handle;
use contract::tenancy::{ListSessions, RevokeSession, Session, SignOut};
use platform::Work;
use serde_json::json;
use vocabulary::{Call, Code, Error, OrganisationNo, PersonId, Result, SessionId};

fn myself(call: &Call) -> Result<(PersonId, SessionId)> {
    let both = call.principal.person().zip(call.principal.session());
    both.ok_or_else(|| Error::new(Code::Unauthenticated))
}

impl Handle<ListSessions> for Tenancy {
    async fn handle(&self, call: &Call, _: ListSessions) -> Result<Vec<Session>> {
        let (person, current) = myself(call)?;
        let mut read = self.database.read(call).await?;
        let sessions = store::sessions(&mut read, person.uuid(), self.database.clock().now()).await?;
        let shown = |session: store::Session| Session {
            id: SessionId::from_uuid(session.id),
            started_at: session.started_at,
            last_seen_at: session.last_seen_at,
            ends_at: (session.started_at + TimeDelta::hours(12))
                .min(session.last_seen_at + TimeDelta::minutes(30)),
            current: session.id == current.uuid(),
            device: session.device,
            source: session.source,
        };
        Ok(sessions.into_iter().map(shown).collect())
    }
}

async fn end(mut work: Work, person: PersonId, session: SessionId) -> Result<bool> {
    if !store::end_session(&mut work, person.uuid(), session.uuid()).await? {
        return Err(Error::new(Code::NotFound).on("session"));
    }
    let home = store::own(&mut work).await?.map_or(0, |own| own.person_no);
    work.audit(OrganisationNo(home), None, session, json!({})).await?;
    work.finish(true).await
}

impl Handle<SignOut> for Tenancy {
    async fn handle(&self, call: &Call, request: SignOut) -> Result<bool> {
        let (person, session) = myself(call)?;
        let work = fresh!(self.begin(call, &request));
        end(work, person, session).await
    }
}

impl Handle<RevokeSession> for Tenancy {
    async fn handle(&self, call: &Call, request: RevokeSession) -> Result<bool> {
        let (person, _) = myself(call)?;
        let work = fresh!(self.begin(call, &request));
        end(work, person, request.session).await
    }
}
