//! Plan items (方案任务): what a studio set out to do in a school year.

mod add;
mod export;
mod open;
mod remove;
pub(crate) mod store;
mod update;

use crate::scope::Scope;
use crate::{check, member};
use chrono::NaiveDate;
use contract::events::{PLAN_ITEM, PlanItemEvent};
use platform::{NewEvent, Work};
use vocabulary::{Code, Error, OrganisationNo, PersonId, PlanItemId, Result, StudioId, clean_line};

/// What can be said and corrected of a plan item.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Wording {
    /// What is to be done.
    pub(crate) title: String,
    /// Who answers for it.
    pub(crate) person: Option<PersonId>,
    /// What it yields.
    pub(crate) deliverable: Option<String>,
    /// Until when.
    pub(crate) due_on: Option<NaiveDate>,
    /// How it is told done.
    pub(crate) measure: Option<String>,
}

impl Wording {
    /// The wording from input, its texts checked.
    pub(crate) fn checked(
        title: &str,
        person: Option<PersonId>,
        deliverable: Option<&str>,
        due_on: Option<NaiveDate>,
        measure: Option<&str>,
    ) -> Result<Self> {
        let title = clean_line("title", title, 200);
        let deliverable = check::optional_text("deliverable", deliverable, check::TEXT);
        let due_on = due_on.map(|day| check::date("dueOn", day)).transpose();
        let measure = check::optional_text("measure", measure, check::TEXT);
        check::together([
            title.as_ref().err(),
            deliverable.as_ref().err(),
            due_on.as_ref().err(),
            measure.as_ref().err(),
        ])?;
        Ok(Self { title: title?, person, deliverable: deliverable?, due_on: due_on?, measure: measure? })
    }
}

/// A plan item as a change sees it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct PlanItem {
    /// The organisation that the studio belongs to.
    pub(crate) owner: OrganisationNo,
    /// Its id.
    pub(crate) id: PlanItemId,
    /// The studio.
    pub(crate) studio: StudioId,
    /// The school year that begins in this year.
    pub(crate) school_year: i32,
    /// What it says.
    pub(crate) wording: Wording,
    /// Counts changes.
    pub(crate) version: i32,
}

impl PlanItem {
    /// The event that tells this state.
    pub(crate) fn event(&self, removed: bool) -> Result<NewEvent> {
        let state =
            PlanItemEvent { id: self.id, studio: self.studio, school_year: self.school_year, removed };
        NewEvent::new(self.owner, Some(self.studio), self.id.uuid(), self.version, PLAN_ITEM, &state)
    }
}

/// Who is named as owner must be a member of the studio today.
pub(crate) async fn owner_is_member(
    work: &mut Work,
    owner: OrganisationNo,
    studio: StudioId,
    person: Option<PersonId>,
) -> Result<()> {
    let today = work.today();
    match person {
        Some(person) if !member::store::is_active(&mut *work, owner, studio, person, today).await? => {
            Err(Error::new(Code::NotAMember).on("owner"))
        }
        _ => Ok(()),
    }
}

/// The plan item as its readers see it, after a change.
async fn reply(work: &mut Work, scope: &Scope, id: PlanItemId) -> Result<contract::studios::PlanItem> {
    let found = store::open(&mut *work, scope, &[id]).await?;
    found.into_iter().next().ok_or_else(|| Error::internal("a plan item is gone after its change"))
}
