//! Keeping the newest state of each record, and noting what it touches.

use super::{Assignment, Attended, Class, Membership, Session, Studio, Subject, Task, store};
use chrono::NaiveDate;
use contract::events::{
    CLASS, ClassEvent, MEMBER, MemberEvent, SESSION, STUDIO, SessionEvent, StudioEvent, TASK, TaskEvent,
};
use contract::studios::TaskState;
use platform::Event;
use sqlx::PgConnection;
use std::collections::BTreeMap;
use uuid::Uuid;
use vocabulary::{OrganisationNo, Period, Result, shanghai};

/// Which figures a change may have moved: subjects, or with `None` all of the organisation's, each with the days that
/// the record concerns.
#[derive(Debug, Default)]
pub(crate) struct Touched(Vec<(Option<Subject>, NaiveDate, NaiveDate)>);

impl Touched {
    /// Days that matter to a studio, or with `None` to the organisation and all its studios.
    fn add(&mut self, studio: Option<Uuid>, first: NaiveDate, last: Option<NaiveDate>) {
        let last = last.unwrap_or(NaiveDate::MAX);
        self.0.push((studio.map(Subject::Studio), first, last));
    }

    /// Whether the subject's figures of the period may have moved. What touches a studio touches its organisation.
    pub(crate) fn holds(&self, subject: Subject, period: Period) -> bool {
        self.0.iter().any(|(whose, first, last)| {
            (subject == Subject::Organisation || whose.is_none_or(|whose| whose == subject))
                && *first <= period.last_day()
                && period.first_day() <= *last
        })
    }

    /// How many homeroom teachers its sessions reach is told of a studio too, so a class matters to all of them; from
    /// its first teacher's first day, should that lie before its own.
    fn class(&mut self, before: Option<&Class>, after: &Class) {
        for state in before.into_iter().chain([after]) {
            let begun = state.assignments.iter().map(|assignment| assignment.from);
            self.add(None, begun.fold(state.opened_on, NaiveDate::min), state.closed_on);
        }
    }

    /// A studio's last day ends its memberships; nothing else of it is counted.
    fn studio(&mut self, before: Option<&Studio>, after: &Studio) {
        let days = [before.and_then(|studio| studio.closed_on), after.closed_on];
        if let Some(first) = days.iter().flatten().min().filter(|_| days[0] != days[1]) {
            self.add(Some(after.id), *first, None);
        }
    }

    fn membership(&mut self, before: Option<&Membership>, after: &Membership) {
        for state in before.into_iter().chain([after]) {
            self.add(Some(state.studio), state.from, state.to);
        }
    }

    fn task(&mut self, before: Option<&Task>, after: &Task) {
        for state in before.into_iter().chain([after]) {
            self.add(Some(state.studio), state.due_on, Some(state.due_on));
        }
    }

    fn session(&mut self, before: Option<&Session>, after: &Session) {
        for state in before.into_iter().chain([after]).filter(|session| session.held) {
            self.add(Some(state.studio), state.on, Some(state.on));
        }
    }
}

/// The newest state of each record in a batch.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Newest {
    pub(super) classes: BTreeMap<Uuid, Class>,
    pub(super) studios: BTreeMap<Uuid, Studio>,
    pub(super) memberships: BTreeMap<Uuid, Membership>,
    pub(super) tasks: BTreeMap<Uuid, Task>,
    pub(super) sessions: BTreeMap<Uuid, Session>,
}

fn newer<T>(kept: &mut BTreeMap<Uuid, T>, id: Uuid, record: T, version: impl Fn(&T) -> i32) {
    match kept.get(&id) {
        Some(there) if version(there) >= version(&record) => {}
        _ => drop(kept.insert(id, record)),
    }
}

impl Newest {
    fn of(events: &[Event]) -> Result<Self> {
        let mut newest = Self::default();
        for event in events {
            let (id, version) = (event.aggregate, event.version);
            match event.kind.as_str() {
                CLASS => {
                    let state: ClassEvent = event.state()?;
                    let class = class(id, version, state);
                    newer(&mut newest.classes, id, class, |c| c.version);
                }
                STUDIO => {
                    let StudioEvent { founded_on, closed_on, .. } = event.state()?;
                    let studio = Studio { id, version, founded_on, closed_on };
                    newer(&mut newest.studios, id, studio, |s| s.version);
                }
                MEMBER => {
                    let state: MemberEvent = event.state()?;
                    let membership = membership(id, version, state);
                    newer(&mut newest.memberships, id, membership, |m| m.version);
                }
                TASK => {
                    let state: TaskEvent = event.state()?;
                    // A closing without its day counts on the day it was written down.
                    let written = event.recorded_at.with_timezone(&shanghai()).date_naive();
                    let closed = state.state == TaskState::Closed;
                    let task = Task {
                        id,
                        studio: state.studio.uuid(),
                        version,
                        due_on: state.due_on,
                        closed_on: closed.then_some(state.closed_on.unwrap_or(written)),
                        with_evidence: closed && state.with_evidence,
                    };
                    newer(&mut newest.tasks, id, task, |t| t.version);
                }
                SESSION => {
                    let state: SessionEvent = event.state()?;
                    let session = session(id, version, state);
                    newer(&mut newest.sessions, id, session, |s| s.version);
                }
                // People, organisations and plan items move no figure so far.
                _ => {}
            }
        }
        Ok(newest)
    }

