//! The task ledger (任务台账): its lines, and how they are closed item by item (销账).

mod add;
mod close;
mod export;
mod history;
mod list;
mod open;
mod reopen;
pub(crate) mod store;
mod update;

use crate::check;
use crate::policy::Action;
use crate::scope::Scope;
use chrono::NaiveDate;
use contract::events::{TASK, TaskEvent};
use contract::studios::TaskState;
use platform::{NewEvent, Work};
use vocabulary::{Code, Error, OrganisationNo, PersonId, PlanItemId, Principal, Result, StudioId, TaskId};

/// What a line was closed with: at least one of the three.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Evidence {
    /// The evidence in words.
    pub(crate) text: Option<String>,
    /// The evidence as a link.
    pub(crate) link: Option<String>,
    /// Why there is none.
    pub(crate) reason: Option<String>,
}

impl Evidence {
    /// Evidence or a reason from input, its texts and its link checked.
    pub(crate) fn checked(text: Option<&str>, link: Option<&str>, reason: Option<&str>) -> Result<Self> {
        let text = check::optional_text("evidenceText", text, check::TEXT);
        let link = check::optional_link("evidenceLink", link);
        let reason = check::optional_text("reason", reason, check::TEXT);
        check::together([text.as_ref().err(), link.as_ref().err(), reason.as_ref().err()])?;
        let evidence = Self { text: text?, link: link?, reason: reason? };
        if evidence.text.is_none() && evidence.link.is_none() && evidence.reason.is_none() {
            return Err(Error::new(Code::EvidenceOrReason).on("evidenceText"));
        }
        Ok(evidence)
    }

    /// What the history keeps of it.
    pub(crate) fn note(&self) -> String {
        let parts = [&self.text, &self.link, &self.reason];
        parts.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join("\n")
    }
}

/// A line as a change sees it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Task {
    /// The organisation that the studio belongs to.
    pub(crate) owner: OrganisationNo,
    /// Its id.
    pub(crate) id: TaskId,
    /// The studio.
    pub(crate) studio: StudioId,
    /// The plan item that it comes from.
    pub(crate) plan_item: Option<PlanItemId>,
    /// What is to be done.
    pub(crate) title: String,
    /// Who does it.
    pub(crate) person: Option<PersonId>,
    /// Until when.
    pub(crate) due_on: NaiveDate,
    /// When and with what it was closed.
    pub(crate) closed: Option<(NaiveDate, Evidence)>,
    /// Counts changes.
    pub(crate) version: i32,
}

impl Task {
    /// How it stands.
    pub(crate) fn state(&self) -> TaskState {
        if self.closed.is_some() { TaskState::Closed } else { TaskState::Open }
    }

    /// Days past due while open, or by which it was closed late.
    pub(crate) fn overdue_days(&self, today: NaiveDate) -> i32 {
        let until = self.closed.as_ref().map_or(today, |(on, _)| *on);
        i32::try_from((until - self.due_on).num_days().max(0)).unwrap_or(i32::MAX)
    }

    /// Closes it on a day. A closed line stays as it is.
    pub(crate) fn close(&mut self, on: NaiveDate, evidence: Evidence) -> Result<()> {
        self.still_open()?;
        self.closed = Some((on, evidence));
        self.count()
    }

    /// Opens it again.
    fn reopen(&mut self) -> Result<()> {
        if self.closed.take().is_none() {
            return Err(Error::new(Code::TaskOpen));
        }
        self.count()
    }

    /// A closed line takes no changes.
    fn still_open(&self) -> Result<()> {
        if self.closed.is_some() { Err(Error::new(Code::TaskClosed)) } else { Ok(()) }
    }

    /// Counts a change.
    pub(crate) fn count(&mut self) -> Result<()> {
        self.version = self.version.checked_add(1).ok_or_else(|| Error::new(Code::Stale))?;
        Ok(())
    }

    /// What closing or reopening it takes: one's own line takes less.
    fn closing_by(&self, principal: &Principal) -> Action {
        if self.person.is_some() && self.person == principal.person() {
            Action::CloseOwnTask
        } else {
            Action::CloseTask
        }
    }

    /// The event that tells this state.
    pub(crate) fn event(&self) -> Result<NewEvent> {
        let state = TaskEvent {
            id: self.id,
            studio: self.studio,
            due_on: self.due_on,
            state: self.state(),
            closed_on: self.closed.as_ref().map(|(on, _)| *on),
            with_evidence: self.closed.as_ref().is_some_and(|(_, e)| e.text.is_some() || e.link.is_some()),
        };
        NewEvent::new(self.owner, Some(self.studio), self.id.uuid(), self.version, TASK, &state)
    }
}

/// Writes what every change of a line leaves: its history, the studio's last activity, its event.
async fn leave_traces(work: &mut Work, task: &Task, what: &'static str, note: Option<&str>) -> Result<()> {
    let at = work.now();
    let person = work.principal().person();
    store::record(&mut *work, task, at, what, person, note).await?;
    crate::studio::store::touch(&mut *work, task.owner, task.studio, at).await?;
    work.publish_all(&[task.event()?]).await
}

/// The line as its readers see it, after a change.
async fn reply(work: &mut Work, scope: &Scope, id: TaskId) -> Result<contract::studios::Task> {
    let today = work.today();
    let found = store::open(&mut *work, scope, &[id], today).await?;
    found.into_iter().next().ok_or_else(|| Error::internal("a task is gone after its change"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(n: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 5, n).unwrap()
    }

    fn task() -> Task {
        Task {
            owner: OrganisationNo(1),
            id: TaskId::new(),
            studio: StudioId::new(),
            plan_item: None,
            title: "主题班会".into(),
            person: None,
            due_on: day(10),
            closed: None,
            version: 1,
        }
    }

    #[test]
    fn a_line_is_closed_once_and_reopened_once() {
        let mut task = task();
        assert_eq!(task.reopen().unwrap_err().code(), Code::TaskOpen);
        let evidence = Evidence::checked(Some(" 简报 "), None, None).unwrap();
        task.close(day(12), evidence.clone()).unwrap();
        assert_eq!((task.state(), task.overdue_days(day(30)), task.version), (TaskState::Closed, 2, 2));
        assert_eq!(task.close(day(13), evidence).unwrap_err().code(), Code::TaskClosed);
        task.reopen().unwrap();
        assert_eq!((task.state(), task.overdue_days(day(30)), task.version), (TaskState::Open, 20, 3));
        assert_eq!(task.overdue_days(day(1)), 0);
    }

    #[test]
    fn closing_takes_evidence_or_a_reason() {
        for nothing in [None, Some(""), Some(" \n ")] {
            let error = Evidence::checked(nothing, nothing, nothing).unwrap_err();
            assert_eq!(error.code(), Code::EvidenceOrReason);
        }
        assert_eq!(
            Evidence::checked(None, Some("file:///etc/passwd"), None).unwrap_err().code(),
            Code::InvalidLink
        );
        assert_eq!(Evidence::checked(None, None, Some("改期")).unwrap().note(), "改期");
    }
}
