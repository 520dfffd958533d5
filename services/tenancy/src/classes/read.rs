//! Reading classes.

use super::shown;
use super::store::{self, Which};
use crate::Tenancy;
use crate::lists::{Listing, searched};
use crate::organisations::store::open as open_organisations;
use crate::policy::{Action, may};
use crate::words::as_of;
use chrono::NaiveDate;
use contract::Handle;
use contract::tenancy::{ClassFilter, ClassSort, HomeroomClass, ListClasses, OpenClasses};
use vocabulary::{Call, Code, Cursor, Direction, Error, Page, PageInput, Result, aligned, at_most};

/// What a list of classes is asked.
pub(crate) struct Asked<'a> {
    pub(crate) filter: &'a ClassFilter,
    pub(crate) sort: ClassSort,
    pub(crate) direction: Direction,
    pub(crate) as_of: Option<NaiveDate>,
    pub(crate) page: &'a PageInput,
}

/// A page of classes.
pub(crate) async fn page(tenancy: &Tenancy, call: &Call, asked: Asked<'_>) -> Result<Page<HomeroomClass>> {
    may(&call.principal, Action::Read)?;
    let key = match asked.sort {
        ClassSort::Name => "c.name",
        ClassSort::Cohort => "lpad(c.cohort::text, 6, '0') || c.name",
        ClassSort::Headcount => "lpad(c.headcount::text, 8, '0')",
    };
    let on = as_of(asked.as_of, tenancy.database.clock().today())?;
    let filter = (asked.filter, asked.sort, asked.direction, on);
    let listing = Listing::of(asked.page, &filter, key, asked.direction)?;
    let search = searched(asked.filter.search.as_deref())?;
    let mut read = tenancy.database.read(call).await?;
    let school = match asked.filter.school {
        Some(id) => {
            let found =
                open_organisations(&mut read, &call.principal.readable, on, &[id.uuid()], &[]).await?;
            Some(found.first().ok_or_else(|| Error::new(Code::NotFound))?.no.0)
        }
        None => None,
    };
    let closed = asked.filter.include_closed.unwrap_or(false);
    let which = Which {
        search: search.as_deref(),
        school,
        cohort: asked.filter.cohort,
        vacant: asked.filter.vacant,
        closed,
    };
    let (rows, total) = store::list(&mut read, &call.principal.readable, on, &which, &listing).await?;
    let keys: Vec<Cursor> = rows.iter().map(|row| Cursor { key: row.sort_key.clone(), id: row.id }).collect();
    let pairs: Vec<_> = shown(&mut read, rows, on).await?.into_iter().zip(keys).collect();
    Ok(Page::cut(pairs, listing.limit, total, &filter, |(_, key)| key.clone()).map(|(class, _)| class))
}

impl Handle<ListClasses> for Tenancy {
    async fn handle(&self, call: &Call, request: ListClasses) -> Result<Page<HomeroomClass>> {
        let ListClasses { filter, sort, direction, as_of, page: which } = request;
        page(self, call, Asked { filter: &filter, sort, direction, as_of, page: &which }).await
    }
}

impl Handle<OpenClasses> for Tenancy {
    async fn handle(&self, call: &Call, request: OpenClasses) -> Result<Vec<Option<HomeroomClass>>> {
        may(&call.principal, Action::Read)?;
        at_most("ids", request.ids.len())?;
        let ids: Vec<_> = request.ids.iter().map(|id| id.uuid()).collect();
        let mut read = self.database.read(call).await?;
        let rows = store::open(&mut read, &call.principal.readable, &ids).await?;
        let classes = shown(&mut read, rows, self.database.clock().today()).await?;
        Ok(aligned(&request.ids, classes, |class| class.id))
    }
}
