//! Changing one's own password, and giving somebody a one-time password.

use super::hashing::{one_time, strong};
use super::store;
use crate::policy::{Action, may_change};
use crate::{Tenancy, fresh, people};
use contract::Handle;
use contract::tenancy::{ChangePassword, NewPassword, ResetPassword};
use platform::Begun;
use serde_json::json;
use vocabulary::{Call, Code, Error, OrganisationNo, Result};

/// A change of password without the passwords: what the idempotency key is kept with.
#[derive(serde::Serialize)]
struct Keyed {
    change: &'static str,
}

impl Handle<ChangePassword> for Tenancy {
    async fn handle(&self, call: &Call, request: ChangePassword) -> Result<bool> {
        let session = call.principal.session().ok_or_else(|| Error::new(Code::Unauthenticated))?;
        let body = Keyed { change: "password" };
        let mut work = match self
            .database
            .begin(call, "/tenancy/ChangePassword", &request.idempotency_key, &body)
            .await?
        {
            Begun::Fresh(work) => work,
            Begun::Repeated(reply) => return Ok(reply),
        };
        let own = store::own(&mut work).await?.ok_or_else(|| Error::new(Code::NotFound))?;
        let min = store::password_length(&mut work, own.person_no, self.database.clock().today()).await?;
        if request.present.len() > 1_000 || !self.hashing.fits(&request.present, own.hash.clone()).await? {
            return Err(Error::new(Code::PasswordWrong).on("present"));
        }
        strong(&request.new, usize::try_from(min).unwrap_or(12))?;
        for old in own.hash.into_iter().chain(own.old_hashes).take(5) {
            if self.hashing.fits(&request.new, Some(old)).await? {
                return Err(Error::new(Code::PasswordReused).on("new"));
            }
        }
        let hash = self.hashing.hash(&request.new).await?;
        store::set_own_hash(&mut work, &hash, session.uuid()).await?;
        work.audit(OrganisationNo(own.person_no), None, session, json!({})).await?;
        work.finish(true).await
    }
}

impl Handle<ResetPassword> for Tenancy {
    async fn handle(&self, call: &Call, request: ResetPassword) -> Result<NewPassword> {
        let mut work = fresh!(self.begin(call, &request));
        let home = people::store::home(&mut work, request.person.uuid()).await?;
        let home = home.ok_or_else(|| Error::new(Code::NotFound).on("person"))?;
        may_change(&call.principal, Action::ResetPasswords, OrganisationNo(home))?;
        // A password for somebody who also rules elsewhere would be a way up.
        if !store::outranks(&mut work, request.person.uuid(), self.database.clock().today()).await? {
            return Err(Error::new(Code::Forbidden).on("person"));
        }
        let password = one_time();
        let hash = self.hashing.hash(&password).await?;
        let login = store::reset_hash(&mut work, request.person.uuid(), &hash).await?;
        let login = login.ok_or_else(|| Error::new(Code::NotFound).on("person"))?;
        work.audit(OrganisationNo(home), None, request.person, json!({})).await?;
        // The password itself is told once: a repetition of the request does not hear it again.
        let told = NewPassword { person: request.person, login, password };
        work.finish_once(told, |told| told.password = String::new()).await
    }
}
