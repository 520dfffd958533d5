//! Members of studios (成员): who belongs to one, as what, from when to when.

mod add;
mod end;
mod export;
mod open;
pub(crate) mod store;
mod update;

use crate::policy::Action;
use crate::scope::Scope;
use chrono::NaiveDate;
use contract::events::{MEMBER, MemberEvent};
use contract::studios::{MemberCategory, MemberRole};
use platform::{NewEvent, Work};
use vocabulary::{Code, Error, MembershipId, OrganisationNo, PersonId, Result, StudioId};

/// A membership as a change sees it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Member {
    /// The organisation that the studio belongs to.
    pub(crate) owner: OrganisationNo,
    /// Its id.
    pub(crate) id: MembershipId,
    /// The studio.
    pub(crate) studio: StudioId,
    /// Who.
    pub(crate) person: PersonId,
    /// Their home organisation.
    pub(crate) home: OrganisationNo,
    /// Their part.
    pub(crate) role: MemberRole,
    /// All categories.
    pub(crate) categories: Vec<MemberCategory>,
    /// The one that counts.
    pub(crate) principal_category: MemberCategory,
    /// First day.
    pub(crate) from: NaiveDate,
    /// Last day, if ended.
    pub(crate) to: Option<NaiveDate>,
    /// Counts changes.
    pub(crate) version: i32,
}

impl Member {
    /// The event that tells this state.
    pub(crate) fn event(&self, studio_name: &str) -> Result<NewEvent> {
        let state = MemberEvent {
            id: self.id,
            studio: self.studio,
            studio_name: studio_name.to_owned(),
            person: self.person,
            home: self.home,
            role: self.role,
            categories: self.categories.clone(),
            principal_category: self.principal_category,
            from: self.from,
            to: self.to,
        };
        NewEvent::new(self.owner, Some(self.studio), self.id.uuid(), self.version, MEMBER, &state)
    }
}

/// The categories in the standard's order, each once; the principal one must be among them.
fn categories(chosen: &[MemberCategory], principal: MemberCategory) -> Result<Vec<MemberCategory>> {
    let mut categories: Vec<MemberCategory> = chosen.iter().copied().take(64).collect();
    categories.sort_unstable();
    categories.dedup();
    if categories.contains(&principal) {
        Ok(categories)
    } else {
        Err(Error::new(Code::CategoryPrincipal).on("principalCategory"))
    }
}

/// Who leads or coordinates is decided by those who may appoint; the others are managed by more.
const fn action(role: MemberRole) -> Action {
    match role {
        MemberRole::Lead | MemberRole::Coordinator => Action::AppointLead,
        MemberRole::Member => Action::ManageMembers,
    }
}

/// The membership as its readers see it, after a change.
async fn reply(work: &mut Work, scope: &Scope, id: MembershipId) -> Result<contract::studios::Member> {
    let today = work.today();
    let found = store::open(&mut *work, scope, &[id], today).await?;
    found.into_iter().next().ok_or_else(|| Error::internal("a membership is gone after its change"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_principal_category_is_one_of_the_chosen() {
        use MemberCategory::{Candidate, HomeroomTeacher, Researcher};
        assert_eq!(
            categories(&[Researcher, HomeroomTeacher, Researcher], Researcher).unwrap(),
            [HomeroomTeacher, Researcher]
        );
        assert_eq!(categories(&[Researcher], Candidate).unwrap_err().code(), Code::CategoryPrincipal);
        assert_eq!(categories(&[], Candidate).unwrap_err().code(), Code::CategoryPrincipal);
    }
}
