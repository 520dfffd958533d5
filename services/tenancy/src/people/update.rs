//! Correcting a person's name or telephone number.

use super::{event, phone, store};
use crate::organisations::store::names;
use crate::policy::{Action, may_change};
use crate::{Tenancy, fresh};
use contract::Handle;
use contract::tenancy::{Person, UpdatePerson};
use serde_json::json;
use vocabulary::{Call, Code, Error, OrganisationNo, Result, clean_line};

impl Handle<UpdatePerson> for Tenancy {
    async fn handle(&self, call: &Call, request: UpdatePerson) -> Result<Person> {
        let mut work = fresh!(self.begin(call, &request));
        let (now, today) = (work.now(), work.today());
        let found = store::open(&mut work, &call.principal.readable, now, &[request.id.uuid()]).await?;
        let row = found.into_iter().next().ok_or_else(|| Error::new(Code::NotFound))?;
        may_change(&call.principal, Action::ManagePeople, OrganisationNo(row.owner_no))?;
        let (name, phone) = (clean_line("name", &request.name, 40)?, phone(request.phone.as_deref())?);
        let version =
            store::update(&mut work, row.owner_no, row.id, request.version, &name, phone.as_deref()).await?;
        let version = version.ok_or_else(|| Error::new(Code::Stale))?;
        let home = names(&mut work, &[row.owner_no], today)
            .await?
            .remove(&row.owner_no)
            .ok_or_else(|| Error::new(Code::NotFound))?;
        let new = store::New {
            owner_no: row.owner_no,
            id: row.id,
            name: name.clone(),
            login: row.login.clone(),
            phone: phone.clone(),
            left_on: row.left_on,
        };
        work.publish_all(&[event(&new, &home.name, version)?]).await?;
        work.audit(OrganisationNo(row.owner_no), None, request.id, json!({})).await?;
        let person = Person {
            id: request.id,
            name,
            login: row.login,
            organisation: home,
            phone,
            locked_until: row.locked_until,
            last_sign_in: row.last_sign_in,
            left_on: row.left_on,
            version,
        };
        work.finish(person).await
    }
}