    fn is_empty(&self) -> bool {
        self.classes.is_empty()
            && self.studios.is_empty()
            && self.memberships.is_empty()
            && self.tasks.is_empty()
            && self.sessions.is_empty()
    }
}

fn class(id: Uuid, version: i32, state: ClassEvent) -> Class {
    let assignments = state.assignments.into_iter().map(|a| Assignment {
        person: a.person,
        kind: a.kind,
        from: a.from,
        to: a.to,
        appointed: a.appointed,
        graduated: a.graduated,
    });
    Class {
        id,
        version,
        opened_on: state.opened_on,
        closed_on: state.closed_on,
        assignments: assignments.collect(),
    }
}

fn membership(id: Uuid, version: i32, state: MemberEvent) -> Membership {
    Membership {
        id,
        studio: state.studio.uuid(),
        version,
        person: state.person,
        home: state.home,
        principal_category: state.principal_category,
        categories: state.categories,
        from: state.from,
        to: state.to,
    }
}

/// Of what was not held nobody is kept.
fn session(id: Uuid, version: i32, state: SessionEvent) -> Session {
    let attended = state.attendance.into_iter().map(|a| Attended {
        person: a.person,
        home: a.home,
        expected: a.expected,
        present: a.present,
    });
    Session {
        id,
        studio: state.studio.uuid(),
        version,
        on: state.on,
        held: state.held,
        functions: state.functions.into_iter().collect(),
        joint: state.joint,
        attendance: attended.filter(|_| state.held).collect(),
    }
}

/// What a batch brings that is newer than what is kept: the new records, and both states as touched.
macro_rules! keep_kind {
    ($connection:expr, $owner:expr, $touched:expr, $records:expr, $load:path, $put:path, $touch:path) => {
        if !$records.is_empty() {
            let ids: Vec<Uuid> = $records.keys().copied().collect();
            let before = $load(&mut *$connection, $owner, Some(&ids)).await?;
            let before: BTreeMap<Uuid, _> = before.into_iter().map(|record| (record.id, record)).collect();
            $records.retain(|id, new| before.get(id).is_none_or(|old| old.version < new.version));
            for (id, new) in &$records {
                $touch($touched, before.get(id), new);
            }
            let records: Vec<_> = $records.into_values().collect();
            $put(&mut *$connection, $owner, &records).await?;
        }
    };
}

