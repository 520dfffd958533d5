//! Adding a person with an account and a one-time password.

use super::{event, login, open_accounts, phone, store};
use crate::accounts::hashing::one_time;
use crate::accounts::store::reset_hash;
use crate::organisations::store::open;
use crate::policy::{Action, may, may_change};
use crate::{Tenancy, fresh};
use contract::Handle;
use contract::tenancy::{AddPerson, AddedPerson};
use serde_json::json;
use vocabulary::{Call, Code, Error, PersonId, Result, clean_line};

impl Handle<AddPerson> for Tenancy {
    async fn handle(&self, call: &Call, request: AddPerson) -> Result<AddedPerson> {
        may(&call.principal, Action::ManagePeople)?;
        // Before the change is opened: it would hold a connection while it waits for its turn to hash.
        let password = one_time();
        let hash = self.hashing.hash(&password).await?;
        let mut work = fresh!(self.begin(call, &request));
        let today = work.today();
        let homes =
            open(&mut work, &call.principal.readable, today, &[request.organisation.uuid()], &[]).await?;
        let home = homes.first().ok_or_else(|| Error::new(Code::NotFound).on("organisation"))?;
        may_change(&call.principal, Action::ManagePeople, home.no)?;
        if home.closed_on.is_some_and(|on| on <= today) {
            return Err(Error::new(Code::OrganisationClosed).on("organisation"));
        }
        let (name, login, phone) = match (
            clean_line("name", &request.name, 40),
            login(&request.login),
            phone(request.phone.as_deref()),
        ) {
            (Ok(name), Ok(login), Ok(phone)) => (name, login, phone),
            (name, login, phone) => {
                let all: Option<Error> =
                    [name.err(), login.err(), phone.err()].into_iter().flatten().collect();
                return Err(all.unwrap_or_else(|| Error::new(Code::InvalidValue)));
            }
        };
        let id = PersonId::new();
        let new = [store::New { owner_no: home.no.0, id: id.uuid(), name, login, phone, left_on: None }];
        if !open_accounts(&mut work, &new).await?.is_empty() {
            return Err(Error::new(Code::LoginTaken).on("login"));
        }
        store::insert_all(&mut work, &new).await?;
        work.publish_all(&[event(&new[0], &home.name, 1)?]).await?;
        reset_hash(&mut work, id.uuid(), &hash).await?;
        work.audit(home.no, None, id, json!({})).await?;
        work.finish_once(AddedPerson { person: id, password }, |added| added.password = String::new()).await
    }
}
