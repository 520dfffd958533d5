//! Studios: their charter and what it allows.

mod close;
mod export;
mod found;
mod list;
mod open;
pub(crate) mod store;
mod update;

use crate::check;
use crate::policy::{self, Action};
use crate::scope::Scope;
use chrono::NaiveDate;
use contract::events::{STUDIO, StudioEvent};
use contract::studios::{LeaderType, StudioLevel, StudioMode};
use platform::{NewEvent, Work};
use vocabulary::{Code, Error, OrganisationNo, Principal, Result, StudioId, clean_line};

/// A studio's charter as it was decided: what can be corrected.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Charter {
    /// Its name.
    pub(crate) name: String,
    /// Its level.
    pub(crate) level: StudioLevel,
    /// Its stage; empty where none is named.
    pub(crate) stage: String,
    /// Its mode.
    pub(crate) mode: StudioMode,
    /// Its leader's type.
    pub(crate) leader_type: LeaderType,
}

impl Charter {
    /// A charter from input, its texts checked.
    pub(crate) fn checked(
        name: &str,
        level: StudioLevel,
        stage: Option<&str>,
        mode: StudioMode,
        leader_type: LeaderType,
    ) -> Result<Self> {
        let name = clean_line("name", name, check::LINE);
        let stage = check::optional_line("stage", stage, 40);
        check::together([name.as_ref().err(), stage.as_ref().err()])?;
        Ok(Self { name: name?, level, stage: stage?.unwrap_or_default(), mode, leader_type })
    }
}

/// A studio as a change sees it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Studio {
    /// The organisation that it belongs to.
    pub(crate) owner: OrganisationNo,
    /// Its id.
    pub(crate) id: StudioId,
    /// Its charter.
    pub(crate) charter: Charter,
    /// First day.
    pub(crate) founded_on: NaiveDate,
    /// Last day, if closed.
    pub(crate) closed_on: Option<NaiveDate>,
    /// Counts changes.
    pub(crate) version: i32,
}

impl Studio {
    /// A closed studio takes no changes.
    fn still_open(&self) -> Result<()> {
        if self.closed_on.is_some() { Err(Error::new(Code::StudioClosed)) } else { Ok(()) }
    }

    /// Only the version that was read may be changed.
    fn is_version(&self, version: i32) -> Result<()> {
        if self.version == version { Ok(()) } else { Err(Error::new(Code::Stale)) }
    }

    /// The last day lies after the first, and not in the future.
    fn may_close(&self, on: NaiveDate, today: NaiveDate) -> Result<()> {
        if on > today {
            return Err(Error::new(Code::DateInFuture).on("on"));
        }
        if on < self.founded_on { Err(Error::new(Code::DateOrder).on("on")) } else { Ok(()) }
    }

    /// The event that tells this state.
    pub(crate) fn event(&self) -> Result<NewEvent> {
        let state = StudioEvent {
            id: self.id,
            name: self.charter.name.clone(),
            founded_on: self.founded_on,
            closed_on: self.closed_on,
        };
        NewEvent::new(self.owner, Some(self.id), self.id.uuid(), self.version, STUDIO, &state)
    }
}

/// The studio, where the caller may do this to it.
pub(crate) async fn known(
    work: &mut Work,
    principal: &Principal,
    id: StudioId,
    action: Action,
) -> Result<Studio> {
    let scope = policy::reads(principal)?;
    let found = store::find(&mut *work, &scope, id).await?.ok_or_else(|| Error::new(Code::NotFound))?;
    policy::may(principal, action, found.owner, Some(id))?;
    Ok(found)
}

/// The studio, locked for a change that the caller may make; other changes of the same studio wait.
pub(crate) async fn locked(
    work: &mut Work,
    principal: &Principal,
    id: StudioId,
    action: Action,
) -> Result<Studio> {
    let found = known(work, principal, id, action).await?;
    let studio = store::lock(&mut *work, found.owner, id).await?.ok_or_else(|| Error::new(Code::NotFound))?;
    studio.still_open()?;
    Ok(studio)
}

/// The studio as its readers see it, after a change.
async fn reply(work: &mut Work, scope: &Scope, id: StudioId) -> Result<contract::studios::Studio> {
    let today = work.today();
    let found = store::open(&mut *work, scope, &[id], today).await?;
    found.into_iter().next().ok_or_else(|| Error::internal("a studio is gone after its change"))
}
