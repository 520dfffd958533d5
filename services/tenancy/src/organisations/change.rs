//! Renaming, moving, merging, closing and re-coding: each ends one interval on a day and opens the next.

use super::store::{Dated, Queue};
use super::{block, find, holds_others, lower, place_code, publish, school_code, store};
use crate::policy::{Action, may_change};
use crate::words::day;
use crate::{Tenancy, fresh};
use chrono::NaiveDate;
use contract::Handle;
use contract::tenancy::{
    ChangeSchoolCode, CloseOrganisation, MergeOrganisation, MoveOrganisation, Organisation, OrganisationKind,
    RenameOrganisation,
};
use platform::Work;
use serde_json::{Value, json};
use vocabulary::{Call, Code, Error, OrganisationId, Result, clean_line};

/// The living organisation that is to be changed on a day, for somebody who may.
async fn changing(work: &mut Work, call: &Call, id: OrganisationId, on: NaiveDate) -> Result<Organisation> {
    store::queue(work, Queue::Tree).await?;
    let today = work.today();
    let organisation = find(work, id, today).await?;
    may_change(&call.principal, Action::ManageOrganisations, organisation.no)?;
    day("on", on)?;
    // Nobody changes the organisation on which they stand: that is its authority's to say.
    if call.principal.hat().is_some_and(|hat| hat.scope.no() == organisation.no) {
        return Err(Error::new(Code::Forbidden).on("id"));
    }
    if organisation.closed_on.is_some() || on < organisation.founded_on {
        return Err(Error::new(Code::OrganisationClosed).on("on"));
    }
    Ok(organisation)
}

/// Changes a dated fact; not before its last change.
async fn change(work: &mut Work, organisation: &Organisation, fact: Dated<'_>, on: NaiveDate) -> Result<()> {
    if let Some(last) = store::last_change(work, &fact, organisation.no.0).await?
        && on < last
    {
        return Err(Error::new(Code::ChangeBeforeLast).on("on").with("last", last));
    }
    store::change(work, fact, organisation.no.0, on).await
}

/// Refuses to end an organisation before something that is written of it.
async fn settled(work: &mut Work, organisation: &Organisation, on: NaiveDate) -> Result<()> {
    match store::last_of_all(work, organisation.no.0).await? {
        Some(last) if on < last => Err(Error::new(Code::ChangeBeforeLast).on("on").with("last", last)),
        _ => Ok(()),
    }
}

/// Counts the change, tells the others, writes the audit line and commits.
async fn done(
    mut work: Work,
    organisation: &Organisation,
    on: NaiveDate,
    detail: Value,
) -> Result<Organisation> {
    store::touch(&mut work, organisation.no.0).await?;
    let today = work.today();
    let told = find(&mut work, organisation.id, today).await?;
    publish(&mut work, &told).await?;
    let shown = find(&mut work, organisation.id, today.max(on)).await?;
    work.audit(organisation.no, None, organisation.id, detail).await?;
    work.finish(shown).await
}

impl Handle<RenameOrganisation> for Tenancy {
    async fn handle(&self, call: &Call, request: RenameOrganisation) -> Result<Organisation> {
        let mut work = fresh!(self.begin(call, &request));
        let organisation = changing(&mut work, call, request.id, request.on).await?;
        let name = clean_line("name", &request.name, 60)?;
        change(&mut work, &organisation, Dated::Name(&name), request.on).await?;
        done(work, &organisation, request.on, json!({ "name": name, "on": request.on })).await
    }
}

impl Handle<MoveOrganisation> for Tenancy {
    async fn handle(&self, call: &Call, request: MoveOrganisation) -> Result<Organisation> {
        let mut work = fresh!(self.begin(call, &request));
        let organisation = changing(&mut work, call, request.id, request.on).await?;
        let mut detail = json!({ "on": request.on });
        if request.authority.is_none() && request.place_code.is_none() {
            return Err(Error::new(Code::Required).on("authority"));
        }
        if let Some(id) = request.authority {
            let today = work.today();
            let authority = find(&mut work, id, today).await.map_err(|error| error.on("authority"))?;
            may_change(&call.principal, Action::ManageOrganisations, authority.no)?;
            if !holds_others(authority.kind) {
                return Err(Error::new(Code::OrganisationKind).on("authority"));
            }
            if authority.closed_on.is_some() || request.on < authority.founded_on {
                return Err(Error::new(Code::OrganisationClosed).on("authority"));
            }
            if store::above(&mut work, authority.no.0, request.on).await?.contains(&organisation.no.0) {
                return Err(Error::new(Code::OrganisationCycle).on("authority"));
            }
            // Bureaus hang below higher ones: no two moves, planned for whichever days, can make a circle of them.
            if !lower(organisation.level, authority.level) {
                return Err(Error::new(Code::OrganisationKind).on("authority"));
            }
            change(&mut work, &organisation, Dated::Authority(authority.no.0), request.on).await?;
            detail["authority"] = json!(authority.id);
        }
        if let Some(code) = &request.place_code {
            let code = place_code(code)?;
            change(&mut work, &organisation, Dated::Place(&code), request.on).await?;
            detail["place"] = json!(code);
        }
        done(work, &organisation, request.on, detail).await
    }
}

