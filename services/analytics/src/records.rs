//! The records that figures are counted from, as analytics keeps them: the newest state of each, from its events.

mod keep;
pub(crate) mod store;

pub(crate) use keep::{Touched, keep};

use chrono::NaiveDate;
use contract::studios::{MemberCategory, StudioFunction};
use contract::tenancy::AssignmentKind;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;
use vocabulary::{OrganisationNo, PersonId};

/// Whose figure it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Subject {
    /// The whole organisation: a school, mostly.
    Organisation,
    /// One of its studios.
    Studio(Uuid),
}

impl Subject {
    /// Its key in the tables: the studio's UUID or the nil UUID.
    pub(crate) const fn key(self) -> Uuid {
        match self {
            Subject::Organisation => Uuid::nil(),
            Subject::Studio(id) => id,
        }
    }

    /// The studio, where it is one.
    pub(crate) const fn studio(self) -> Option<Uuid> {
        match self {
            Subject::Organisation => None,
            Subject::Studio(id) => Some(id),
        }
    }

    /// The subject with this key.
    pub(crate) const fn from_key(key: Uuid) -> Self {
        if key.is_nil() { Subject::Organisation } else { Subject::Studio(key) }
    }

    const fn holds(self, studio: Uuid) -> bool {
        match self {
            Subject::Organisation => true,
            Subject::Studio(id) => id.as_u128() == studio.as_u128(),
        }
    }
}

/// A homeroom class.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Class {
    pub(crate) id: Uuid,
    pub(crate) version: i32,
    pub(crate) opened_on: NaiveDate,
    pub(crate) closed_on: Option<NaiveDate>,
    pub(crate) assignments: Vec<Assignment>,
}

/// A homeroom assignment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Assignment {
    pub(crate) person: PersonId,
    pub(crate) kind: AssignmentKind,
    pub(crate) from: NaiveDate,
    pub(crate) to: Option<NaiveDate>,
    /// Whether the appointment is on record.
    #[serde(default)]
    pub(crate) appointed: bool,
    /// Whether it ended because the class graduated.
    #[serde(default)]
    pub(crate) graduated: bool,
}

impl Assignment {
    /// Whether it covers the day.
    pub(crate) fn holds(&self, day: NaiveDate) -> bool {
        self.from <= day && self.to.is_none_or(|to| day <= to)
    }
}

/// A studio.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Studio {
    pub(crate) id: Uuid,
    pub(crate) version: i32,
    pub(crate) founded_on: NaiveDate,
    pub(crate) closed_on: Option<NaiveDate>,
}

/// A membership.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Membership {
    pub(crate) id: Uuid,
    pub(crate) studio: Uuid,
    pub(crate) version: i32,
    pub(crate) person: PersonId,
    pub(crate) home: OrganisationNo,
    pub(crate) principal_category: MemberCategory,
    pub(crate) categories: Vec<MemberCategory>,
    pub(crate) from: NaiveDate,
    pub(crate) to: Option<NaiveDate>,
}

impl Membership {
    /// Whether it covers the day.
    pub(crate) fn active_on(&self, day: NaiveDate) -> bool {
        self.from <= day && self.to.is_none_or(|to| day <= to)
    }
}

/// A line of the task ledger.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Task {
    pub(crate) id: Uuid,
    pub(crate) studio: Uuid,
    pub(crate) version: i32,
    pub(crate) due_on: NaiveDate,
    /// When it was closed, where it is.
    pub(crate) closed_on: Option<NaiveDate>,
    pub(crate) with_evidence: bool,
}

/// A session of a studio.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Session {
    pub(crate) id: Uuid,
    pub(crate) studio: Uuid,
    pub(crate) version: i32,
    pub(crate) on: NaiveDate,
    /// Whether it was held; only such a one counts.
    pub(crate) held: bool,
    pub(crate) functions: BTreeSet<StudioFunction>,
    pub(crate) joint: bool,
    pub(crate) attendance: Vec<Attended>,
}

/// A line of a session's attendance.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Attended {
    pub(crate) person: PersonId,
    pub(crate) home: OrganisationNo,
    /// Whether they were expected: a member on that day.
    pub(crate) expected: bool,
    pub(crate) present: bool,
}

