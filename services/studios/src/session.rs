//! Sessions (活动): planned, held with who came and what was said, or cancelled.

mod attendance;
mod cancel;
mod export;
mod list;
mod open;
mod plan;
mod record;
pub(crate) mod store;
mod update;

use crate::check;
use crate::policy::Action;
use crate::scope::Scope;
use crate::studio::{self, Studio};
use chrono::{DateTime, NaiveDate, Utc};
use contract::events::{AttendanceState, SESSION, SessionEvent};
use contract::studios::{CommunityActivity, SessionState, StudioFunction};
use platform::{NewEvent, Work};
use std::collections::BTreeMap;
use vocabulary::{
    Code, Error, OrganisationNo, PersonId, Principal, Result, StudioId, StudioSessionId, clean_line, shanghai,
};

/// The longest session: a day.
const LONGEST: i32 = 1_440;

/// What can be said of a session before it is held, and corrected after it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Wording {
    /// What it is about.
    pub(crate) title: String,
    /// When it begins.
    pub(crate) starts_at: DateTime<Utc>,
    /// How long it lasts, in minutes.
    pub(crate) minutes: Option<i32>,
    /// Where.
    pub(crate) place: Option<String>,
    /// What it serves, each once, in the standard's order.
    pub(crate) functions: Vec<StudioFunction>,
    /// What is done together in it, each once, in the standard's order.
    pub(crate) activities: Vec<CommunityActivity>,
    /// Whether it is held jointly with moral education or student affairs.
    pub(crate) joint: bool,
}

impl Wording {
    /// The wording from input, checked.
    pub(crate) fn checked(
        title: &str,
        starts_at: DateTime<Utc>,
        minutes: Option<i32>,
        place: Option<&str>,
        functions: &[StudioFunction],
        activities: &[CommunityActivity],
        joint: bool,
    ) -> Result<Self> {
        let title = clean_line("title", title, 200);
        let day = check::date("startsAt", day_of(starts_at));
        let long = match minutes {
            Some(minutes) if !(1..=LONGEST).contains(&minutes) => {
                Err(Error::new(Code::InvalidValue).on("minutes"))
            }
            minutes => Ok(minutes),
        };
        let place = check::optional_line("place", place, check::LINE);
        let functions = match each_once(functions) {
            named if named.is_empty() => Err(Error::new(Code::Required).on("functions")),
            named => Ok(named),
        };
        check::together([
            title.as_ref().err(),
            day.as_ref().err(),
            long.as_ref().err(),
            place.as_ref().err(),
            functions.as_ref().err(),
        ])?;
        Ok(Self {
            title: title?,
            starts_at: to_the_minute(starts_at),
            minutes: long?,
            place: place?,
            functions: functions?,
            activities: each_once(activities),
            joint,
        })
    }
}

/// Nobody meets by the second, and a leap second belongs to no day of the database.
fn to_the_minute(at: DateTime<Utc>) -> DateTime<Utc> {
    DateTime::from_timestamp(at.timestamp().div_euclid(60) * 60, 0).unwrap_or(at)
}

/// The day of a moment, in the calendar of the schools; the farthest one where the calendar ends before it.
fn day_of(at: DateTime<Utc>) -> NaiveDate {
    at.naive_utc().checked_add_offset(shanghai()).map_or(NaiveDate::MAX, |local| local.date())
}

fn each_once<T: Copy + Ord>(terms: &[T]) -> Vec<T> {
    let mut terms = terms.to_vec();
    terms.sort_unstable();
    terms.dedup();
    terms
}

/// The most people at a session.
pub(crate) const MOST: usize = 500;

/// Somebody on a session's attendance.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Line {
    /// Who.
    pub(crate) person: PersonId,
    /// Their home organisation.
    pub(crate) home: OrganisationNo,
    /// Whether they were expected: a member on that day.
    pub(crate) expected: bool,
    /// Whether they came.
    pub(crate) present: bool,
}

