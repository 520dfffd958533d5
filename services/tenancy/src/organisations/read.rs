//! Reading organisations: lists, by id, by number, history, who could see one.

use super::store::{self, Which};
use crate::Tenancy;
use crate::lists::{Listing, searched};
use crate::policy::{Action, may, reach};
use crate::words::{as_of, day};
use contract::Handle;
use contract::tenancy::{
    ListOrganisations, OpenOrganisations, OpenOrganisationsByNo, Organisation, OrganisationChange,
    OrganisationHistory, OrganisationSort, SchoolsUnder, Seer, WhoCouldSee,
};
use platform::Read;
use vocabulary::{Call, Code, Cursor, Error, OrganisationId, Page, PersonId, Result, Role, aligned, at_most};

/// The organisation with this id, as it is today, that the caller reads.
pub(super) async fn readable(
    read: &mut Read,
    call: &Call,
    id: OrganisationId,
    today: chrono::NaiveDate,
) -> Result<Organisation> {
    let found = store::open(read, &call.principal.readable, today, &[id.uuid()], &[]).await?;
    found.into_iter().next().ok_or_else(|| Error::new(Code::NotFound))
}

impl Handle<ListOrganisations> for Tenancy {
    async fn handle(&self, call: &Call, request: ListOrganisations) -> Result<Page<Organisation>> {
        may(&call.principal, Action::Read)?;
        let key = match request.sort {
            OrganisationSort::Number => "lpad(o.owner_no::text, 10, '0')",
            OrganisationSort::Name => "n.pinyin",
            OrganisationSort::FoundedOn => "o.founded_on::text",
        };
        let on = as_of(request.as_of, self.database.clock().today())?;
        let filter = (&request.filter, request.sort, request.direction, on);
        let listing = Listing::of(&request.page, &filter, key, request.direction)?;
        let search = searched(request.filter.search.as_deref())?;
        let mut read = self.database.read(call).await?;
        let under = match request.filter.under {
            Some(id) => Some(readable(&mut read, call, id, on).await?.no.0),
            None => None,
        };
        let closed = request.filter.include_closed.unwrap_or(false);
        let which = Which { search: search.as_deref(), kind: request.filter.kind, under, closed };
        let (items, total) = store::list(&mut read, &call.principal.readable, on, &which, &listing).await?;
        let page = Page::cut(items, listing.limit, total, &filter, |(item, key)| Cursor {
            key: key.clone(),
            id: item.id.uuid(),
        });
        Ok(page.map(|(item, _)| item))
    }
}

impl Handle<OpenOrganisations> for Tenancy {
    async fn handle(&self, call: &Call, request: OpenOrganisations) -> Result<Vec<Option<Organisation>>> {
        may(&call.principal, Action::Read)?;
        at_most("ids", request.ids.len())?;
        let on = as_of(request.as_of, self.database.clock().today())?;
        let ids: Vec<_> = request.ids.iter().map(|id| id.uuid()).collect();
        let mut read = self.database.read(call).await?;
        let found = store::open(&mut read, &call.principal.readable, on, &ids, &[]).await?;
        Ok(aligned(&request.ids, found, |organisation| organisation.id))
    }
}

impl Handle<OpenOrganisationsByNo> for Tenancy {
    async fn handle(&self, call: &Call, request: OpenOrganisationsByNo) -> Result<Vec<Option<Organisation>>> {
        may(&call.principal, Action::Read)?;
        at_most("nos", request.nos.len())?;
        let on = as_of(request.as_of, self.database.clock().today())?;
        let nos: Vec<i32> = request.nos.iter().map(|no| no.0).collect();
        let mut read = self.database.read(call).await?;
        let found = store::open(&mut read, &call.principal.readable, on, &[], &nos).await?;
        Ok(aligned(&request.nos, found, |organisation| organisation.no))
    }
}

impl Handle<SchoolsUnder> for Tenancy {
    async fn handle(&self, call: &Call, request: SchoolsUnder) -> Result<Vec<Organisation>> {
        may(&call.principal, Action::Read)?;
        let on = as_of(request.as_of, self.database.clock().today())?;
        let mut read = self.database.read(call).await?;
        let top = readable(&mut read, call, request.organisation, on).await?;
        let since = request.ended_since;
        store::schools_under(&mut read, &call.principal.readable, on, top.no.0, since).await
    }
}

impl Handle<OrganisationHistory> for Tenancy {
    async fn handle(&self, call: &Call, request: OrganisationHistory) -> Result<Vec<OrganisationChange>> {
        may(&call.principal, Action::Read)?;
        let mut read = self.database.read(call).await?;
        let organisation = readable(&mut read, call, request.id, self.database.clock().today()).await?;
        let rows = store::history(&mut read, organisation.no.0).await?;
        Ok(rows
            .into_iter()
            .map(|(on, what, before, after)| OrganisationChange { on, what, before, after })
            .collect())
    }
}

impl Handle<WhoCouldSee> for Tenancy {
    async fn handle(&self, call: &Call, request: WhoCouldSee) -> Result<Vec<Seer>> {
        may(&call.principal, Action::SeeSeers)?;
        let on = day("on", request.on)?;
        let mut read = self.database.read(call).await?;
        let today = self.database.clock().today();
        let organisation = readable(&mut read, call, request.id, today).await?;
        let above = store::above(&mut read, organisation.no.0, on).await?;
        let names = store::names(&mut read, &above, on).await?;
        let rows = store::grants_standing_on(&mut read, &above, on).await?;
        let seer = |(person, person_name, role, no): (uuid::Uuid, String, String, i32)| {
            let role = Role::from_code(&role)?;
            let (reads, writes) = reach(role);
            let through = names.get(&no)?.clone();
            reads.then_some(Seer { person: PersonId::from_uuid(person), person_name, role, through, writes })
        };
        Ok(rows.into_iter().filter_map(seer).collect())
    }
}