/// The records of one organisation.
#[derive(Debug, Clone, Default)]
pub(crate) struct Records {
    pub(crate) classes: Vec<Class>,
    pub(crate) studios: Vec<Studio>,
    /// Each ends with its studio at the latest.
    memberships: Vec<Membership>,
    /// The first day on which a task was due, by studio.
    ledgers: BTreeMap<Uuid, NaiveDate>,
    /// The first day on which a session was held, by studio.
    meetings: BTreeMap<Uuid, NaiveDate>,
    /// The tasks of the days that were loaded.
    pub(crate) tasks: Vec<Task>,
    /// The sessions held on the days that were loaded.
    pub(crate) sessions: Vec<Session>,
}

impl Records {
    /// The records without tasks and sessions, which are loaded for the days that matter.
    pub(crate) fn new(
        classes: Vec<Class>,
        studios: Vec<Studio>,
        mut memberships: Vec<Membership>,
        ledgers: BTreeMap<Uuid, NaiveDate>,
        meetings: BTreeMap<Uuid, NaiveDate>,
    ) -> Self {
        let ends: BTreeMap<Uuid, NaiveDate> =
            studios.iter().filter_map(|studio| Some((studio.id, studio.closed_on?))).collect();
        for membership in &mut memberships {
            if let Some(end) = ends.get(&membership.studio) {
                membership.to = Some(membership.to.map_or(*end, |to| to.min(*end)));
            }
        }
        Self { classes, studios, memberships, ledgers, meetings, tasks: Vec::new(), sessions: Vec::new() }
    }

    /// The memberships of a subject.
    pub(crate) fn members_of(&self, subject: Subject) -> impl Iterator<Item = &Membership> {
        self.memberships.iter().filter(move |m| subject.holds(m.studio))
    }

    /// The loaded tasks of a subject.
    pub(crate) fn tasks_of(&self, subject: Subject) -> impl Iterator<Item = &Task> {
        self.tasks.iter().filter(move |task| subject.holds(task.studio))
    }

    /// Whether the subject ever had a task.
    pub(crate) fn has_tasks(&self, subject: Subject) -> bool {
        self.ledgers.keys().any(|studio| subject.holds(*studio))
    }

    /// The loaded sessions of a subject.
    pub(crate) fn sessions_of(&self, subject: Subject) -> impl Iterator<Item = &Session> {
        self.sessions.iter().filter(move |session| subject.holds(session.studio))
    }

    /// Whether the subject ever held a session.
    pub(crate) fn has_sessions(&self, subject: Subject) -> bool {
        self.meetings.keys().any(|studio| subject.holds(*studio))
    }

    /// Whether a class ever had a teacher.
    pub(crate) fn has_teachers(&self) -> bool {
        self.classes.iter().any(|class| !class.assignments.is_empty())
    }

    /// Which kinds of records the subject ever had: classes 1, members 2, tasks 4, sessions held 8; and 16 where a class
    /// of its organisation ever had a teacher.
    pub(crate) fn evidence(&self, subject: Subject) -> i16 {
        let classes = subject == Subject::Organisation && !self.classes.is_empty();
        let members = self.members_of(subject).next().is_some();
        let (tasks, sessions) = (self.has_tasks(subject), self.has_sessions(subject));
        let kinds = [classes, members, tasks, sessions, self.has_teachers()];
        kinds.into_iter().rev().fold(0, |bits, there| 2 * bits + i16::from(there))
    }

    /// Every subject, and the first day of its records.
    pub(crate) fn subjects(&self) -> BTreeMap<Subject, NaiveDate> {
        let studios = self.studios.iter().map(|studio| (studio.id, studio.founded_on));
        let memberships = self.memberships.iter().map(|m| (m.studio, m.from));
        let firsts = self.ledgers.iter().chain(&self.meetings).map(|(studio, first)| (*studio, *first));
        let mut found: BTreeMap<Subject, NaiveDate> = BTreeMap::new();
        let mut begin = |subject: Subject, day: NaiveDate| {
            found.entry(subject).and_modify(|first| *first = day.min(*first)).or_insert(day);
        };
        for class in &self.classes {
            begin(Subject::Organisation, class.opened_on);
        }
        for (studio, day) in studios.chain(memberships).chain(firsts) {
            begin(Subject::Organisation, day);
            begin(Subject::Studio(studio), day);
        }
        found
    }
}

/// Records for the tests of the figures, told by small numbers.
#[cfg(test)]
pub(crate) mod testing {
    use super::*;

