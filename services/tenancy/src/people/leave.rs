//! Leaving (离职): from a day on the account is closed, and whatever the person's grants say, they give nothing.

use super::{event, store};
use crate::accounts::rules_over;
use crate::grants::store as grants;
use crate::organisations::store::names;
use crate::policy::{Action, may_change, may_give};
use crate::words::day;
use crate::{Tenancy, fresh};
use chrono::NaiveDate;
use contract::Handle;
use contract::tenancy::{NoteLeaving, Person};
use platform::Work;
use serde_json::json;
use vocabulary::{Call, Code, Error, OrganisationNo, PersonId, Result, Role};

/// Whether every role that the person holds is one that the caller gives, or a teacher's: a clerk does not close the door
/// to the administrator. Roles on studios come from memberships and count for nothing here.
async fn roles_below(work: &mut Work, person: PersonId, today: NaiveDate) -> Result<bool> {
    let role = work.principal().role();
    if role == Some(Role::SecurityAdministrator) {
        return Ok(true);
    }
    let gives = role.map(may_give).unwrap_or_default();
    let held = grants::roles_held(work, person.uuid(), today).await?;
    let mut held = held.iter().filter_map(|code| Role::from_code(code)).filter(|role| !role.on_studio());
    Ok(held.all(|role| role == Role::HomeroomTeacher || gives.contains(&role)))
}

impl Handle<NoteLeaving> for Tenancy {
    async fn handle(&self, call: &Call, request: NoteLeaving) -> Result<Person> {
        let mut work = fresh!(self.begin(call, &request));
        let (now, today) = (work.now(), work.today());
        let found = store::open(&mut work, &call.principal.readable, now, &[request.id.uuid()]).await?;
        let row = found.into_iter().next().ok_or_else(|| Error::new(Code::NotFound))?;
        may_change(&call.principal, Action::ManagePeople, OrganisationNo(row.owner_no))?;
        // Who closes an account of somebody above would rid themselves of their supervision.
        let below = roles_below(&mut work, request.id, today).await?;
        if !below || !rules_over(&mut work, request.id, today).await? {
            return Err(Error::new(Code::Forbidden).on("id"));
        }
        let left_on = request.left_on.map(|on| day("leftOn", on)).transpose()?;
        let version = store::leave(&mut work, row.owner_no, row.id, request.version, left_on).await?;
        let version = version.ok_or_else(|| Error::new(Code::Stale))?;
        let home = names(&mut work, &[row.owner_no], today)
            .await?
            .remove(&row.owner_no)
            .ok_or_else(|| Error::new(Code::NotFound))?;
        let new = store::New {
            owner_no: row.owner_no,
            id: row.id,
            name: row.name,
            login: row.login,
            phone: row.phone,
            left_on,
        };
        work.publish_all(&[event(&new, &home.name, version)?]).await?;
        work.audit(OrganisationNo(row.owner_no), None, request.id, json!({ "leftOn": left_on })).await?;
        let person = Person {
            id: request.id,
            name: new.name,
            login: new.login,
            organisation: home,
            phone: new.phone,
            locked_until: row.locked_until,
            last_sign_in: row.last_sign_in,
            left_on,
            version,
        };
        work.finish(person).await
    }
}