/// An attendance with every member of the day on it: who is named nowhere did not come.
pub(crate) fn with_members(
    mut named: BTreeMap<PersonId, Line>,
    members: impl IntoIterator<Item = (PersonId, OrganisationNo)>,
) -> BTreeMap<PersonId, Line> {
    for (person, home) in members {
        named.entry(person).or_insert(Line { person, home, expected: true, present: false });
    }
    named
}

/// A session as a change sees it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Session {
    /// The organisation that the studio belongs to.
    pub(crate) owner: OrganisationNo,
    /// Its id.
    pub(crate) id: StudioSessionId,
    /// The studio.
    pub(crate) studio: StudioId,
    /// What was said of it.
    pub(crate) wording: Wording,
    /// How it stands.
    pub(crate) state: SessionState,
    /// What was said and decided in it.
    pub(crate) summary: Option<String>,
    /// Why it was cancelled.
    pub(crate) cancel_reason: Option<String>,
    /// Counts changes.
    pub(crate) version: i32,
}

impl Session {
    /// The day on which it begins.
    pub(crate) fn day(&self) -> NaiveDate {
        day_of(self.wording.starts_at)
    }

    /// Nobody meets before the studio was founded.
    pub(crate) fn within(&self, studio: &Studio) -> Result<()> {
        if self.day() < studio.founded_on { Err(Error::new(Code::DateOrder).on("startsAt")) } else { Ok(()) }
    }

    /// Says something else of it. What was held lies in the past; a cancelled session is planned again.
    fn reword(&mut self, wording: Wording, today: NaiveDate) -> Result<()> {
        if self.state == SessionState::Held && day_of(wording.starts_at) > today {
            return Err(Error::new(Code::DateInFuture).on("startsAt"));
        }
        if self.state == SessionState::Cancelled {
            self.state = SessionState::Planned;
            self.cancel_reason = None;
        }
        self.wording = wording;
        self.count()
    }

    /// Notes that it was held, from its day on; noted again, the later note stands.
    fn record(&mut self, summary: Option<String>, today: NaiveDate) -> Result<()> {
        if self.state == SessionState::Cancelled {
            return Err(Error::new(Code::SessionCancelled));
        }
        if self.day() > today {
            return Err(Error::new(Code::SessionAhead));
        }
        self.state = SessionState::Held;
        self.summary = summary;
        self.count()
    }

    /// Cancels it. One that was recorded by mistake was not held.
    fn cancel(&mut self, reason: String) -> Result<()> {
        if self.state == SessionState::Cancelled {
            return Err(Error::new(Code::SessionCancelled));
        }
        self.summary = None;
        self.state = SessionState::Cancelled;
        self.cancel_reason = Some(reason);
        self.count()
    }

    fn count(&mut self) -> Result<()> {
        self.version = self.version.checked_add(1).ok_or_else(|| Error::new(Code::Stale))?;
        Ok(())
    }

    /// The event that tells this state.
    pub(crate) fn event(&self, attendance: &[Line]) -> Result<NewEvent> {
        let line = |one: &Line| AttendanceState {
            person: one.person,
            home: one.home,
            expected: one.expected,
            present: one.present,
        };
        let state = SessionEvent {
            id: self.id,
            studio: self.studio,
            on: self.day(),
            minutes: self.wording.minutes,
            held: self.state == SessionState::Held,
            functions: self.wording.functions.clone(),
            activities: self.wording.activities.clone(),
            joint: self.wording.joint,
            attendance: attendance.iter().map(line).collect(),
        };
        NewEvent::new(self.owner, Some(self.studio), self.id.uuid(), self.version, SESSION, &state)
    }
}