    pub(crate) fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    pub(crate) fn id(n: u32) -> Uuid {
        Uuid::from_u128(u128::from(n))
    }

    pub(crate) fn person(n: u32) -> PersonId {
        PersonId::from_uuid(id(n))
    }

    pub(crate) fn class(
        n: u32,
        opened_on: &str,
        closed_on: Option<&str>,
        assignments: Vec<Assignment>,
    ) -> Class {
        Class { id: id(n), version: 1, opened_on: day(opened_on), closed_on: closed_on.map(day), assignments }
    }

    pub(crate) fn assignment(who: u32, kind: AssignmentKind, from: &str, to: Option<&str>) -> Assignment {
        Assignment {
            person: person(who),
            kind,
            from: day(from),
            to: to.map(day),
            appointed: false,
            graduated: false,
        }
    }

    /// A member of studio 1 since September 2025; the first category is the principal one.
    pub(crate) fn member(n: u32, who: u32, home: i32, categories: &[MemberCategory]) -> Membership {
        Membership {
            id: id(n),
            studio: id(1),
            version: 1,
            person: person(who),
            home: OrganisationNo(home),
            principal_category: categories[0],
            categories: categories.to_vec(),
            from: day("2025-09-01"),
            to: None,
        }
    }

    /// A task of studio 1; closed on a day, with evidence or without.
    pub(crate) fn task(n: u32, due_on: &str, closed: Option<(&str, bool)>) -> Task {
        Task {
            id: id(n),
            studio: id(1),
            version: 1,
            due_on: day(due_on),
            closed_on: closed.map(|(on, _)| day(on)),
            with_evidence: closed.is_some_and(|(_, evidence)| evidence),
        }
    }

    /// A session that studio 1 held: what it serves, and who is listed: person, home, and whether they came.
    pub(crate) fn session(
        n: u32,
        on: &str,
        functions: &[StudioFunction],
        listed: &[(u32, i32, bool)],
    ) -> Session {
        let attended = |(who, home, present): &(u32, i32, bool)| Attended {
            person: person(*who),
            home: OrganisationNo(*home),
            expected: true,
            present: *present,
        };
        Session {
            id: id(n),
            studio: id(1),
            version: 1,
            on: day(on),
            held: true,
            functions: functions.iter().copied().collect(),
            joint: false,
            attendance: listed.iter().map(attended).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::testing::{class, day, id, member};
    use super::*;

    fn studio(n: u32, founded: &str, closed: Option<&str>) -> Studio {
        Studio { id: id(n), version: 1, founded_on: day(founded), closed_on: closed.map(day) }
    }

    #[test]
    fn nobody_is_a_member_after_the_studios_last_day() {
        let members = vec![member(1, 1, 7, &[MemberCategory::HomeroomTeacher])];
        let closed = vec![studio(1, "2025-09-01", Some("2026-01-31"))];
        let records = Records::new(vec![], closed, members, BTreeMap::new(), BTreeMap::new());
        let member = records.members_of(Subject::Organisation).next().unwrap();
        assert!(member.active_on(day("2026-01-31")) && !member.active_on(day("2026-02-01")));
    }

    #[test]
    fn a_subject_begins_with_its_first_record() {
        let classes = vec![class(1, "2023-09-01", None, vec![])];
        let members = vec![member(1, 1, 7, &[MemberCategory::HomeroomTeacher])];
        let ledgers = BTreeMap::from([(id(1), day("2025-06-01")), (id(2), day("2026-02-01"))]);
        let meetings = BTreeMap::from([(id(2), day("2025-12-01")), (id(3), day("2026-03-01"))]);
        let records = Records::new(classes, vec![], members, ledgers, meetings);
        let expected = [
            (Subject::Organisation, day("2023-09-01")),
            (Subject::Studio(id(1)), day("2025-06-01")),
            (Subject::Studio(id(2)), day("2025-12-01")),
            (Subject::Studio(id(3)), day("2026-03-01")),
        ];
        assert_eq!(records.subjects(), BTreeMap::from(expected));
        let evidence = expected.map(|(subject, _)| records.evidence(subject));
        assert_eq!(evidence, [15, 6, 12, 8]);
        assert!(
            records.has_sessions(Subject::Studio(id(3))) && !records.has_sessions(Subject::Studio(id(1)))
        );
    }
}
