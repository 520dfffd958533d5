//! Founding an organisation: a number in its authority's block, its codes claimed.

use super::store::Queue;
use super::{block, credit_code, find, holds_others, place_code, publish, school_code, store};
use crate::policy::{Action, may_change};
use crate::words::founding_day;
use crate::{Tenancy, fresh};
use chrono::NaiveDate;
use contract::Handle;
use contract::tenancy::{BureauLevel, FoundOrganisation, Organisation, OrganisationKind};
use platform::Work;
use serde_json::json;
use vocabulary::{Call, Code, Error, OrganisationId, OrganisationNo, Result, clean_line};

/// An organisation to be founded, with its fields checked.
pub(crate) struct Founding {
    pub(crate) kind: OrganisationKind,
    pub(crate) level: Option<BureauLevel>,
    pub(crate) name: String,
    pub(crate) authority: OrganisationNo,
    pub(crate) place_code: Option<String>,
    pub(crate) school_code: Option<String>,
    pub(crate) credit_code: Option<String>,
    pub(crate) founded_on: NaiveDate,
}

/// The rules of the fields: all faults at once.
fn checked(request: &FoundOrganisation, authority: OrganisationNo) -> Result<Founding> {
    let name = clean_line("name", &request.name, 60);
    let filled = |code: &Option<String>| code.clone().filter(|code| !code.trim().is_empty());
    let place = filled(&request.place_code).map(|code| place_code(&code)).transpose();
    let school = filled(&request.school_code).map(|code| school_code(&code)).transpose();
    let credit = filled(&request.credit_code).map(|code| credit_code(&code)).transpose();
    let founded_on = founding_day("foundedOn", request.founded_on);
    let is_school = request.kind == OrganisationKind::School;
    let missing =
        (is_school && filled(&request.school_code).is_none() && filled(&request.credit_code).is_none())
            .then(|| Error::new(Code::CodeMissing).on("schoolCode"));
    let level = (request.kind == OrganisationKind::Bureau && request.level.is_none())
        .then(|| Error::new(Code::Required).on("level"));
    match (name, place, school, credit, founded_on, missing, level) {
        (Ok(name), Ok(place_code), Ok(school_code), Ok(credit_code), Ok(founded_on), None, None) => {
            Ok(Founding {
                kind: request.kind,
                level: request.level.filter(|_| request.kind == OrganisationKind::Bureau),
                name,
                authority,
                place_code,
                school_code: school_code.filter(|_| is_school),
                credit_code,
                founded_on,
            })
        }
        (name, place, school, credit, founded_on, missing, level) => {
            let errors =
                [name.err(), place.err(), school.err(), credit.err(), founded_on.err(), missing, level];
            let all: Option<Error> = errors.into_iter().flatten().collect();
            Err(all.unwrap_or_else(|| Error::new(Code::InvalidValue)))
        }
    }
}

/// Whether a bureau of this level may hang below one of that: a county below a city, never the other way.
pub(crate) const fn lower(level: Option<BureauLevel>, above: Option<BureauLevel>) -> bool {
    match (level, above) {
        (Some(level), Some(above)) => block(level) < block(above),
        _ => true,
    }
}

/// Founds it below its authority; the caller has been asked for the right.
pub(crate) async fn found(work: &mut Work, founding: &Founding) -> Result<Organisation> {
    let size = founding.level.map_or(1, block);
    // Schools and alliances overflow into a county's block more; a bureau's block is taken whole.
    let no = store::take_numbers(work, founding.authority.0, size, size.max(128)).await?;
    let no = no.ok_or_else(|| Error::new(Code::NumbersExhausted))?;
    if !work.principal().writable.contains(OrganisationNo(no)) {
        // An overflow block lies outside what the session's scope covers: the next resumption covers it.
        work.widen(OrganisationNo(no), size).await?;
    }
    let id = OrganisationId::new();
    let new = store::New {
        no,
        id: id.uuid(),
        kind: founding.kind,
        level: founding.level,
        name: &founding.name,
        parent: Some(founding.authority.0),
        place_code: founding.place_code.as_deref(),
        school_code: founding.school_code.as_deref(),
        credit_code: founding.credit_code.as_deref(),
        founded_on: founding.founded_on,
    };
    store::insert(work, &new).await?;
    if founding.level.is_some() {
        store::give_block(work, no, size).await?;
    }
    for (code, taken, field) in [
        (&founding.school_code, Code::SchoolCodeTaken, "schoolCode"),
        (&founding.credit_code, Code::CreditCodeTaken, "creditCode"),
    ] {
        if let Some(code) = code
            && !store::claim_code(work, code, no, founding.founded_on).await?
        {
            return Err(Error::new(taken).on(field));
        }
    }
    let today = work.today().max(founding.founded_on);
    let organisation = find(work, id, today).await?;
    publish(work, &organisation).await?;
    Ok(organisation)
}

impl Handle<FoundOrganisation> for Tenancy {
    async fn handle(&self, call: &Call, request: FoundOrganisation) -> Result<Organisation> {
        let mut work = fresh!(self.begin(call, &request));
        store::queue(&mut work, Queue::Tree).await?;
        let today = work.today();
        let authority =
            find(&mut work, request.authority, today).await.map_err(|error| error.on("authority"))?;
        may_change(&call.principal, Action::ManageOrganisations, authority.no)?;
        if !holds_others(authority.kind) {
            return Err(Error::new(Code::OrganisationKind).on("authority"));
        }
        if authority.closed_on.is_some() {
            return Err(Error::new(Code::OrganisationClosed).on("authority"));
        }
        let founding = checked(&request, authority.no)?;
        if !lower(founding.level, authority.level) {
            return Err(Error::new(Code::OrganisationKind).on("level"));
        }
        let organisation = found(&mut work, &founding).await?;
        work.audit(
            organisation.no,
            None,
            organisation.id,
            json!({ "kind": organisation.kind, "name": organisation.name }),
        )
        .await?;
        work.finish(organisation).await
    }
}
