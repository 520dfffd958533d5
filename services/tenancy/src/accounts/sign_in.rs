//! Signing in. An unknown account and a wrong password take the same way and the same time, and get the same answer.

use super::store::{self, Start};
use super::{token, token_hash};
use crate::Tenancy;
use chrono::TimeDelta;
use contract::Handle;
use contract::tenancy::{SignIn, SignedIn};
use serde_json::json;
use vocabulary::{Actor, Call, Code, Error, OrganisationNo, PersonId, Principal, Result, SessionId};

/// Failures of an account from one source that lock both together, and within how long.
const FAILURES: i64 = 5;

fn cut(text: &str, max: usize) -> String {
    text.chars().filter(|c| !c.is_control()).take(max).collect()
}

impl Handle<SignIn> for Tenancy {
    async fn handle(&self, call: &Call, request: SignIn) -> Result<SignedIn> {
        let login = cut(&request.login, 60).trim().to_lowercase();
        let (source, device) = (cut(&request.source, 60), cut(&request.device, 200));
        let now = self.database.clock().now();
        // Five within ten minutes lock for fifteen: counted over the longer span, so that the lock outlives them.
        let since = now - TimeDelta::minutes(15);
        let mut read = self.database.read(call).await?;
        if store::failures(&mut read, &login, &source, since).await? >= FAILURES {
            return Err(Error::new(Code::SignInLocked));
        }
        let account = store::account(&mut read, &login, self.database.clock().today()).await?;
        drop(read);
        let (person, hash) = account.map_or((None, None), |account| (Some(account.person_id), account.hash));
        // A password that is far too long is not worth a hash's time, whoever's it is.
        let fits = request.password.len() <= 1_000 && self.hashing.fits(&request.password, hash).await?;
        let Some(person) = person.filter(|_| fits) else {
            let mut work = self.database.begin_unkeyed(&call.principal, "SignIn", call.request_id).await?;
            store::note_failure(&mut work, &login, &source, now).await?;
            work.finish(()).await?;
            return Err(Error::new(Code::SignInFailed));
        };
        let (token, session) = (token(), SessionId::new());
        let own = Actor::Person { id: PersonId::from_uuid(person), session, hat: None };
        let principal = Principal { actor: own, ..Principal::anonymous() }.into();
        let mut work = self.database.begin_unkeyed(&principal, "SignIn", call.request_id).await?;
        let start = Start {
            person,
            session: session.uuid(),
            token_hash: token_hash(&token),
            now,
            device: &device,
            source: &source,
            login: &login,
        };
        store::start_session(&mut work, start).await?;
        let home = store::own(&mut work).await?.map_or(0, |own| own.person_no);
        work.audit(OrganisationNo(home), None, session, json!({})).await?;
        work.finish(()).await?;
        Ok(SignedIn { token, session })
    }
}
