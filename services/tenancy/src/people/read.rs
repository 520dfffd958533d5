//! Reading people.

use super::store::{self, Row, Which};
use crate::Tenancy;
use crate::lists::{Listing, searched};
use crate::organisations::store::{names, open as open_organisations};
use crate::policy::{Action, may};
use contract::Handle;
use contract::tenancy::{ListPeople, OpenPeople, OrganisationRef, Person, PersonFilter, PersonSort};
use platform::Read;
use vocabulary::{
    Call, Code, Cursor, Direction, Error, OrganisationId, OrganisationNo, Page, PageInput, PersonId, Result,
    Role, aligned, at_most,
};

/// Rows as the contract shows them: telephone numbers and locks to those who administer people, and to oneself.
async fn shown(
    read: &mut Read,
    call: &Call,
    today: chrono::NaiveDate,
    rows: Vec<Row>,
) -> Result<Vec<Person>> {
    let homes: Vec<i32> = rows.iter().map(|row| row.owner_no).collect();
    let names = names(read, &homes, today).await?;
    let administers = may(&call.principal, Action::SeePhones).is_ok();
    let person = |row: Row| {
        let id = PersonId::from_uuid(row.id);
        let all = administers || call.principal.person() == Some(id);
        let unknown = || OrganisationRef {
            id: OrganisationId::from_uuid(uuid::Uuid::nil()),
            no: OrganisationNo(row.owner_no),
            name: String::new(),
        };
        Person {
            id,
            name: row.name,
            login: row.login,
            organisation: names.get(&row.owner_no).cloned().unwrap_or_else(unknown),
            phone: row.phone.filter(|_| all),
            locked_until: row.locked_until.filter(|_| all),
            last_sign_in: row.last_sign_in.filter(|_| all),
            left_on: row.left_on,
            version: row.version,
        }
    };
    Ok(rows.into_iter().map(person).collect())
}

/// What a list of people is asked.
pub(crate) struct Asked<'a> {
    pub(crate) filter: &'a PersonFilter,
    pub(crate) sort: PersonSort,
    pub(crate) direction: Direction,
    pub(crate) page: &'a PageInput,
}

/// A page of people.
pub(crate) async fn page(tenancy: &Tenancy, call: &Call, asked: Asked<'_>) -> Result<Page<Person>> {
    may(&call.principal, Action::Read)?;
    let key = match asked.sort {
        PersonSort::Name => "p.pinyin",
        PersonSort::Login => "p.login",
        PersonSort::LastSignIn => {
            "coalesce(to_char(p.last_sign_in at time zone 'UTC', 'YYYYMMDDHH24MISSUS'), '')"
        }
    };
    let filter = (asked.filter, asked.sort, asked.direction);
    let listing = Listing::of(asked.page, &filter, key, asked.direction)?;
    let search = searched(asked.filter.search.as_deref())?;
    if asked.filter.locked.is_some() {
        may(&call.principal, Action::SeePhones)?;
    }
    let (now, today) = (tenancy.database.clock().now(), tenancy.database.clock().today());
    let mut read = tenancy.database.read(call).await?;
    let home = match asked.filter.organisation {
        Some(id) => {
            let found =
                open_organisations(&mut read, &call.principal.readable, today, &[id.uuid()], &[]).await?;
            Some(found.first().ok_or_else(|| Error::new(Code::NotFound))?.no.0)
        }
        None => None,
    };
    let which = Which {
        search: search.as_deref(),
        home,
        role: asked.filter.role.map(Role::code),
        locked: asked.filter.locked,
    };
    let (rows, total) =
        store::list(&mut read, &call.principal.readable, now, today, &which, &listing).await?;
    let keys: Vec<Cursor> = rows.iter().map(|row| Cursor { key: row.sort_key.clone(), id: row.id }).collect();
    let people = shown(&mut read, call, today, rows).await?;
    let pairs: Vec<_> = people.into_iter().zip(keys).collect();
    Ok(Page::cut(pairs, listing.limit, total, &filter, |(_, key)| key.clone()).map(|(person, _)| person))
}

impl Handle<ListPeople> for Tenancy {
    async fn handle(&self, call: &Call, request: ListPeople) -> Result<Page<Person>> {
        let ListPeople { filter, sort, direction, page: which } = request;
        page(self, call, Asked { filter: &filter, sort, direction, page: &which }).await
    }
}

impl Handle<OpenPeople> for Tenancy {
    async fn handle(&self, call: &Call, request: OpenPeople) -> Result<Vec<Option<Person>>> {
        may(&call.principal, Action::Read)?;
        at_most("ids", request.ids.len())?;
        let ids: Vec<_> = request.ids.iter().map(|id| id.uuid()).collect();
        let mut read = self.database.read(call).await?;
        let rows =
            store::open(&mut read, &call.principal.readable, self.database.clock().now(), &ids).await?;
        let people = shown(&mut read, call, self.database.clock().today(), rows).await?;
        Ok(aligned(&request.ids, people, |person| person.id))
    }
}
