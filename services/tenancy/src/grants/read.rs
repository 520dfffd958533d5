//! Reading grants, and what one may give.

use super::{grant, store};
use crate::Tenancy;
use crate::organisations::store as organisations;
use crate::people;
use crate::policy::{Action, may, may_give, stands_on};
use contract::Handle;
use contract::tenancy::{Grant, GrantableRoles, GrantsOfPeople, GrantsOn};
use platform::Read;
use std::collections::HashMap;
use std::hash::Hash;
use vocabulary::{Call, Code, Error, OrganisationId, PersonId, Result, Role, at_most};

async fn grouped<K: Eq + Hash + Copy>(
    read: &mut Read,
    today: chrono::NaiveDate,
    rows: Vec<store::Row>,
    keys: &[K],
    key: impl Fn(&Grant) -> K,
) -> Result<Vec<Vec<Grant>>> {
    let nos: Vec<i32> = rows.iter().map(|row| row.owner_no).collect();
    let names = organisations::names(read, &nos, today).await?;
    let people: Vec<_> = rows.iter().map(|row| row.person_id).collect();
    let called = people::store::known(read, &people).await?;
    let mut groups: HashMap<K, Vec<Grant>> = HashMap::new();
    for row in rows {
        let organisation = names.get(&row.owner_no).cloned();
        let grant = grant(row, organisation, &called)?;
        groups.entry(key(&grant)).or_default().push(grant);
    }
    Ok(keys.iter().map(|key| groups.get(key).cloned().unwrap_or_default()).collect())
}

impl Handle<GrantsOfPeople> for Tenancy {
    async fn handle(&self, call: &Call, request: GrantsOfPeople) -> Result<Vec<Vec<Grant>>> {
        may(&call.principal, Action::Read)?;
        at_most("people", request.people.len())?;
        let people: Vec<_> = request.people.iter().map(|id| id.uuid()).collect();
        let mut read = self.database.read(call).await?;
        let rows = store::of_people(&mut read, &call.principal.readable, &people).await?;
        grouped(
            &mut read,
            self.database.clock().today(),
            rows,
            &request.people,
            |grant: &Grant| -> PersonId { grant.person },
        )
        .await
    }
}

impl Handle<GrantsOn> for Tenancy {
    async fn handle(&self, call: &Call, request: GrantsOn) -> Result<Vec<Vec<Grant>>> {
        may(&call.principal, Action::Read)?;
        at_most("organisations", request.organisations.len())?;
        let ids: Vec<_> = request.organisations.iter().map(|id| id.uuid()).collect();
        let today = self.database.clock().today();
        let mut read = self.database.read(call).await?;
        let found = organisations::open(&mut read, &call.principal.readable, today, &ids, &[]).await?;
        let nos: Vec<i32> = found.iter().map(|organisation| organisation.no.0).collect();
        let rows = store::on(&mut read, &call.principal.readable, &nos).await?;
        grouped(&mut read, today, rows, &request.organisations, |grant: &Grant| -> OrganisationId {
            grant.organisation.id
        })
        .await
    }
}

impl Handle<GrantableRoles> for Tenancy {
    async fn handle(&self, call: &Call, request: GrantableRoles) -> Result<Vec<Role>> {
        may(&call.principal, Action::Read)?;
        let today = self.database.clock().today();
        let mut read = self.database.read(call).await?;
        let found = organisations::open(
            &mut read,
            &call.principal.readable,
            today,
            &[request.organisation.uuid()],
            &[],
        )
        .await?;
        let organisation = found.first().ok_or_else(|| Error::new(Code::NotFound))?;
        if !call.principal.writable.contains(organisation.no) {
            return Ok(Vec::new());
        }
        let mine = call.principal.role().map(may_give).unwrap_or_default();
        Ok(mine.into_iter().filter(|role| stands_on(*role, organisation.kind)).collect())
    }
}
