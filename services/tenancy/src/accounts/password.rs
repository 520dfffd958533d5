//! Changing one's own password, and giving somebody a one-time password. Hashes are made before the change is opened: it
//! would hold a connection while it waits for its turn.

use super::hashing::{one_time, strong};
use super::{rules_over, store};
use crate::policy::{Action, may, may_change};
use crate::{Tenancy, fresh, people};
use contract::tenancy::{ChangePassword, NewPassword, ResetPassword};
use contract::{Handle, Operation as _};
use serde_json::json;
use vocabulary::{Call, Code, Error, OrganisationNo, Result};

/// A change of password that the rules allow.
struct Allowed {
    /// Where the session came from: the lock is on it and the account together.
    source: String,
    /// The hash that the present password fitted.
    present: Option<String>,
    /// The new one's.
    new: String,
}

impl Tenancy {
    /// Whether the present password fits and the new one may be taken.
    async fn allowed(&self, call: &Call, request: &ChangePassword) -> Result<Allowed> {
        let session = call.principal.session().ok_or_else(|| Error::new(Code::Unauthenticated))?;
        let (now, today) = (self.database.clock().now(), self.database.clock().today());
        let mut read = self.database.read(call).await?;
        let own = store::own(&mut read).await?.ok_or_else(|| Error::new(Code::NotFound))?;
        let min = store::password_length(&mut read, own.person_no, today).await?;
        let source = store::source(&mut read, session.uuid()).await?.unwrap_or_default();
        if store::locked(&mut read, &own.login, &source, now).await? {
            return Err(Error::new(Code::SignInLocked));
        }
        drop(read);
        if request.present.len() > 1_000 || !self.hashing.fits(&request.present, own.hash.clone()).await? {
            // Guesses at the present password are guesses at the password: a session left open is no way around the lock.
            let mut work = self.database.begin_unkeyed(&call.principal, "SignIn", call.request_id).await?;
            let noted = store::note_failure(&mut work, &own.login, &source, now).await?;
            work.finish(()).await?;
            let wrong = Error::new(Code::PasswordWrong).on("present");
            return Err(if noted { wrong } else { Error::new(Code::SignInLocked) });
        }
        strong(&request.new, usize::try_from(min).unwrap_or(12))?;
        for old in own.hash.clone().into_iter().chain(own.old_hashes).take(5) {
            if self.hashing.fits(&request.new, Some(old)).await? {
                return Err(Error::new(Code::PasswordReused).on("new"));
            }
        }
        Ok(Allowed { source, present: own.hash, new: self.hashing.hash(&request.new).await? })
    }
}

/// A change of password without the passwords: what the idempotency key is kept with.
#[derive(serde::Serialize)]
struct Keyed {
    change: String,
}

impl Handle<ChangePassword> for Tenancy {
    async fn handle(&self, call: &Call, request: ChangePassword) -> Result<bool> {
        let session = call.principal.session().ok_or_else(|| Error::new(Code::Unauthenticated))?;
        // Another body under the same key is recognised, and yet nothing is kept that is guessed faster than a password.
        let both = format!("{}\n{}", request.present, request.new);
        let change = self.hashing.trace(&both, &request.idempotency_key).await?;
        let (key, keyed) = (&request.idempotency_key, Keyed { change });
        // A repetition is no guess: the password that was present then is wrong by now.
        drop(fresh!(self.database.begin(call, ChangePassword::PATH, key, &keyed)));
        let allowed = self.allowed(call, &request).await?;
        let mut work = fresh!(self.database.begin(call, ChangePassword::PATH, key, &keyed));
        let own = store::own(&mut work).await?.ok_or_else(|| Error::new(Code::NotFound))?;
        // Of many guesses at once, those after the fifth failure are not heard, the right one among them.
        let now = work.now();
        store::queue_attempt(&mut work, &own.login, &allowed.source).await?;
        if store::locked(&mut work, &own.login, &allowed.source, now).await? {
            return Err(Error::new(Code::SignInLocked));
        }
        // Somebody was quicker, from another session: what was present is so no more.
        if own.hash != allowed.present
            || !store::set_own_hash(&mut work, &allowed.new, own.hash.as_deref(), session.uuid()).await?
        {
            return Err(Error::new(Code::PasswordWrong).on("present"));
        }
        work.audit(OrganisationNo(own.person_no), None, session, json!({})).await?;
        work.finish(true).await
    }
}

impl Handle<ResetPassword> for Tenancy {
    async fn handle(&self, call: &Call, request: ResetPassword) -> Result<NewPassword> {
        may(&call.principal, Action::ResetPasswords)?;
        // One's own is changed with the present one: a session left open is no way to a new password.
        if call.principal.person() == Some(request.person) {
            return Err(Error::new(Code::Forbidden).on("person"));
        }
        let password = one_time();
        let hash = self.hashing.hash(&password).await?;
        let mut work = fresh!(self.begin(call, &request));
        let today = work.today();
        let home = people::store::home(&mut work, request.person.uuid()).await?;
        let home = home.ok_or_else(|| Error::new(Code::NotFound).on("person"))?;
        may_change(&call.principal, Action::ResetPasswords, OrganisationNo(home))?;
        if !rules_over(&mut work, request.person, today).await? {
            return Err(Error::new(Code::Forbidden).on("person"));
        }
        let login = store::reset_hash(&mut work, request.person.uuid(), &hash).await?;
        let login = login.ok_or_else(|| Error::new(Code::NotFound).on("person"))?;
        work.audit(OrganisationNo(home), None, request.person, json!({})).await?;
        // The password itself is told once: a repetition of the request does not hear it again.
        let told = NewPassword { person: request.person, login, password };
        work.finish_once(told, |told| told.password = String::new()).await
    }
}
