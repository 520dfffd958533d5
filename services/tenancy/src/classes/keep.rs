//! Adding and correcting classes.

use super::publish;
use super::store::{self, Row};
use crate::organisations::store::open as open_organisations;
use crate::policy::{Action, may_change};
use crate::words::day;
use crate::{Tenancy, fresh};
use contract::Handle;
use contract::tenancy::{AddClass, HomeroomClass, OrganisationKind, UpdateClass};
use serde_json::json;
use vocabulary::{Call, ClassId, Code, Error, OrganisationNo, Result, clean_line};

/// A headcount between 0 and 200.
pub(crate) fn headcount(n: i32) -> Result<i32> {
    if (0..=200).contains(&n) { Ok(n) } else { Err(Error::new(Code::InvalidValue).on("headcount")) }
}

/// A year of entry between 1990 and 2100.
pub(crate) fn cohort(year: i32) -> Result<i32> {
    if (1990..=2100).contains(&year) { Ok(year) } else { Err(Error::new(Code::InvalidValue).on("cohort")) }
}

impl Handle<AddClass> for Tenancy {
    async fn handle(&self, call: &Call, request: AddClass) -> Result<HomeroomClass> {
        let mut work = fresh!(self.begin(call, &request));
        let today = work.today();
        let found =
            open_organisations(&mut work, &call.principal.readable, today, &[request.school.uuid()], &[])
                .await?;
        let school = found.first().ok_or_else(|| Error::new(Code::NotFound).on("school"))?;
        may_change(&call.principal, Action::ManageClasses, school.no)?;
        if school.kind != OrganisationKind::School {
            return Err(Error::new(Code::OrganisationKind).on("school"));
        }
        if school.closed_on.is_some_and(|on| on <= request.opened_on) {
            return Err(Error::new(Code::OrganisationClosed).on("school"));
        }
        let row = Row {
            owner_no: school.no.0,
            id: ClassId::new().uuid(),
            name: clean_line("name", &request.name, 60)?,
            cohort: cohort(request.cohort)?,
            programme: clean_line("programme", &request.programme, 60)?,
            headcount: headcount(request.headcount)?,
            opened_on: day("openedOn", request.opened_on)?,
            closed_on: None,
            version: 1,
            sort_key: String::new(),
        };
        if store::insert_all(&mut work, std::slice::from_ref(&row)).await? == 0 {
            return Err(Error::new(Code::ClassNameTaken).on("name"));
        }
        let class = publish(&mut work, &[row.id]).await?.pop().ok_or_else(|| Error::new(Code::NotFound))?;
        work.audit(school.no, None, class.id, json!({ "name": class.name })).await?;
        work.finish(class).await
    }
}

impl Handle<UpdateClass> for Tenancy {
    async fn handle(&self, call: &Call, request: UpdateClass) -> Result<HomeroomClass> {
        let mut work = fresh!(self.begin(call, &request));
        let found = store::open(&mut work, &call.principal.readable, &[request.id.uuid()]).await?;
        let mut row = found.into_iter().next().ok_or_else(|| Error::new(Code::NotFound))?;
        let no = OrganisationNo(row.owner_no);
        may_change(&call.principal, Action::ManageClasses, no)?;
        row.name = clean_line("name", &request.name, 60)?;
        row.programme = clean_line("programme", &request.programme, 60)?;
        row.headcount = headcount(request.headcount)?;
        row.closed_on = request.closed_on.map(|on| day("closedOn", on)).transpose()?;
        if row.closed_on.is_some_and(|on| on < row.opened_on) {
            return Err(Error::new(Code::DateOrder).on("closedOn"));
        }
        if let Some(closed) = row.closed_on
            && store::assignments(&mut work, &[row.owner_no], &[row.id])
                .await?
                .iter()
                .any(|a| a.from_on > closed)
        {
            return Err(Error::new(Code::AssignmentOutsideClass).on("closedOn"));
        }
        row.version = request.version;
        if store::name_taken(&mut work, &row).await? {
            return Err(Error::new(Code::ClassNameTaken).on("name"));
        }
        if !store::update(&mut work, &row).await? {
            return Err(Error::new(Code::Stale));
        }
        let class = publish(&mut work, &[row.id]).await?.pop().ok_or_else(|| Error::new(Code::NotFound))?;
        work.audit(no, None, class.id, json!({ "name": class.name })).await?;
        work.finish(class).await
    }
}