/// A session and its studio, locked for a change that the caller may make.
async fn locked(
    work: &mut Work,
    scope: &Scope,
    principal: &Principal,
    id: StudioSessionId,
) -> Result<(Studio, Session)> {
    let not_found = || Error::new(Code::NotFound);
    let session = store::find(&mut *work, scope, id).await?.ok_or_else(not_found)?;
    let studio = studio::locked(&mut *work, principal, session.studio, Action::KeepSessions).await?;
    // Again, now that no other change of the studio is under way.
    let session = store::find(&mut *work, scope, id).await?.ok_or_else(not_found)?;
    Ok((studio, session))
}

/// Tells the others of a session as it is now.
async fn publish(work: &mut Work, session: &Session) -> Result<()> {
    let attendance = store::lines(&mut *work, session.owner, session.id).await?;
    work.publish_all(&[session.event(&attendance)?]).await
}

/// The session as its readers see it, after a change.
async fn reply(work: &mut Work, scope: &Scope, id: StudioSessionId) -> Result<contract::studios::Session> {
    let found = store::open(&mut *work, scope, &[id]).await?;
    found.into_iter().next().ok_or_else(|| Error::internal("a session is gone after its change"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn wording(starts_at: &str) -> Wording {
        let functions = [StudioFunction::Service, StudioFunction::Research, StudioFunction::Service];
        Wording::checked(" 主题教研 ", at(starts_at), Some(90), Some(" "), &functions, &[], true).unwrap()
    }

    fn session(starts_at: &str) -> Session {
        Session {
            owner: OrganisationNo(1),
            id: StudioSessionId::new(),
            studio: StudioId::new(),
            wording: wording(starts_at),
            state: SessionState::Planned,
            summary: None,
            cancel_reason: None,
            version: 1,
        }
    }

    #[test]
    fn what_is_said_of_a_session_is_checked_at_once() {
        let said = wording("2026-05-10T16:30:00Z");
        assert_eq!((said.title.as_str(), said.place.as_deref()), ("主题教研", None));
        assert_eq!(said.functions, [StudioFunction::Research, StudioFunction::Service]);
        let wrong = Wording::checked(" ", at("1900-01-01T00:00:00Z"), Some(0), None, &[], &[], false);
        let wrong = wrong.unwrap_err();
        let fields: Vec<_> = wrong.faults().filter_map(|fault| fault.field.as_deref()).collect();
        assert_eq!(fields, ["title", "startsAt", "minutes", "functions"]);
    }

    #[test]
    fn it_is_held_from_its_day_on_and_that_day_is_the_schools() {
        // Half past midnight of the 11th in Shanghai.
        let mut session = session("2026-05-10T16:30:00Z");
        let day = |n| NaiveDate::from_ymd_opt(2026, 5, n).unwrap();
        assert_eq!(session.record(None, day(10)).unwrap_err().code(), Code::SessionAhead);
        session.record(Some("纪要".into()), day(11)).unwrap();
        session.record(None, day(12)).unwrap();
        assert_eq!((session.state, session.summary.clone(), session.version), (SessionState::Held, None, 3));
        let later = wording("2026-06-01T01:00:00Z");
        assert_eq!(session.reword(later, day(12)).unwrap_err().code(), Code::DateInFuture);
        // Recorded by mistake.
        session.record(Some("记错了".into()), day(12)).unwrap();
        session.cancel("登记错了".into()).unwrap();
        assert_eq!((session.state, session.summary.as_deref()), (SessionState::Cancelled, None));
    }

    #[test]
    fn a_cancelled_one_is_not_held_until_it_is_planned_again() {
        let mut session = session("2026-05-10T01:00:00Z");
        let today = NaiveDate::from_ymd_opt(2026, 5, 20).unwrap();
        session.cancel("停电".into()).unwrap();
        assert_eq!(session.cancel("停电".into()).unwrap_err().code(), Code::SessionCancelled);
        assert_eq!(session.record(None, today).unwrap_err().code(), Code::SessionCancelled);
        session.reword(wording("2026-05-18T01:00:00Z"), today).unwrap();
        assert_eq!((session.state, session.cancel_reason.as_deref()), (SessionState::Planned, None));
        session.record(None, today).unwrap();
    }
}