/// Keeps what a batch of one organisation's events brings; `None` when it holds nothing that figures are made of.
pub(crate) async fn keep(
    connection: &mut PgConnection,
    owner: OrganisationNo,
    events: &[Event],
) -> Result<Option<Touched>> {
    let mut newest = Newest::of(events)?;
    if newest.is_empty() {
        return Ok(None);
    }
    store::lock(&mut *connection, owner).await?;
    let mut touched = Touched::default();
    let t = &mut touched;
    keep_kind!(connection, owner, t, newest.classes, store::classes, store::put_classes, Touched::class);
    keep_kind!(connection, owner, t, newest.studios, store::studios, store::put_studios, Touched::studio);
    keep_kind!(
        connection,
        owner,
        t,
        newest.memberships,
        store::memberships,
        store::put_memberships,
        Touched::membership
    );
    keep_kind!(connection, owner, t, newest.tasks, store::tasks_by_id, store::put_tasks, Touched::task);
    keep_kind!(
        connection,
        owner,
        t,
        newest.sessions,
        store::sessions_by_id,
        store::put_sessions,
        Touched::session
    );
    Ok(Some(touched))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::records::testing::{class, day, id, person, session};
    use contract::events::AttendanceState;
    use contract::studios::StudioFunction::{Advice, Research};
    use serde_json::json;
    use vocabulary::{StudioId, StudioSessionId, TaskId};

    fn event(version: i32, due_on: &str) -> Event {
        let state = TaskEvent {
            id: TaskId::from_uuid(id(1)),
            studio: StudioId::from_uuid(id(2)),
            due_on: day(due_on),
            state: TaskState::Closed,
            closed_on: None,
            with_evidence: true,
        };
        Event {
            id: id(u32::try_from(100 + version).unwrap()),
            owner_no: OrganisationNo(7),
            studio_id: Some(id(2)),
            aggregate: id(1),
            version,
            kind: TASK.to_owned(),
            payload: json!(state),
            recorded_at: "2026-05-17T17:00:00Z".parse().unwrap(),
            trace: None,
        }
    }

    #[test]
    fn the_newest_version_stays_whatever_the_order() {
        let batch = [event(1, "2026-03-01"), event(3, "2026-05-01"), event(2, "2026-04-01")];
        let newest = Newest::of(&batch).unwrap();
        assert_eq!(newest.tasks[&id(1)].due_on, day("2026-05-01"));
        let mut backwards = batch;
        backwards.reverse();
        assert_eq!(Newest::of(&backwards).unwrap(), newest);
        // 17:00 in Greenwich is the next day in Shanghai.
        assert_eq!(newest.tasks[&id(1)].closed_on, Some(day("2026-05-18")));
    }

    #[test]
    fn of_a_session_that_was_not_held_nobody_is_kept() {
        let kept = |held| {
            let state = SessionEvent {
                id: StudioSessionId::from_uuid(id(1)),
                studio: StudioId::from_uuid(id(1)),
                on: day("2026-03-01"),
                minutes: Some(90),
                held,
                functions: vec![Research, Advice, Research],
                activities: vec![],
                joint: false,
                attendance: vec![AttendanceState {
                    person: person(1),
                    home: OrganisationNo(7),
                    expected: true,
                    present: true,
                }],
            };
            let event = Event { kind: SESSION.to_owned(), payload: json!(state), ..event(1, "2026-03-01") };
            Newest::of(&[event]).unwrap().sessions.remove(&id(1)).unwrap()
        };
        assert_eq!(kept(true), session(1, "2026-03-01", &[Advice, Research], &[(1, 7, true)]));
        let planned = session(1, "2026-03-01", &[Advice, Research], &[]);
        assert_eq!(kept(false), Session { held: false, ..planned });
    }

    #[test]
    fn what_is_unknown_is_left_alone_and_what_is_broken_is_a_fault() {
        let unknown = Event { kind: "studios.carrier".to_owned(), ..event(1, "2026-03-01") };
        assert!(Newest::of(&[unknown]).unwrap().is_empty());
        let broken = Event { payload: json!({ "id": 1 }), ..event(1, "2026-03-01") };
        assert!(Newest::of(&[broken]).is_err());
    }

    #[test]
    fn a_task_touches_its_studio_and_school_in_the_periods_of_its_due_date() {
        let mut touched = Touched::default();
        touched.add(Some(id(2)), day("2026-03-01"), Some(day("2026-03-01")));
        let (spring, autumn) = (Period::semester(2025, 2), Period::semester(2025, 1));
        let studio = Subject::Studio(id(2));
        assert!(touched.holds(studio, spring) && touched.holds(Subject::Organisation, spring));
        assert!(!touched.holds(studio, autumn) && !touched.holds(Subject::Studio(id(3)), spring));
    }

    #[test]
    fn a_session_touches_the_days_on_which_it_was_held_before_and_after() {
        let (spring, autumn) = (Period::semester(2025, 2), Period::semester(2025, 1));
        let touches = |before: Option<&Session>, after: &Session| {
            let mut touched = Touched::default();
            touched.session(before, after);
            [spring, autumn].map(|period| touched.holds(Subject::Studio(id(1)), period))
        };
        let held = session(1, "2026-03-01", &[], &[]);
        let planned = Session { held: false, ..held.clone() };
        let moved = session(1, "2026-01-10", &[], &[]);
        assert_eq!(touches(None, &planned), [false, false]);
        assert_eq!(touches(Some(&planned), &held), [true, false]);
        assert_eq!(touches(Some(&held), &moved), [true, true]);
        assert_eq!(touches(Some(&held), &planned), [true, false]);
    }

    #[test]
    fn a_class_touches_every_studio_of_its_school() {
        let mut touched = Touched::default();
        touched.class(None, &class(1, "2026-03-01", Some("2026-06-30"), vec![]));
        for subject in [Subject::Organisation, Subject::Studio(id(1))] {
            assert!(touched.holds(subject, Period::semester(2025, 2)));
            assert!(!touched.holds(subject, Period::semester(2025, 1)));
        }
    }
}