impl Handle<ChangeSchoolCode> for Tenancy {
    async fn handle(&self, call: &Call, request: ChangeSchoolCode) -> Result<Organisation> {
        let mut work = fresh!(self.begin(call, &request));
        let organisation = changing(&mut work, call, request.id, request.on).await?;
        if organisation.kind != OrganisationKind::School {
            return Err(Error::new(Code::OrganisationKind).on("id"));
        }
        let code = school_code(&request.school_code)?;
        if !store::claim_code(&mut work, &code, organisation.no.0, request.on).await? {
            return Err(Error::new(Code::SchoolCodeTaken).on("schoolCode"));
        }
        change(&mut work, &organisation, Dated::Code(&code), request.on).await?;
        let kept: Vec<String> = organisation.credit_code.iter().cloned().chain([code.clone()]).collect();
        store::free_codes(&mut work, organisation.no.0, &kept, request.on).await?;
        done(work, &organisation, request.on, json!({ "schoolCode": code, "on": request.on })).await
    }
}

/// Whether living organisations hang below it.
async fn busy(work: &mut Work, organisation: &Organisation, on: NaiveDate) -> Result<bool> {
    let below = store::below(work, organisation.no.0, on).await?;
    let scope = work.principal().readable.clone();
    let others: Vec<i32> = below.into_iter().filter(|no| *no != organisation.no.0).collect();
    Ok(store::open(work, &scope, on, &[], &others)
        .await?
        .iter()
        .any(|other| other.closed_on.is_none_or(|closed| closed > on)))
}

impl Handle<MergeOrganisation> for Tenancy {
    async fn handle(&self, call: &Call, request: MergeOrganisation) -> Result<Organisation> {
        let mut work = fresh!(self.begin(call, &request));
        let organisation = changing(&mut work, call, request.id, request.on).await?;
        let into =
            changing(&mut work, call, request.into, request.on).await.map_err(|error| error.on("into"))?;
        if into.id == organisation.id || into.kind != organisation.kind {
            return Err(Error::new(Code::OrganisationKind).on("into"));
        }
        if into.level.map(block) < organisation.level.map(block) {
            return Err(Error::new(Code::OrganisationKind).on("into"));
        }
        if store::above(&mut work, into.no.0, request.on).await?.contains(&organisation.no.0) {
            return Err(Error::new(Code::OrganisationCycle).on("into"));
        }
        if organisation.kind != OrganisationKind::School && busy(&mut work, &organisation, request.on).await?
        {
            return Err(Error::new(Code::OrganisationBusy).on("id"));
        }
        settled(&mut work, &organisation, request.on).await?;
        change(&mut work, &organisation, Dated::Authority(into.no.0), request.on).await?;
        store::end(&mut work, organisation.no.0, request.on, Some(into.no.0)).await?;
        store::free_codes(&mut work, organisation.no.0, &[], request.on).await?;
        done(work, &organisation, request.on, json!({ "into": into.id, "on": request.on })).await
    }
}

impl Handle<CloseOrganisation> for Tenancy {
    async fn handle(&self, call: &Call, request: CloseOrganisation) -> Result<Organisation> {
        let mut work = fresh!(self.begin(call, &request));
        let organisation = changing(&mut work, call, request.id, request.on).await?;
        if busy(&mut work, &organisation, request.on).await? {
            return Err(Error::new(Code::OrganisationBusy).on("id"));
        }
        if organisation.authority.is_none() {
            return Err(Error::new(Code::OrganisationKind).on("id"));
        }
        settled(&mut work, &organisation, request.on).await?;
        store::end(&mut work, organisation.no.0, request.on, None).await?;
        store::free_codes(&mut work, organisation.no.0, &[], request.on).await?;
        done(work, &organisation, request.on, json!({ "on": request.on })).await
    }
}
