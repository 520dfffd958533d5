//! Signing in. An unknown account and a wrong password take the same way and the same time, and get the same answer.

use super::store::{self, Start};
use super::{token, token_hash};
use crate::Tenancy;
use contract::Handle;
use contract::tenancy::{SignIn, SignedIn};
use serde_json::json;
use vocabulary::{Actor, Call, Code, Error, OrganisationNo, PersonId, Principal, Result, SessionId};

fn cut(text: &str, max: usize) -> String {
    text.chars().filter(|c| !c.is_control()).take(max).collect()
}

impl Handle<SignIn> for Tenancy {
    async fn handle(&self, call: &Call, request: SignIn) -> Result<SignedIn> {
        let login = cut(&request.login, 60).trim().to_lowercase();
        let (source, device) = (cut(&request.source, 60), cut(&request.device, 200));
        let mut read = self.database.read(call).await?;
        if store::locked(&mut read, &login, &source, self.database.clock().now()).await? {
            return Err(Error::new(Code::SignInLocked));
        }
        let account = store::account(&mut read, &login, self.database.clock().today()).await?;
        drop(read);
        let (person, hash) = account.map_or((None, None), |account| (Some(account.person_id), account.hash));
        // A password that is far too long is not worth a hash's time, whoever's it is.
        let fits = request.password.len() <= 1_000 && self.hashing.fits(&request.password, hash).await?;
        // Others may have failed while this one waited: whoever comes to be judged after the fifth is told of the lock,
        // right or wrong, or many guesses at once would be many guesses.
        let now = self.database.clock().now();
        let Some(person) = person.filter(|_| fits) else {
            let mut work = self.database.begin_unkeyed(&call.principal, "SignIn", call.request_id).await?;
            let counted = store::note_failure(&mut work, &login, &source, now).await?;
            work.finish(()).await?;
            return Err(Error::new(if counted { Code::SignInFailed } else { Code::SignInLocked }));
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
        if !store::start_session(&mut work, start).await? {
            return Err(Error::new(Code::SignInLocked));
        }
        let home = store::own(&mut work).await?.map_or(0, |own| own.person_no);
        work.audit(OrganisationNo(home), None, session, json!({})).await?;
        work.finish(()).await?;
        Ok(SignedIn { token, session })
    }
}
